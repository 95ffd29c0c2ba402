// Finding pages, and how much there is to find.
#include "api/handlers.h"
#include "api/json.h"
#include "api/parameters.h"
#include "archive/fetch.h"
#include "archive/search.h"

namespace diwan {

Response JsonResponse(std::string json, int status) {
  Response response;
  response.status = status;
  response.headers["Content-Type"] = "application/json";
  response.body = std::move(json);
  return response;
}

Response ShowHealth(Archive& /*archive*/, const Request& /*request*/, const PathParameters& /*path*/) {
  return JsonResponse(HealthJson());
}

Response ShowStats(Archive& archive, const Request& /*request*/, const PathParameters& /*path*/) {
  return JsonResponse(StatsJson(FetchStats(archive)));
}

Response SearchPages(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const Query query = SearchParameters(request);
  return JsonResponse(SearchJson(query, Search(archive, query)));
}

}  // namespace diwan
