// Numbers in normal form: one number, however it is printed, is one term. Part of index/analysis.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/analysis.h"

namespace diwan {

// How many characters of `folded` from `at`, where a digit stands, are one simple number: digits, thousands set off by
// commas, decimals after one point. 12.03.2019 is three numbers.
size_t NumberLength(std::u32string_view folded, size_t at);

// "1234" of "001,234": commas and leading zeros go. Takes what NumberLength measured.
std::string NormalNumber(std::u32string_view folded);

// "123/2019" of "2019/123", and the reverse: the same number in the other order, which the year tells, four digits from
// 1200 to 2100, in the one part alone. "" for any other number.
std::string TurnedNumber(const std::string& number);

// The numbers of a text whose words were cut: each simple one; compound ones such as 123/2019, 123 / 2019, 12.03.2019,
// and رقم ١٢٣ لسنة ٢٠١٩ and 123 of 2019, which are 123/2019; and the digits inside words like A4 as simple ones.
std::vector<TextNumber> FindNumbers(const std::vector<TextWord>& words, std::string_view utf8);

}  // namespace diwan
