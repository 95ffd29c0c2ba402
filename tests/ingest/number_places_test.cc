// What stands where on a line: answers cut to their place, and numbers that may be parts of others.
#include "ingest/number_places.h"

#include <gtest/gtest.h>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr int kHeight = 30;

Word At(const char* text, int x, int width, NumberState number = NumberState::kNone) {
  Word word;
  word.text = text;
  word.box = {x, 0, width, kHeight};
  word.number = number;
  return word;
}

// A label of which each character is ten columns wide.
NumberReading Label(const std::u32string& text, int from) {
  NumberReading reading{.label = {text, 0.9}};
  for (size_t i = 0; i < text.size(); ++i) reading.columns.push_back(from + 10 * static_cast<int>(i));
  return reading;
}

std::string Fit(const NumberReading& reading, const Stretch& stretch, const std::vector<Word>& line) {
  return ToUtf8(Fitted(reading, stretch, line).label.text);
}

TEST(Fitted, WhatOtherWordsHaveIsCutOff) {
  // The box of the second word spans both of the others too.
  const std::vector<Word> line = {At("رقم", 150, 50), At("8/9١١", 100, 100), At("63", 80, 40)};
  const Stretch stretch{.box = {80, 0, 120, kHeight}, .words = {1}};
  EXPECT_EQ(Fit(Label(U"63-٣/٢٠٢~", 90), stretch, line), " ٣/٢٠٢");
  EXPECT_EQ(Fit(Label(U"63-٣/٢٠٢~", 90), {.box = stretch.box, .words = {0, 1, 2}}, line), "63-٣/٢٠٢~");
}

TEST(Fitted, OtherAnswersAreCutToo) {
  const std::vector<Word> line = {At("رقم", 140, 40), At("8/9١١", 100, 80)};
  NumberReading reading = Label(U"٣/٢٠~", 100);
  reading.others = {{U"٢/٢٠~", 0.05}, {U"٣/٢٠٠", 0.02}};
  const NumberReading fitted = Fitted(reading, {.box = {100, 0, 80, kHeight}, .words = {1}}, line);
  EXPECT_EQ(ToUtf8(fitted.label.text), "٣/٢٠");
  ASSERT_EQ(fitted.others.size(), 1U) << "one had no letters there";
  EXPECT_EQ(ToUtf8(fitted.others[0].text), "٢/٢٠");
  EXPECT_EQ(fitted.columns, reading.columns) << "what was cut off ends the rest";
}

TEST(Fitted, AnswersAllOfWhichOthersHaveStay) {
  const std::vector<Word> line = {At("12", 90, 60), At("5", 100, 20)};
  EXPECT_EQ(Fit(Label(U"12", 100), {.box = {100, 0, 20, kHeight}, .words = {1}}, line), "12");
}

TEST(Fitted, ASeparatorBetweenSpacesPartsNumbers) {
  const std::vector<Word> line = {At("2/1", 100, 30)};
  Stretch stretch{.box = {100, 0, 30, kHeight}, .words = {0}, .gaps = {{108, 12}, {121, 12}}};
  EXPECT_EQ(Fit(Label(U"2/1", 100), stretch, line), "2 / 1");
  EXPECT_EQ(Fitted(Label(U"2/1", 100), stretch, line).columns, (std::vector{100, 108, 110, 121, 120}));
  stretch.gaps = {{108, 5}, {121, 5}};
  EXPECT_EQ(Fit(Label(U"2/1", 100), stretch, line), "2/1") << "gaps as between digits";
  stretch.gaps = {{108, 12}, {121, 12}, {135, 10}};
  EXPECT_EQ(Fit(Label(U"2/11", 100), stretch, line), "2/11") << "the digits are as far apart";
  stretch.gaps = {{108, 12}, {115, 2}};
  EXPECT_EQ(Fit(Label(U"2/1", 100), stretch, line), "2/1") << "a space on one side";
}

TEST(RowsShown, AreTheLinesUnlessItIsFarTaller) {
  EXPECT_EQ(RowsShown({100, 140}, {110, 130}, 60), (RowSpan{100, 140}));
  EXPECT_EQ(RowsShown({100, 140}, {90, 150}, 90), (RowSpan{90, 150}));
  EXPECT_EQ(RowsShown({100, 180}, {120, 140}, 60), (RowSpan{113, 147}));
  EXPECT_EQ(RowsShown({100, 180}, {102, 122}, 60), (RowSpan{100, 129})) << "no further than the line";
  EXPECT_EQ(RowsShown({100, 180}, {120, 140}, 15), (RowSpan{100, 180})) << "a lone sign, whose place tells what it is";
  EXPECT_EQ(RowsShown({100, 180}, {140, 145}, 20), (RowSpan{100, 180})) << "a dash";
}

TEST(DoubtParts, ANumberBesideAnotherMayBeItsPart) {
  constexpr NumberState kSure = NumberState::kSure;
  const auto states = [](std::vector<Word> words) {
    DoubtParts(words);
    std::string text;
    for (const Word& word : words) text += word.number == NumberState::kSure ? '+' : '?';
    return text;
  };
  EXPECT_EQ(states({At("12", 100, 30, kSure), At("589", 132, 40, kSure)}), "??");
  EXPECT_EQ(states({At("12", 100, 30, kSure), At("589", 155, 40, kSure)}), "??");
  EXPECT_EQ(states({At("12", 100, 30, kSure), At("589", 165, 40, kSure)}), "++");
  EXPECT_EQ(states({At("8/2002", 100, 60, kSure), At("/لام", 162, 40)}), "??");
  EXPECT_EQ(states({At("2002", 100, 60, kSure), At("لام", 162, 40)}), "+?");
  EXPECT_EQ(states({At("12", 100, 30, kSure), At("-", 135, 10)}), "??");
  EXPECT_EQ(states({At("12", 100, 30, kSure), At("-", 145, 10)}), "+?");
  std::vector<Word> rows = {At("12", 100, 30, kSure), At("13", 100, 30, kSure)};
  rows[1].box.y = 20;
  EXPECT_EQ(states(rows), "++") << "of two lines";
}

}  // namespace
}  // namespace diwan
