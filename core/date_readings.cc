// Weighs what a written date may mean. Every step is a factor below; docs/dates.md lists them for those who confirm.
#include "core/date_readings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace diwan {
namespace {

// How sure the calendar is.
constexpr double kOnlyCalendar = 0.95;      // the year is one of this calendar's only
constexpr double kNeighbourCalendar = 0.9;  // of two, the one of a date near by or of the word سال
constexpr double kLanguageCalendar = 0.85;  // of two, the one that papers of this language count in
constexpr double kDoubtfulCalendar = 0.7;   // of two, the language's, but a date near by is marked with the other
constexpr double kUnlikelyCalendar = 0.01;  // of two, the other one

// What lowers it further.
constexpr double kReversed = 0.7;            // no date as it stands, but one with day and month changed
constexpr double kNeedlesslyReversed = 0.2;  // a date either way, taken the unusual one
constexpr double kContradicted = 0.5;        // a mark beside it says what can't be
constexpr double kYearAlone = 0.9;           // nothing but a year
constexpr double kMonthAlone = 0.95;         // a month and a year
constexpr double kShortYear = 0.4;           // two digits of a year
constexpr double kBorrowed = 0.7;            // month or year stand with the date after it
constexpr double kAfterNumberWord = 0.5;     // رقم before it: rather a number
constexpr double kWrongWeekday = 0.6;        // the day of the week beside it is another's
constexpr double kUnequal = 0.5;             // said to be the day of a date beside it, and is not

// What part of the doubt stays.
constexpr double kAfterWeekday = 0.5;    // the day of the week beside it is the right one
constexpr double kAfterOtherDate = 0.2;  // a date of another calendar beside it names the same day

struct YearSpan {
  Calendar calendar;
  int first;
  int last;
};

// Years that papers and questions bear where nothing but the year tells the calendar.
constexpr std::array<YearSpan, 3> kUntold = {
    {{Calendar::kJalali, 1250, 1419}, {Calendar::kHijri, 1300, 1500}, {Calendar::kGregorian, 1850, 2100}}};

bool FitsUntold(Calendar calendar, int year) {
  return std::ranges::any_of(kUntold, [&](const YearSpan& span) {
    return span.calendar == calendar && year >= span.first && year <= span.last;
  });
}

struct Weighed {
  Calendar calendar;
  double confidence;
};

bool IsTold(const WrittenDate& date) { return date.calendar && IsToldYear(*date.calendar, date.year); }

// The calendar of a date that nothing but its year and its surroundings tell.
std::vector<Weighed> GuessCalendars(const WrittenDate& date, const DateContext& context) {
  const bool jalali = FitsUntold(Calendar::kJalali, date.year);
  const bool hijri = FitsUntold(Calendar::kHijri, date.year);
  const bool persian = context.jalali_likely || date.persian_word;
  const bool near_jalali = context.neighbour == Calendar::kJalali;
  const bool near_hijri = context.neighbour == Calendar::kHijri;
  if (FitsUntold(Calendar::kGregorian, date.year)) return {{Calendar::kGregorian, kOnlyCalendar}};
  if (!hijri) {
    if (!jalali || (!persian && !near_jalali)) return {};
    return {{Calendar::kJalali, kOnlyCalendar}};
  }
  if (!jalali) return {{Calendar::kHijri, kOnlyCalendar}};
  if (persian) {
    const double first = near_jalali || date.persian_word ? kNeighbourCalendar
                         : near_hijri                     ? kDoubtfulCalendar
                                                          : kLanguageCalendar;
    return {{Calendar::kJalali, first}, {Calendar::kHijri, kUnlikelyCalendar}};
  }
  if (near_jalali) return {{Calendar::kJalali, kNeighbourCalendar}, {Calendar::kHijri, kUnlikelyCalendar}};
  return {{Calendar::kHijri, near_hijri ? kNeighbourCalendar : kLanguageCalendar},
          {Calendar::kJalali, kUnlikelyCalendar}};
}

std::vector<Weighed> CalendarsOf(const WrittenDate& date, const DateContext& context) {
  if (IsTold(date)) return {{*date.calendar, 1}};
  return date.named ? std::vector<Weighed>{} : GuessCalendars(date, context);
}

double FormConfidence(const WrittenDate& date) {
  double confidence = 1;
  if (date.contradicted) confidence *= kContradicted;
  if (date.day == 0) confidence *= date.month == 0 ? kYearAlone : kMonthAlone;
  if (date.short_year) confidence *= kShortYear;
  if (date.borrowed) confidence *= kBorrowed;
  if (date.after_number_word) confidence *= kAfterNumberWord;
  return confidence;
}

std::optional<DateReading> InCalendar(const WrittenDate& date, Calendar calendar, bool reversed) {
  DateReading reading{.calendar = calendar, .year = date.year, .month = date.month, .day = date.day, .days = {}};
  if (reversed) std::swap(reading.month, reading.day);
  const auto days = DaysOf(calendar, reading.year, reading.month, reading.day);
  if (!days) return {};
  reading.days = *days;
  return reading;
}

// The readings in one calendar, the likelier first.
std::vector<DateReading> InBothOrders(const WrittenDate& date, const Weighed& weighed) {
  std::vector<DateReading> out;
  if (auto straight = InCalendar(date, weighed.calendar, false)) {
    straight->confidence = weighed.confidence;
    out.push_back(*straight);
  }
  if (date.named || date.day == 0 || date.day == date.month) return out;
  if (auto reversed = InCalendar(date, weighed.calendar, true)) {
    reversed->confidence = weighed.confidence * (out.empty() ? kReversed : kNeedlesslyReversed);
    out.push_back(*reversed);
  }
  return out;
}

double LessDoubt(double confidence, double part) { return 1 - (1 - confidence) * part; }

bool HasWeekday(DayRange days, int weekday) {
  constexpr int kThursday = 4;  // 1970-01-01
  constexpr int kWeek = 7;
  for (int32_t day = days.first; day <= days.last; ++day) {
    if (((day + kThursday) % kWeek + kWeek) % kWeek == weekday) return true;
  }
  return false;
}

void WeighWeekday(int weekday, DateReading& reading) {
  if (reading.day == 0) return;
  const bool right = HasWeekday(reading.days, weekday);
  reading.confidence = right ? LessDoubt(reading.confidence, kAfterWeekday) : reading.confidence * kWrongWeekday;
}

bool Overlap(DayRange one, DayRange other) { return one.first <= other.last && other.first <= one.last; }

// A day more than tables differ by is a clerk's slip, not another day.
bool NameOneDay(DayRange one, DayRange other) { return Overlap({one.first - 1, one.last + 1}, other); }

}  // namespace

std::vector<DateReading> ReadingsOf(const WrittenDate& written, const DateContext& context) {
  std::vector<DateReading> out;
  for (const Weighed& weighed : CalendarsOf(written, context)) {
    for (DateReading reading : InBothOrders(written, weighed)) {
      reading.confidence *= FormConfidence(written);
      if (written.weekday) WeighWeekday(*written.weekday, reading);
      out.push_back(reading);
    }
  }
  std::ranges::stable_sort(out, std::greater<>(), &DateReading::confidence);
  return out;
}

std::vector<DateReading> MeaningsIn(const WrittenDate& written, const std::vector<Calendar>& wanted) {
  std::vector<DateReading> out;
  for (const Calendar calendar : wanted) {
    const bool fits = IsTold(written) ? calendar == *written.calendar : FitsUntold(calendar, written.year);
    if (!fits || (written.named && !IsTold(written))) continue;
    const auto readings = InBothOrders(written, {calendar, 1});
    if (!readings.empty()) out.push_back(readings.front());
  }
  return out;
}

void CompareReadings(std::vector<DateReading>& one, std::vector<DateReading>& other, bool told_equal) {
  if (one.front().calendar == other.front().calendar && one.size() == 1 && other.size() == 1) return;
  const DateReading* best_one = nullptr;
  const DateReading* best_other = nullptr;
  double best = 0;
  for (const DateReading& a : one) {
    for (const DateReading& b : other) {
      if (a.calendar == b.calendar || !NameOneDay(a.days, b.days) || a.confidence * b.confidence <= best) continue;
      best = a.confidence * b.confidence;
      best_one = &a;
      best_other = &b;
    }
  }
  if (best_one != nullptr) {
    one = {*best_one};
    other = {*best_other};
    const double part = Overlap(one.front().days, other.front().days) ? kAfterOtherDate : 1;
    one.front().confidence = LessDoubt(one.front().confidence, part);
    other.front().confidence = LessDoubt(other.front().confidence, part);
  } else if (told_equal && one.front().calendar != other.front().calendar) {
    one.front().confidence *= kUnequal;
    other.front().confidence *= kUnequal;
  }
}

}  // namespace diwan
