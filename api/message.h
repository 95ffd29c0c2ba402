// A request and its response, free of any transport: the same whether they come over the network, through the
// archive's socket, or from the command line in one process.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "api/access.h"

namespace diwan {

struct Operation;
class Listeners;

struct Request {
  std::string method = "GET";
  std::string path;                            // decoded, begins with "/v1/"
  std::map<std::string, std::string> query;    // decoded; a name given twice keeps its last value
  std::map<std::string, std::string> headers;  // names in lower case
  std::istream* body = nullptr;                // not owned; nullptr for none
  uint64_t body_size = 0;
  bool secure = false;             // came over TLS
  Listeners* listeners = nullptr;  // of the server, not owned; nullptr: nobody can wait for events
  Caller caller;
  const Operation* operation = nullptr;  // set by the route table; only parameters that it declares are read
};

struct Response {
  int status = 200;
  std::map<std::string, std::string> headers;  // names as they are written
  std::string body;
  // When set, the body comes from here instead: hands pieces to the function given until that returns false or all
  // are given. Without a size, each piece is sent at once, and the connection's end is the body's.
  std::function<void(const std::function<bool(std::string_view)>&)> stream;
  std::optional<uint64_t> stream_size;
};

}  // namespace diwan
