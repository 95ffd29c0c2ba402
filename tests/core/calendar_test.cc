// Days of the three calendars, against dates that were published or printed with both calendars side by side.
#include "core/calendar.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace diwan {
namespace {

// A row of calendar_rows.txt, which tells its form.
struct PublishedRow {
  std::string line;
  Calendar calendar = Calendar::kGregorian;
  int year = 0;
  int month = 0;
  int day = 0;
  std::string published;
  int after = 0;
};

PublishedRow ParseRow(const std::string& line) {
  PublishedRow row{.line = line, .published = {}};
  std::istringstream in(line);
  char calendar = 0;
  char dash = 0;
  in >> calendar >> row.year >> dash >> row.month >> dash >> row.day >> row.published >> row.after;
  EXPECT_TRUE(in && dash == '-' && std::string("HJG").find(calendar) != std::string::npos) << line;
  row.calendar = calendar == 'H' ? Calendar::kHijri : calendar == 'J' ? Calendar::kJalali : Calendar::kGregorian;
  return row;
}

std::vector<PublishedRow> PublishedRows() {
  std::vector<PublishedRow> rows;
  std::ifstream file(DIWAN_SOURCE_DIR "/tests/core/calendar_rows.txt");
  bool has_source = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) has_source = false;
    if (line.starts_with("# Source: ")) has_source = true;
    if (line.empty() || line.starts_with("#")) continue;
    EXPECT_TRUE(has_source) << line;
    rows.push_back(ParseRow(line));
  }
  return rows;
}

TEST(DaysOf, AgreesWithPublishedConversions) {
  std::map<Calendar, int> counts;
  for (const PublishedRow& row : PublishedRows()) {
    const auto days = DaysOf(row.calendar, row.year, row.month, row.day);
    ASSERT_TRUE(days) << row.line;
    const bool hijri = row.calendar == Calendar::kHijri;
    EXPECT_EQ(days->last - days->first, hijri ? 2 : 0) << row.line;
    const int32_t published = days->first + (hijri ? 1 : 0) + row.after;
    EXPECT_TRUE(published >= days->first && published <= days->last) << row.line;
    EXPECT_EQ(row.calendar == Calendar::kGregorian ? std::to_string(published) : FormatDay(published), row.published)
        << row.line;
    ++counts[row.calendar];
  }
  EXPECT_GE(counts[Calendar::kHijri], 120);
  EXPECT_GE(counts[Calendar::kJalali], 80);
  EXPECT_GE(counts[Calendar::kGregorian], 15);
}

struct Known {
  int year;
  int month;
  int day;
  const char* gregorian;
};

class KnownHijri : public testing::TestWithParam<Known> {};

TEST_P(KnownHijri, IsTheMiddleOfTheRange) {
  const Known& known = GetParam();
  const auto days = DaysOf(Calendar::kHijri, known.year, known.month, known.day);
  ASSERT_TRUE(days);
  EXPECT_EQ(days->last - days->first, 2);
  EXPECT_EQ(FormatDay(days->first + 1), known.gregorian);
}

// First days of the year: R. H. van Gent, "The Umm al-Qura Calendar of Saudi Arabia" (Utrecht University), table of
// 1 Muharram.
INSTANTIATE_TEST_SUITE_P(
    NewYears, KnownHijri,
    testing::Values(Known{1420, 1, 1, "1999-04-17"}, Known{1421, 1, 1, "2000-04-06"}, Known{1422, 1, 1, "2001-03-26"},
                    Known{1423, 1, 1, "2002-03-15"}, Known{1424, 1, 1, "2003-03-04"}, Known{1425, 1, 1, "2004-02-21"},
                    Known{1426, 1, 1, "2005-02-10"}, Known{1427, 1, 1, "2006-01-31"}, Known{1428, 1, 1, "2007-01-20"},
                    Known{1429, 1, 1, "2008-01-10"}, Known{1430, 1, 1, "2008-12-29"}, Known{1431, 1, 1, "2009-12-18"},
                    Known{1432, 1, 1, "2010-12-07"}, Known{1433, 1, 1, "2011-11-26"}, Known{1434, 1, 1, "2012-11-15"},
                    Known{1435, 1, 1, "2013-11-04"}, Known{1436, 1, 1, "2014-10-25"}, Known{1437, 1, 1, "2015-10-14"},
                    Known{1438, 1, 1, "2016-10-02"}, Known{1439, 1, 1, "2017-09-21"}, Known{1440, 1, 1, "2018-09-11"},
                    Known{1441, 1, 1, "2019-08-31"}, Known{1442, 1, 1, "2020-08-20"}, Known{1443, 1, 1, "2021-08-09"},
                    Known{1444, 1, 1, "2022-07-30"}, Known{1445, 1, 1, "2023-07-19"}, Known{1446, 1, 1, "2024-07-07"}));

// Days that Saudi authorities announced: first days of Ramadan, Eid al-Fitr, the day of Arafah, Eid al-Adha.
INSTANTIATE_TEST_SUITE_P(Announced, KnownHijri,
                         testing::Values(Known{1442, 9, 1, "2021-04-13"}, Known{1443, 9, 1, "2022-04-02"},
                                         Known{1444, 9, 1, "2023-03-23"}, Known{1445, 9, 1, "2024-03-11"},
                                         Known{1444, 10, 1, "2023-04-21"}, Known{1445, 10, 1, "2024-04-10"},
                                         Known{1444, 12, 9, "2023-06-27"}, Known{1445, 12, 10, "2024-06-16"}));

// The Basic Law of Governance (Royal Order A/90) is printed with 27/8/1412 and with 1 March 1992; by the table that day
// is the 26th. This is what the widening is for.
TEST(DaysOf, HijriRangeHoldsThePrintedDay) {
  const auto days = DaysOf(Calendar::kHijri, 1412, 8, 27);
  ASSERT_TRUE(days);
  EXPECT_EQ(FormatDay(days->first), "1992-03-01");
}

class KnownJalali : public testing::TestWithParam<Known> {};

TEST_P(KnownJalali, IsThatDay) {
  const Known& known = GetParam();
  const auto days = DaysOf(Calendar::kJalali, known.year, known.month, known.day);
  ASSERT_TRUE(days);
  EXPECT_EQ(days->first, days->last);
  EXPECT_EQ(FormatDay(days->first), known.gregorian);
}

// Nowruz as Iran's official calendar (University of Tehran, Institute of Geophysics) printed it.
INSTANTIATE_TEST_SUITE_P(
    Nowruz, KnownJalali,
    testing::Values(Known{1375, 1, 1, "1996-03-20"}, Known{1376, 1, 1, "1997-03-21"}, Known{1379, 1, 1, "2000-03-20"},
                    Known{1383, 1, 1, "2004-03-20"}, Known{1387, 1, 1, "2008-03-20"}, Known{1388, 1, 1, "2009-03-21"},
                    Known{1391, 1, 1, "2012-03-20"}, Known{1395, 1, 1, "2016-03-20"}, Known{1396, 1, 1, "2017-03-21"},
                    Known{1399, 1, 1, "2020-03-20"}, Known{1400, 1, 1, "2021-03-21"}, Known{1401, 1, 1, "2022-03-21"},
                    Known{1402, 1, 1, "2023-03-21"}, Known{1403, 1, 1, "2024-03-20"}, Known{1404, 1, 1, "2025-03-21"}));

// Days of Iranian history that books give in both calendars: the nationalisation of oil, the fall of Mosaddegh, the
// revolution, the referendum, the embassy, the war, the death of Khomeini, the election of Khatami; the last days of
// two leap years.
INSTANTIATE_TEST_SUITE_P(History, KnownJalali,
                         testing::Values(Known{1329, 12, 29, "1951-03-20"}, Known{1332, 5, 28, "1953-08-19"},
                                         Known{1357, 11, 22, "1979-02-11"}, Known{1358, 1, 12, "1979-04-01"},
                                         Known{1358, 8, 13, "1979-11-04"}, Known{1359, 6, 31, "1980-09-22"},
                                         Known{1368, 3, 14, "1989-06-04"}, Known{1376, 3, 2, "1997-05-23"},
                                         Known{1399, 12, 30, "2021-03-20"}, Known{1403, 12, 30, "2025-03-20"}));

TEST(DaysOf, GregorianDaysCountFromTheEpoch) {
  EXPECT_EQ(DaysOf(Calendar::kGregorian, 1970, 1, 1), (DayRange{0, 0}));
  EXPECT_EQ(DaysOf(Calendar::kGregorian, 1969, 12, 31), (DayRange{-1, -1}));
  EXPECT_EQ(DaysOf(Calendar::kGregorian, 2000, 2, 29), (DayRange{11016, 11016}));
}

TEST(DaysOf, MonthsAndYearsAreWhole) {
  const auto text = [](std::optional<DayRange> days) {
    return days ? FormatDay(days->first) + ".." + FormatDay(days->last) : "none";
  };
  EXPECT_EQ(text(DaysOf(Calendar::kGregorian, 2019, 2, 0)), "2019-02-01..2019-02-28");
  EXPECT_EQ(text(DaysOf(Calendar::kGregorian, 2020, 12, 0)), "2020-12-01..2020-12-31");
  EXPECT_EQ(text(DaysOf(Calendar::kGregorian, 2019, 0, 0)), "2019-01-01..2019-12-31");
  EXPECT_EQ(text(DaysOf(Calendar::kJalali, 1402, 0, 0)), "2023-03-21..2024-03-19");
  EXPECT_EQ(text(DaysOf(Calendar::kJalali, 1403, 12, 0)), "2025-02-19..2025-03-20");
  EXPECT_EQ(text(DaysOf(Calendar::kHijri, 1445, 0, 0)), "2023-07-18..2024-07-07");  // widened by one on each side
  EXPECT_EQ(text(DaysOf(Calendar::kHijri, 1445, 9, 0)), "2024-03-10..2024-04-10");
}

TEST(DaysOf, HijriDayThirtyIsADayInEveryMonth) {
  for (int month = 1; month <= 12; ++month) EXPECT_TRUE(DaysOf(Calendar::kHijri, 1445, month, 30)) << month;
}

TEST(DaysOf, NoSuchDayIsNoValue) {
  struct Row {
    Calendar calendar;
    int year, month, day;
  };
  for (const Row& row :
       {Row{Calendar::kGregorian, 2019, 2, 29}, Row{Calendar::kGregorian, 1900, 2, 29},
        Row{Calendar::kGregorian, 2019, 4, 31}, Row{Calendar::kGregorian, 2019, 13, 1},
        Row{Calendar::kGregorian, 2019, -1, 1}, Row{Calendar::kGregorian, 2019, 1, -1},
        Row{Calendar::kGregorian, 2019, 0, 1}, Row{Calendar::kGregorian, 0, 1, 1},
        Row{Calendar::kGregorian, 10000, 1, 1}, Row{Calendar::kHijri, 1445, 1, 31}, Row{Calendar::kHijri, 1601, 1, 1},
        Row{Calendar::kHijri, -5, 1, 1}, Row{Calendar::kJalali, 1402, 7, 31}, Row{Calendar::kJalali, 1402, 12, 30},
        Row{Calendar::kJalali, 1404, 12, 30}, Row{Calendar::kJalali, 1501, 1, 1},
        Row{Calendar::kJalali, 2147483647, 1, 1}}) {
    EXPECT_FALSE(DaysOf(row.calendar, row.year, row.month, row.day)) << row.year << ' ' << row.month << ' ' << row.day;
  }
}

// Every month of every year begins the day after the one before ends.
TEST(DaysOf, MonthsFollowEachOther) {
  struct Span {
    Calendar calendar;
    int first, last, longest, widened;
  };
  for (const Span& span : {Span{Calendar::kGregorian, 1850, 2100, 31, 0}, Span{Calendar::kHijri, 1250, 1500, 30, 1},
                           Span{Calendar::kJalali, 1250, 1450, 31, 0}}) {
    int32_t next = DaysOf(span.calendar, span.first, 1, 0)->first + span.widened;
    for (int month = span.first * 12; month < span.last * 12; ++month) {
      const auto days = DaysOf(span.calendar, month / 12, month % 12 + 1, 0);
      ASSERT_TRUE(days);
      ASSERT_EQ(days->first + span.widened, next) << month / 12 << '/' << month % 12 + 1;
      next = days->last - span.widened + 1;
      ASSERT_GE(next - days->first, 28);
      ASSERT_LE(next - days->first - span.widened, span.longest);
    }
  }
}

TEST(FormatDay, IsIso) {
  EXPECT_EQ(FormatDay(0), "1970-01-01");
  EXPECT_EQ(FormatDay(-719162), "0001-01-01");
  EXPECT_EQ(FormatDay(19723), "2024-01-01");
}

}  // namespace
}  // namespace diwan
