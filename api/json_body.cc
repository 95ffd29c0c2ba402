// What people and programs send, member by member.
#include "api/json_body.h"

#include <fmt/core.h>

#include <limits>

#include "api/change_json.h"
#include "archive/json_members.h"
#include "core/error.h"

namespace diwan {

using json_parts::Json;

namespace {

std::string ListOf(std::initializer_list<std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
  return list;
}

// What a name that came from outside is told again as; "" where it is not plain.
std::string Named(const std::string& name) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  constexpr size_t kLongestEcho = 40;
  const bool plain = name.size() <= kLongestEcho && name.find_first_not_of(kPlain) == std::string::npos;
  return plain ? fmt::format(", \"{}\"", name) : "";
}

}  // namespace

void RefuseBody(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

void CheckBodyMembers(std::string_view body) {
  try {
    CheckMembers(body);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{} {}", kJsonBody, error.what()));
  }
}

Json ParsedBody(std::string_view body) {
  if (body.empty()) return Json::object();
  CheckBodyMembers(body);
  Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) RefuseBody("the body is not valid JSON in UTF-8");
  return json;
}

JsonBody::JsonBody(const Json& json, std::string_view what, std::initializer_list<std::string_view> known)
    : json_(json), what_(what) {
  if (!json.is_object()) RefuseBody(fmt::format("{} must be a JSON object", what));
  for (const auto& [name, value] : json.items()) {
    bool is_known = false;
    for (const std::string_view each : known) is_known = is_known || each == name;
    if (!is_known) {
      RefuseBody(fmt::format("{} has a member that is not known{}; it may have {}", what, Named(name), ListOf(known)));
    }
  }
}

std::string JsonBody::Text(const char* name) const {
  const Json* value = Find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) RefuseBody(fmt::format("\"{}\" must be a text", name));
  return value->get<std::string>();
}

std::string JsonBody::RequiredText(const char* name) const {
  std::string text = Text(name);
  if (text.empty()) RefuseBody(fmt::format("\"{}\" is missing in {}", name, what_));
  return text;
}

std::optional<int> JsonBody::Number(const char* name) const {
  const Json* value = Find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_unsigned() || value->get<uint64_t>() > std::numeric_limits<int>::max()) {
    RefuseBody(fmt::format("\"{}\" must be a whole number", name));
  }
  return static_cast<int>(value->get<uint64_t>());
}

int JsonBody::RequiredNumber(const char* name) const {
  const auto number = Number(name);
  if (!number) RefuseBody(fmt::format("\"{}\" is missing in {}", name, what_));
  return *number;
}

std::optional<bool> JsonBody::Flag(const char* name) const {
  const Json* value = Find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) RefuseBody(fmt::format("\"{}\" must be true or false", name));
  return value->get<bool>();
}

bool JsonBody::RequiredFlag(const char* name) const {
  const auto flag = Flag(name);
  if (!flag) RefuseBody(fmt::format("\"{}\" must be true or false", name));
  return *flag;
}

const Json& JsonBody::RequiredArray(const char* name) const {
  const Json* value = Find(name);
  if (value == nullptr || !value->is_array()) RefuseBody(fmt::format("\"{}\" must be an array", name));
  return *value;
}

std::vector<std::string> JsonBody::Texts(const char* name) const {
  std::vector<std::string> texts;
  if (Find(name) == nullptr) return texts;
  for (const Json& each : RequiredArray(name)) {
    if (!each.is_string()) RefuseBody(fmt::format("\"{}\" must be an array of texts", name));
    texts.push_back(each.get<std::string>());
  }
  return texts;
}

const Json* JsonBody::Find(const char* name) const {
  const auto found = json_.find(name);
  return found == json_.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace diwan
