// What the route table is made of. Inside api/ only: callers use Handle of api/router.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "archive/archive.h"

namespace diwan {

// The parts of a path that a pattern names, decoded.
struct PathParameters {
  std::string id;                  // "{id}": any name, not empty; of a record its id or its external id
  int page = 0;                    // "{n}": 1 or more
  int version = 0;                 // "{version}": the same
  std::string body, year, number;  // "{body}", "{year}", "{number}": of a paper, not empty
};

// Answers one kind of request, or throws Error. Any thread may call.
using Handler = Response (*)(Archive& archive, const Request& request, const PathParameters& path);

struct Route {
  std::string_view method;
  std::string_view pattern;  // segments, with "{id}" and "{n}" for parameters
  Right needs;
  Handler handler;
};

struct RouteMatch {
  const Route* route = nullptr;  // nullptr when no route has this path and method
  PathParameters path;
  std::string allow;  // methods that the path has, as the Allow header names them; "" when there is no such path
};

// Finds the route of a decoded path. HEAD finds the route of GET. Pure.
RouteMatch FindRoute(std::string_view method, std::string_view path);

// Every route, as "METHOD PATTERN".
std::vector<std::string> RouteNames();

}  // namespace diwan
