// The shapes of api/shapes.h as JSON Schema (2020-12, as OpenAPI 3.1 has it). Pure; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace diwan {

// An object of every shape by its name, for "#/components/schemas/NAME".
const nlohmann::ordered_json& Schemas();

// A value of that shape, made of the members' examples. `type` as in api/shapes.h: "Name", "Name[]".
nlohmann::ordered_json ExampleOf(std::string_view type);

// The schema of a type as api/shapes.h writes it.
nlohmann::ordered_json SchemaOfType(std::string_view type);

}  // namespace diwan
