// Strict reading of what people and programs want changed: nothing that is not understood is passed over.
#include "api/change_json.h"

#include <fmt/core.h>

#include <initializer_list>
#include <limits>
#include <optional>

#include "api/json.h"
#include "api/json_parts.h"
#include "archive/json_members.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {

using json_parts::Dump;
using json_parts::Json;
using json_parts::TextOrNull;

namespace {

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

// An object of which the members are taken by name.
class Members {
 public:
  Members(const Json& json, std::string_view what, std::initializer_list<std::string_view> known)
      : json_(json), what_(what) {
    if (!json.is_object()) Refuse(fmt::format("{} must be a JSON object", what));
    for (const auto& [name, value] : json.items()) {
      bool is_known = false;
      for (const std::string_view each : known) is_known = is_known || each == name;
      if (!is_known) Refuse(fmt::format("{} has a member that is not known; it may have {}", what, List(known)));
    }
  }

  std::string Text(const char* name) const {
    const Json* value = Find(name);
    if (value == nullptr) return {};
    if (!value->is_string()) Refuse(fmt::format("\"{}\" must be a text", name));
    return value->get<std::string>();
  }

  std::string RequiredText(const char* name) const {
    std::string text = Text(name);
    if (text.empty()) Refuse(fmt::format("\"{}\" is missing in {}", name, what_));
    return text;
  }

  // A whole number from 0 on that is an int.
  std::optional<int> Number(const char* name) const {
    const Json* value = Find(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number_unsigned() || value->get<uint64_t>() > std::numeric_limits<int>::max()) {
      Refuse(fmt::format("\"{}\" must be a whole number", name));
    }
    return static_cast<int>(value->get<uint64_t>());
  }

  int RequiredNumber(const char* name) const {
    const auto number = Number(name);
    if (!number) Refuse(fmt::format("\"{}\" is missing in {}", name, what_));
    return *number;
  }

  bool RequiredFlag(const char* name) const {
    const Json* value = Find(name);
    if (value == nullptr || !value->is_boolean()) Refuse(fmt::format("\"{}\" must be true or false", name));
    return value->get<bool>();
  }

  const Json& RequiredArray(const char* name) const {
    const Json* value = Find(name);
    if (value == nullptr || !value->is_array()) Refuse(fmt::format("\"{}\" must be an array", name));
    return *value;
  }

 private:
  const Json* Find(const char* name) const {
    const auto found = json_.find(name);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
  }

  static std::string List(std::initializer_list<std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
    return list;
  }

  const Json& json_;
  const std::string what_;
};

constexpr std::string_view kBody = "the body";

Json Parsed(std::string_view body) {
  if (body.empty()) return Json::object();
  CheckBodyMembers(body);
  Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) Refuse("the body is not valid JSON in UTF-8");
  return json;
}

void CheckCount(const Json& edits) {
  if (edits.size() > kMostEdits) Refuse(fmt::format("more than {} changes at one time", kMostEdits));
}

}  // namespace

void CheckBodyMembers(std::string_view body) {
  try {
    CheckMembers(body);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{} {}", kBody, error.what()));
  }
}

FieldsBody ReadFieldsBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "fields"});
  FieldsBody out{.why = members.Text("why"), .edits = {}};
  const Json& edits = members.RequiredArray("fields");
  CheckCount(edits);
  for (const Json& each : edits) {
    const Members field(each, "a change of \"fields\"", {"do", "name", "value", "was"});
    const auto action = FieldActionOfName(field.RequiredText("do"));
    if (!action) Refuse("\"do\" must be confirm, set, add or remove");
    out.edits.push_back({.action = *action,
                         .name = field.RequiredText("name"),
                         .value = field.Text("value"),
                         .was = field.Text("was")});
    const bool gives = *action == FieldAction::kSet || *action == FieldAction::kAdd;
    if (!gives && !out.edits.back().value.empty()) Refuse("\"value\" is of set and add; \"was\" says which is meant");
  }
  return out;
}

WordsBody ReadWordsBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "words"});
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
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "relation", "to", "article", "clause"});
  const auto relation = CitedRelationOfName(members.RequiredText("relation"));
  if (!relation) Refuse("\"relation\" must be amends, repeals, replaces, implements or refers_to");
  return {.why = members.Text("why"),
          .relation = {.relation = *relation,
                       .to = members.RequiredText("to"),
                       .article = members.Text("article"),
                       .clause = members.Text("clause")}};
}

StateBody ReadStateBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "state"});
  const auto state = CitationStateOfName(members.RequiredText("state"));
  if (!state) Refuse("\"state\" must be confirmed, rejected or proposed");
  return {.why = members.Text("why"), .state = *state};
}

MergeBody ReadMergeBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "into"});
  return {.why = members.Text("why"), .into = members.RequiredText("into")};
}

PageBody ReadSplitBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "from"});
  return {.why = members.Text("why"), .number = members.RequiredNumber("from")};
}

PageBody ReadReadingBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "page"});
  return {.why = members.Text("why"), .number = members.Number("page").value_or(0)};
}

HoldBody ReadHoldBody(std::string_view body) {
  const Json json = Parsed(body);
  const Members members(json, kBody, {"why", "on"});
  return {.why = members.Text("why"), .on = members.RequiredFlag("on")};
}

std::string ReadWhyBody(std::string_view body) {
  const Json json = Parsed(body);
  return Members(json, kBody, {"why"}).Text("why");
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
