// The JSON of an answer, read leniently: what is not there or null is empty.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "api/message.h"

namespace diwan {

using Json = nlohmann::ordered_json;

// Throws kUnavailable when the body is no JSON object.
Json ReadAnswer(const Response& response);

// The value of `key` as text: "" when it is not there or null, numbers as they are written.
std::string TextOf(const Json& json, const char* key);
uint64_t NumberOf(const Json& json, const char* key);

// The members of the list `key`; an empty list when it is not there.
const Json& ListOf(const Json& json, const char* key);

// The date of a record or hit: its normal form, else as it is printed, else "".
std::string DateText(const Json& record);

// "1 page", "2 pages".
std::string Count(uint64_t number, const char* one, const char* many);

}  // namespace diwan
