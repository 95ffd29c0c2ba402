// Numbers and amounts of money as papers print them. Any thread may call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/paper_number.h"

namespace diwan {

// Without the signs that part thousands: `١٬٢٣٤` is 1234.
std::string WithoutThousands(std::string_view number);

// As Split of core/paper_number.h, but words in a number keep the space between them: `221/هيئة مدنية/2022`; a number
// that مكرر stands behind is "45 مكرر أ", without brackets.
SplitNumber SplitPrinted(std::string_view printed);

// Whether the number at [begin, end) of a folded text may be a part of another: a letter or a sign that ends no number
// touches it, more digits follow or stand before it behind a blank, words make another number of it (`45 ب`, `45 إلى
// 48`, `45 مكرر` where مكرر is no part of what is asked about), or the words in brackets behind it say another. The
// letters of a calendar may stand behind a year. REQUIRES: begin < end <= folded.size().
bool MayBeCut(const std::u32string& folded, size_t begin, size_t end, bool year);

// The amount, `times` over, in digits with '.' before a fraction: "1,250,000.50", "2.5" million; "" when the digits are
// no amount or are more than fifteen. Groups of three behind ',' or '.' are thousands, so `1.500` is 1500; `٫` always
// parts a fraction.
std::string PlainAmount(std::string_view printed, int64_t times);

}  // namespace diwan
