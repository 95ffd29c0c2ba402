// What those ask who watch over a server.
#include <fmt/core.h>

#include "api/handlers.h"
#include "api/json_parts.h"
#include "api/metrics.h"
#include "api/version.h"
#include "core/error.h"

namespace diwan {

// Why the index fails may name files, and is told to those alone who may monitor.
Response ShowReady(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const Condition state = archive.State();
  if (!state.index_failure.empty()) {
    throw Error(ErrorCode::kUnavailable,
                May(request.caller, Right::kMonitor) ? state.index_failure : "the index can't be brought up to date");
  }
  if (state.indexed < state.found) {
    throw Error(
        ErrorCode::kUnavailable,
        fmt::format("the index still lacks {} changes that were stored before the start", state.found - state.indexed));
  }
  return JsonResponse(json_parts::Dump({{"status", "ready"}, {"version", kVersion}}));
}

Response ShowMetrics(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  archive.RequireWhole("GET /metrics");
  Response response;
  response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8";
  response.body = ArchiveMetrics(archive);
  if (request.metrics != nullptr) response.body += request.metrics->Text();
  return response;
}

}  // namespace diwan
