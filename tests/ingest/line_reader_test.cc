// From what is printed, left to right, to words in logical order.
#include "ingest/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/fold.h"

namespace diwan {
namespace {

// A label from left to right, each sign ten columns wide, `sure` but for the signs of `doubtful`.
std::vector<LineSign> Label(std::string_view printed, std::u32string_view doubtful = U"") {
  std::vector<LineSign> label;
  int column = 0;
  for (const char32_t c : FromUtf8(printed)) {
    label.push_back({c, column, column + 10, doubtful.find(c) == std::u32string_view::npos ? 1.0 : 0.5});
    column += 10;
  }
  return label;
}

// The letters of `text` from left to right as they are printed.
std::string Printed(std::string_view text) {
  const std::u32string letters = FromUtf8(text);
  return ToUtf8(std::u32string(letters.rbegin(), letters.rend()));
}

std::vector<std::string> Texts(const std::vector<LineWord>& words) {
  std::vector<std::string> texts;
  for (const LineWord& word : words) texts.push_back(word.text);
  return texts;
}

TEST(LineReader, WordsComeInTheOrderOfReading) {
  struct Row {
    std::string printed;
    const char* language;
    std::vector<std::string> words;
  };
  const Row rows[] = {
      {"", "ara", {}},
      {"   ", "ara", {}},
      {Printed("قرار رقم"), "ara", {"قرار", "رقم"}},
      {"١٢٣ " + Printed("قرار رقم"), "ara", {"قرار", "رقم", "١٢٣"}},
      {"٢٠١٩/١٢٣ " + Printed("رقم"), "ara", {"رقم", "٢٠١٩/١٢٣"}},
      {Printed("لسنة") + " 2019 " + Printed("رقم"), "ara", {"رقم", "2019", "لسنة"}},
      {Printed("ملف") + " report.pdf " + Printed("انظر"), "ara", {"انظر", "report.pdf", "ملف"}},
      {Printed("والعقد") + " ISO 9001 " + Printed("المعيار"), "ara", {"المعيار", "ISO", "9001", "والعقد"}},
      {Printed("مع") + " AB-245/17 " + Printed("رقم"), "ara", {"رقم", "AB-245/17", "مع"}},
      {Printed("مع") + " GIS ٢٤٥ " + Printed("رقم"), "ara", {"رقم", "٢٤٥", "GIS", "مع"}},
      {"(" + Printed("المادة") + ")", "ara", {"(المادة)"}},
      {Printed("شوراى كتاب") + " ٤٥", "fas", {"۴۵", "شورای", "کتاب"}},
      {Printed("مي‌شود"), "fas", {"می‌شود"}},
      {Printed("على كتاب"), "ara", {"على", "كتاب"}},
      {"one two", "ara", {"one", "two"}},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Texts(WordsOfLabel(Label(row.printed), row.language)), row.words) << row.printed;
}

TEST(LineReader, WordsSayWhereTheyAreAndHowSure) {
  const std::vector<LineWord> words = WordsOfLabel(Label("٧ " + Printed("قرار"), U"٧"), "ara");
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0], (LineWord{"قرار", 20, 60, 1.0}));
  EXPECT_EQ(words[1], (LineWord{"٧", 0, 10, 0.5}));
}

}  // namespace
}  // namespace diwan
