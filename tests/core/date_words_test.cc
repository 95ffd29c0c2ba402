// The words of dates, each in the spellings that papers have.
#include "core/date_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/fold.h"

namespace diwan {
namespace {

std::vector<std::string> Split(std::string_view names) {
  std::vector<std::string> out;
  while (!names.empty()) {
    const size_t bar = std::min(names.find('|'), names.size());
    out.emplace_back(names.substr(0, bar));
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
  return out;
}

struct MonthRow {
  Calendar calendar;
  int year;
  std::vector<std::string_view> months;
};

class MonthNames : public testing::TestWithParam<MonthRow> {};

TEST_P(MonthNames, StandForTheirMonths) {
  const MonthRow& row = GetParam();
  ASSERT_EQ(row.months.size(), 12U);
  for (int month = 1; month <= 12; ++month) {
    for (const std::string& name : Split(row.months[month - 1])) {
      const std::string text = "5 " + name + " " + std::to_string(row.year);
      const auto dates = FindDates(text, false);
      ASSERT_EQ(dates.size(), 1U) << text;
      EXPECT_EQ(dates[0].days, DaysOf(row.calendar, row.year, month, 5)) << text;
      EXPECT_EQ(dates[0].end, text.size()) << text;
    }
  }
}

// The long ones of the rows below.
constexpr std::string_view kKanunTwo =
    "كانون الثاني|كانون الثانى|كانون ثاني|كانون ثانى|كانون‌الثاني";
constexpr std::string_view kRabiTwo =
    "ربيع الآخر|ربيع الاخر|ربيع الثاني|ربيع الثانى|ربيع ثاني|ربيع ثان|ربيع آخر|"
    "ربیع‌الثانی";
constexpr std::string_view kJumadaOne =
    "جمادى الأولى|جمادي الاولي|جمادى الأول|جمادى أولى|جمادى أول|جماد الأول|"
    "جماد أول|جماد الأولى|جمادی‌الاول";
constexpr std::string_view kJumadaTwo =
    "جمادى الآخرة|جمادي الاخره|جمادى الآخر|جمادى الثانية|جمادى الثاني|جمادى ثاني|"
    "جماد الثاني|جماد الثانية|جماد الآخرة|جماد الآخر|جماد "
    "ثاني|جمادی‌الثانی";
constexpr std::string_view kDhuQada =
    "ذو القعدة|ذي القعدة|ذى القعده|ذا القعدة|ذوالقعدة|"
    "ذی‌القعده|ذیقعده|ذی‌قعده|ذو قعدة";
constexpr std::string_view kDhuHijja =
    "ذو الحجة|ذي الحجة|ذى الحجه|ذا الحجة|ذوالحجة|"
    "ذی‌الحجه|ذیحجه|ذی‌حجه|ذو حجة";

INSTANTIATE_TEST_SUITE_P(
    Families, MonthNames,
    testing::Values(MonthRow{Calendar::kGregorian,
                             2019,
                             {"يناير|ينایر", "فبراير|فبرایر", "مارس", "أبريل|ابريل|إبريل|أبريـل", "مايو|مایو",
                              "يونيو|يونية|يونيه|یونیو", "يوليو|يولية|يوليه|یولیو", "أغسطس|اغسطس|إغسطس", "سبتمبر",
                              "أكتوبر|اكتوبر|أکتوبر", "نوفمبر", "ديسمبر|دیسمبر"}},
                    MonthRow{Calendar::kGregorian,
                             1975,
                             {kKanunTwo, "شباط", "آذار|اذار|آذار/مارس|مارت", "نيسان|نیسان", "أيار|ايار|مايس", "حزيران",
                              "تموز|تمّوز", "آب|اب", "أيلول|ايلول", "تشرين الأول|تشرين الاول|تشرين أول",
                              "تشرين الثاني|تشرين الثانى|تشرين ثاني", "كانون الأول|كانون الاول|كانون أول"}},
                    MonthRow{
                        Calendar::kGregorian,
                        2005,
                        {"جانفي|جانفى", "فيفري|فيفرى", "مارس", "أفريل|افريل", "ماي|ماى", "جوان", "جويلية|جويليه|يوليوز",
                         "أوت|اوت|غشت", "سبتمبر|شتنبر", "أكتوبر", "نوفمبر|نونبر", "ديسمبر|دجنبر"}},
                    MonthRow{Calendar::kGregorian,
                             1989,
                             {"ژانویه|ژانویۀ|ژانويه", "فوریه|فوریۀ", "مارس", "آوریل|اوریل", "مه|می|مۀ", "ژوئن|ژوین|ژون",
                              "ژوئیه|ژوییه|جولای", "اوت|آگوست|اگست", "سپتامبر", "اکتبر|اکتوبر", "نوامبر", "دسامبر"}},
                    MonthRow{Calendar::kGregorian,
                             2004,
                             {"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر",
                              "نومبر", "دسمبر"}},
                    MonthRow{Calendar::kHijri,
                             1440,
                             {"محرم|المحرم|محرّم الحرام", "صفر|صفر الخير|صفر المظفر",
                              "ربيع الأول|ربيع الاول|ربیع‌الاول|ربيع أول", kRabiTwo,
                              kJumadaOne, kJumadaTwo, "رجب|رجب المرجب|رجب الفرد|رجب الأصب", "شعبان|شعبان المعظم",
                              "رمضان|رمضان المبارك|رمـضان", "شوال|شوّال المكرم", kDhuQada, kDhuHijja}},
                    MonthRow{Calendar::kJalali,
                             1398,
                             {"فروردین|فروردين|فروردین‌ماه",
                              "اردیبهشت|اردی‌بهشت|ارديبهشت ماه", "خرداد|خردادماه",
                              "تیر|تیرماه|تير", "مرداد|امرداد", "شهریور|شهريور", "مهر|مهرماه", "آبان|ابان", "آذر|اذر",
                              "دی|دی‌ماه|دي", "بهمن", "اسفند|اسپند"}},
                    MonthRow{Calendar::kJalali,
                             1350,
                             {"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله|سنبلۀ", "میزان", "عقرب", "قوس", "جدی|جدي",
                              "دلو", "حوت"}}));

struct MarkRow {
  Calendar calendar;
  std::string_view marks;
};

// Of a year that could be two calendars', the mark tells which, after the date and before it.
TEST(Marks, TellTheCalendar) {
  const MarkRow rows[] = {
      {Calendar::kHijri,
       "هـ|ه|ھ|هـ.ق|ه.ق|ه‍.ق|ه ق|ق|هجري|هجرى|هجرية|هجري قمري|هجرية "
       "قمرية|قمری|هجری "
       "قمری|للهجرة"},
      {Calendar::kJalali,
       "هـ.ش|ه.ش|ه‍.ش|ه ش|ش|هجري شمسي|هجری شمسی|هجرية شمسية|هجری "
       "خورشیدی|شمسی|خورشیدی"},
  };
  for (const MarkRow& row : rows) {
    for (const std::string& mark : Split(row.marks)) {
      for (const bool jalali_likely : {false, true}) {
        const auto after = FindDates("12/5/1402 " + mark, jalali_likely);
        ASSERT_EQ(after.size(), 1U) << mark;
        EXPECT_EQ(after[0].calendar, row.calendar) << mark;
        EXPECT_EQ(after[0].confidence, 1) << mark;
      }
    }
  }
}

TEST(Marks, OfTheGregorianCalendarConfirmIt) {
  for (const std::string& mark : Split("م|ميلادي|ميلادية|ميلاديه|للميلاد")) {
    const auto dates = FindDates("12/5/2019 " + mark, false);
    ASSERT_EQ(dates.size(), 1U) << mark;
    EXPECT_EQ(dates[0].confidence, 1) << mark;
  }
}

TEST(Weekdays, AreKnownInBothLanguages) {
  const std::string_view names[] = {"الأحد|الاحد|یکشنبه|یک‌شنبه|یک شنبه",
                                    "الاثنين|الإثنين|الأثنين|دوشنبه|دو‌شنبه",
                                    "الثلاثاء|سه‌شنبه|سه شنبه|سهشنبه",
                                    "الأربعاء|الاربعاء|چهارشنبه|چهار‌شنبه",
                                    "الخميس|الخمیس|پنجشنبه|پنج‌شنبه",
                                    "الجمعة|الجمعه|جمعه|آدینه",
                                    "السبت|شنبه"};
  for (int weekday = 0; weekday < 7; ++weekday) {
    for (const std::string& name : Split(names[weekday])) {
      const std::u32string folded = Fold(name).text;
      const auto read = ReadWeekday(folded, 0);
      ASSERT_TRUE(read) << name;
      EXPECT_EQ(read->value, weekday) << name;
      EXPECT_EQ(read->end, folded.size()) << name;
    }
  }
}

TEST(Bridges, SayWhetherBothDatesAreOneDay) {
  const auto bridge = [](const std::string& between) {
    const std::u32string folded = Fold(between).text;
    return ReadBridge(folded, 0, folded.size());
  };
  for (const std::string& between :
       Split("الموافق|الموافقة|والموافق|موافق|موافقا|الموافق لـ|يوافق|ويوافق|المصادف|والمصادف|مصادف با|يصادف|المقابل|"
             "برابر با|مطابق با|مطابق|مقارن|معادل| ( |، الموافق: يوم الأحد")) {
    EXPECT_EQ(bridge(between), Bridge::kEqual) << between;
  }
  for (const std::string& between :
       Split("| |، |- في|يوم|ليوم|اليوم|روز|بتاريخ|وتاريخ|تاريخ|المؤرخ|المؤرخة|مؤرخ|مورخ|مورخه|يوم الأحد")) {
    EXPECT_EQ(bridge(between), Bridge::kSigns) << between;
  }
  for (const std::string& between : Split("وحتى|إلى|و|المجلس|في 5|الموافقون")) {
    EXPECT_EQ(bridge(between), Bridge::kNone) << between;
  }
  EXPECT_EQ(bridge(std::string(81, ' ')), Bridge::kNone);
}

TEST(NumberWords, StandBeforeNumbers) {
  const auto follows = [](const std::string& before) {
    const std::u32string folded = Fold(before).text;
    return FollowsNumberWord(folded, folded.size());
  };
  for (const std::string& word :
       Split("رقم |ورقم |الرقم: |والرقم |برقم (|أرقام |رقمي |عدد |العدد: |شماره |شمارۀ |کلاسه |"
             "پرونده |هاتف: |الهاتف |فاكس |تلفن |تليفون |تلفكس |صندوق ")) {
    EXPECT_TRUE(follows(word)) << word;
  }
  for (const std::string& word : Split("في |بتاريخ |مورخ |رقما آخر |مرقم ")) EXPECT_FALSE(follows(word)) << word;
  EXPECT_FALSE(follows(""));
}

TEST(YearWords, StandBeforeYears) {
  for (const std::string& word :
       Split("سنة|لسنة|السنة|للسنة|السنة المالية|للسنة المالية|السنة الدراسية|عام|لعام|العام|للعام|العام المالي|"
             "للعام المالي|العام الدراسي|سال|سال مالی|سال تحصیلی")) {
    const auto dates = FindAllDates(word + " 2019", false);
    ASSERT_EQ(dates.size(), 1U) << word;
    EXPECT_EQ(dates[0].days, DaysOf(Calendar::kGregorian, 2019, 0, 0)) << word;
  }
}

TEST(SpanWords, JoinTheEndsOfASpan) {
  for (const std::string& word : Split("إلى|الى|حتى|لغاية|الی|تا|–|—|-")) {
    const auto dates = FindAllDates("5 " + word + " 7 مارس 2019", false);
    ASSERT_EQ(dates.size(), 2U) << word;
    EXPECT_EQ(dates[0].days, DaysOf(Calendar::kGregorian, 2019, 3, 5)) << word;
  }
}

}  // namespace
}  // namespace diwan
