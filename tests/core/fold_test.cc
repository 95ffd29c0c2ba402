// The folding rules, row by row as docs/folding.md has them, and what must hold for any bytes.
#include "core/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace diwan {
namespace {

using testing::ElementsAre;

struct Row {
  const char* rule;
  std::string_view from;
  std::string_view to;
};

class FoldRule : public testing::TestWithParam<Row> {};

TEST_P(FoldRule, Holds) { EXPECT_EQ(ToUtf8(Fold(GetParam().from).text), GetParam().to) << GetParam().rule; }

INSTANTIATE_TEST_SUITE_P(
    Table, FoldRule,
    testing::Values(
        Row{"alef forms", "أإآٱا", "ااااا"}, Row{"alef and maddah apart", "ا\u0653", "ا"},
        Row{"yeh forms", "ى ی ئ ې ۍ ے ۓ ي", "ي ي ي ي ي ي ي ي"}, Row{"waw with hamza", "ؤ", "و"},
        Row{"waw and hamza apart", "و\u0654", "و"}, Row{"kaf forms", "ک ڪ ك", "ك ك ك"},
        Row{"Persian letters stay", "گ پ چ ژ", "گ پ چ ژ"}, Row{"heh forms", "ة ۀ ہ ە ه ھ ۂ ۃ", "ه ه ه ه ه ه ه ه"},
        Row{"heh and yeh above apart", "ه\u0654", "ه"}, Row{"hamza stays", "ماء", "ماء"},
        Row{"hamza after yeh goes", "شيء شىء شیء شئ", "شي شي شي شي"},
        Row{"hamza that begins a word stays", "ي ء", "ي ء"}, Row{"tatweel", "قــــرار", "قرار"},
        Row{"tashkeel", "قَرَارٌ مُهِمٌّ", "قرار مهم"}, Row{"superscript alef", "هٰذا", "هذا"},
        Row{"Quranic marks", "ا\u06D6\u06DD\u06E9\u06ED\u0610\u061A\u08F0", "ا"},
        Row{"lam-alef", "ﻻ ﻷ ﻹ ﻵ", "لا لا لا لا"}, Row{"presentation forms B", "ﻗﺮﺍﺭ", "قرار"},
        Row{"presentation forms A", "ﮐﺘﺎﺑﯽ ﭘﮋﮔ", "كتابي پژگ"}, Row{"Allah", "ﷲ", "الله"},
        Row{"a blessing", "ﷺ", "صلي الله عليه وسلم"}, Row{"isolated mark form", "قﹰ ق\uFC5E", "ق ق"},
        Row{"high hamza", "\u0675 \u0678", "ا ي"}, Row{"Arabic-Indic digits", "٠١٢٣٤٥٦٧٨٩", "0123456789"},
        Row{"Persian digits", "۰۱۲۳۴۵۶۷۸۹", "0123456789"}, Row{"separators", "١٬٢٣٤٫٥", "1,234.5"},
        Row{"direction marks", "\u200F12\u200E\u061C\u202A3\u202C\u20664\u2069", "1234"},
        Row{"invisible", "ق\u200Dرا\u00ADر\u2060\uFEFF", "قرار"}, Row{"ZWNJ stays", "می\u200Cشود", "مي\u200Cشود"},
        Row{"Latin case", "DECREE Straße", "decree strasse"}, Row{"Latin accents", "Éçàü e\u0301 İ", "ecau e i"},
        Row{"full width", "Ａｂ１２", "ab12"}, Row{"Latin ligature", "ﬁn", "fin"}, Row{"Greek case", "ΣΑΣ ς", "σασ σ"},
        Row{"punctuation stays", "«أ»، (ب)؛ ج؟ 1/2-3.", "«ا»، (ب)؛ ج؟ 1/2-3."},
        Row{"white space stays", "ا\t\nب\r\nج", "ا\t\nب\r\nج"}, Row{"no-break space", "ا\u00A0ب\u202Fج", "ا ب ج"},
        Row{"a zero width space parts", "ا\u200Bب", "ا ب"}, Row{"a lone accent goes whole", "a\u00B4b", "ab"},
        Row{"ill-formed", "ا\xD9 \xFF\xC0\x80\xED\xA0\x80", "ا� ������"}, Row{"cut short", "ا\xEF\xBB", "ا��"},
        Row{"nothing", "", ""}));

// Each line: spellings of one word as papers and keyboards give them.
TEST(Fold, SpellingsOfOneWordAreOne) {
  const std::vector<std::vector<std::string_view>> words = {
      {"إدارة", "ادارة", "اداره", "أدارة", "إِدَارَة", "إدارۀ", "ﺇﺩﺍﺭﺓ", "إدار\u0629\u200F", "إدا\u0640رة"},
      {"المدينة", "المدينه", "المدینة", "المدىنة", "الْمَدِينَة", "ﺍﻟﻤﺪﻳﻨﺔ"},
      {"مبنى", "مبني", "مبنی", "مبنے", "ﻣﺒﻨﻰ", "مبن\u06CD"},
      {"كتاب", "کتاب", "ڪتاب", "كـتـاب", "ﻛﺘﺎﺏ", "ﮐﺘﺎﺏ"},
      {"مؤسسة", "موسسة", "موسسه", "مو\u0654سسة", "مؤسّسة"},
      {"آخر", "اخر", "أخر", "ا\u0653خر", "ﺁﺧﺮ"},
      {"شيء", "شئ", "شیء", "شىء", "شي"},
      {"خانهٔ", "خانۀ", "خانه", "خانة", "خان\u06C1", "خان\u06BE", "خان\u06D5"},
      {"۱۲۳/۲۰۱۹", "١٢٣/٢٠١٩", "123/2019", "１２３/２０１９", "\u200F١٢٣\u200F/٢٠١٩"},
      {"الإسلام", "الاسلام", "ﺍﻹﺳﻼﻡ", "الإسلام"},
      {"Qānūn", "qanun", "QANUN", "Qa\u0304nu\u0304n", "Ｑａｎｕｎ"},
  };
  for (const auto& spellings : words) {
    for (const std::string_view spelling : spellings) {
      EXPECT_EQ(FoldToUtf8(spelling), FoldToUtf8(spellings[0])) << spelling;
    }
  }
}

TEST(Fold, DifferentWordsStayDifferent) {
  for (const auto& [a, b] : std::vector<std::pair<std::string_view, std::string_view>>{{"ماء", "ما"},
                                                                                       {"كل", "گل"},
                                                                                       {"بدر", "پدر"},
                                                                                       {"جرم", "چرم"},
                                                                                       {"علي", "علا"},
                                                                                       {"سنة", "سنت"},
                                                                                       {"12", "1 2"}}) {
    EXPECT_NE(FoldToUtf8(a), FoldToUtf8(b)) << a << " " << b;
  }
}

TEST(Fold, DroppedMarkBelongsToTheLetterBefore) {
  const FoldedText folded = Fold("قَرٌّ");
  EXPECT_THAT(folded.begin, ElementsAre(0, 4));
  EXPECT_THAT(folded.end, ElementsAre(4, 10));
}

TEST(Fold, MarkThatBeginsTheTextBelongsToNobody) {
  const FoldedText folded = Fold("\u200Fق");
  EXPECT_THAT(folded.begin, ElementsAre(3));
  EXPECT_THAT(folded.end, ElementsAre(5));
}

TEST(Fold, LettersOfALigatureShareItsBytes) {
  const FoldedText folded = Fold("aﻻb");
  EXPECT_THAT(folded.begin, ElementsAre(0, 1, 1, 4));
  EXPECT_THAT(folded.end, ElementsAre(1, 4, 4, 5));
}

TEST(Fold, ToUtf8OmitsZwnj) { EXPECT_EQ(FoldToUtf8("می\u200Cشود"), "ميشود"); }

// The promises of FoldedText that hold for any bytes.
void ExpectSound(std::string_view original) {
  const FoldedText folded = Fold(original);
  ASSERT_EQ(folded.begin.size(), folded.text.size());
  ASSERT_EQ(folded.end.size(), folded.text.size());
  for (size_t i = 0; i < folded.text.size(); ++i) {
    ASSERT_LT(folded.begin[i], folded.end[i]);
    ASSERT_LE(folded.end[i], original.size());
    if (i == 0) continue;
    const bool same = folded.begin[i] == folded.begin[i - 1];  // of one ligature
    ASSERT_TRUE(same || folded.begin[i] == folded.end[i - 1]) << i;
  }
  ASSERT_EQ(Fold(ToUtf8(folded.text)).text, folded.text);
}

// Range borders fall between code points of well-formed text.
void ExpectOnBorders(std::string_view original) {
  const auto continues = [&](size_t at) { return at < original.size() && (original[at] & 0xC0) == 0x80; };
  const FoldedText folded = Fold(original);
  for (size_t i = 0; i < folded.text.size(); ++i) {
    ASSERT_FALSE(continues(folded.begin[i]));
    ASSERT_FALSE(continues(folded.end[i]));
  }
}

TEST(Fold, EveryCodePointFoldsToAFixedPoint) {
  std::u32string changed;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    const std::u32string once = Fold(ToUtf8({&c, 1})).text;
    if (once != std::u32string(1, c)) changed += once + U'\n';
  }
  EXPECT_GT(changed.size(), 5000U);
  EXPECT_TRUE(Fold(ToUtf8(changed)).text == changed);
}

TEST(Fold, RandomBytesAreSound) {
  std::mt19937 random(20260101);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 64, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    ASSERT_NO_FATAL_FAILURE(ExpectSound(bytes));
  }
}

TEST(Fold, RandomTextIsSound) {
  constexpr std::array<std::pair<char32_t, char32_t>, 6> kBlocks = {
      {{0x20, 0x7E}, {0xA0, 0x24F}, {0x600, 0x6FF}, {0x2000, 0x206F}, {0xFB50, 0xFEFF}, {0x1F000, 0x1F100}}};
  std::mt19937 random(20260102);
  for (int round = 0; round < 3000; ++round) {
    std::u32string text(random() % 32, U' ');
    for (char32_t& c : text) {
      const auto& [first, last] = kBlocks[random() % kBlocks.size()];
      c = first + random() % (last - first + 1);
    }
    const std::string utf8 = ToUtf8(text);
    ASSERT_EQ(FromUtf8(utf8), text);
    ASSERT_NO_FATAL_FAILURE(ExpectSound(utf8));
    ASSERT_NO_FATAL_FAILURE(ExpectOnBorders(utf8));
  }
}

TEST(Utf8, IllFormedBecomesReplacement) {
  EXPECT_EQ(FromUtf8("a\xC3"), U"a\uFFFD");
  EXPECT_EQ(FromUtf8("\xF4\x90\x80\x80"), std::u32string(4, U'\uFFFD'));
  EXPECT_EQ(ToUtf8(std::u32string{0xD800, 0x110000, U'b'}), "\uFFFD\uFFFDb");
  EXPECT_EQ(FromUtf8(std::string_view("\0b", 2)), std::u32string_view(U"\0b", 2));
}

TEST(LatinDigits, ChangesDigitsOnly) {
  EXPECT_EQ(LatinDigits("قَرار ١٢٣/٤۵۶ (٧٫٥) A\xFF"), "قَرار 123/456 (7٫5) A\xFF");
  EXPECT_EQ(LatinDigits(""), "");
}

}  // namespace
}  // namespace diwan
