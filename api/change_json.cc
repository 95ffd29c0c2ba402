// Strict reading of what people and programs want changed: nothing that is not understood is passed over.
#include "api/change_json.h"

#include <fmt/core.h>

#include "api/json.h"
#include "api/json_body.h"
#include "api/json_parts.h"
#include "core/id.h"

namespace diwan {

using json_parts::Dump;
using json_parts::Json;
using json_parts::TextOrNull;
using Members = JsonBody;

namespace {

void CheckCount(const Json& edits) {
  if (edits.size() > kMostEdits) RefuseBody(fmt::format("more than {} changes at one time", kMostEdits));
}

}  // namespace

FieldsBody ReadFieldsBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "fields"});
  FieldsBody out{.why = members.Text("why"), .edits = {}};
  const Json& edits = members.RequiredArray("fields");
  CheckCount(edits);
  for (const Json& each : edits) {
    const Members field(each, "a change of \"fields\"", {"do", "name", "value", "was"});
    const auto action = FieldActionOfName(field.RequiredText("do"));
    if (!action) RefuseBody("\"do\" must be confirm, set, add or remove");
    out.edits.push_back({.action = *action,
                         .name = field.RequiredText("name"),
                         .value = field.Text("value"),
                         .was = field.Text("was")});
    const bool gives = *action == FieldAction::kSet || *action == FieldAction::kAdd;
    if (!gives && !out.edits.back().value.empty())
      RefuseBody("\"value\" is of set and add; \"was\" says which is meant");
  }
  return out;
}

WordsBody ReadWordsBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "words"});
  WordsBody out{.why = members.Text("why"), .edits = {}};
  const Json& edits = members.RequiredArray("words");
  CheckCount(edits);
  for (const Json& each : edits) {
    const Members word(each, "a correction of \"words\"", {"first", "last", "text"});
    const int first = word.RequiredNumber("first");
    const int last = word.Number("last").value_or(first);
    out.edits.push_back(
        {.first = static_cast<size_t>(first), .last = static_cast<size_t>(last), .text = word.RequiredText("text")});
  }
  return out;
}

RelationBody ReadRelationBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "relation", "to", "article", "clause"});
  const auto relation = CitedRelationOfName(members.RequiredText("relation"));
  if (!relation) RefuseBody("\"relation\" must be amends, repeals, replaces, implements or refers_to");
  return {.why = members.Text("why"),
          .relation = {.relation = *relation,
                       .to = members.RequiredText("to"),
                       .article = members.Text("article"),
                       .clause = members.Text("clause")}};
}

StateBody ReadStateBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "state"});
  const auto state = CitationStateOfName(members.RequiredText("state"));
  if (!state) RefuseBody("\"state\" must be confirmed, rejected or proposed");
  return {.why = members.Text("why"), .state = *state};
}

MergeBody ReadMergeBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "into"});
  return {.why = members.Text("why"), .into = members.RequiredText("into")};
}

PageBody ReadSplitBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "from"});
  return {.why = members.Text("why"), .number = members.RequiredNumber("from")};
}

PageBody ReadReadingBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "page"});
  return {.why = members.Text("why"), .number = members.Number("page").value_or(0)};
}

HoldBody ReadHoldBody(std::string_view body) {
  const Json json = ParsedBody(body);
  const Members members(json, kJsonBody, {"why", "on"});
  return {.why = members.Text("why"), .on = members.RequiredFlag("on")};
}

std::string ReadWhyBody(std::string_view body) {
  const Json json = ParsedBody(body);
  return Members(json, kJsonBody, {"why"}).Text("why");
}

std::string HistoryJson(const History& history, const std::string& next) {
  const std::string url = history.page == 0 ? RecordUrl(history.record_id) : PageUrl(history.record_id, history.page);
  Json versions = Json::array();
  for (const MadeVersion& each : history.versions) {
    versions.push_back({{"version", each.version},
                        {"at", FormatTime(each.made_by.at)},
                        {"who", TextOrNull(each.made_by.actor)},
                        {"action", TextOrNull(each.made_by.action)},
                        {"what", TextOrNull(each.made_by.detail)},
                        {"why", TextOrNull(each.made_by.why)},
                        {"url", fmt::format("{}/history/{}", url, each.version)}});
  }
  return Dump({{"record", history.record_id},
               {"page", history.page == 0 ? Json(nullptr) : Json(history.page)},
               {"version", history.version},
               {"versions", std::move(versions)},
               {"next", TextOrNull(next)}});
}

}  // namespace diwan
