// Numbers in folded text, and the signs that join them to dates: the first thing read where a date may stand. Any
// thread may call.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace diwan {

// A run of digits. Of more than four, `value` is that of the first four.
struct ChainNumber {
  int value = 0;
  size_t digits = 0;
  size_t begin = 0;
  size_t end = 0;
  bool IsYear() const { return digits == 4; }
  bool IsPart() const { return (digits == 1 || digits == 2) && value > 0; }  // a day or a month
};

// Numbers with one separator between them: `12/3/2019`. Only the first three are kept.
struct NumberChain {
  std::array<ChainNumber, 3> numbers;
  size_t count = 0;
  size_t end = 0;
  char32_t sign = 0;  // '/', '\\', '.', or '-' for every dash; 0 when there is but one number
};

// The separator after a number, and where the number after it begins; `next` is 0 when there is none.
struct ChainSeparator {
  char32_t sign = 0;
  size_t next = 0;
};

// A digit as the folding leaves those of every set.
constexpr bool IsLatinDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Past two spaces at most.
size_t SkipSpaces(std::u32string_view text, size_t at);

// The digits at `at`; none when there are none.
ChainNumber ReadNumber(std::u32string_view text, size_t at);
ChainSeparator ReadSeparator(std::u32string_view text, size_t at);
NumberChain ReadChain(std::u32string_view text, size_t at);

}  // namespace diwan
