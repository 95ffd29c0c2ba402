// Dates in texts and in questions: a row for each way in which papers write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/calendar.h"

namespace diwan {
namespace {

// What was found, in a form that is easily read in a row: `[printed] calendar y-m-d=first day`.
std::string Describe(std::string_view text, bool jalali_likely) {
  std::string out;
  for (const PrintedDate& date : FindDates(text, jalali_likely)) {
    const std::string_view calendar = date.calendar == Calendar::kGregorian ? "G"
                                      : date.calendar == Calendar::kHijri   ? "H"
                                                                            : "J";
    const int shift = date.calendar == Calendar::kHijri ? 1 : 0;
    out += "[" + std::string(text.substr(date.begin, date.end - date.begin)) + "] ";
    out += std::string(calendar) + std::to_string(date.year) + "-" + std::to_string(date.month) + "-" +
           std::to_string(date.day) + "=" + FormatDay(date.days.first + shift) + ";";
  }
  return out;
}

struct Row {
  std::string_view text;
  std::string_view found;
  bool jalali_likely = false;
};

class FindDatesIn : public testing::TestWithParam<Row> {};

TEST_P(FindDatesIn, Text) { EXPECT_EQ(Describe(GetParam().text, GetParam().jalali_likely), GetParam().found); }

INSTANTIATE_TEST_SUITE_P(
    Numbers, FindDatesIn,
    testing::Values(
        Row{"بتاريخ ١٢/٠٣/١٤٤٥ هـ.", "[١٢/٠٣/١٤٤٥ هـ] H1445-3-12=2023-09-27;"},
        Row{"في 2019-03-12 صدر", "[2019-03-12] G2019-3-12=2019-03-12;"},
        Row{"تاریخ: 1402/05/12", "[1402/05/12] J1402-5-12=2023-08-03;", true},
        Row{"1402/05/12", "[1402/05/12] H1402-5-12=1982-03-08;", false},
        Row{"۱۴۰۲/۵/۱۲ ه.ش", "[۱۴۰۲/۵/۱۲ ه.ش] J1402-5-12=2023-08-03;"},
        Row{"۱۲/۵/۱۴۰۲ هـ . ش.", "[۱۲/۵/۱۴۰۲ هـ . ش] J1402-5-12=2023-08-03;"},
        Row{"١٢/٥/١٤٠٢ ه‍.ق", "[١٢/٥/١٤٠٢ ه‍.ق] H1402-5-12=1982-03-08;", true},
        Row{"١٢ / ٣ / ٢٠١٩م", "[١٢ / ٣ / ٢٠١٩م] G2019-3-12=2019-03-12;"},
        Row{"12.03.2019 and 13–03–2019", "[12.03.2019] G2019-3-12=2019-03-12;[13–03–2019] G2019-3-13=2019-03-13;"},
        Row{"03/25/2019", "[03/25/2019] G2019-3-25=2019-03-25;"},
        Row{"2019/25/03", "[2019/25/03] G2019-3-25=2019-03-25;"},
        Row{"٢٠١٩/٣/\u200F١٢\u200F،", "[٢٠١٩/٣/\u200F١٢\u200F] G2019-3-12=2019-03-12;"},
        Row{"5-12/3/2019", "[12/3/2019] G2019-3-12=2019-03-12;"},
        Row{"12/3/2019 - 15/3/2019", "[12/3/2019] G2019-3-12=2019-03-12;[15/3/2019] G2019-3-15=2019-03-15;"},
        Row{"30/2/1445 هـ", "[30/2/1445 هـ] H1445-2-30=2023-09-15;"},
        Row{"12/3/1445 ميلادي", "[12/3/1445 ميلادي] H1445-3-12=2023-09-27;"},
        Row{"12/3/2019 هيئة", "[12/3/2019] G2019-3-12=2019-03-12;"},
        Row{"12/3/2019 هجرية", "[12/3/2019 هجرية] G2019-3-12=2019-03-12;"},
        Row{"12/3/1390 هجري شمسي", "[12/3/1390 هجري شمسي] J1390-3-12=2011-06-02;"}));

INSTANTIATE_TEST_SUITE_P(
    Names, FindDatesIn,
    testing::Values(Row{"يوم ١٢ مارس ٢٠١٩ م", "[١٢ مارس ٢٠١٩ م] G2019-3-12=2019-03-12;"},
                    Row{"۱۲ مرداد ۱۴۰۲", "[۱۲ مرداد ۱۴۰۲] J1402-5-12=2023-08-03;"},
                    Row{"۱۲ مرداد ماه ۱۴۰۲", "[۱۲ مرداد ماه ۱۴۰۲] J1402-5-12=2023-08-03;"},
                    Row{"12 مردادماه سال 1402", "[12 مردادماه سال 1402] J1402-5-12=2023-08-03;"},
                    Row{"٥ رمضان ١٤٤٥ هـ الموافق ١٥ مارس ٢٠٢٤ م",
                        "[٥ رمضان ١٤٤٥ هـ] H1445-9-5=2024-03-15;[١٥ مارس ٢٠٢٤ م] G2024-3-15=2024-03-15;"},
                    Row{"٥ من شهر رمضان المبارك سنة ١٤٤٥", "[٥ من شهر رمضان المبارك سنة ١٤٤٥] H1445-9-5=2024-03-15;"},
                    Row{"1 كانون الثاني 2020", "[1 كانون الثاني 2020] G2020-1-1=2020-01-01;"},
                    Row{"1 آذار (مارس) 2020", "[1 آذار (مارس) 2020] G2020-3-1=2020-03-01;"},
                    Row{"1 شباط/فبراير 2020", "[1 شباط/فبراير 2020] G2020-2-1=2020-02-01;"},
                    Row{"05-جويلية-2019", "[05-جويلية-2019] G2019-7-5=2019-07-05;"},
                    Row{"5 أوت 2019 و6 اب 2019", "[5 أوت 2019] G2019-8-5=2019-08-05;[6 اب 2019] G2019-8-6=2019-08-06;"},
                    Row{"٣ فيفري ٢٠١٩، 3 دجنبر 2019",
                        "[٣ فيفري ٢٠١٩] G2019-2-3=2019-02-03;[3 دجنبر 2019] G2019-12-3=2019-12-03;"},
                    Row{"۱۲ ژانویهٔ ۲۰۱۹", "[۱۲ ژانویهٔ ۲۰۱۹] G2019-1-12=2019-01-12;"},
                    Row{"۵ ژوئیه ۱۹۷۹", "[۵ ژوئیه ۱۹۷۹] G1979-7-5=1979-07-05;"},
                    Row{"١ ربيع الآخر ١٤٤٥", "[١ ربيع الآخر ١٤٤٥] H1445-4-1=2023-10-16;"},
                    Row{"١ ربيع الثاني ١٤٤٥", "[١ ربيع الثاني ١٤٤٥] H1445-4-1=2023-10-16;"},
                    Row{"1 جمادى الأولى 1445", "[1 جمادى الأولى 1445] H1445-5-1=2023-11-15;"},
                    Row{"1 جمادی‌الثانی 1445", "[1 جمادی‌الثانی 1445] H1445-6-1=2023-12-14;"},
                    Row{"١ ذو القعدة ١٤٤٥", "[١ ذو القعدة ١٤٤٥] H1445-11-1=2024-05-09;"},
                    Row{"۱۰ ذی‌الحجه ۱۴۴۵", "[۱۰ ذی‌الحجه ۱۴۴۵] H1445-12-10=2024-06-16;"},
                    Row{"10 ذیحجه 1445", "[10 ذیحجه 1445] H1445-12-10=2024-06-16;"},
                    Row{"١٢ رمـضان\nالمبارك\n١٤٤٥", "[١٢ رمـضان\nالمبارك\n١٤٤٥] H1445-9-12=2024-03-22;"},
                    Row{"12 حوت 1350", "[12 حوت 1350] J1350-12-12=1972-03-02;"}));

INSTANTIATE_TEST_SUITE_P(NoDate, FindDatesIn,
                         testing::Values(Row{"", ""}, Row{"القرار رقم ١٢ لسنة ٢٠١٩", ""}, Row{"رمضان ١٤٤٥", ""},
                                         Row{"١٢/٢٠١٩", ""}, Row{"12/3/19", ""}, Row{"12/3/219", ""},
                                         Row{"123/3/2019", ""}, Row{"12/123/2019", ""}, Row{"1/2/3/2019", ""},
                                         Row{"12/3/2019/7", ""}, Row{"2019/3/2020", ""}, Row{"31/4/2019", ""},
                                         Row{"13/13/2019", ""}, Row{"0/3/2019", ""}, Row{"1/0/2019", ""},
                                         Row{"12/3/1700", ""}, Row{"12/3/2101", ""}, Row{"12/3-2019", ""},
                                         Row{"رقم 5. 12. 2019", ""}, Row{"12/3/20191", ""}, Row{"12 مارسيليا 2019", ""},
                                         Row{"12 مارس", ""}, Row{"12 مارس 1402", ""}, Row{"31 أبريل 2019", ""},
                                         Row{"112 مارس 2019", ""}, Row{"12 مارس 20190", ""}, Row{"٥ رمضان ٢٠١٩", ""},
                                         Row{"99999999999999999999", ""}, Row{"1290/1/1", "", false},
                                         Row{"1250/1/1 x 1/", "[1250/1/1] J1250-1-1=1871-03-21;", true}));

struct Question {
  std::string_view text;
  std::string_view days;
};

class DateQuestion : public testing::TestWithParam<Question> {};

TEST_P(DateQuestion, MeansTheseDays) {
  std::string out;
  for (const DayRange& days : ParseDateQuery(GetParam().text)) {
    out += (out.empty() ? "" : " ") + FormatDay(days.first) + ".." + FormatDay(days.last);
  }
  EXPECT_EQ(out, GetParam().days) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, DateQuestion,
    testing::Values(
        Question{"1445", "2023-07-18..2024-07-07"}, Question{"١٤٤٥هـ", "2023-07-18..2024-07-07"},
        Question{"سنة ١٤٤٥", "2023-07-18..2024-07-07"}, Question{"رمضان ١٤٤٥", "2024-03-10..2024-04-10"},
        Question{"شهر رمضان سنة 1445 هـ", "2024-03-10..2024-04-10"}, Question{"1445/09", "2024-03-10..2024-04-10"},
        Question{"1402/05/12", "2023-08-03..2023-08-03 1982-03-07..1982-03-09"},
        Question{"12/05/1402", "1982-03-07..1982-03-09 2023-08-03..2023-08-03"},
        Question{"۱۲/۰۵/۱۴۰۲", "2023-08-03..2023-08-03 1982-03-07..1982-03-09"},
        Question{"1402", "1981-10-28..1982-10-18 2023-03-21..2024-03-19"},
        Question{"۱۴۰۲", "2023-03-21..2024-03-19 1981-10-28..1982-10-18"},
        Question{"1402 ه.ش", "2023-03-21..2024-03-19"}, Question{"2019", "2019-01-01..2019-12-31"},
        Question{" ٢٠١٩ م ", "2019-01-01..2019-12-31"}, Question{"2019..2021", "2019-01-01..2021-12-31"},
        Question{"٢٠١٩ .. ٢٠٢١", "2019-01-01..2021-12-31"}, Question{"2019-03..2019-05-07", "2019-03-01..2019-05-07"},
        Question{"رمضان 1444..1445", "2023-03-22..2024-07-07"}, Question{"2019-03", "2019-03-01..2019-03-31"},
        Question{"3/2019", "2019-03-01..2019-03-31"}, Question{"١٢ مارس ٢٠١٩", "2019-03-12..2019-03-12"},
        Question{"مارس 2019", "2019-03-01..2019-03-31"}, Question{"2019-03-12", "2019-03-12..2019-03-12"},
        Question{"2019 مارس 12", "2019-03-12..2019-03-12"}, Question{"مارس 12، 2019", "2019-03-12..2019-03-12"},
        Question{"سال 1402", "2023-03-21..2024-03-19 1981-10-28..1982-10-18"},
        Question{"السنة المالية 2019", "2019-01-01..2019-12-31"}, Question{"98/12/21", ""},
        Question{"هـ 1402", "1981-10-28..1982-10-18"}, Question{"ه.ش 1402", "2023-03-21..2024-03-19"},
        Question{"مرداد ۱۴۰۲", "2023-07-23..2023-08-22"}, Question{"۱۲ مرداد ۱۴۰۲", "2023-08-03..2023-08-03"},
        // No dates:
        Question{"", ""}, Question{"..", ""}, Question{"2019..", ""}, Question{"..2019", ""},
        Question{"2021..2019", ""}, Question{"2019..1445", ""}, Question{"12", ""}, Question{"مارس", ""},
        Question{"12 مارس", ""}, Question{"2019 السوق", ""}, Question{"السوق 2019", ""}, Question{"13/2019", ""},
        Question{"0/2019", ""}, Question{"2500", ""}, Question{"123/2019", ""}, Question{"2019-02-30", ""},
        Question{"\xFF\xD9", ""}));

TEST(DateQuestion, TooLongIsNoDate) {
  EXPECT_FALSE(ParseDateQuery("2019").empty());
  EXPECT_TRUE(ParseDateQuery("2019" + std::string(300, ' ')).empty());
}

// Whatever the text, what is found lies in it, in order, on the borders of characters.
TEST(FindDates, HostileTextIsSound) {
  constexpr std::array<std::string_view, 32> kPieces = {
      "سنة",  "98",     "إلى",    "الموافق", "الجمعة", "رقم",   "شهر", "(",    "12",           "3",        "2019",
      "1445", "١٤٠٢",   "/",      "-",       ".",      " ",     "\n",  "مارس", "ذي",           "هـ",       "ش",
      "\xFF", "\u200F", "\u200C", "ﷺ",       "من",     "99999", "x",   "\xD9", "٥ رمضان 1445", "12/3/2019"};
  std::mt19937 random(20260103);
  size_t found = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (size_t i = random() % 16; i > 0; --i) text += kPieces[random() % kPieces.size()];
    size_t last = 0;
    const bool jalali_likely = round % 2 == 0;
    const bool all = round % 4 < 2;
    for (const PrintedDate& date : all ? FindAllDates(text, jalali_likely) : FindDates(text, jalali_likely)) {
      ASSERT_GT(date.confidence, 0);
      ASSERT_LE(date.confidence, 1);
      ASSERT_LE(last, date.begin);
      ASSERT_LT(date.begin, date.end);
      ASSERT_LE(date.end, text.size());
      ASSERT_EQ(DaysOf(date.calendar, date.year, date.month, date.day), date.days);
      ASSERT_NE(text[date.begin] & 0xC0, 0x80);
      last = date.end;
      ++found;
    }
    ParseDateQuery(text);
  }
  EXPECT_GT(found, 100U);
}

TEST(FindDates, LongRunsTakeLinearTime) {
  for (const std::string_view piece : {"1/", "1-2/", "1 ذي ", "1 من من من من ", "1", " ", "1 مارس ", "1-2 ", "مارس ",
                                       "سنة ", "الأحد ", "رقم ", "1 إلى "}) {
    std::string text;
    while (text.size() < 500'000) text += piece;
    EXPECT_TRUE(FindAllDates(text, true).empty()) << piece;
  }
  for (const std::string_view piece : {"1/1/1402 ", "1/1/1402 (", "1402 هـ ", "1-2 مارس 2019 ", "سنة 1402/1403 "}) {
    std::string text;
    while (text.size() < 500'000) text += piece;
    EXPECT_GT(FindAllDates(text, true).size(), 20'000U) << piece;
  }
}

}  // namespace
}  // namespace diwan
