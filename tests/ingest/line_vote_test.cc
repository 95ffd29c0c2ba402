// Two readings of a line made one.
#include "ingest/line_vote.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/fold.h"
#include "core/record.h"

namespace diwan {
namespace {

using testing::ElementsAre;

struct Said {
  std::string text;
  double confidence = 50;  // 0..100
};

// Words that stand from the right, ten pixels a letter and ten between them.
std::vector<Word> First(const std::vector<Said>& said) {
  std::vector<Word> words;
  int right = 1000;
  for (const Said& each : said) {
    Word word;
    word.text = each.text;
    word.confidence = static_cast<float>(each.confidence);
    word.line = 3;
    const int width = 10 * static_cast<int>(CodePoints(each.text));
    word.box = {right - width, 20, width, 30};
    right -= width + 10;
    words.push_back(word);
  }
  return words;
}

std::vector<LineWord> Second(const std::vector<Said>& said) {
  std::vector<LineWord> words;
  for (const Word& word : First(said)) {
    words.push_back({word.text, word.box.x, word.box.x + word.box.width, word.confidence / 100});
  }
  return words;
}

std::vector<std::string> Texts(const std::vector<Word>& words) {
  std::vector<std::string> texts;
  for (const Word& word : words) texts.push_back(word.text);
  return texts;
}

TEST(LineVote, EachWordIsThatOfTheSurerReading) {
  struct Row {
    const char* what;
    std::vector<Said> first;
    std::vector<Said> second;
    std::vector<std::string> words;
  };
  const Row rows[] = {
      {"nothing", {}, {{"x"}}, {}},
      {"no second", {{"قرار"}}, {}, {"قرار"}},
      {"the same", {{"قرار"}, {"رقم"}}, {{"قرار"}, {"رقم"}}, {"قرار", "رقم"}},
      {"second is surer", {{"فرار", 40}, {"رقم", 90}}, {{"قرار", 80}, {"رفم", 70}}, {"قرار", "رقم"}},
      {"equally sure", {{"فرار", 50}}, {{"قرار", 50}}, {"فرار"}},
      {"a space only the first has",
       {{"دندان", 90}, {"سک", 20}, {"و", 20}},
       {{"دندان", 90}, {"سگو", 80}},
       {"دندان", "سگو"}},
      {"a space between letters both have", {{"سک", 20}, {"و", 20}, {"ده"}}, {{"سگو", 80}, {"ده"}}, {"سگو", "ده"}},
      {"a space that the second lost",
       {{"پنک", 20}, {"زیر", 20}, {"سایه", 20}},
       {{"پنگ", 90}, {"زیرسایه", 90}},
       {"پنگ", "زیر", "سایه"}},
      {"a space only the second has", {{"فيالمدينه", 20}}, {{"في", 90}, {"المدينة", 90}}, {"في", "المدينة"}},
      {"a ZWNJ is a space to the first", {{"ان", 60}, {"که", 60}}, {{"آن\u200cکه", 90}}, {"آن\u200cکه"}},
      {"what only the second saw",
       {{"قرار", 90}, {"رقم", 90}},
       {{"قرار", 95}, {"مجلس", 95}, {"رقم"}},
       {"قرار", "مجلس", "رقم"}},
      {"a number that only the second saw",
       {{"قرار", 90}, {"رقم", 90}},
       {{"قرار"}, {"٤٥", 99}, {"رقم"}},
       {"قرار", "٤٥", "رقم"}},
      {"a number of which the first is surer", {{"رقم", 90}, {"40", 95}}, {{"رقم"}, {"٤٥", 60}}, {"رقم", "٤٥"}},
      {"what only the first saw, and is not sure of", {{"قرار", 90}, {"رقم", 10}}, {{"قرار", 90}}, {"قرار"}},
      {"what only the first saw", {{"قرار", 90}, {"رقم", 90}}, {{"قرار", 80}}, {"قرار", "رقم"}},
  };
  for (const Row& row : rows) EXPECT_EQ(Texts(VotedWords(First(row.first), Second(row.second))), row.words) << row.what;
}

TEST(LineVote, AgreementIsTheSurerOfTheTwo) {
  const std::vector<Word> words = VotedWords(First({{"قرار", 60}, {"رقم", 80}}), Second({{"قرار", 90}, {"رقم", 70}}));
  ASSERT_EQ(words.size(), 2U);
  EXPECT_FLOAT_EQ(words[0].confidence, 90);
  EXPECT_FLOAT_EQ(words[1].confidence, 80);
}

TEST(LineVote, AWordThatReplacesAnotherStandsInItsPlaceAndKeepsWhatItSaid) {
  const std::vector<Word> first = First({{"فرار", 40}, {"رقم", 90}});
  const std::vector<Word> words = VotedWords(first, Second({{"قرار", 80}, {"رقم", 70}}));
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].box, first[0].box);
  EXPECT_EQ(words[0].line, 3);
  EXPECT_EQ(words[0].first_reading, "فرار");
  EXPECT_FLOAT_EQ(words[0].confidence, 80);
  EXPECT_EQ(words[1], first[1]);
}

TEST(LineVote, TwoWordsInPlaceOfOneShareItsBoxFromTheRight) {
  const std::vector<Word> first = First({{"فيالمدينه", 20}});
  const std::vector<Word> words = VotedWords(first, Second({{"في", 90}, {"المدينة", 90}}));
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].box, (Box{980, 20, 20, 30}));
  EXPECT_EQ(words[1].box, (Box{910, 20, 70, 30}));
  EXPECT_EQ(words[0].first_reading, "فيالمدينه");
  EXPECT_EQ(words[1].first_reading, "");
}

}  // namespace
}  // namespace diwan
