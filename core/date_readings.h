// What a written date may mean: in which calendar, and whether the day or the month stands first. The second step after
// core/written_date.h. docs/dates.md tells the steps of the confidence. Any thread may call.
#pragma once

#include <optional>
#include <vector>

#include "core/calendar.h"
#include "core/written_date.h"

namespace diwan {

// What is known of the text that a date stands in.
struct DateContext {
  bool jalali_likely = false;         // the text is Persian
  std::optional<Calendar> neighbour;  // that of the nearest date whose calendar is told
};

// One meaning of a date.
struct DateReading {
  Calendar calendar = Calendar::kGregorian;
  int year = 0;
  int month = 0;
  int day = 0;
  DayRange days;
  double confidence = 0;  // 0..1
};

// All meanings, the likeliest first; empty when it is no date. What only another date beside it could make likely comes
// last, with next to no confidence.
std::vector<DateReading> ReadingsOf(const WrittenDate& written, const DateContext& context);

// The first meaning of a date that a reader asks for, in each calendar that fits, in the order of `wanted` when only
// the year tells. Marks and names that tell the calendar go before.
std::vector<DateReading> MeaningsIn(const WrittenDate& written, const std::vector<Calendar>& wanted);

// Lets two dates that stand side by side decide and confirm each other: the first readings become those that name one
// day, if there are such. Else, where the words between say that they should (`told_equal`), both lose confidence.
// Nothing is done when both are of one calendar. REQUIRES: neither is empty.
void CompareReadings(std::vector<DateReading>& one, std::vector<DateReading>& other, bool told_equal);

}  // namespace diwan
