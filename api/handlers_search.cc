// Finding records, and how much there is to find.
#include <chrono>

#include "api/handlers.h"
#include "api/json.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "archive/fetch.h"
#include "archive/search.h"

namespace diwan {
namespace {

double MillisecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

uint32_t ListLimit(const Request& request) {
  return static_cast<uint32_t>(NumberParameter(request, parameters::kShortLimit));
}

}  // namespace

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

Response SearchRecords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const Query query = SearchParameters(request);
  const Answer answer = Search(archive, query);
  Response response = JsonResponse(SearchJson(query, answer));
  LinkNext(request, answer.next, response);
  return response;
}

Response SuggestWords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string typed = TextParameter(request, parameters::kTyped);
  const std::vector<Completion> completions = Complete(archive, typed, ListLimit(request));
  return JsonResponse(CompletionsJson(typed, completions, MillisecondsSince(begin)));
}

Response ShowMatches(Archive& archive, const Request& request, const PathParameters& path) {
  const std::string text = TextParameter(request, parameters::kQuestion);
  return JsonResponse(MatchesJson(FetchRecord(archive, path.id).id, FindMatches(archive, path.id, text)));
}

Response ShowRelated(Archive& archive, const Request& request, const PathParameters& path) {
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Hit> hits = Related(archive, path.id, ListLimit(request));
  return JsonResponse(RelatedJson(FetchRecord(archive, path.id).id, hits, MillisecondsSince(begin)));
}

}  // namespace diwan
