#include "ingest/fields_page.h"

#include <algorithm>

namespace diwan {
namespace {

constexpr size_t kLongestLine = 400;  // tokens; what is longer is no line of a paper

}  // namespace

FieldPage::FieldPage(const RuleSet& rules, const TextPage& given, int page_number, bool jalali_likely)
    : page(given), number(page_number), text(given.text, jalali_likely), matcher(rules, text) {
  citations = MatchCitations(matcher, number, page.stretches);
}

size_t LineEnd(const RuleText& text, size_t at) {
  const size_t limit = std::min(text.size(), at + kLongestLine);
  while (at < limit && text[at].kind < TokenKind::kLineEnd) ++at;
  return at;
}

size_t LineBegin(const RuleText& text, size_t at) {
  const size_t limit = at - std::min(at, kLongestLine);
  while (at > limit && text[at - 1].kind < TokenKind::kLineEnd) --at;
  return at;
}

size_t WordsBefore(const RuleText& text, size_t at) {
  size_t words = 0;
  constexpr size_t kFarthest = 12;  // tokens; a line may be as long as the text
  constexpr uint32_t kColumn = 3;   // spaces before a further column, which begins as a line does
  for (size_t i = 0; i < kFarthest && at > 0 && text[at - 1].kind < TokenKind::kLineEnd; ++i) {
    if (text[at].begin >= text[at - 1].end + kColumn) break;
    if (text[--at].kind <= TokenKind::kNumber) ++words;
  }
  return words;
}

bool IsBareWord(const FieldPage& page, size_t at) {
  constexpr std::u32string_view kParticles = U"وفبلك";
  const std::u32string_view word = page.text.Folded(page.text[at]);
  const RuleVocabulary& known = page.matcher.rules().vocabulary;
  return known.Has(word) || known.IsMisread(word) || kParticles.find(word[0]) == std::u32string_view::npos;
}

std::string WithoutParticle(const std::string& text) {
  constexpr std::string_view kParticles[] = {"ب", "ل"};
  for (const std::string_view particle : kParticles) {
    if (text.starts_with(particle)) return text.substr(particle.size());
  }
  return text;
}

std::string TidyText(std::string_view printed) {
  std::string out;
  for (const char c : printed) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  out.erase(0, std::min(out.find_first_not_of("/:-. "), out.size()));
  constexpr std::string_view kTrailing[] = {" ", ".", "،", "؛", ":", ",", "»", "\"", "-", ")"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view sign : kTrailing) {
      if (!out.ends_with(sign)) continue;
      out.resize(out.size() - sign.size());
      again = true;
    }
  }
  return out;
}

}  // namespace diwan
