// Days as terms: a day in a text gives three, itself, its month and its year, so that a span of any length is looked up
// by few terms: whole years, whole months, and the days at its ends. Months and years are Gregorian, whatever calendar
// the paper speaks.
#pragma once

#include <string>
#include <vector>

#include "core/calendar.h"

namespace diwan {

// The terms of a document that may mean each day of `days`. At most the first eight days are taken.
std::vector<std::string> DayTermsOf(DayRange days);

// The terms of which a document has at least one when a day of it lies in `days`. Days outside 1840..2110, where no
// date in a text is ever found, are left out, so there are at most 270 years, 22 months and 60 days.
std::vector<std::string> TermsCovering(DayRange days);

}  // namespace diwan
