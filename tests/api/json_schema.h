// Checks JSON against the JSON Schema of an OpenAPI document, for tests: strictly, so that an answer with a member that
// its schema doesn't name is wrong, and so is a schema with a keyword that isn't checked here.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace diwan {

// What is wrong with `value`, a line each, with its place; empty when all is right. `document` is where "#/…" of a $ref
// leads.
std::vector<std::string> SchemaFaults(const nlohmann::ordered_json& document, const nlohmann::ordered_json& schema,
                                      const nlohmann::ordered_json& value, const std::string& place = "$");

}  // namespace diwan
