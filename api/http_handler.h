// One HTTP request through Poco: into a Request, through the route table, and its Response back on the wire. Inside
// api/ only.
#pragma once

#include "api/connection.h"
#include "api/forwarded.h"
#include "api/listeners.h"
#include "api/metrics.h"
#include "api/server.h"
#include "api/stalls.h"
#include "archive/archive.h"

namespace diwan {

// What the requests of one server share.
struct HttpContext {
  Archive& archive;
  RateLimit& requests;  // of each caller over TCP
  Metrics& metrics;
  const Proxies& proxies;
  Listeners& listeners;
  Stalls& stalls;
  ServerOptions options;
  bool local = false;  // the archive's socket: who asks is told by the system
};

// Answers the request that `connection` has, or refuses it. Returns whether the connection goes on, if only to be left.
// Never throws; any thread may call, one at a time for a connection.
bool AnswerRequest(const HttpContext& context, Connection& connection);

}  // namespace diwan
