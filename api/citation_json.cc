// Citations as programs see them. Places are code points, since that is what JSON's readers count in.
#include "api/citation_json.h"

#include <fmt/core.h>

#include "api/change_json.h"
#include "api/json.h"
#include "api/json_body.h"
#include "api/json_parts.h"
#include "archive/description.h"
#include "archive/given_number.h"
#include "archive/identifier.h"
#include "core/calendar.h"
#include "core/error.h"
#include "core/fold.h"

namespace diwan {

using json_parts::BoxesJson;
using json_parts::DateOf;
using json_parts::Dump;
using json_parts::Json;
using json_parts::Rounded;
using json_parts::TextOrNull;
using json_parts::UnconfirmedOf;
using json_parts::ValueOf;

namespace {

constexpr double kPercent = 100;
constexpr size_t kMaxMember = 400;  // bytes of one member of a citation

Json PlaceJson(const std::optional<ShownPlace>& place, int page) {
  if (!place)
    return {{"page", page}, {"start_index", nullptr}, {"end_index", nullptr}, {"boxes", nullptr}, {"words", nullptr}};
  return {{"page", page},
          {"start_index", place->begin},
          {"end_index", place->end},
          {"boxes", BoxesJson(place->boxes)},
          {"words", place->words}};
}

Json CitationValue(const Citation& citation) {
  return {{"kind", NameOf(citation.kind)},
          {"relation", NameOf(citation.relation)},
          {"number", TextOrNull(citation.number)},
          {"year", TextOrNull(citation.year)},
          {"date", TextOrNull(citation.date)},
          {"body", TextOrNull(citation.body)},
          {"title", TextOrNull(citation.title)},
          {"article", TextOrNull(citation.article)},
          {"clause", TextOrNull(citation.clause)},
          {"printed", citation.printed},
          {"confidence", Rounded(citation.confidence * kPercent, 10)},
          {"origin", NameOf(citation.target.empty() ? FieldOrigin::kOcr : FieldOrigin::kPerson)},
          {"state", NameOf(citation.state)}};
}

Json PlacedValue(const PlacedCitation& placed) {
  const ResolvedCitation& found = placed.resolved;
  Json json = {{"number_in_record", found.index + 1}};
  json.update(CitationValue(found.citation));
  json["place"] = PlaceJson(placed.place, found.citation.place.page);
  json["resolved"] = NameOf(found.resolution.status);
  Json& matches = json["matches"] = Json::array();
  for (const PaperMatch& match : found.resolution.matches) {
    matches.push_back(
        {{"record", match.record_id}, {"match", NameOf(match.kind)}, {"url", RecordUrl(match.record_id)}});
  }
  json["more_matches"] = found.resolution.more;
  return json;
}

Json PaperValue(const Record& record) {
  return {{"id", record.id},
          {"external_id", TextOrNull(record.external_id)},
          {"identifier", TextOrNull(NameGivenTo(record).identifier)},
          {"type", ValueOf(record.fields, "type")},
          {"number", ValueOf(record.fields, "number")},
          {"date", DateOf(record.fields)},
          {"title", ValueOf(record.fields, "title")},
          {"body", ValueOf(record.fields, "body")},
          {"unconfirmed", UnconfirmedOf(record.fields)},
          {"url", RecordUrl(record.id)}};
}

Json EffectsJson(const std::vector<Effect>& effects) {
  Json json = Json::array();
  for (const Effect& effect : effects) {
    const auto place = effect.place.page > 0 ? std::optional(effect.place) : std::nullopt;
    json.push_back({{"by", effect.by},
                    {"relation", NameOf(effect.relation)},
                    {"on", effect.on},
                    {"partial", effect.partial},
                    {"article", TextOrNull(effect.citation.article)},
                    {"certain", effect.certain},
                    {"confidence", effect.confidence},
                    {"printed", effect.citation.printed},
                    {"place", PlaceJson(place, effect.citation.place.page)}});
  }
  return json;
}

int StatusOf(LookUp result) {
  switch (result) {
    case LookUp::kOne:
      return 200;
    case LookUp::kSeveral:
      return 300;
    case LookUp::kNone:
      return 404;
    case LookUp::kNotLookedUp:
      return 400;
    case LookUp::kTooMany:
      break;
  }
  return 429;
}

std::string MessageOf(const LookedUp& found) {
  switch (found.result) {
    case LookUp::kOne:
      return "";
    case LookUp::kSeveral:
      return "several records fit";
    case LookUp::kNone:
      return found.matches.empty() ? "no record fits" : "no record fits for certain; matches are candidates";
    case LookUp::kNotLookedUp:
      return "it says no number";
    case LookUp::kTooMany:
      break;
  }
  return fmt::format("only {} citations are looked up at a time", kMaxLookUps);
}

Json LookUpValue(const LookedUp& found) {
  Json matches = Json::array();
  for (const auto& [record, kind] : found.matches) {
    matches.push_back(PaperValue(record));
    matches.back()["match"] = NameOf(kind);
  }
  const bool from_text = found.end > 0;
  return {{"citation", found.citation.printed},
          {"normalized_citations", {NormalCitation(found.citation)}},
          {"start_index", from_text ? Json(found.begin) : Json(nullptr)},
          {"end_index", from_text ? Json(found.end) : Json(nullptr)},
          {"status", StatusOf(found.result)},
          {"error_message", MessageOf(found)},
          {"matches", std::move(matches)},
          {"more_matches", found.more}};
}

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// "" when it is missing or null; whole numbers are texts too.
std::string Member(const Json& json, const char* key, size_t most) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return {};
  if (found->is_number_integer()) return found->dump();
  if (!found->is_string()) Refuse(fmt::format("\"{}\" must be a text", key));
  auto text = found->get<std::string>();
  if (text.size() > most) throw Error(ErrorCode::kTooLarge, fmt::format("\"{}\" is longer than {} bytes", key, most));
  return text;
}

std::string Checked(const Json& json, const char* key) {
  std::string text = Member(json, key, kMaxMember);
  const std::string why = text.empty() ? "" : WhyImpossible(key, text, /*persian=*/false);
  if (!why.empty()) Refuse(fmt::format("\"{}\" {}", key, why));
  return LatinDigits(text);
}

// As records' numbers are given: `القرار رقم 45 لسنة 2018` is 45/2018.
std::string GivenNumberMember(const Json& json) { return ReadGivenNumber(Checked(json, "number")).value; }

Citation ReadCitation(const Json& json) {
  const JsonBody known_members(json, "\"citation\"", {"kind", "number", "year", "body", "date", "article"});
  Citation citation{.number = GivenNumberMember(json),
                    .year = Checked(json, "year"),
                    .body = Member(json, "body", kMaxMember),
                    .article = Member(json, "article", kMaxMember)};
  const std::string kind = Member(json, "kind", kMaxMember);
  const auto known = CitedKindOfName(kind.empty() ? "decision" : kind);
  if (!known) Refuse("\"kind\" must be decision, ruling, law, decree, regulation, circular, letter or case");
  citation.kind = *known;
  const std::string other = citation.year.empty() ? "" : WhyOtherYear(citation.number, citation.year);
  if (!other.empty()) Refuse(fmt::format("\"year\" {}", other));
  const std::string date = Member(json, "date", kMaxMember);
  const std::vector<DayRange> days = ParseDateQuery(date);
  if (!date.empty() && days.empty()) Refuse("\"date\" is no date");
  if (!days.empty()) citation.date = FormatDay(days.front().first + (days.front().last - days.front().first) / 2);
  citation.printed = NormalCitation(citation) + (date.empty() ? "" : " of " + date);  // tells the day's calendar
  return citation;
}

}  // namespace

std::string CitationsJson(std::string_view record_id, const std::vector<PlacedCitation>& citations) {
  Json list = Json::array();
  for (const PlacedCitation& placed : citations) list.push_back(PlacedValue(placed));
  return Dump({{"record", record_id}, {"citations", std::move(list)}});
}

std::string CitedByJson(std::string_view record_id, const std::vector<PlacedCitation>& citations, const ListEnd& end) {
  Json list = Json::array();
  for (const PlacedCitation& placed : citations) {
    Json json = {{"record", placed.resolved.record_id}, {"external_id", TextOrNull(placed.paper)}};
    const auto match = MatchOf(placed.resolved.resolution, record_id);
    json["match"] = match ? Json(NameOf(*match)) : Json(nullptr);
    json.update(PlacedValue(placed));
    list.push_back(std::move(json));
  }
  return Dump(
      {{"record", record_id}, {"citations", std::move(list)}, {"more", end.more}, {"next", TextOrNull(end.next)}});
}

std::string StatusJson(std::string_view record_id, const ForceAnswer& answer, const Chain& chain) {
  Json papers = Json::array();
  for (const Record& record : chain.papers) papers.push_back(PaperValue(record));
  return Dump(
      {{"record", record_id},
       {"status", NameOf(answer.force)},
       {"confirmed", answer.confirmed},
       {"confidence", answer.confidence},
       {"reason", answer.reason},
       {"effects", EffectsJson(answer.effects)},
       {"chain", {{"papers", std::move(papers)}, {"effects", EffectsJson(chain.effects)}, {"cut", chain.cut}}}});
}

std::string LookUpsJson(const std::vector<LookedUp>& found) {
  Json list = Json::array();
  for (const LookedUp& each : found) list.push_back(LookUpValue(each));
  return Dump(list);
}

LookUpRequest ReadLookUp(std::string_view body) {
  CheckBodyMembers(body);
  const Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) Refuse("the body must be a JSON object with \"text\" or \"citation\"");
  const JsonBody known_members(json, kJsonBody, {"text", "citation", "language"});
  LookUpRequest request{.language = Member(json, "language", kMaxMember)};
  if (!request.language.empty() && request.language != "ara" && request.language != "fas") {
    Refuse("\"language\" must be ara or fas");
  }
  if (json.contains("text") == json.contains("citation")) Refuse("give either \"text\" or \"citation\"");
  if (!json.contains("text")) {
    request.citation = ReadCitation(json["citation"]);
    return request;
  }
  if (!json["text"].is_string()) Refuse("\"text\" must be a text");
  request.text = json["text"].get<std::string>();
  if (CodePoints(*request.text) > kMaxLookUpText) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("\"text\" has more than {} characters; split the text", kMaxLookUpText));
  }
  return request;
}

}  // namespace diwan
