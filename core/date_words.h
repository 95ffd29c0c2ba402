// The words of dates: names of months, marks of calendars, and what may stand between. Used by core/find_dates.cc
// and by the question's reader in index/. All work on folded text; any thread may call.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/calendar.h"

namespace diwan {

// A month or a calendar that a word says, and where the word ends in the text.
struct DateWord {
  Calendar calendar = Calendar::kGregorian;
  int month = 0;  // 0 for the mark of a calendar
  size_t end = 0;
};

// The name of a month that begins at `at` and ends with a word.
std::optional<DateWord> ReadMonth(std::u32string_view folded, size_t at);

// The mark of a calendar, as it follows a year: هـ, م, ه.ش, هجري.
std::optional<DateWord> ReadMark(std::u32string_view folded, size_t at);

// Past white space, punctuation and the words that may stand between a day, a month and a year: `من شهر`, `المبارك
// سنة`.
size_t SkipFillers(std::u32string_view folded, size_t at);

}  // namespace diwan
