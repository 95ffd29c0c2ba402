// Days of the three calendars. Dates are found in texts by core/find_dates.cc; here is only what a date means.
// Gregorian days come from <chrono>, the others from ICU: Umm al-Qura from its table (1300..1600), Jalali by the
// 33 year rule, which gives the Iranian leap years of 1206..1500.
#include "core/calendar.h"

#include <fmt/core.h>
#include <unicode/calendar.h>

#include <array>
#include <chrono>
#include <memory>

#include "core/error.h"

namespace diwan {
namespace {

constexpr int kMonths = 12;

// Years that we reckon with. They are beyond what any paper bears, and within what the tables are right for.
struct Years {
  Calendar calendar;
  int first;
  int last;
};
constexpr std::array<Years, 3> kYears = {{
    {Calendar::kGregorian, 1, 9999},
    {Calendar::kHijri, 1, 1600},
    {Calendar::kJalali, 1, 1500},
}};

bool IsYear(Calendar calendar, int year) {
  for (const Years& years : kYears) {
    if (years.calendar == calendar) return year >= years.first && year <= years.last;
  }
  return false;
}

using IcuCalendar = std::unique_ptr<icu::Calendar>;

IcuCalendar MakeIcuCalendar(const char* locale) {
  UErrorCode status = U_ZERO_ERROR;
  IcuCalendar calendar(icu::Calendar::createInstance(*icu::TimeZone::getGMT(), icu::Locale(locale), status));
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, "the calendars of ICU can't be loaded");
  return calendar;
}

// The first day of a month of a calendar that ICU reckons. Making a calendar is slow, and one can't be shared.
int32_t FirstOfIcuMonth(icu::Calendar& calendar, int year, int month) {
  constexpr double kMillisOfDay = 86400000;
  UErrorCode status = U_ZERO_ERROR;
  calendar.clear();
  calendar.set(year, month - 1, 1);
  const double millis = calendar.getTime(status);
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, "ICU can't reckon a day");
  return static_cast<int32_t>(millis / kMillisOfDay);
}

int32_t FirstOfMonth(Calendar calendar, int year, int month) {
  if (calendar == Calendar::kGregorian) {
    const std::chrono::sys_days first{std::chrono::year(year) / month / 1};
    return static_cast<int32_t>(first.time_since_epoch().count());
  }
  thread_local const IcuCalendar hijri = MakeIcuCalendar("ar@calendar=islamic-umalqura");
  thread_local const IcuCalendar jalali = MakeIcuCalendar("fa@calendar=persian");
  return FirstOfIcuMonth(calendar == Calendar::kHijri ? *hijri : *jalali, year, month);
}

int32_t FirstOfNextMonth(Calendar calendar, int year, int month) {
  return month == kMonths ? FirstOfMonth(calendar, year + 1, 1) : FirstOfMonth(calendar, year, month + 1);
}

}  // namespace

std::optional<DayRange> DaysOf(Calendar calendar, int year, int month, int day) {
  if (!IsYear(calendar, year) || month < 0 || month > kMonths || day < 0 || (day > 0 && month == 0)) return {};
  const bool hijri = calendar == Calendar::kHijri;
  DayRange days;
  days.first = FirstOfMonth(calendar, year, month == 0 ? 1 : month);
  days.last = FirstOfNextMonth(calendar, year, month == 0 ? kMonths : month) - 1;
  if (day > 0) {
    // A month of 29 days here may have had its 30th where the paper was written.
    const int length = hijri ? 30 : days.last - days.first + 1;
    if (day > length) return {};
    days.first += day - 1;
    days.last = days.first;
  }
  if (hijri) {
    --days.first;
    ++days.last;
  }
  return days;
}

std::string FormatDay(int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace diwan
