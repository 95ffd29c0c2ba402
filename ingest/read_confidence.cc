// What lowers the confidence of a value: doubtful letters, words that were misread, numbers that are cut.
#include "ingest/read_confidence.h"

#include <algorithm>

namespace diwan {

float ReadConfidence(const std::vector<ReadStretch>* stretches, size_t begin, size_t end) {
  if (stretches == nullptr) return 1;
  float least = 1;
  for (auto at = std::ranges::upper_bound(*stretches, begin, {}, &ReadStretch::end); at != stretches->end(); ++at) {
    if (at->begin >= end) break;
    least = std::min(least, at->confidence);
  }
  return least;
}

float WordsConfidence(const RuleText& text, const std::vector<ReadStretch>* stretches, size_t first, size_t last) {
  constexpr size_t kBefore = 4;
  constexpr float kDoubtful = 0.6F;
  if (stretches == nullptr || stretches->empty()) return 1;
  for (size_t i = 0; i < kBefore && first > 0 && text[first - 1].kind < TokenKind::kLineEnd; ++i) --first;
  float least = 1;
  for (size_t i = first; i < last; ++i) {
    if (text[i].kind != TokenKind::kWord) continue;
    least = std::min(least, ReadConfidence(stretches, text.BeginByte(i), text.EndByte(i + 1)));
  }
  return least < kDoubtful ? kDoubtful : 1;
}

namespace {

// `٢٠٢I` behind `لسنة`.
bool HasBrokenYearBehind(const RuleText& text, size_t at) {
  constexpr std::u32string_view kYearWords[] = {U"لسنه", U"سنه", U"لعام", U"عام", U"سال"};
  while (at < text.size() && text.Folded(text[at]) == U")") ++at;
  if (at + 1 >= text.size() || std::ranges::find(kYearWords, text.Folded(text[at])) == std::end(kYearWords))
    return false;
  ++at;
  while (at + 1 < text.size() && text.Folded(text[at]) == U"(") ++at;
  if (text[at].kind == TokenKind::kNumber)
    return text.IsDoubtful(at, at + 1, true) || text.Folded(text[at]).size() != 4;
  const char32_t first = text.Folded(text[at])[0];
  return text[at].kind == TokenKind::kSign || first < 0x80 || first == 0xFFFD;
}

}  // namespace

float NumbersConfidence(const RuleText& text, const RuleMatch& match) {
  bool number = false;
  bool year = false;
  for (const Capture& capture : match.captures) {
    const SlotKind kind = capture.slot->kind;
    if (kind != SlotKind::kNumber && kind != SlotKind::kPair && kind != SlotKind::kYear) continue;
    number = number || kind != SlotKind::kYear;
    year = year || kind == SlotKind::kYear;
    const std::u32string_view digits = text.Folded(text[capture.first]);
    const bool pair = digits.size() > 4 && digits.find_first_of(U"/-") != std::u32string_view::npos;
    if (text.IsDoubtful(capture.first, capture.last, pair || kind == SlotKind::kYear)) return kDoubtedNumber;
  }
  return number && !year && HasBrokenYearBehind(text, match.last) ? kDoubtedNumber : 1;
}

}  // namespace diwan
