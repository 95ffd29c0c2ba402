// How text becomes words, numbers and stems.
#include "index/analysis.h"

#include <gtest/gtest.h>

#include "core/fold.h"
#include "index/numbers.h"

namespace diwan {
namespace {

std::string Words(std::string_view text) {
  std::string out;
  for (const TextWord& word : Analyse(text).words) out += (out.empty() ? "" : "|") + word.surface;
  return out;
}

std::string Numbers(std::string_view text) {
  std::string out;
  for (const TextNumber& number : Analyse(text).numbers) out += (out.empty() ? "" : " ") + number.value;
  return out;
}

struct Row {
  std::string_view text;
  std::string_view expected;
};

TEST(Analysis, Words) {
  constexpr Row kRows[] = {
      {"", ""},
      {" .,;! \n", ""},
      {"قرار المجلس", "قرار|المجلس"},
      {"قَرَارٌ", "قرار"},
      {"قـــرار", "قرار"},
      {"رقم١٢٣", "رقم|123"},
      {"١٢٣رقم", "123|رقم"},
      {"A4 4th B-12", "a4|4th|b|12"},
      {"می‌شود", "ميشود"},
      {"‌می‌شود‌ است", "ميشود|است"},
      {"Conseil d'État", "conseil|d|etat"},
      {"1,234kg 5kg", "1234|kg|5kg"},
      {"\xFF\xFE قرار \xC3", "قرار"},
      {"رسوم\u200Bالسوق 1\u200B2", "رسوم|السوق|1|2"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Words(row.text), row.expected) << row.text;
}

TEST(Analysis, Numbers) {
  constexpr Row kRows[] = {
      {"١٢٣", "123"},
      {"۱۲۳", "123"},
      {"123", "123"},
      {"00123", "123"},
      {"000", "0"},
      {"1,234", "1234"},
      {"١٬٢٣٤٬٥٦٧", "1234567"},
      {"1,23", "1 23"},
      {"1234,567", "1234 567"},
      {"12.50", "12.50"},
      {"١٢٫٥", "12.5"},
      {"0.5", "0.5"},
      {"5.", "5"},
      {"123/2019", "123 2019 123/2019"},
      {"١٢٣/٢٠١٩", "123 2019 123/2019"},
      {"۱۲۳/۲۰۱۹", "123 2019 123/2019"},
      {"123-2019", "123 2019 123/2019"},
      {"123–2019", "123 2019 123/2019"},
      {"123\u20102019", "123 2019 123/2019"},
      {"123\u20112019", "123 2019 123/2019"},
      {"123\u22122019", "123 2019 123/2019"},
      {"123—2019", "123 2019"},
      {"Decision 123 of 2019", "123 2019 123/2019"},
      {"123 Of 1445 AH", "123 1445 123/1445"},
      {"3 of 12 members, 3 of 5000", "3 12 3 5000"},
      {"123 / 2019", "123 2019 123/2019"},
      {"١٢٣\u200F/\u200E٢٠١٩", "123 2019 123/2019"},
      {"0123/2019", "123 2019 123/2019"},
      {"123\n/2019", "123 2019"},
      {"123 - 2019", "123 2019"},
      {"12.03.2019", "12 3 2019 12/3/2019"},
      {"12/3/2019", "12 3 2019 12/3/2019"},
      {"1/2/3/4/5/6/7", "1 2 3 4 5 6 7 1/2/3/4/5 6/7"},
      {"رقم ١٢٣ لسنة ٢٠١٩", "123 2019 123/2019"},
      {"رقم (١٢٣) لسنة ٢٠١٩م", "123 2019 123/2019"},
      {"القانون 5 لعام 1999", "5 1999 5/1999"},
      {"شماره ۱۲۳ سال ۱۳۹۹", "123 1399 123/1399"},
      {"شماره‌ی ۱۲۳ سال ۱۳۹۹", "123 1399 123/1399"},
      {"مدت ۱۵ سال ۱۳۹۹", "15 1399"},
      {"رقم 5 سنة 1999", "5 1999 5/1999"},
      {"A4", "4"},
      {"iso9001", "9001"},
  };
  for (const Row& row : kRows) EXPECT_EQ(Numbers(row.text), row.expected) << row.text;
}

TEST(Analysis, TheYearTellsTheOrderOfANumber) {
  constexpr Row kRows[] = {
      {"123/2019", "2019/123"}, {"2019/123", "123/2019"}, {"5/1445", "1445/5"}, {"2018/2019", ""}, {"12/13", ""},
      {"5000/1234567", ""},     {"12/3/2019", ""},        {"2019", ""},
  };
  for (const Row& row : kRows) EXPECT_EQ(TurnedNumber(std::string(row.text)), row.expected) << row.text;
}

TEST(Analysis, BytesOfTheOriginal) {
  const std::string text = "في قَرَارٌ (١٢٣)";
  const AnalysedText analysed = Analyse(text);
  ASSERT_EQ(analysed.words.size(), 3U);
  const auto original = [&](size_t i) {
    return text.substr(analysed.words[i].begin, analysed.words[i].end - analysed.words[i].begin);
  };
  EXPECT_EQ(original(1), "قَرَارٌ");
  EXPECT_EQ(original(2), "١٢٣");
}

// Words in one row share a stem; the stem of each row differs from that of the next.
TEST(Stem, ArabicFamilies) {
  const std::vector<std::vector<std::string_view>> rows = {
      {"قرار", "القرار", "قرارات", "والقرارات", "بالقرار", "قراره", "قرارها", "للقرار"},
      {"بلدية", "البلدية", "بلديات", "والبلديات", "بلديه"},
      {"مدرسة", "المدرسة", "مدرسه"},
      {"قرية", "القرية"},
      {"موظف", "الموظفين", "موظفون", "وموظف"},
  };
  std::string before;
  for (const auto& row : rows) {
    const std::string stem = StemsOf(Analyse(row[0]).words[0], Language::kArabic).at(0);
    EXPECT_NE(stem, before);
    for (const std::string_view word : row) {
      EXPECT_EQ(StemsOf(Analyse(word).words[0], Language::kArabic).at(0), stem) << word;
    }
    before = stem;
  }
}

TEST(Stem, PersianFamilies) {
  const std::vector<std::vector<std::string_view>> rows = {
      {"کتاب", "کتاب‌ها", "کتابها", "کتاب‌های", "کتابهای", "کتاب‌هایی", "كتاب", "کتابی",
       "کتاب‌هایشان"},
      {"مصوبه", "مصوبه‌ها", "مصوبه‌ای"},
      {"بزرگ", "بزرگ‌تر", "بزرگتر", "بزرگ‌ترین", "بزرگترین"},
      {"شهرداری", "شهرداری‌ها", "شهرداریها", "شهرداری‌های"},
  };
  for (const auto& row : rows) {
    const std::string stem = StemsOf(Analyse(row[0]).words[0], Language::kPersian).at(0);
    for (const std::string_view word : row) {
      EXPECT_EQ(StemsOf(Analyse(word).words[0], Language::kPersian).at(0), stem) << word;
    }
  }
}

TEST(Stem, NeverEmptyAndNeverForNumbersAndStopWords) {
  for (const std::string_view word : {"ال", "وال", "ها", "ه", "ي", "و", "والها"}) {
    for (const Language language : {Language::kArabic, Language::kPersian}) {
      EXPECT_FALSE(Stem(FromUtf8(FoldToUtf8(word)), language).empty()) << word;
    }
  }
  EXPECT_TRUE(StemsOf(Analyse("123").words[0], Language::kArabic).empty());
  EXPECT_TRUE(StemsOf(Analyse("في").words[0], Language::kArabic).empty());
  EXPECT_EQ(StemsOf(Analyse("council").words[0], Language::kArabic).at(0), "council");
}

TEST(Analysis, StopWords) {
  for (const std::string_view word : {"في", "وفي", "على", "إلى", "ألتي", "که", "این", "می", "the"}) {
    EXPECT_TRUE(IsStopWord(FromUtf8(FoldToUtf8(word)))) << word;
  }
  for (const std::string_view word : {"قرار", "مجلس", "شورا", "وقف", "سوق"}) {
    EXPECT_FALSE(IsStopWord(FromUtf8(FoldToUtf8(word)))) << word;
  }
}

TEST(Analysis, PiecesOfAWordWithZwnjTakePlaces) {
  const AnalysedText text = Analyse("آیین‌نامه مالی");
  std::string out;
  for (const PlacedSurface& placed : PlacedSurfaces(text)) {
    out += std::to_string(placed.position) + std::string(placed.surface) + " ";
  }
  EXPECT_EQ(out, "1اييننامه 1ايين 2نامه 3مالي ");
}

std::string Languages(std::string_view utf8, Language page_language) {
  AnalysedText text = Analyse(utf8);
  SetLanguages(text, page_language);
  std::string out;
  for (const TextWord& word : text.words) out += word.language == Language::kArabic ? 'A' : 'F';
  return out;
}

TEST(Analysis, EachRunHasItsLanguage) {
  EXPECT_EQ(Languages("", Language::kPersian), "");
  EXPECT_EQ(Languages("مجلس بلدي", Language::kArabic), "AA");
  EXPECT_EQ(Languages("مجلس بلدي", Language::kPersian), "FF");
  // A title is no run.
  EXPECT_EQ(Languages("در جلسه این شورا خیابان الزهرا از تصویب گذشت", Language::kPersian), "FFFFFFFFF");
  EXPECT_EQ(
      Languages("شورای شهر در جلسه خود این طرح را به تصویب رساند. قرر المجلس في هذا الاجتماع إحالة الملف إلى اللجنة",
                Language::kPersian),
      "FFFFFFFFFFFAAAAAAAAA");
  EXPECT_EQ(
      Languages("قرر المجلس في هذا الاجتماع. شورای شهر در جلسه خود این طرح را به پایان برد", Language::kArabic).back(),
      'F');
}

TEST(Analysis, GuessesTheLanguage) {
  EXPECT_EQ(GuessLanguage(Analyse("قرر المجلس البلدي في جلسته")), Language::kArabic);
  EXPECT_EQ(GuessLanguage(Analyse("شورای شهر در جلسه خود تصویب کرد که از این پس")), Language::kPersian);
  EXPECT_EQ(GuessLanguage(Analyse("")), Language::kArabic);
}

TEST(Analysis, ALongLineOfNumbersIsWorkOfItsLength) {
  constexpr size_t kNumbers = 400'000;  // each looked at with all behind it would take hours
  std::string line;
  for (size_t i = 0; i < kNumbers; ++i) line += "سوق 1 ";
  EXPECT_EQ(Analyse(line).numbers.size(), kNumbers);
}

}  // namespace
}  // namespace diwan
