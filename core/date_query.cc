// Reads the date that a reader asks for.
#include "core/calendar.h"
#include "core/date_readings.h"
#include "core/fold.h"
#include "core/written_date.h"

namespace diwan {
namespace {

// Persian digits, سال, and the year before the month, speak for the Jalali calendar where the Hijri one is possible
// too.
std::vector<DateReading> MeaningsOf(std::string_view utf8) {
  const auto written = ReadWholeDate(Fold(utf8).text);
  if (!written) return {};
  const bool persian =
      utf8.find('\xDB') != std::string_view::npos || written->persian_word || (written->year_first && written->day > 0);
  const Calendar first = persian ? Calendar::kJalali : Calendar::kHijri;
  const Calendar second = persian ? Calendar::kHijri : Calendar::kJalali;
  return MeaningsIn(*written, {first, second, Calendar::kGregorian});
}

}  // namespace

std::vector<DayRange> ParseDateQuery(std::string_view utf8) {
  constexpr size_t kLongest = 256;
  constexpr std::string_view kSpan = "..";
  if (utf8.size() > kLongest) return {};
  const size_t dots = utf8.find(kSpan);
  const auto from = MeaningsOf(utf8.substr(0, dots));
  const auto to = dots == std::string_view::npos ? from : MeaningsOf(utf8.substr(dots + kSpan.size()));
  std::vector<DayRange> out;
  for (const DateReading& begin : from) {
    for (const DateReading& end : to) {
      if (begin.calendar != end.calendar || begin.days.first > end.days.last) continue;
      out.push_back({begin.days.first, end.days.last});
    }
  }
  return out;
}

}  // namespace diwan
