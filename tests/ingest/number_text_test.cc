// Labels, as printed from left to right, and the texts that they are.
#include "ingest/number_text.h"

#include <gtest/gtest.h>

#include "core/fold.h"

namespace diwan {
namespace {

TEST(NumberText, ANumberHasDigitsOfOneSetAndNoLetters) {
  for (const char32_t* label : {U"٤٦٥٦", U"(٤٠)", U"M٨/١٠/٢٠٠٥", U"-٢", U"12/2019", U"%٣"})
    EXPECT_TRUE(IsNumber(label));
  for (const char32_t* label : {U"", U"~", U"-", U"~٤", U"٤ ٥", U"٤5", U"H"}) EXPECT_FALSE(IsNumber(label));
}

TEST(NumberText, WhatCanBe) {
  for (const char* text : {"١٢/٢٠١٩", "1369/11/14", "١٤/١١/١٣٦٩", "3/4/99", "۱۲-۳-۶۳۶۹", "5/7/9", "٤٥"}) {
    EXPECT_TRUE(IsPossible(text)) << text;
  }
  for (const char* text : {"6369/11/14", "١٤/١١/٦٣٦٩", "1369/14/14", "1369/0/3", "3913/", "/١٢"}) {
    EXPECT_FALSE(IsPossible(text)) << text;
  }
}

TEST(NumberText, LogicalOrder) {
  struct Row {
    const char32_t* printed;
    const char* language;
    const char* written;
  };
  constexpr Row kRows[] = {
      {U"١٢/٢٠١٩", "ara", "١٢/٢٠١٩"},  // `/` keeps the order
      {U"٢٠١٩-١٢", "ara", "١٢-٢٠١٩"},  // `-` turns it
      {U"١٢-٢٠١٩", "ara", "١٢-٢٠١٩"},  // unless the year says that it didn't
      {U"٢٠١٩-٥-١٧", "ara", "١٧-٥-٢٠١٩"},
      {U"١٧-٠٥-١٤٠٢", "fas", "۱۴۰۲-۰۵-۱۷"},
      {U"١٤٠٢-٠٥-١٧", "fas", "۱۴۰۲-۰۵-۱۷"},
      {U"٨-٥", "ara", "٥-٨"},
      {U"-٢", "ara", "٢-"},  // what is left of the digits follows them
      {U"(٣", "ara", "٣)"},
      {U"(٤٠)", "ara", "(٤٠)"},
      {U".٢٩٣٥", "ara", "٢٩٣٥."},
      {U",٢٩٣٥", "ara", "٢٩٣٥،"},
      {U"H١٤/٩/١٤٢٦", "ara", "١٤/٩/١٤٢٦هـ"},
      {U"(M٢٠١٨)", "ara", "(٢٠١٨م)"},
      {U"٤٩/٩٤٦٧", "fas", "۴۹/۹۴۶۷"},
      {U"%٣", "fas", "۳٪"},
      {U"12%", "ara", "12%"},
      {U"٢٩,٢٦٠", "ara", "٢٩,٢٦٠"},  // thousands
      {U"٣,٥", "ara", "٣٫٥"},        // a decimal
      {U"١,٢٣٤,٥٦٧.٥", "ara", "١,٢٣٤,٥٦٧.٥"},
      {U"1,250", "ara", "1,250"},
  };
  for (const Row& row : kRows) EXPECT_EQ(NumberText(row.printed, row.language), row.written);
}

TEST(NumberText, TheOtherOrderIsKnownToo) {
  EXPECT_EQ(TurnedNumberText(U"٨-٥", "ara"), "٨-٥");
  EXPECT_EQ(TurnedNumberText(U"٢٠١٩-١٢", "ara"), "٢٠١٩-١٢");
  EXPECT_EQ(TurnedNumberText(U"١٢/٢٠١٩", "ara"), "");
  EXPECT_EQ(TurnedNumberText(U"-٢", "ara"), "");
}

TEST(NumberText, PersianAndLatinNumbersInACellKeepTheirOrder) {
  EXPECT_EQ(NumberText(U"٤٥-١١٤", "fas", true), "۴۵-۱۱۴");
  EXPECT_EQ(NumberText(U"٤٥-١١٤", "fas"), "۱۱۴-۴۵");
  EXPECT_EQ(NumberText(U"45-114", "ara", true), "45-114");
  EXPECT_EQ(NumberText(U"٤٥-١١٤", "ara", true), "١١٤-٤٥");
  EXPECT_EQ(TurnedNumberText(U"٤٥-١١٤", "fas", true), "۱۱۴-۴۵");
  EXPECT_EQ(NumberText(U"١٧-٠٥-١٤٠٢", "fas", true), "۱۴۰۲-۰۵-۱۷") << "the year tells";
}

TEST(NumberText, AYearTellsTheOrder) {
  EXPECT_TRUE(OrderIsTold(U"٢٠١٩-١٢", "ara"));
  EXPECT_TRUE(OrderIsTold(U"١٧-٥-٢٠١٩", "ara"));
  EXPECT_TRUE(OrderIsTold(U"۱۴۰۲-۰۵-۱۷", "fas"));
  EXPECT_FALSE(OrderIsTold(U"۱۴۰۲-۱۷", "fas"));
  EXPECT_FALSE(OrderIsTold(U"٤٥-١١٤", "ara"));
  EXPECT_FALSE(OrderIsTold(U"2018-2019", "ara"));
  EXPECT_FALSE(OrderIsTold(U"H1-2", "ara"));
  EXPECT_TRUE(OrderIsTold(U"٧-٧", "ara"));
  EXPECT_TRUE(OrderIsTold(U"-٢", "ara"));
  EXPECT_TRUE(OrderIsTold(U"٤٥/١١٤", "ara"));
}

TEST(NumberText, BareNumbersCompare) {
  EXPECT_EQ(BareNumber("(١٢/٢٠١٩)"), "12/2019");
  EXPECT_EQ(BareNumber("۱۴۰۲/۰۵/۱۷"), "1402/05/17");
  EXPECT_EQ(BareNumber("١٤٤٥هـ"), "1445");
  EXPECT_EQ(BareNumber("٢-"), "2");
  EXPECT_EQ(BareNumber("رقم"), "");
  EXPECT_EQ(BareNumber("٤ص"), "");
  EXPECT_EQ(BareNumber("-"), "");
}

TEST(NumberText, WordsThatAnnounceNumbers) {
  for (const char* word : {"رقم", "الرقم:", "المادة", "بتاريخ", "والمادة", "شماره", "مورخ", "الموافق"}) {
    EXPECT_EQ(ExpectedAfter(word), NumberExpected::kNumber) << word;
  }
  for (const char* word : {"لسنة", "سنة", "عام", "سال"}) EXPECT_EQ(ExpectedAfter(word), NumberExpected::kYear) << word;
  for (const char* word : {"", "على", "12", ":"}) EXPECT_EQ(ExpectedAfter(word), NumberExpected::kNothing) << word;
}

TEST(NumberText, WhatIsPossibleIsMorePlausible) {
  constexpr NumberExpected kNothing = NumberExpected::kNothing;
  struct Row {
    const char* likely;
    const char* unlikely;
    NumberExpected expected;
  };
  constexpr Row kRows[] = {
      {"12/5/2019", "12/51/2019", kNothing}, {"1402/05/17", "1402/45/17", kNothing},  {"12/2019", "12/7019", kNothing},
      {"10:15", "10:75", kNothing},          {"1994", "9941", NumberExpected::kYear}, {"2935", "02935", kNothing},
      {"5/4/98", "5/44/98", kNothing},       {"9801/1390", "09801/1390", kNothing},
  };
  for (const Row& row : kRows) {
    EXPECT_GT(Plausibility(row.likely, row.expected), Plausibility(row.unlikely, row.expected)) << row.likely;
  }
  EXPECT_EQ(Plausibility("123", kNothing), 1);
  EXPECT_EQ(Plausibility("02112345678", kNothing), 1);  // a telephone
}

TEST(NumberText, MarksOfACalendarStandAtDatesAndYears) {
  for (const char32_t* label : {U"H١٤٤٥", U"M٢٠١٨", U"(M٢٠١٨)", U"H١٤/٩/١٤٢٦", U"H٧/١١/٣٩", U"١٢", U"H١٤٤٥-١٢"}) {
    EXPECT_EQ(MarkPlausibility(label), 1) << ToUtf8(label);
  }
  for (const char32_t* label : {U"H١-١٦٢", U"M١٤٤٥", U"H٢٠١٨", U"HM١٤٤٥", U"٢H"}) {
    EXPECT_LT(MarkPlausibility(label), 1) << ToUtf8(label);
  }
}

TEST(NumberText, DigitsLookLikeLatinLetters) {
  EXPECT_EQ(LettersForDigits("(615)"), "(GIS)");
  EXPECT_EQ(LettersForDigits("150،"), "ISO،");
}

}  // namespace
}  // namespace diwan
