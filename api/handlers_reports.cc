// Reports on the archive as a whole.
#include <chrono>

#include "api/gaps_json.h"
#include "api/handlers.h"
#include "api/parameters.h"
#include "api/query_parameters.h"

namespace diwan {

Response ShowGaps(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const auto begin = std::chrono::steady_clock::now();
  const SeriesFilter filter{.body = TextParameter(request, parameters::kBody),
                            .type = TextParameter(request, parameters::kType),
                            .year = TextParameter(request, parameters::kYear)};
  const size_t limit = NumberParameter(request, parameters::kListLimit);
  const GapsReport report = FindGaps(archive, filter, limit);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  return JsonResponse(GapsJson(report, took.count()));
}

}  // namespace diwan
