// Citations: what records cite, what cites them, whether they are in force, and the look-up for programs.
#include <fmt/core.h>

#include "api/citation_json.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/parameters.h"
#include "api/target.h"
#include "archive/fetch.h"
#include "archive/identifier.h"
#include "core/error.h"

namespace diwan {
namespace {

std::vector<PlacedCitation> Placed(Archive& archive, std::vector<ResolvedCitation> citations) {
  PlaceFinder places(archive.store());
  std::vector<PlacedCitation> out;
  for (ResolvedCitation& found : citations) {
    auto place = places.Show(found.record_id, found.citation.place);
    out.push_back({.resolved = std::move(found), .place = std::move(place), .paper = {}});
  }
  return out;
}

// To the one record that bears the name for certain; else those that may be meant.
Response ShowPaper(Archive& archive, const PathParameters& path, const std::string& kind) {
  NamedRecords found = FindNamed(archive, {.kind = kind, .body = path.body, .year = path.year, .number = path.number});
  if (found.records.empty()) {
    throw Error(ErrorCode::kNotFound, fmt::format("there is no {} of that body, year and number", kind));
  }
  if (found.certain) {
    Response response;
    response.status = 302;
    response.headers["Location"] = RecordUrl(found.records.front().id);
    return response;
  }
  std::vector<RecordView> views;
  views.reserve(found.records.size());
  for (Record& record : found.records) views.push_back({.record = std::move(record), .source = {}, .boxes = {}});
  return JsonResponse(RecordListJson(views, ""), 300);
}

}  // namespace

Response ShowCitations(Archive& archive, const Request& request, const PathParameters& path) {
  const Rejected rejected = FlagParameter(request, "rejected", false) ? Rejected::kShow : Rejected::kHide;
  const std::string id = FetchRecord(archive, path.id).id;
  return JsonResponse(CitationsJson(id, Placed(archive, CitationsOf(archive, id, rejected))));
}

Response ShowCitedBy(Archive& archive, const Request& request, const PathParameters& path) {
  const size_t limit = NumberParameter(request, "limit", {.fallback = 50, .least = 1, .most = 1000});
  const std::string id = FetchRecord(archive, path.id).id;
  CitedBy cited = CitationsTo(archive, id, limit);
  std::vector<PlacedCitation> placed = Placed(archive, std::move(cited.citations));
  for (PlacedCitation& each : placed) {
    if (const auto citing = archive.store().GetRecord(each.resolved.record_id)) each.paper = citing->external_id;
  }
  return JsonResponse(CitedByJson(id, placed, cited.more));
}

Response ShowStatus(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  const std::string id = FetchRecord(archive, path.id).id;
  return JsonResponse(StatusJson(id, ForceOf(archive, id), ChainOf(archive, id)));
}

Response ResolveCitations(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  LookUpRequest asked = ReadLookUp(ReadBody(request, kMaxLookUpBody));
  if (!asked.text) return JsonResponse(LookUpsJson({LookUpCitation(archive, std::move(asked.citation))}));
  return JsonResponse(LookUpsJson(LookUpText(archive, *asked.text, asked.language, kMaxLookUps)));
}

Response ShowDecision(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  return ShowPaper(archive, path, "decision");
}

Response ShowRuling(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  return ShowPaper(archive, path, "ruling");
}

}  // namespace diwan
