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

// Blocks with their boxes, in the order in which they must be read; each one word.
struct PageCase {
  const char* name;
  std::vector<Box> blocks;
};
const PageCase kPages[] = {
    {"one_under_the_other", {{10, 10, 80, 10}, {10, 30, 80, 10}, {10, 50, 80, 10}}},
    {"right_column_first", {{55, 10, 40, 80}, {5, 10, 40, 80}}},
    {"title_then_columns", {{20, 0, 60, 8}, {55, 10, 40, 40}, {55, 52, 40, 30}, {5, 10, 40, 38}, {5, 52, 40, 30}}},
    {"gap_through_both_columns", {{55, 10, 40, 20}, {55, 40, 40, 20}, {5, 10, 40, 20}, {5, 40, 40, 20}}},
    {"columns_then_signatures", {{10, 0, 80, 30}, {60, 40, 30, 10}, {10, 41, 30, 10}}},
    {"short_right_column", {{55, 10, 40, 10}, {5, 10, 40, 60}}},
};

TEST(ReadingOrderTest, BlocksOfAPage) {
  for (const PageCase& page : kPages) {
    std::vector<size_t> shuffled(page.blocks.size());
    for (size_t i = 0; i < shuffled.size(); ++i) shuffled[i] = shuffled.size() - 1 - i;
    std::vector<Word> words;
    for (const size_t i : shuffled) {
      Word word;
      word.text = std::to_string(i);
      word.box = page.blocks[i];
      word.line = word.block = static_cast<int>(i);
      words.push_back(word);
    }
    const std::vector<Word> ordered = InReadingOrder(words);
    for (size_t i = 0; i < ordered.size(); ++i) {
      EXPECT_EQ(ordered[i].text, std::to_string(i)) << page.name;
      EXPECT_EQ(ordered[i].block, static_cast<int>(i)) << page.name;
      EXPECT_EQ(ordered[i].line, static_cast<int>(i)) << page.name;
    }
  }
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
