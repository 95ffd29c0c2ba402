// Days, months and years as terms, for documents and for spans of days in questions.
#include "index/day_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "index/schema.h"

namespace diwan {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kMaxDays = 8;
constexpr sys_days kEarliest{year{1840} / month{1} / day{1}};
constexpr sys_days kLatest{year{2110} / month{12} / day{31}};

std::string YearTerm(year_month_day at) { return fmt::format("{}{:04}", kDayPrefix, static_cast<int>(at.year())); }

std::string MonthTerm(year_month_day at) {
  return fmt::format("{}{:02}", YearTerm(at), static_cast<unsigned>(at.month()));
}

std::string DayTerm(year_month_day at) {
  return fmt::format("{}{:02}", MonthTerm(at), static_cast<unsigned>(at.day()));
}

}  // namespace

std::vector<std::string> DayTermsOf(DayRange range) {
  std::set<std::string> terms;
  for (int i = 0; i < kMaxDays && range.first + i <= range.last; ++i) {
    const sys_days at{days{range.first + i}};
    if (at < kEarliest || at > kLatest) continue;
    terms.insert({DayTerm(at), MonthTerm(at), YearTerm(at)});
  }
  return {terms.begin(), terms.end()};
}

std::vector<std::string> TermsCovering(DayRange range) {
  std::vector<std::string> terms;
  sys_days at = std::max(sys_days{days{range.first}}, kEarliest);
  const sys_days end = std::min(sys_days{days{range.last}}, kLatest);
  while (at <= end) {
    const year_month_day date = at;
    const sys_days month_end{date.year() / date.month() / last};
    const sys_days year_end{date.year() / 12 / 31};
    sys_days covered = at;
    if (date.month() == month{1} && date.day() == day{1} && year_end <= end) {
      terms.push_back(YearTerm(date));
      covered = year_end;
    } else if (date.day() == day{1} && month_end <= end) {
      terms.push_back(MonthTerm(date));
      covered = month_end;
    } else {
      terms.push_back(DayTerm(date));
    }
    at = covered + days{1};
  }
  return terms;
}

}  // namespace diwan
