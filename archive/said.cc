// One member for each thing that a person can say, read as strictly as a request that says it.
#include "archive/said.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <nlohmann/json.hpp>

#include "archive/description.h"
#include "archive/edit.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr size_t kMostSaid = 5000;  // of a kind, of one record

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// A citation's texts, in the order in which they are written.
constexpr std::pair<const char*, std::string Citation::*> kCitationTexts[] = {
    {"number", &Citation::number}, {"year", &Citation::year},       {"date", &Citation::date},
    {"body", &Citation::body},     {"title", &Citation::title},     {"article", &Citation::article},
    {"clause", &Citation::clause}, {"printed", &Citation::printed},
};

// The opposite of FormatTime.
std::optional<int64_t> ParseTime(const std::string& text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  constexpr std::pair<size_t, size_t> kParts[] = {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}, {20, 3}};
  if (text.size() != kForm.size()) return std::nullopt;
  std::array<int, std::size(kParts)> parts{};
  for (size_t i = 0; i < parts.size(); ++i) {
    const char* begin = text.data() + kParts[i].first;
    std::from_chars(begin, begin + kParts[i].second, parts[i]);
  }
  const std::chrono::year_month_day date{std::chrono::year(parts[0]),
                                         std::chrono::month(static_cast<unsigned>(parts[1])),
                                         std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!date.ok()) return std::nullopt;
  const std::chrono::sys_time<std::chrono::milliseconds> time =
      std::chrono::sys_days(date) + std::chrono::hours(parts[3]) + std::chrono::minutes(parts[4]) +
      std::chrono::seconds(parts[5]) + std::chrono::milliseconds(parts[6]);
  const int64_t millis = time.time_since_epoch().count();
  return FormatTime(millis) == text ? std::optional(millis) : std::nullopt;
}

// An object of a line, of which the members are taken by name.
class SaidObject {
 public:
  SaidObject(const Json& json, std::string_view name) : json_(json), name_(name) {
    if (!json.is_object()) Refuse(fmt::format("\"{}\" must be of objects", name));
  }

  // As persons say it.
  std::string Text(const char* member) const {
    std::string text = ReadText(member);
    const std::string why = WhyUnseen(text);
    if (!why.empty()) Refuse(fmt::format("\"{}\": \"{}\" {}", name_, member, why));
    return text;
  }

  // As it was read from a text, with whatever stood there.
  std::string ReadText(const char* member) const {
    const auto found = json_.find(member);
    if (found == json_.end() || found->is_null()) return {};
    if (!found->is_string()) Wrong(member);
    auto text = found->get<std::string>();
    if (text.size() > kMaxGivenValue || text.find('\0') != std::string::npos) Wrong(member);
    return text;
  }

  template <typename Number>
  Number NumberOf(const char* member, Number most) const {
    const auto found = json_.find(member);
    if (found == json_.end()) return 0;
    if (!found->is_number() || *found < 0 || *found > most) Wrong(member);
    return found->get<Number>();
  }

  template <typename Enum>
  Enum OneOf(const char* member, std::optional<Enum> (*of_name)(std::string_view)) const {
    const auto value = of_name(Text(member));
    if (!value) Wrong(member);
    return *value;
  }

  [[noreturn]] void Wrong(const char* member) const {
    Refuse(fmt::format("\"{}\": \"{}\" is not what it should be", name_, member));
  }

 private:
  const Json& json_;
  const std::string_view name_;
};

Mark ReadMark(const Json& json, const char* name) {
  const SaidObject object(json, name);
  Mark mark{.why = object.Text("why"), .who = object.Text("who")};
  const auto at = ParseTime(object.Text("at"));
  if (!at) object.Wrong("at");
  mark.at = *at;
  if (mark.why.empty()) object.Wrong("why");
  CheckWhy(mark.why, /*needed=*/true);
  return mark;
}

RemovedValue ReadRemoved(const Json& json) {
  const SaidObject object(json, "removed");
  RemovedValue removed{.name = object.Text("name"), .value = object.ReadText("value")};
  if (std::ranges::count(KnownFieldNames(), removed.name) == 0) object.Wrong("name");
  return removed;
}

NewRelation ReadRelation(const Json& json) {
  const SaidObject object(json, "relations");
  NewRelation relation{.relation = object.OneOf("relation", CitedRelationOfName),
                       .to = object.Text("to"),
                       .article = object.Text("article"),
                       .clause = object.Text("clause")};
  if (relation.to.empty() || relation.to.size() > kMaxExternalName) object.Wrong("to");
  return relation;
}

Citation ReadJudged(const Json& json) {
  const SaidObject object(json, "judged");
  Citation citation;
  citation.kind = object.OneOf("kind", CitedKindOfName);
  citation.relation = object.OneOf("relation", CitedRelationOfName);
  citation.state = object.OneOf("state", CitationStateOfName);
  if (citation.state == CitationState::kProposed) object.Wrong("state");
  for (const auto& [name, member] : kCitationTexts) citation.*member = object.ReadText(name);
  citation.place.page = object.NumberOf<int>("page", std::numeric_limits<int>::max());
  citation.place.begin = object.NumberOf<uint32_t>("begin", std::numeric_limits<uint32_t>::max());
  citation.place.end = object.NumberOf<uint32_t>("end", std::numeric_limits<uint32_t>::max());
  citation.confidence = object.NumberOf<float>("confidence", 1);
  if (citation.place.begin > citation.place.end) object.Wrong("end");
  return citation;
}

template <typename Value>
std::vector<Value> ReadAll(const Json& line, const char* name, Value (*read)(const Json&)) {
  const auto found = line.find(name);
  if (found == line.end() || found->is_null()) return {};
  if (!found->is_array()) Refuse(fmt::format("\"{}\" must be a list", name));
  if (found->size() > kMostSaid) Refuse(fmt::format("\"{}\" has more than {} values", name, kMostSaid));
  std::vector<Value> values;
  for (const Json& each : *found) values.push_back(read(each));
  return values;
}

std::optional<Mark> ReadMarkOf(const Json& line, const char* name) {
  const auto found = line.find(name);
  if (found == line.end() || found->is_null()) return std::nullopt;
  return ReadMark(*found, name);
}

OrderedJson MarkJson(const Mark& mark) { return {{"why", mark.why}, {"who", mark.who}, {"at", FormatTime(mark.at)}}; }

OrderedJson RemovedJson(const RemovedValue& removed) {
  OrderedJson json = {{"name", removed.name}};
  if (!removed.value.empty()) json["value"] = removed.value;
  return json;
}

OrderedJson RelationJson(const NewRelation& relation) {
  OrderedJson json = {{"relation", NameOf(relation.relation)}, {"to", relation.to}};
  if (!relation.article.empty()) json["article"] = relation.article;
  if (!relation.clause.empty()) json["clause"] = relation.clause;
  return json;
}

OrderedJson JudgedJson(const Citation& citation) {
  OrderedJson json = {
      {"state", NameOf(citation.state)}, {"kind", NameOf(citation.kind)}, {"relation", NameOf(citation.relation)}};
  for (const auto& [name, member] : kCitationTexts) {
    if (!(citation.*member).empty()) json[name] = citation.*member;
  }
  json["page"] = citation.place.page;
  json["begin"] = citation.place.begin;
  json["end"] = citation.place.end;
  json["confidence"] = citation.confidence;
  return json;
}

template <typename Value>
void AddAll(const std::vector<Value>& values, const char* name, OrderedJson (*write)(const Value&), OrderedJson& line) {
  for (const Value& value : values) line[name].push_back(write(value));
}

}  // namespace

Said ReadSaid(const Json& line) {
  Said said;
  said.removed = ReadAll(line, "removed", ReadRemoved);
  said.judged = ReadAll(line, "judged", ReadJudged);
  said.relations = ReadAll(line, "relations", ReadRelation);
  said.hold = ReadMarkOf(line, "hold");
  said.deleted = ReadMarkOf(line, "deleted");
  const auto into = line.find("merged_into");
  if (into != line.end() && !into->is_null()) {
    if (!into->is_string() || into->get<std::string>().size() > kMaxExternalName || !said.deleted) {
      Refuse("\"merged_into\" must be the name of a record, with \"deleted\"");
    }
    said.merged_into = into->get<std::string>();
  }
  return said;
}

void AddSaid(const Said& said, OrderedJson& line) {
  AddAll(said.removed, "removed", RemovedJson, line);
  AddAll(said.judged, "judged", JudgedJson, line);
  AddAll(said.relations, "relations", RelationJson, line);
  if (said.hold) line["hold"] = MarkJson(*said.hold);
  if (said.deleted) line["deleted"] = MarkJson(*said.deleted);
  if (!said.merged_into.empty()) line["merged_into"] = said.merged_into;
}

}  // namespace diwan
