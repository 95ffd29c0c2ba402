// What the route table is made of. Inside api/ only: callers use Handle of api/router.h.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/message.h"
#include "api/operation.h"
#include "archive/archive.h"

namespace diwan {

// The parts of a path that a pattern names, decoded.
struct PathParameters {
  std::string id;                  // "{id}": any name, not empty; of a record its id or its external id
  int page = 0;                    // "{n}": 1 or more
  int version = 0;                 // "{version}": the same
  std::string body, year, number;  // "{body}", "{year}", "{number}": of a paper, not empty
  std::string code;                // "{code}": the name of a kind of problem
};

// Answers one kind of request, or throws Error. Any thread may call.
using Handler = Response (*)(Archive& archive, const Request& request, const PathParameters& path);

struct Route {
  std::string_view method;
  std::string_view pattern;  // segments, with "{id}" and "{n}" for parameters
  Right needs;
  Handler handler;
  const Operation& operation;  // what is told of it: a route without one does not compile
};

struct RouteMatch {
  const Route* route = nullptr;  // nullptr when no route has this path and method
  PathParameters path;
  std::string allow;  // methods that the path has, as the Allow header names them; "" when there is no such path
};

// Finds the route of a decoded path. HEAD finds the route of GET. Pure.
RouteMatch FindRoute(std::string_view method, std::string_view path);

// The row that answered, or would have answered, the request; null when it has none.
const Route* RouteOf(const Request& request);

// The whole table.
std::span<const Route> Routes();

}  // namespace diwan
