// Numbers as papers print them: those of papers, which bear a year, and amounts of money. Any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace diwan {

// The parts of a paper's number: `45/2018`, `2018/45`. Digits stay as read.
struct SplitNumber {
  std::string number;  // Latin digits; all of it where no part is a year
  std::string year;    // "" when no part is one
  float sure = 1;      // falls where either part may be the year
};
SplitNumber Split(std::string_view printed);

// The amount, `times` over, in digits with '.' before a fraction: "1,250,000.50", "2.5" million; "" when the digits are
// no amount or are more than fifteen. Groups of three behind ',' or '.' are thousands, so `1.500` is 1500; `٫` always
// parts a fraction.
std::string PlainAmount(std::string_view printed, int64_t times);

}  // namespace diwan
