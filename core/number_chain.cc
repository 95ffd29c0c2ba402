// Numbers with separators between them, as dates, compound numbers and telephone numbers have them. What they are is
// told by core/written_date.cc.
#include "core/number_chain.h"

#include <algorithm>

namespace diwan {

size_t SkipSpaces(std::u32string_view text, size_t at) {
  constexpr size_t kMost = 2;
  const size_t limit = std::min(text.size(), at + kMost);
  while (at < limit && text[at] == U' ') ++at;
  return at;
}

ChainNumber ReadNumber(std::u32string_view text, size_t at) {
  constexpr size_t kMostDigits = 4;  // of which the value is kept
  ChainNumber number;
  number.begin = at;
  for (; at < text.size() && IsLatinDigit(text[at]); ++at) {
    if (++number.digits <= kMostDigits) number.value = number.value * 10 + static_cast<int>(text[at] - U'0');
  }
  number.end = at;
  return number;
}

ChainSeparator ReadSeparator(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kDashes = U"-\u2010\u2012\u2013\u2014\u2212";
  const size_t sign_at = SkipSpaces(text, at);
  if (sign_at >= text.size()) return {};
  const char32_t sign = text[sign_at];
  const bool dash = kDashes.find(sign) != std::u32string_view::npos;
  if (sign != U'/' && sign != U'\\' && !dash && (sign != U'.' || sign_at != at)) return {};
  const size_t next = sign == U'.' ? sign_at + 1 : SkipSpaces(text, sign_at + 1);  // `5. 12` begins a sentence
  if (next >= text.size() || !IsLatinDigit(text[next])) return {};
  return {.sign = dash ? U'-' : sign, .next = next};
}

NumberChain ReadChain(std::u32string_view text, size_t at) {
  NumberChain chain;
  for (;;) {
    const ChainNumber number = ReadNumber(text, at);
    if (chain.count < chain.numbers.size()) chain.numbers[chain.count] = number;
    ++chain.count;
    chain.end = number.end;
    const ChainSeparator separator = ReadSeparator(text, number.end);
    if (separator.next == 0 || (chain.sign != 0 && separator.sign != chain.sign)) return chain;
    chain.sign = separator.sign;
    at = separator.next;
  }
}

}  // namespace diwan
