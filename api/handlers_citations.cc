// Citations: what records cite, what cites them, whether they are in force, and the look-up for programs.
#include <fmt/core.h>

#include "api/citation_json.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "api/target.h"
#include "archive/fetch.h"
#include "archive/identifier.h"
#include "archive/merge.h"
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

constexpr size_t kMostCitedBy = 1000;

// Where a citation stands in the list of what cites a record, which is in this order: ids grow with time.
std::string PositionOf(const ResolvedCitation& citation) {
  return fmt::format("{} {:010}", citation.record_id, citation.index);
}

}  // namespace

Response ShowCitations(Archive& archive, const Request& request, const PathParameters& path) {
  const Rejected rejected = FlagParameter(request, parameters::kRejected) ? Rejected::kShow : Rejected::kHide;
  const std::string id = FetchRecord(archive, path.id).id;
  return JsonResponse(CitationsJson(id, Placed(archive, CitationsOf(archive, id, rejected))));
}

Response ShowCitedBy(Archive& archive, const Request& request, const PathParameters& path) {
  const size_t limit = NumberParameter(request, parameters::kCitedByLimit);
  const std::string behind = CursorPosition(request);
  const std::string id = FetchRecord(archive, path.id).id;
  CitedBy cited = CitationsTo(archive, id, kMostCitedBy);
  std::erase_if(cited.citations, [&](const ResolvedCitation& each) { return PositionOf(each) <= behind; });
  std::string next;
  if (cited.citations.size() > limit) {
    cited.citations.resize(limit);
    cited.more = true;
    next = MakeListCursor(request, PositionOf(cited.citations.back()));
  }
  std::vector<PlacedCitation> placed = Placed(archive, std::move(cited.citations));
  for (PlacedCitation& each : placed) {
    if (const auto citing = archive.store().GetRecord(each.resolved.record_id)) each.paper = citing->external_id;
  }
  Response response = JsonResponse(CitedByJson(id, placed, {.more = cited.more, .next = next}));
  LinkNext(request, next, response);
  return response;
}

Response ShowStatus(Archive& archive, const Request& /*request*/, const PathParameters& path) {
  const Record asked = FetchRecord(archive, path.id);
  const std::string id = FollowMerges(archive.store(), asked).id;
  Response response = JsonResponse(StatusJson(id, ForceOf(archive, id), ChainOf(archive, id)));
  if (id == asked.id) return response;
  response.status = 301;
  response.headers["Location"] = RecordUrl(id) + "/status";
  return response;
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
