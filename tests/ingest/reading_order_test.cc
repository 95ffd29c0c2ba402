// Order: of a line's letters as they lie, of words and blocks on the page; and the language told from a few words.
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>

#include <algorithm>

#include "core/fold.h"
#include "ingest/language.h"
#include "ingest/layout.h"
#include "ingest/pdf_glyphs.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

// Written as it lies on the paper, each letter one part, from left to right.
struct LineCase {
  const char32_t* lies;
  const char32_t* reads;
};
const LineCase kLines[] = {
    {U"abc 12", U"abc 12"},
    {U"12/5/2019", U"12/5/2019"},
    {U"سلجملا رارق", U"قرار المجلس"},
    {U"١٢ مقر رارق", U"قرار رقم ١٢"},
    {U"٢٠١٩/٥/١٢ خيرات", U"تاريخ ٢٠١٩/٥/١٢"},
    {U"لاير 1.500 غلبم", U"مبلغ 1.500 ريال"},
    {U"ديدج GIS ماظن", U"نظام GIS جديد"},
    {U"ديدج New York ماظن", U"نظام New York جديد"},
    {U"name is دمحم now", U"name is محمد now"},
    {U"٣ - ٢", U"٣ - ٢"},
};

TEST(ReadingOrderTest, LettersOfALine) {
  for (const LineCase& line : kLines) {
    std::vector<std::u32string> parts;
    for (const char32_t c : std::u32string(line.lies)) parts.emplace_back(1, c);
    std::u32string read;
    for (const size_t i : ReadingOrderOf(parts)) read += parts[i];
    EXPECT_EQ(ToUtf8(read), ToUtf8(line.reads));
  }
}

TEST(ReadingOrderTest, ALigatureKeepsItsOwnOrder) {
  std::u32string read;
  const std::vector<std::u32string> parts = {U"م", U"لا", U"س"};
  for (const size_t i : ReadingOrderOf(parts)) read += parts[i];
  EXPECT_EQ(ToUtf8(read), ToUtf8(U"سلام"));
}

// A line of words, each with the line's name: 30 wide, 20 high, 10 apart, from `right` to the left.
struct Laid {
  int right;
  int top;
  int words;
  int block;
  const char* name;
};
struct PageCase {
  const char* name;
  std::vector<Laid> lines;
  const char* reads;  // names, "/" after each line, "//" after each block
};
const PageCase kPages[] = {
    {"one_under_the_other", {{600, 40, 10, 0, "b"}, {600, 0, 10, 0, "a"}, {600, 100, 9, 1, "c"}}, "a/b//c"},
    {"columns_of_text",
     {{600, 0, 7, 1, "a"}, {600, 40, 7, 1, "b"}, {290, 0, 7, 0, "c"}, {290, 40, 7, 0, "d"}},
     "a/b//c/d"},
    {"gap_through_both_columns",
     {{600, 0, 7, 1, "a"}, {600, 100, 7, 2, "b"}, {290, 0, 7, 0, "c"}, {290, 100, 7, 0, "d"}},
     "a//b//c/d"},
    {"title_then_columns",
     {{450, 0, 6, 2, "t"}, {600, 40, 7, 1, "a"}, {600, 80, 7, 1, "b"}, {290, 40, 7, 0, "c"}, {290, 80, 3, 0, "d"}},
     "t//a/b//c/d"},
    {"letterhead_then_title",
     {{600, 0, 3, 0, "a"},
      {200, 0, 2, 0, "c"},
      {600, 40, 4, 0, "b"},
      {200, 40, 2, 0, "d"},
      {470, 90, 8, 1, "t"},
      {600, 130, 15, 1, "p"}},
     "a/b//c/d//t/p"},
    {"table_of_which_the_columns_are_blocks",
     {{500, 0, 9, 0, "t"},
      {600, 40, 1, 1, "1"},
      {600, 80, 1, 1, "2"},
      {600, 120, 1, 1, "3"},
      {500, 40, 3, 2, "a"},
      {500, 81, 4, 2, "b"},
      {500, 121, 2, 2, "c"},
      {200, 39, 1, 3, "x"},
      {200, 80, 1, 3, "y"}},
     "t/1 a x/2 b y/3 c"},
    {"signatures",
     {{600, 0, 15, 0, "p"}, {550, 60, 3, 1, "a"}, {200, 60, 2, 2, "b"}, {540, 100, 2, 1, "c"}, {200, 101, 2, 2, "d"}},
     "p//a b/c d"},
    {"line_read_across_the_gutter",
     {{600, 0, 7, 0, "a"},
      {600, 40, 7, 0, "b"},
      {600, 80, 7, 0, "c"},
      {305, 80, 7, 0, "g"},
      {600, 120, 7, 0, "d"},
      {305, 0, 7, 1, "e"},
      {305, 40, 7, 1, "f"},
      {305, 120, 7, 1, "h"}},
     "a/b/c/d//e/f//g//h"},
    {"line_with_a_word_missed",
     {{600, 0, 15, 0, "a"}, {600, 40, 7, 0, "b"}, {240, 40, 6, 0, "b"}, {600, 80, 15, 0, "c"}},
     "a/b/c"},
};

TEST(ReadingOrderTest, LinesOfAPage) {
  for (const PageCase& page : kPages) {
    std::vector<Word> words;
    for (const Laid& line : page.lines) {
      for (int i = 0; i < line.words; ++i) {
        Word word;
        word.text = line.name;
        word.box = {line.right - 30 - 40 * i, line.top, 30, 20};
        word.line = line.top;  // as the engine sees it: one line across columns of the same block
        word.block = line.block;
        words.push_back(word);
      }
    }
    std::string read;
    Word last;
    last.line = -1;
    for (const Word& word : InReadingOrder(words)) {
      if (last.line >= 0 && word.line != last.line) read += word.block == last.block ? "/" : "//";
      if (word.line != last.line || word.text != last.text) read += (word.line == last.line ? " " : "") + word.text;
      last = word;
    }
    EXPECT_EQ(read, page.reads) << page.name;
  }
}

Word Placed(const char* text, int x, int width) {
  Word word;
  word.text = text;
  word.box = {x, 0, width, 20};
  return word;
}

TEST(ReadingOrderTest, AStretchThatCameTooEarlyGoesBack) {
  // A full stop taken for a digit: Tesseract gives the left half of the line first.
  std::string read;
  for (const Word& word : OrderAcross({Placed("ومن", 100, 30), Placed("العسر", 60, 30), Placed("٠", 140, 5),
                                       Placed("للذهن", 220, 40), Placed("طائل", 160, 40)})) {
    read += word.text + " ";
  }
  EXPECT_EQ(read, "للذهن طائل ٠ ومن العسر ");
}

TEST(ReadingOrderTest, WordsThatOverlapAndLatinOnesStay) {
  const std::vector<Word> line = {Placed("نظام", 200, 40), Placed("New", 120, 30), Placed("York", 155, 40),
                                  Placed("على", 80, 35), Placed("الأم", 85, 40)};
  EXPECT_EQ(OrderAcross(line), line);
}

TEST(StampTest, ItsWordsGoAndTextUnderItStays) {
  Word stamped = Placed("الأرشيف", 140, 40);
  stamped.box.y = 130;
  stamped.line = 1;
  Word far = Placed("السر", 20, 40);  // a signature on the same line
  far.box.y = 130;
  far.line = 1;
  Word under = Placed("التوفيق", 130, 40);
  Word beside = Placed("ولي", 175, 30);  // the line goes on at once outside of the stamp
  under.box.y = beside.box.y = 150;
  under.line = beside.line = 2;
  std::string kept;
  for (const Word& word : WithoutStamps({stamped, far, under, beside}, {{100, 100, 90, 90}})) kept += word.text + " ";
  EXPECT_EQ(kept, "السر التوفيق ولي ");
}

TEST(ReadingOrderTest, WordsOfALineStayAsTheyCame) {
  std::vector<Word> words(3);
  for (int i = 0; i < 3; ++i) words[static_cast<size_t>(i)].box = {i * 20, 0, 15, 10};
  words[0].text = "a";
  words[1].text = "b";
  words[2].text = "c";
  words[2].line = 1;
  words[2].box.y = -30;  // a line found later, above the others
  const std::vector<Word> ordered = InReadingOrder(words);
  EXPECT_EQ(ordered[0].text + ordered[1].text + ordered[2].text, "cab");
  EXPECT_EQ(ordered[1].line, 1);
}

TEST(ReadingOrderTest, HostileBoxesEnd) {
  std::vector<Word> words;
  for (int i = 0; i < 3000; ++i) {
    Word word;
    word.box = {i % 7 * 3, i % 11 * 5, i % 13, i % 5};
    word.block = i % 400;
    word.line = i;
    words.push_back(word);
  }
  EXPECT_EQ(InReadingOrder(words).size(), 3000U);
}

TEST(SampleLinesTest, FindsTheLines) {
  const PixPtr page = papers::Black(papers::Draw(papers::Arabic()).get());
  const std::vector<Box> lines = SampleLines(page.get(), 4);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end(), [](const Box& a, const Box& b) { return a.y < b.y; }));
  const PixPtr sheet = SampleSheet(page.get(), lines);
  ASSERT_NE(sheet, nullptr);
  l_int32 ink = 0;
  l_int32 all = 0;
  pixCountPixels(sheet.get(), &ink, nullptr);
  pixCountPixels(page.get(), &all, nullptr);
  EXPECT_GT(ink * 2, all);
}

struct LanguageCase {
  const char* text;
  const char* language;  // "" when it can't be told
};
const LanguageCase kLanguages[] = {
    {"قرار المجلس البلدي في شأن تنظيم الأسواق على أن يعمل به", "ara"},
    {"مصوبه شورای اسلامی شهر در خصوص اجاره که برای مردم است", "fas"},
    {"مصوبه شوراي اسلامي شهر در خصوص اجاره كه براي مردم است", "fas"},  // as the Arabic model writes it
    {"پیگیری چاپ گزارش", "fas"},
    {"12/5/2019", ""},
    {"", ""},
    {"Council minutes of the market", ""},
};

TEST(LanguageTest, IsTold) {
  for (const LanguageCase& language : kLanguages) {
    EXPECT_EQ(GuessLanguage(language.text).value_or(""), language.language) << language.text;
  }
}

}  // namespace
}  // namespace diwan
