// Finds the dates in a page's text, for its fields and its index terms, and reads the date that a reader asks for.
// A date is read in two steps: first as it is written (numbers, a month's name, a calendar's mark), then as the days
// that this may mean, since the calendar is often told by the year alone.
#include <algorithm>
#include <array>
#include <string>

#include "core/calendar.h"
#include "core/date_words.h"
#include "core/fold.h"

namespace diwan {
namespace {

// A date as written, in the folded text. Month and day are 0 when they are not written.
struct Written {
  size_t begin = 0;
  size_t end = 0;
  int year = 0;
  int month = 0;
  int day = 0;
  bool named = false;       // the month is a word, which settles the calendar
  bool year_first = false;  // as Persian papers write it
  std::optional<Calendar> calendar;
};

struct Number {
  int value = 0;
  size_t digits = 0;
  size_t end = 0;
  bool IsYear() const { return digits == 4; }
  bool IsPart() const { return digits == 1 || digits == 2; }
};

// Numbers with one separator between them: `12/3/2019`. Only the first three are kept.
struct Chain {
  std::array<Number, 3> numbers;
  size_t count = 0;
  size_t end = 0;
};

struct YearSpan {
  Calendar calendar;
  int first;
  int last;
};

// Years that papers and questions bear: where nothing but the year tells the calendar, and where a word tells it.
constexpr std::array<YearSpan, 3> kUntold = {
    {{Calendar::kJalali, 1250, 1419}, {Calendar::kHijri, 1300, 1500}, {Calendar::kGregorian, 1850, 2100}}};
constexpr std::array<YearSpan, 3> kTold = {
    {{Calendar::kJalali, 1200, 1500}, {Calendar::kHijri, 1200, 1500}, {Calendar::kGregorian, 1700, 2100}}};

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

size_t SkipSpaces(std::u32string_view text, size_t at) {
  constexpr size_t kMost = 2;
  const size_t limit = std::min(text.size(), at + kMost);
  while (at < limit && text[at] == U' ') ++at;
  return at;
}

Number ReadNumber(std::u32string_view text, size_t at) {
  constexpr size_t kMostDigits = 4;  // of which the value is kept
  Number number;
  for (; at < text.size() && IsDigit(text[at]); ++at) {
    if (++number.digits <= kMostDigits) number.value = number.value * 10 + static_cast<int>(text[at] - U'0');
  }
  number.end = at;
  return number;
}

// The separator after a number, and where the number after it begins; `next` is 0 when there is none.
struct Separator {
  char32_t sign = 0;
  size_t next = 0;
};

Separator ReadSeparator(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kDashes = U"-\u2010\u2012\u2013\u2014\u2212";
  const size_t sign_at = SkipSpaces(text, at);
  if (sign_at >= text.size()) return {};
  const char32_t sign = text[sign_at];
  const bool dash = kDashes.find(sign) != std::u32string_view::npos;
  if (sign != U'/' && !dash && (sign != U'.' || sign_at != at)) return {};
  const size_t next = sign == U'.' ? sign_at + 1 : SkipSpaces(text, sign_at + 1);  // `5. 12` begins a sentence
  if (next >= text.size() || !IsDigit(text[next])) return {};
  return {.sign = dash ? U'-' : sign, .next = next};
}

Chain ReadChain(std::u32string_view text, size_t at) {
  Chain chain;
  for (char32_t sign = 0;;) {
    const Number number = ReadNumber(text, at);
    if (chain.count < chain.numbers.size()) chain.numbers[chain.count] = number;
    ++chain.count;
    chain.end = number.end;
    const Separator separator = ReadSeparator(text, number.end);
    if (separator.next == 0 || (sign != 0 && separator.sign != sign)) return chain;
    sign = separator.sign;
    at = separator.next;
  }
}

// `12/3/2019`, `1402/05/12`: the year is the one with four digits, and stands at one end.
std::optional<Written> FromThreeNumbers(const Chain& chain) {
  const auto& [first, second, third] = chain.numbers;
  if (chain.count != 3 || !second.IsPart()) return {};
  Written date;
  date.end = chain.end;
  date.month = second.value;
  date.year_first = first.IsYear();
  if (first.IsYear() == third.IsYear()) return {};
  const Number& year = first.IsYear() ? first : third;
  const Number& day = first.IsYear() ? third : first;
  if (!day.IsPart() || day.value == 0 || second.value == 0) return {};
  date.year = year.value;
  date.day = day.value;
  return date;
}

// `2019-03`, `3/2019`
std::optional<Written> FromTwoNumbers(const Chain& chain) {
  const auto& [first, second, third] = chain.numbers;
  if (chain.count != 2) return {};
  const bool year_first = first.IsYear() && second.IsPart();
  if (!year_first && !(first.IsPart() && second.IsYear())) return {};
  const Number& month = year_first ? second : first;
  if (month.value == 0) return {};
  Written date;
  date.end = chain.end;
  date.year = year_first ? first.value : second.value;
  date.month = month.value;
  date.year_first = year_first;
  return date;
}

// `مارس ٢٠١٩` at `at`; the caller adds the day.
std::optional<Written> ReadMonthAndYear(std::u32string_view text, size_t at) {
  const auto month = ReadMonth(text, at);
  if (!month) return {};
  size_t next = SkipFillers(text, month->end);
  const auto again = ReadMonth(text, next);  // `آذار (مارس)`
  if (again && again->month == month->month && again->calendar == month->calendar) next = SkipFillers(text, again->end);
  const Number year = ReadNumber(text, next);
  if (!year.IsYear()) return {};
  Written date;
  date.end = year.end;
  date.year = year.value;
  date.month = month->month;
  date.calendar = month->calendar;
  date.named = true;
  return date;
}

// Takes the mark after the date into it, and the calendar that it tells.
void TakeMark(std::u32string_view text, Written& date) {
  const auto mark = ReadMark(text, SkipSpaces(text, date.end));
  if (!mark) return;
  date.end = mark->end;
  if (!date.named) date.calendar = mark->calendar;
}

// A date with a day that begins with the first number of `chain`, which begins at `at`.
std::optional<Written> ReadDayDate(std::u32string_view text, size_t at, const Chain& chain) {
  std::optional<Written> date = FromThreeNumbers(chain);
  const Number& day = chain.numbers[0];
  if (!date && day.IsPart() && day.value > 0) {
    date = ReadMonthAndYear(text, SkipFillers(text, day.end));
    if (date) date->day = day.value;
  }
  if (!date) return {};
  date->begin = at;
  TakeMark(text, *date);
  return date;
}

bool Within(const std::array<YearSpan, 3>& spans, Calendar calendar, int year) {
  return std::ranges::any_of(spans, [&](const YearSpan& span) {
    return span.calendar == calendar && year >= span.first && year <= span.last;
  });
}

// The calendars that a date may be meant in, in the order of `wanted` when only its year tells.
std::vector<Calendar> CalendarsOf(const Written& date, const std::vector<Calendar>& wanted) {
  if (date.calendar && Within(kTold, *date.calendar, date.year)) return {*date.calendar};
  if (date.named) return {};
  std::vector<Calendar> out;
  for (const Calendar calendar : wanted) {
    if (Within(kUntold, calendar, date.year)) out.push_back(calendar);
  }
  return out;
}

// The date in that calendar; of numbers that are no date as they stand, the day and the month change places.
std::optional<PrintedDate> InCalendar(const Written& written, Calendar calendar) {
  PrintedDate date;
  date.calendar = calendar;
  date.year = written.year;
  date.month = written.month;
  date.day = written.day;
  auto days = DaysOf(calendar, date.year, date.month, date.day);
  if (!days && !written.named && written.day > 0) {
    std::swap(date.month, date.day);
    days = DaysOf(calendar, date.year, date.month, date.day);
  }
  if (!days) return {};
  date.days = *days;
  return date;
}

// The whole of `text` as a date or a part of one.
std::optional<Written> ReadQuery(std::u32string_view text) {
  const size_t at = SkipFillers(text, 0);
  const Chain chain = ReadChain(text, at);
  std::optional<Written> date = ReadDayDate(text, at, chain);
  if (!date) date = FromTwoNumbers(chain);
  if (!date) date = ReadMonthAndYear(text, at);
  if (!date && chain.count == 1 && chain.numbers[0].IsYear()) {
    date = Written{.end = chain.end, .year = chain.numbers[0].value, .calendar = {}};
  }
  if (!date) return {};
  if (date->day == 0) TakeMark(text, *date);
  if (SkipFillers(text, date->end) != text.size()) return {};
  return date;
}

struct Meaning {
  Calendar calendar;
  DayRange days;
};

// Persian digits, and the year before the month, speak for the Jalali calendar where the Hijri one is possible too.
std::vector<Meaning> MeaningsOf(std::string_view utf8) {
  const auto written = ReadQuery(Fold(utf8).text);
  if (!written) return {};
  const bool persian = utf8.find('\xDB') != std::string_view::npos || (written->year_first && written->day > 0);
  const Calendar first = persian ? Calendar::kJalali : Calendar::kHijri;
  const Calendar second = persian ? Calendar::kHijri : Calendar::kJalali;
  std::vector<Meaning> out;
  for (const Calendar calendar : CalendarsOf(*written, {first, second, Calendar::kGregorian})) {
    if (const auto date = InCalendar(*written, calendar)) out.push_back({calendar, date->days});
  }
  return out;
}

}  // namespace

std::vector<PrintedDate> FindDates(std::string_view utf8, bool jalali_likely) {
  std::vector<Calendar> wanted = {Calendar::kHijri, Calendar::kGregorian};
  if (jalali_likely) wanted.insert(wanted.begin(), Calendar::kJalali);
  const FoldedText folded = Fold(utf8);
  const std::u32string_view text = folded.text;
  std::vector<PrintedDate> out;
  for (size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at])) {
      ++at;
      continue;
    }
    const Chain chain = ReadChain(text, at);
    const auto written = ReadDayDate(text, at, chain);
    std::optional<PrintedDate> date;
    if (written) {
      for (const Calendar calendar : CalendarsOf(*written, wanted)) {
        if (!date) date = InCalendar(*written, calendar);
      }
    }
    if (date) {
      date->begin = folded.begin[written->begin];
      date->end = folded.end[written->end - 1];
      out.push_back(*date);
      at = written->end;
    } else {
      // A part of `1/2/3/2019` is no date, but `3-12/5/2019` has one after its first number.
      at = chain.count < 3 ? chain.numbers[0].end : chain.end;
    }
  }
  return out;
}

std::vector<DayRange> ParseDateQuery(std::string_view utf8) {
  constexpr size_t kLongest = 256;
  constexpr std::string_view kSpan = "..";
  if (utf8.size() > kLongest) return {};
  const size_t dots = utf8.find(kSpan);
  const auto from = MeaningsOf(utf8.substr(0, dots));
  const auto to = dots == std::string_view::npos ? from : MeaningsOf(utf8.substr(dots + kSpan.size()));
  std::vector<DayRange> out;
  for (const Meaning& begin : from) {
    for (const Meaning& end : to) {
      if (begin.calendar != end.calendar || begin.days.first > end.days.last) continue;
      out.push_back({begin.days.first, end.days.last});
    }
  }
  return out;
}

}  // namespace diwan
