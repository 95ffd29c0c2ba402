// Several numbers under one keyword, ranges of them, and numbers that another word makes another's.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/paper_number.h"
#include "ingest/fields.h"

namespace diwan {
namespace {

// "NUMBER/YEAR 'PRINTED'; ..." of a text; "?" behind what is not sure.
std::string Listed(const std::string& text, const char* language) {
  std::string out;
  for (const FoundCitation& found : FindCitations(text, language)) {
    EXPECT_EQ(text.substr(found.place.begin, found.place.end - found.place.begin), found.printed);
    out += (out.empty() ? "" : "; ") + (found.number.empty() ? "-" : found.number);
    if (!found.year.empty()) out += "/" + found.year;
    if (found.confidence < 0.7F) out += "?";
  }
  return out;
}

struct Row {
  const char* text;
  const char* cited;
};

TEST(CitedLists, EachNumberIsACitation) {
  constexpr Row kArabic[] = {
      {"القرارات أرقام 45 إلى 48 لسنة 2019", "45/2019; 46/2019; 47/2019; 48/2019"},
      {"القرارات من رقم ٤٥ إلى رقم ٤٧ لسنة ٢٠١٩", "45/2019; 46/2019; 47/2019"},
      {"القرارين رقمي ٤٥ و٤٦", "45; 46"},
      {"القرارين رقمي ٤٥ و٤٦ لسنة ٢٠١٩", "45/2019; 46/2019"},
      {"القرارات ذوات الأرقام (٤٥) و(٤٦) و(٤٩) لسنة ٢٠١٩", "45/2019; 46/2019; 49/2019"},
      {"القرارات أرقام ٤٥، ٤٦، ٤٩ لسنة ٢٠١٩", "45/2019; 46/2019; 49/2019"},
      {"القرارات أرقام ٤٠ و٤٥ حتى ٤٧ لسنة ٢٠١٩", "40/2019; 45/2019; 46/2019; 47/2019"},
      {"والقوانين أرقام 5 لسنة 2004 و6 لسنة 2005", "5/2004; 6/2005"},
      {"القرارات رقم 304 و305 لسنة 2018 و306 لسنة 2016", "304/2018; 305/2018; 306/2016"},
      {"القرارات أرقام 150,151 لسنة 2018", "150/2018; 151/2018"},
      {"القرارات أرقام 50,51,52 لسنة 2018", "50/2018; 51/2018; 52/2018"},
      {"القرارات أرقام ١٥٠،١٥١ لسنة ٢٠١٨", "150/2018; 151/2018"},
      {"القرارات أرقام ١٥٠، ١٥١ لسنة ٢٠١٨", "150/2018; 151/2018"},
      {"القرارات أرقام 150, 151 لسنة 2018", "150/2018; 151/2018"},
      {"القرار رقم 1,234 لسنة 2018", "1,234/2018?"},
      {"القرار رقم 301 من سنة 1999", "301/1999"},
      {"القرار رقم 300 الصادر عام 1999", "300/1999"},
      {"القرارات رقم 304 لسنة 2016 و305 و306", "304/2016; 305; 306"},
      {"القرارات أرقام م/٤٥ و١٢/م/٢٠١٨ و٤٧ لسنة ٢٠١٩", "م/45/2019; 12/م/2018; 47/2019"},
      // A range is one only where it grows; one number is cited by a singular.
      {"القرارات أرقام 48 إلى 45 لسنة 2019", "48/2019?; 45/2019?"},
      {"القرار رقم 45 إلى 48", "45?"},
      {"تمديد القرار رقم 45 حتى 2020", "45?"},
      {"القرار رقم 45، 46 دينارا", "45"},
  };
  for (const Row& row : kArabic) EXPECT_EQ(Listed(row.text, "ara"), row.cited) << row.text;
  constexpr Row kPersian[] = {
      {"مصوبات شماره ۴۵ تا ۴۸", "45; 46; 47; 48"},
      {"مصوبه‌های شماره‌های ۴۵ و ۴۶", "45; 46"},
      {"مصوبات شماره‌های ۴۵، ۴۶ و ۴۹", "45; 46; 49"},
      {"نامه‌های شماره ۴۵ الی ۴۷", "45; 46; 47"},
      {"مصوبه شماره‌های ۴۵ تا ۴۷", "45; 46; 47"},
      {"مصوبه شماره ۴۵ تا ۴۸", "45?"},
  };
  for (const Row& row : kPersian) EXPECT_EQ(Listed(row.text, "fas"), row.cited) << row.text;
}

TEST(CitedLists, WhatIsBetweenStandsInTheWholeRange) {
  const std::string text = "ألغيت القرارات أرقام 45 إلى 47 لسنة 2019";
  const auto found = FindCitations(text, "ara");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].printed, "القرارات أرقام 45");
  EXPECT_EQ(found[1].printed, "45 إلى 47 لسنة 2019");
  EXPECT_EQ(found[2].printed, "إلى 47 لسنة 2019");
  for (const FoundCitation& each : found) EXPECT_EQ(each.relation, CitedRelation::kRepeals) << each.number;
}

TEST(CitedLists, TheDayBehindSeveralIsThatOfEach) {
  for (const FoundCitation& each : FindCitations("القرارين رقمي 45 و46 بتاريخ 3/2/2018", "ara"))
    EXPECT_EQ(each.date, "2018-02-03") << each.number;
  EXPECT_EQ(FindCitations("القرار رقم 45 ورقم 46 بتاريخ 3/2/2018", "ara").at(0).date, "");
}

TEST(CitedLists, AWideRangeIsOneMention) {
  EXPECT_EQ(FindCitations("القرارات أرقام 1 إلى 50 لسنة 2019", "ara").size(), 50U);
  const auto wide = FindCitations("القرارات أرقام 1 إلى 51 لسنة 2019", "ara");
  ASSERT_EQ(wide.size(), 1U);
  EXPECT_EQ(wide[0].number, "");
  EXPECT_EQ(wide[0].year, "2019");
  EXPECT_EQ(wide[0].printed, "القرارات أرقام 1 إلى 51 لسنة 2019");
  EXPECT_EQ(Listed("القرارات أرقام 1 إلى 999999999999 لسنة 2019", "ara").substr(0, 6), "1/2019");
}

// However many ranges a text has.
TEST(CitedLists, ATextGrowsByNoMoreThanItsBound) {
  std::string text = "القرارات أرقام 1 إلى 50";
  while (text.size() < 300'000) text += " و1 إلى 50";
  EXPECT_LT(FindCitations(text, "ara").size(), 60'000U);
}

TEST(CitedNumbers, RepeatedOnesAreOthers) {
  const struct {
    const char* text;
    const char* number;
    const char* normal;
  } rows[] = {
      {"القرار رقم 45 مكرر لسنة 2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم ٤٥ مكرراً لسنة ٢٠١٨", "45 مكرراً", "45/مكرر 2018"},
      {"القرار رقم (45) مكرر لسنة 2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 45/مكرر لسنة 2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 45/مكرر/2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 45 مكرر/2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 2018/45 مكرر", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 45 مكرر أ لسنة 2018", "45 مكرر أ", "45/مكرر/ا 2018"},
      {"القرار رقم 45 مكررا (أ) لسنة 2018", "45 مكررا أ", "45/مكرر/ا 2018"},
      {"القرار رقم 45 مكرر 2 لسنة 2018", "45 مكرر 2", "45/مكرر/2 2018"},
      {"القرار رقم 45 bis لسنة 2018", "45 bis", "45/مكرر 2018"},
      {"القرار رقم 45 مكرر و46 لسنة 2018", "45 مكرر", "45/مكرر 2018"},
      {"القرار رقم 45 لسنة 2018", "45", "45 2018"},
      {"مصوبه شماره ۴۵ مکرر مورخ ۱۳۹۸/۲/۱", "45 مکرر", "45/مكرر 2019"},
  };
  for (const auto& row : rows) {
    const auto found = FindCitations(row.text, "");
    ASSERT_FALSE(found.empty()) << row.text;
    EXPECT_EQ(found[0].number, row.number) << row.text;
    const auto normal = NumberOf(found[0]);
    ASSERT_TRUE(normal) << row.text;
    EXPECT_EQ(normal->number + " " + normal->year, row.normal) << row.text;
    EXPECT_GE(found[0].confidence, 0.7F) << row.text;
  }
  // An article that is repeated is one of the same law.
  EXPECT_EQ(FindCitations("المادة 12 مكرر من القانون رقم 5 لسنة 2004", "ara").at(0).article, "12");
  EXPECT_EQ(FindCitations("المادة 12 مكرر من القانون رقم 5 لسنة 2004", "ara").at(0).number, "5");
}

TEST(CitedNumbers, WhereTheLanguageIsNotToldLettersTellIt) {
  EXPECT_EQ(Listed("قرار شماره ۷", ""), Listed("قرار شماره ۷", "fas"));
  const TextReading read =
      ReadTextFields({{.text = "شورای اسلامی شهر شیراز\nمصوبه شماره ۴ مورخ ۱۳۹۰/۰۱/۰۱\nموضوع: عوارض\nتصویب شد."}}, "");
  const auto number = std::ranges::find(read.fields, "number", &FoundField::name);
  ASSERT_NE(number, read.fields.end());
  EXPECT_EQ(number->value, "4");
}

TEST(CitedLists, ANumberBehindAnotherThingIsNotTheDecisions) {
  constexpr Row kArabic[] = {
      {"إلغاء القرار المتخذ في الجلسة رقم 9 لسنة 2018", ""},
      {"إلغاء القرار المتخذ في العطاء رقم 11 لسنة 2018", ""},
      {"إلغاء القرار الخاص بالقطعة رقم 13 لسنة 2018", ""},
      {"إلغاء القرار المتخذ في الجلسة رقم 5 بالرقم 311 لسنة 2018", ""},
      {"القرار رقم 4 لسنة 2018 المتخذ في الجلسة رقم 9", "4/2018"},
  };
  for (const Row& row : kArabic) EXPECT_EQ(Listed(row.text, "ara"), row.cited) << row.text;
  constexpr Row kPersian[] = {
      {"مصوبه جلسه شماره ۳۱ مورخ ۱۳۹۵/۰۲/۰۳ لغو می‌شود", ""},
      {"مصوبه شماره ۵ جلسه شماره ۳۱", "5"},
  };
  for (const Row& row : kPersian) EXPECT_EQ(Listed(row.text, "fas"), row.cited) << row.text;
}

// The numbers of which the text says that they are repealed.
std::string Repealed(const char* text, const char* language) {
  std::string out;
  for (const FoundCitation& found : FindCitations(text, language)) {
    if (found.relation == CitedRelation::kRepeals) out += (out.empty() ? "" : " ") + found.number;
  }
  return out;
}

TEST(CitedLists, WhatIsExceptedIsNotRepealed) {
  constexpr Row kArabic[] = {
      {"قرر المجلس إلغاء كافة القرارات السابقة باستثناء القرار رقم 201 لسنة 2018", ""},
      {"قرر المجلس إلغاء كافة القرارات ما عدا القرار رقم 208 لسنة 2018", ""},
      {"إلغاء جميع القرارات عدا القرار 210 لسنة 2018 والقرار رقم 211 لسنة 2018", ""},
      {"إلغاء كل القرارات إلا القرار رقم 201 لسنة 2018", ""},
      {"تلغى القرارات أرقام 22 و23 و24 لسنة 2018 ما عدا القرار رقم 23 لسنة 2018", "22 24"},
      {"تلغى القرارات من رقم 25 إلى رقم 27 لسنة 2018 باستثناء القرار رقم 26 لسنة 2018", "25 27"},
      {"تلغى القرارات أرقام 22 و23 لسنة 2018. ما عدا القرار رقم 23 لسنة 2018", "22 23"},
  };
  for (const Row& row : kArabic) EXPECT_EQ(Repealed(row.text, "ara"), row.cited) << row.text;
  constexpr Row kPersian[] = {
      {"همه مصوبات قبلی به جز مصوبه شماره ۱۲ مورخ ۱۳۹۵/۰۲/۰۳ لغو "
       "می‌شود",
       ""},
      {"مصوبات قبلی به استثنای مصوبه شماره ۱۵ مورخ ۱۳۹۵/۰۲/۰۳ لغو شدند", ""},
      {"مصوبات غیر از مصوبه شماره ۱۵ لغو شد", ""},
  };
  for (const Row& row : kPersian) EXPECT_EQ(Repealed(row.text, "fas"), row.cited) << row.text;
}

TEST(CitedLists, ABodyWithoutItsTownIsNone) {
  const auto of = [](const char* text) { return FindCitations(text, "ara").at(0).body; };
  EXPECT_EQ(of("إلغاء القرار رقم 308 لسنة 2018 الصادر عن المجلس البلدي"), "");
  EXPECT_EQ(of("إلغاء القرار رقم 308 لسنة 2018 الصادر عن بلدية السلط"), "بلدية السلط");
}

}  // namespace
}  // namespace diwan
