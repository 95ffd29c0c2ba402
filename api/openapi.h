// The route table as documents: OpenAPI 3.1 for programs, a page for people, a table for docs/api.md. Pure; any thread
// may call.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/routes.h"

namespace diwan {

nlohmann::ordered_json OpenApi();

// Statuses that the route may be refused with: those that follow from its method, path and right, and its own.
std::vector<int> ProblemStatuses(const Route& route);

// "GET /v1/records?after=&limit=".
std::string Signature(const Route& route);

// The rows of docs/api.md, in the order of the table, each with its line end.
std::string RouteRows();

// A parameter's values and what it is when left out, for people: "1 to 1,000 (20)".
std::string ValuesOf(const Parameter& parameter);

struct PathPart {
  std::string_view name;  // without braces
  std::string_view what;
  std::string_view type;  // of api/shapes.h
  std::string_view example;
};
// The parts that the route's pattern names.
std::vector<PathPart> PathPartsOf(const Route& route);

}  // namespace diwan
