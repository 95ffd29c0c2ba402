// One HTTP request through Poco: into a Request, through the route table, and its Response back on the wire. Inside
// api/ only.
#pragma once

#include <Poco/Net/TCPServerConnectionFactory.h>

#include <cstdint>

#include "api/connection_guard.h"
#include "api/server.h"
#include "archive/archive.h"

namespace diwan {

// What the requests of one server share. Must outlive its connections.
struct HttpContext {
  Archive& archive;
  ServerOptions options;
  bool local = false;  // the archive's socket: who asks is told by the system
  ConnectionGuard guard;
};

// Makes the connections of a server.
Poco::Net::TCPServerConnectionFactory::Ptr NewHttpConnections(HttpContext& context);

}  // namespace diwan
