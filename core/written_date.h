// Dates as they are written in folded text, before it is known what they mean: numbers, a month's name, a calendar's
// mark. The first of two steps; core/date_readings.h is the second. Any thread may call.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/calendar.h"

namespace diwan {

// A date as written. Month and day are 0 when they are not written.
struct WrittenDate {
  size_t begin = 0;  // in the folded text
  size_t end = 0;
  int year = 0;
  int month = 0;
  int day = 0;
  bool named = false;       // the month is a word, which settles the calendar
  bool year_first = false;  // as Persian papers write it
  bool short_year = false;  // the year's last two digits; `year` is the Jalali one that they stand for
  bool borrowed = false;  // the year, or month and year, stand with the date after it: the 12 of `12-15 مارس 2019`
  bool contradicted = false;  // a mark beside it is that of a calendar that it can't be in
  bool persian_word = false;  // سال stands before the year
  bool after_number_word = false;
  std::optional<Calendar> calendar;  // told by the month's name or a mark
  std::optional<int> weekday;        // 0 for Sunday, when its name stands before
};

// Whether papers bear that year where a word tells the calendar.
bool IsToldYear(Calendar calendar, int year);

// Every date that may stand in the text, in order, none overlapping another. Dates without a day, with two digits of a
// year, and borrowed ones too: the caller leaves out what it can't use. Takes time in proportion to the text's length.
std::vector<WrittenDate> FindWrittenDates(std::u32string_view folded);

// The whole of `folded` as a date or a part of one.
std::optional<WrittenDate> ReadWholeDate(std::u32string_view folded);

}  // namespace diwan
