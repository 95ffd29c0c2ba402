// How long a paper says that it is in force itself: `يعمل بهذا القرار لمدة سنة`, `این مصوبه تا پایان سال معتبر است`.
#include <chrono>

#include "ingest/fields.h"
#include "ingest/language.h"
#include "ingest/rule_matcher.h"

namespace diwan {
namespace {

constexpr size_t kMostBehind = 8;  // tokens between the words and the day

bool GoesOn(const RuleText& text, const RuleMatch& match) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count();
  const size_t end = std::min(text.size(), match.last + kMostBehind);
  for (size_t i = match.first; i < end && !EndsSentence(text, i); ++i) {
    if (const PrintedDate* date = text.DateAt(i)) return date->days.first > today;
  }
  return false;
}

}  // namespace

std::string FindTerm(std::string_view text, std::string_view language) {
  const bool told = language == "ara" || language == "fas";
  const std::string of = told ? std::string(language) : std::string(GuessWrittenLanguage(text).value_or("ara"));
  const RuleText cut(text, of == "fas");
  RuleMatcher matcher(BuiltInRules(of), cut);
  for (size_t at = 0; at < cut.size(); ++at) {
    const RuleMatch match = matcher.LongestAt(at, RuleUse::kTerm);
    if (match.rule != nullptr && !GoesOn(cut, match)) return std::string(cut.Printed(match.first, match.last));
  }
  return {};
}

}  // namespace diwan
