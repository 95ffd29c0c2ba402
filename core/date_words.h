// The words of dates: names of months and of the days of the week, marks of calendars, and what may stand between. Used
// by the readers of dates in core/ and by the question's reader in index/. All work on folded text; any thread may
// call.
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

// Whether the name of the month that begins at `at` is an everyday word too, as سرطان (cancer) is.
bool IsEverydayMonth(std::u32string_view folded, size_t at);

// The mark of a calendar, as it follows a year: هـ, م, ه.ش, هجري.
std::optional<DateWord> ReadMark(std::u32string_view folded, size_t at);

// A mark that is no other abbreviation behind a number alone: هـ or ميلادية, not the م of metres nor the ق of court
// years.
std::optional<DateWord> ReadSureMark(std::u32string_view folded, size_t at);

// A mark that stands before the date, which begins at `at`, with its end at most one sign away; `end` is where the mark
// begins.
std::optional<DateWord> ReadMarkBefore(std::u32string_view folded, size_t at);

// A word and where it ends.
struct PlainWord {
  int value = 0;
  size_t end = 0;
};

// The name of a day of the week, with or without `يوم`: 0 for Sunday .. 6 for Saturday.
std::optional<PlainWord> ReadWeekday(std::u32string_view folded, size_t at);

// A word that says that a year follows: 1 for سال, which speaks for the Jalali calendar, else 0.
std::optional<PlainWord> ReadYearWord(std::u32string_view folded, size_t at);

// A word between the ends of a span of days: إلى, تا.
std::optional<PlainWord> ReadSpanWord(std::u32string_view folded, size_t at);

// Whether the word before `at` says that a number follows: رقم, شماره, هاتف.
bool FollowsNumberWord(std::u32string_view folded, size_t at);

// What stands between two dates, or between the name of a day of the week and a date.
enum class Bridge {
  kNone,   // words of other sense
  kSigns,  // punctuation and words such as بتاريخ
  kEqual,  // a word such as الموافق, or an opening bracket: both name one day
};
Bridge ReadBridge(std::u32string_view folded, size_t begin, size_t end);

// Past `وفي اليوم` and its like, which lead from a year to the day in it; `at` when none stands there.
size_t ReadDayLead(std::u32string_view folded, size_t at);

// Past white space, punctuation and the words that may stand between a day, a month and a year: `من شهر`, `المبارك
// سنة`.
size_t SkipFillers(std::u32string_view folded, size_t at);

}  // namespace diwan
