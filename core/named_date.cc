// Dates with a month's name. What such a date means is said by the name's calendar alone.
#include "core/named_date.h"

#include <unicode/uchar.h>

#include "core/date_words.h"
#include "core/number_words.h"

namespace diwan {
namespace {

bool IsLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

// `۲۵ مرداد ۸۵`: two digits that are no day, behind a Jalali month, with nothing behind that they could count.
bool IsShortYear(std::u32string_view text, const WrittenDate& date, const ChainNumber& year) {
  constexpr int kMostDays = 31;
  if (date.calendar != Calendar::kJalali || year.digits != 2 || year.value <= kMostDays) return false;
  const size_t next = SkipSpaces(text, year.end);
  return next >= text.size() || (!IsLetter(text[next]) && !IsLatinDigit(text[next]) && text[next] != U'%');
}

std::optional<WrittenDate> WithDay(std::u32string_view text, WrittenDate date) {
  const ChainNumber day = ReadNumber(text, SkipFillers(text, date.end));
  if (!day.IsPart() || ReadSeparator(text, day.end).next != 0) return {};
  date.day = day.value;
  date.end = day.end;
  return date;
}

// `مارس ٢٠١٩`
std::optional<WrittenDate> ReadMonthAndYear(std::u32string_view text, size_t at) {
  const auto month = ReadMonthName(text, at);
  return month ? WithYear(text, *month) : std::nullopt;
}

}  // namespace

ChainNumber ReadNumberOrWords(std::u32string_view text, size_t at) {
  constexpr int kMostDays = 31;
  constexpr int kFirstYear = 1200;
  constexpr int kLastYear = 2100;
  ChainNumber number = ReadNumber(text, at);
  if (number.digits > 0 || at >= text.size()) return number;
  const auto spelled = ReadSpelledNumber(text, at);
  if (!spelled) return number;
  if (spelled->value <= kMostDays) number.digits = 2;
  if (spelled->value >= kFirstYear && spelled->value <= kLastYear) number.digits = 4;
  if (number.digits == 0) return number;
  number.value = static_cast<int>(spelled->value);
  number.end = spelled->end;
  return number;
}

std::optional<WrittenDate> ReadMonthName(std::u32string_view text, size_t at) {
  const auto month = ReadMonth(text, at);
  if (!month) return {};
  WrittenDate date;
  date.end = month->end;
  date.month = month->month;
  date.calendar = month->calendar;
  date.named = true;
  const auto again = ReadMonth(text, SkipFillers(text, month->end));
  if (again && again->month == month->month && again->calendar == month->calendar) date.end = again->end;
  return date;
}

std::optional<WrittenDate> WithYear(std::u32string_view text, WrittenDate date) {
  constexpr int kCentury = 1300;
  const ChainNumber year = ReadNumberOrWords(text, SkipFillers(text, date.end));
  date.short_year = IsShortYear(text, date, year);
  if (!year.IsYear() && !date.short_year) return {};
  date.year = year.value + (date.short_year ? kCentury : 0);
  date.end = year.end;
  return date;
}

std::optional<WrittenDate> ReadDayAndYear(std::u32string_view text, const WrittenDate& month) {
  const auto day = WithDay(text, month);
  return day ? WithYear(text, *day) : std::nullopt;
}

std::optional<WrittenDate> ReadNamedDate(std::u32string_view text, const ChainNumber& first) {
  if (!first.IsPart() && !first.IsYear()) return {};
  const size_t next = SkipFillers(text, first.end);
  std::optional<WrittenDate> date;
  if (first.IsPart()) {
    date = ReadMonthAndYear(text, next);
    if (date) date->day = first.value;
    return date;
  }
  const auto month = ReadMonthName(text, next);
  date = month ? WithDay(text, *month) : std::nullopt;
  if (!date) return {};
  date->year = first.value;
  date->year_first = true;
  return date;
}

std::optional<WrittenDate> ReadYearThenDay(std::u32string_view text, size_t at) {
  const ChainNumber year = ReadNumberOrWords(text, SkipFillers(text, at));
  if (!year.IsYear()) return {};
  const size_t word = SkipSpaces(text, year.end);
  const size_t day_at = ReadDayLead(text, word);
  if (day_at == word) return {};
  const ChainNumber day = ReadNumberOrWords(text, day_at);
  auto date = day.IsPart() ? ReadMonthName(text, SkipFillers(text, day.end)) : std::nullopt;
  if (!date) return {};
  date->day = day.value;
  date->year = year.value;
  date->year_first = true;
  return date;
}

}  // namespace diwan
