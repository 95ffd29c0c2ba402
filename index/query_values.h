// Values of fields that say more than words: spans of days and of numbers. Part of index/query_parser.h.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"

namespace diwan {

// Numbers from the first to the last; of compound ones the same number stands before or behind: 5/2019..9/2019 has
// `behind` "/2019".
struct NumberSpan {
  static constexpr uint64_t kNoEnd = std::numeric_limits<uint64_t>::max();
  std::string before;
  uint64_t first = 0;
  uint64_t last = kNoEnd;
  std::string behind;

  // One of its numbers in normal form.
  std::string Number(uint64_t value) const { return before + std::to_string(value) + behind; }
  // Whether a number in normal form is one of them.
  bool Contains(std::string_view number) const;
};

// What an open span has for its missing end: beyond what any calendar of the papers knows.
inline constexpr DayRange kAllDays = {-200'000, 200'000};

// The days meant by `typed`, in order, not overlapping, in each calendar that fits: what ParseDateQuery takes, and
// spans that are open (`2019..`), turned round, between two calendars (`1440..2021`) or with a dash (`2019-2021`).
// Empty when it is no date. Any thread may call, here and below.
std::vector<DayRange> DaysAsked(std::string_view typed);

// Whether the word is a mark of a calendar: هـ, م, هجري.
bool IsCalendarMark(std::string_view word);

// Whether `typed` has two ends with dots between, be they something or not.
bool IsSpan(std::string_view typed);

// The span meant by `100..200`, `100..`, `..200`, `5/2019..9/2019`, `5..9/2019`; nothing when it is none, or when it
// runs over several years.
std::optional<NumberSpan> NumbersAsked(std::string_view typed);

}  // namespace diwan
