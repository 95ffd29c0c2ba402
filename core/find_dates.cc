// Finds the dates in a page's text, for its fields and its index terms. A date is read in two steps: first as it is
// written (core/written_date.h), then as the days that this may mean (core/date_readings.h), since the calendar is
// often told by the year alone, or by a date beside it.
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "core/calendar.h"
#include "core/date_readings.h"
#include "core/date_words.h"
#include "core/fold.h"
#include "core/written_date.h"

namespace diwan {
namespace {

struct Dated {
  WrittenDate written;
  std::vector<DateReading> readings;
};

bool IsTold(const WrittenDate& date) { return date.calendar && IsToldYear(*date.calendar, date.year); }

size_t Distance(const WrittenDate& from, const WrittenDate& to) {
  return from.begin < to.begin ? to.begin - from.end : from.begin - to.end;
}

// For each date, the calendar of the nearest other one that tells its own.
std::vector<std::optional<Calendar>> NeighboursOf(const std::vector<WrittenDate>& dates) {
  std::vector<const WrittenDate*> before(dates.size());
  std::vector<const WrittenDate*> after(dates.size());
  for (size_t i = 1; i < dates.size(); ++i) before[i] = IsTold(dates[i - 1]) ? &dates[i - 1] : before[i - 1];
  for (size_t i = dates.size(); i-- > 1;) after[i - 1] = IsTold(dates[i]) ? &dates[i] : after[i];
  std::vector<std::optional<Calendar>> out(dates.size());
  for (size_t i = 0; i < dates.size(); ++i) {
    const WrittenDate* nearest = before[i] != nullptr ? before[i] : after[i];
    if (before[i] != nullptr && after[i] != nullptr && Distance(dates[i], *after[i]) < Distance(dates[i], *before[i])) {
      nearest = after[i];
    }
    if (nearest != nullptr) out[i] = nearest->calendar;
  }
  return out;
}

// Two digits are a year's not behind رقم, or behind a month's name. They are those of a Jalali year where the text
// counts so, else of a Gregorian one if it stands last.
bool MayBeRead(WrittenDate& date, const DateContext& context) {
  constexpr int kFromJalali = 600;  // 1398 to 1998
  if (!date.short_year || date.named) return true;
  if (date.after_number_word) return false;
  if (context.jalali_likely || context.neighbour == Calendar::kJalali) return true;
  if (date.year_first || date.calendar) return false;
  date.year += kFromJalali;
  return true;
}

std::vector<Dated> ReadAll(std::u32string_view text, bool jalali_likely) {
  std::vector<WrittenDate> written = FindWrittenDates(text);
  const auto neighbours = NeighboursOf(written);
  std::vector<Dated> out;
  for (size_t i = 0; i < written.size(); ++i) {
    const DateContext context{.jalali_likely = jalali_likely, .neighbour = neighbours[i]};
    if (!MayBeRead(written[i], context)) continue;
    auto readings = ReadingsOf(written[i], context);
    if (!readings.empty()) out.push_back({written[i], std::move(readings)});
  }
  for (size_t i = 1; i < out.size(); ++i) {
    const Bridge bridge = ReadBridge(text, out[i - 1].written.end, out[i].written.begin);
    if (bridge != Bridge::kNone) CompareReadings(out[i - 1].readings, out[i].readings, bridge == Bridge::kEqual);
  }
  return out;
}

PrintedDate InText(const Dated& dated, const FoldedText& folded) {
  const DateReading& reading = dated.readings.front();
  PrintedDate date;
  date.begin = folded.begin[dated.written.begin];
  date.end = folded.end[dated.written.end - 1];
  date.calendar = reading.calendar;
  date.year = reading.year;
  date.month = reading.month;
  date.day = reading.day;
  date.days = reading.days;
  date.confidence = reading.confidence;
  return date;
}

std::string_view MarkOf(Calendar calendar) {
  if (calendar == Calendar::kGregorian) return " م";
  return calendar == Calendar::kHijri ? " هـ" : " ه.ش";
}

template <typename Wanted>
std::vector<PrintedDate> Find(std::string_view utf8, bool jalali_likely, Wanted wanted) {
  const FoldedText folded = Fold(utf8);
  std::vector<PrintedDate> out;
  for (const Dated& dated : ReadAll(folded.text, jalali_likely)) {
    if (wanted(dated.written)) out.push_back(InText(dated, folded));
  }
  return out;
}

}  // namespace

std::string NormalDate(const PrintedDate& date, std::string_view utf8) {
  if (date.day != 0) return FormatDay(std::midpoint(date.days.first, date.days.last));
  std::string value = LatinDigits(utf8.substr(date.begin, date.end - date.begin));
  const std::vector<DayRange> days = ParseDateQuery(value);
  if (days.empty() || days.front() != date.days) value += MarkOf(date.calendar);
  return value;
}

std::vector<PrintedDate> FindDates(std::string_view utf8, bool jalali_likely) {
  return Find(utf8, jalali_likely,
              [](const WrittenDate& date) { return date.day != 0 && !date.short_year && !date.borrowed; });
}

std::vector<PrintedDate> FindAllDates(std::string_view utf8, bool jalali_likely) {
  return Find(utf8, jalali_likely, [](const WrittenDate&) { return true; });
}

}  // namespace diwan
