// Dates as council papers print them: three calendars, three digit sets, month names in Arabic and Persian.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

enum class Calendar { kGregorian, kHijri, kJalali };

// A span of days, both ends included, as days since 1970-01-01 (Gregorian, proleptic).
struct DayRange {
  int32_t first = 0;
  int32_t last = 0;
  bool operator==(const DayRange&) const = default;
};

// A date found in a text.
struct PrintedDate {
  size_t begin = 0;  // where it stands, in bytes of the text given
  size_t end = 0;
  Calendar calendar = Calendar::kGregorian;
  int year = 0;
  int month = 0;          // 1..12; 0 when only the year is printed
  int day = 0;            // 1..31; 0 when only the month or the year is printed
  DayRange days;          // what it may mean; Hijri days are widened by one on each side, since tables differ
  double confidence = 1;  // 0..1 that calendar and days are right, if the characters are; docs/dates.md has the steps
};

// The days that a year, month or day of a calendar covers; month and day 0 mean the whole year or month. No value
// when there is no such day. Hijri follows Umm al-Qura (ICU) and is widened by one day on each side; day 30 is a day of
// every Hijri month, since another table may have had it.
std::optional<DayRange> DaysOf(Calendar calendar, int year, int month, int day);

// Every date with a day in `utf8`, in order: `١٢/٠٣/١٤٤٥`, `2019-03-12`, `1402/05/12`, `١٢ مارس ٢٠١٩`, `۱۲ مرداد ۱۴۰۲`,
// `٥ رمضان ١٤٤٥ هـ`. The calendar is told from the mark (هـ م ه.ش), else from the month's name, else from the year:
// 1250..1419 Jalali in a text that `jalali_likely` or where a Jalali date stands near, 1300..1500 Hijri, 1850..2100
// Gregorian; a date of another calendar that stands beside it for the same day decides what is in doubt. None overlaps
// another. Any thread may call.
std::vector<PrintedDate> FindDates(std::string_view utf8, bool jalali_likely);

// These, and what is printed in part: months (`رمضان ١٤٤٥`), years (`سنة ٢٠١٩`, `١٤٤٥ هـ`), two digits of a Jalali year
// (`98/12/21`), and the first day of `12-15 مارس 2019`. A year that belongs to a number (`رقم ١٢ لسنة ٢٠١٩`, `12/2019`)
// is none. Any thread may call.
std::vector<PrintedDate> FindAllDates(std::string_view utf8, bool jalali_likely);

// The normal form of a date that was found in `utf8`, as the value of a field: ISO 8601 of a day, of a Hijri one the
// day of Umm al-Qura; of a month or a year, what is printed with Latin digits, and with a calendar's mark where that
// does not tell the calendar. ParseDateQuery reads it, unless a mark that contradicts the year is printed. Any thread
// may call.
std::string NormalDate(const PrintedDate& date, std::string_view utf8);

// The days meant by a reader who typed `utf8` as a date or a part of one, for `date:`: a day, a month with its year,
// a year alone, in any calendar, or a span `2019..2021`. All calendars that fit are given, most likely first; empty
// when it is no date.
std::vector<DayRange> ParseDateQuery(std::string_view utf8);

// "2019-03-12" of a day number.
std::string FormatDay(int32_t day);

}  // namespace diwan
