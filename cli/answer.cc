// Answers may come from a server of another version, so nothing is taken for granted about them.
#include "cli/answer.h"

#include <fmt/format.h>

#include "core/error.h"

namespace diwan {

Json ReadAnswer(const Response& response) {
  Json json = Json::parse(response.body, nullptr, false);
  if (!json.is_object()) throw Error(ErrorCode::kUnavailable, "the answer is not that of a Diwan");
  return json;
}

std::string TextOf(const Json& json, const char* key) {
  const auto at = json.find(key);
  if (at == json.end() || at->is_null()) return "";
  return at->is_string() ? at->get<std::string>() : at->dump();
}

uint64_t NumberOf(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_number_unsigned() ? at->get<uint64_t>() : 0;
}

const Json& ListOf(const Json& json, const char* key) {
  static const Json kNothing = Json::array();
  const auto at = json.find(key);
  return at != json.end() && at->is_array() ? *at : kNothing;
}

std::string DateText(const Json& record) {
  const auto at = record.find("date");
  if (at == record.end() || !at->is_object()) return "";
  const std::string normal = TextOf(*at, "normal");
  return normal.empty() ? TextOf(*at, "printed") : normal;
}

std::string Count(uint64_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace diwan
