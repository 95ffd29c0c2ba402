// What every answer's JSON is made of. Inside api/ only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan::json_parts {

using Json = nlohmann::ordered_json;

// Names in the order given; bytes that are not UTF-8 come out as U+FFFD.
std::string Dump(const Json& json);

Json TextOrNull(std::string_view text);

// What became of a file.
Json EntryValue(const BatchEntry& entry);

// Confidences are floats; without rounding 87.3 would be told as 87.30000305175781.
double Rounded(double value, double steps);

Json BoxJson(const Box& box);
Json BoxesJson(const std::vector<Box>& boxes);

// The value of the first field of that name, or null.
Json ValueOf(const std::vector<Field>& fields, std::string_view name);
Json DateOf(const std::vector<Field>& fields);

// {"number":62.5}: how sure each value is that an answer shows by itself and nobody confirmed.
Json UnconfirmedOf(const std::vector<Field>& fields);

}  // namespace diwan::json_parts
