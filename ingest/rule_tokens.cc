// Cuts a page's text for the rules of fields and citations. Numbers keep what joins them, because a number that is cut
// is another number.
#include "ingest/rule_tokens.h"

#include <algorithm>

#include "core/number_chain.h"

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200C;
constexpr uint32_t kMostLetters = 3;  // of a part of a number that is no digits: `ص`, `م.ب`

bool IsSpace(char32_t c) { return c == U' ' || c == U'\t' || c == U'\r' || c == U'\v' || c == U'\f'; }

// Letters of any script; what can't be read (U+FFFD) belongs to its word.
bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  constexpr std::u32string_view kSigns = U"،؛؟۔٪٭«»؍";
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || c == 0xA0 || c == 0xB7;
  return !punctuation && kSigns.find(c) == std::u32string_view::npos;
}

}  // namespace

RuleText::RuleText(std::string_view utf8, bool jalali_likely)
    : utf8_(utf8), folded_(Fold(utf8)), dates_(FindAllDates(utf8, jalali_likely)) {
  std::erase_if(dates_, [](const PrintedDate& date) { return date.day == 0; });
  Cut();
}

std::u32string_view RuleText::Folded(const RuleToken& token) const {
  return std::u32string_view(folded_.text).substr(token.begin, token.word_end - token.begin);
}

std::string_view RuleText::Printed(size_t first, size_t last) const {
  return utf8_.substr(BeginByte(first), EndByte(last) - BeginByte(first));
}

const PrintedDate* RuleText::DateAt(size_t token) const {
  if (token >= tokens_.size() || tokens_[token].kind != TokenKind::kNumber) return nullptr;
  const size_t begin = BeginByte(token);
  const auto found = std::ranges::lower_bound(dates_, begin, {}, &PrintedDate::begin);
  return found != dates_.end() && found->begin == begin ? &*found : nullptr;
}

size_t RuleText::After(const PrintedDate& date) const {
  const auto behind = [&](const RuleToken& token) { return folded_.begin[token.begin] < date.end; };
  return static_cast<size_t>(std::ranges::partition_point(tokens_, behind) - tokens_.begin());
}

void RuleText::PushWord(uint32_t begin, uint32_t end) {
  constexpr std::u32string_view kSuffixes[] = {U"ي", U"اي", U"ها", U"هاي"};
  const auto word = std::u32string_view(folded_.text).substr(begin, end - begin);
  const bool behind_zwnj = begin > 0 && folded_.text[begin - 1] == kZwnj;
  if (behind_zwnj && !tokens_.empty() && std::ranges::find(kSuffixes, word) != std::end(kSuffixes)) {
    tokens_.back().end = end;
    return;
  }
  tokens_.push_back({.kind = TokenKind::kWord, .begin = begin, .end = end, .word_end = end, .line = lines_});
}

void RuleText::PushLineEnd(uint32_t at) {
  const bool blank = tokens_.empty() || tokens_.back().kind >= TokenKind::kLineEnd;
  if (!blank) {
    tokens_.push_back({.kind = TokenKind::kLineEnd, .begin = at, .end = at + 1, .word_end = at + 1, .line = lines_++});
  } else if (!tokens_.empty()) {
    tokens_.back().kind = TokenKind::kBlankLine;
  }
}

// Where a part that is joined to a number by the separator at `at` ends; `at` when none is.
uint32_t RuleText::JoinedPart(uint32_t at) const {
  const std::u32string& text = folded_.text;
  const auto size = static_cast<uint32_t>(text.size());
  uint32_t sign = at;
  while (sign < size && text[sign] == U' ' && sign < at + 2) ++sign;
  constexpr std::u32string_view kTight = U"-\u2010\u2011\u2013\u2212.,_\\";
  const bool slash = sign < size && text[sign] == U'/';
  if (!slash && (sign != at || sign >= size || kTight.find(text[sign]) == std::u32string_view::npos)) return at;
  uint32_t part = sign + 1;
  while (slash && part < size && text[part] == U' ' && part < sign + 2) ++part;
  uint32_t end = part;
  while (end < size && IsLatinDigit(text[end])) ++end;
  if (end > part) return end;
  if (part != at + 1 || text[at] == U'.' || text[at] == U',') return at;  // letters are joined tightly
  while (end < size && IsLetter(text[end]) && text[end] != kZwnj) ++end;
  return end > part && end - part <= kMostLetters ? end : at;
}

uint32_t RuleText::NumberEnd(uint32_t at) const {
  while (at < folded_.text.size() && IsLatinDigit(folded_.text[at])) ++at;
  for (uint32_t next = JoinedPart(at); next != at; next = JoinedPart(at)) at = next;
  return at;
}

void RuleText::Cut() {
  const std::u32string& text = folded_.text;
  const auto size = static_cast<uint32_t>(text.size());
  for (uint32_t at = 0; at < size;) {
    const uint32_t begin = at;
    if (text[at] == U'\n') {
      PushLineEnd(at++);
    } else if (IsSpace(text[at]) || text[at] == kZwnj) {
      ++at;
    } else if (IsLatinDigit(text[at])) {
      at = NumberEnd(at);
      tokens_.push_back({.kind = TokenKind::kNumber, .begin = begin, .end = at, .word_end = at, .line = lines_});
    } else if (IsLetter(text[at])) {
      while (at < size && IsLetter(text[at]) && text[at] != kZwnj && !IsSpace(text[at])) ++at;
      const bool in_number =
          at - begin <= kMostLetters && at + 1 < size && text[at] == U'/' && IsLatinDigit(text[at + 1]);
      if (in_number) {  // `ص/١٢٣`
        at = NumberEnd(at + 1);
        tokens_.push_back({.kind = TokenKind::kNumber, .begin = begin, .end = at, .word_end = at, .line = lines_});
      } else {
        PushWord(begin, at);
      }
    } else {
      ++at;
      tokens_.push_back({.kind = TokenKind::kSign, .begin = begin, .end = at, .word_end = at, .line = lines_});
    }
  }
  if (!tokens_.empty() && tokens_.back().kind < TokenKind::kLineEnd) ++lines_;
}

}  // namespace diwan
