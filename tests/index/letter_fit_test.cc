// How well words are laid upon letters: what recognition does to a word costs by how alike the letters are.
#include "index/letter_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/fold.h"
#include "index_fixture.h"

namespace diwan {
namespace {

class LetterFitTest : public IndexFixture {
 protected:
  double Score(const std::vector<std::string>& surfaces, const std::string& page) {
    Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
    for (int i = 0; i < 9; ++i) database.add_document({});
    std::vector<SoughtWord> words;
    for (const std::string& surface : surfaces) words.push_back(Sought(surface));
    return LetterFit(database, words).Score(page);
  }

  static SoughtWord Sought(const std::string& surface) {
    SoughtWord word;
    word.surface = FoldToUtf8(surface);
    return word;
  }

  const double rarity_ = std::log(10);  // of a word that none of nine pages has
};

TEST_F(LetterFitTest, AWordThatStandsThereGivesItsRarity) {
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, "رسوم الحدائق العامة"), rarity_);
  EXPECT_DOUBLE_EQ(Score({"الحدائق"}, "رسوم حدائق"), rarity_) << "the article does not count";
  EXPECT_DOUBLE_EQ(Score({"budget"}, "The Budget 2019"), rarity_);
}

TEST_F(LetterFitTest, SpacesMarksAndTatweelDoNotCount) {
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, "رسومحد ا\nئق"), rarity_);
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, "حَدَائِـــق"), rarity_);
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, "حد-ائ.ق"), rarity_);
}

TEST_F(LetterFitTest, WrongDotsCostLessThanNearLettersAndTheseLessThanOthers) {
  const double dots = Score({"بلدية"}, "بلذية");
  const double near = Score({"بلدية"}, "بلرية");
  const double other = Score({"بلدية"}, "بلسية");
  EXPECT_DOUBLE_EQ(dots, rarity_ * std::pow(1 - 0.3 / 5, 3));
  EXPECT_DOUBLE_EQ(near, rarity_ * std::pow(1 - 0.7 / 5, 3));
  EXPECT_DOUBLE_EQ(other, rarity_ * std::pow(1 - 1.0 / 5, 3));
  EXPECT_DOUBLE_EQ(Score({"بلدية"}, "بلية"), other) << "a letter lost";
  EXPECT_DOUBLE_EQ(Score({"بلدية"}, "بلوود"), rarity_ * std::pow(2.0 / 5, 3));
}

TEST_F(LetterFitTest, NothingAlikeGivesNothing) {
  EXPECT_DOUBLE_EQ(Score({"سكك"}, "ووووو"), 0);
  EXPECT_DOUBLE_EQ(Score({"سكك"}, ""), 0);
  EXPECT_DOUBLE_EQ(Score({}, "سكك"), 0);
  EXPECT_DOUBLE_EQ(Score({"\xE2\x80\x8C"}, "سكك"), 0) << "a word without letters";
}

TEST_F(LetterFitTest, WordsAddUp) { EXPECT_DOUBLE_EQ(Score({"رسوم", "حدائق"}, "حدائق ورسوم"), 2 * rarity_); }

TEST_F(LetterFitTest, LongPagesAndQuestionsAreCut) {
  std::string page;
  for (int i = 0; i < 10'000; ++i) page += "و";
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, page + "حدائق"), 0);
  EXPECT_DOUBLE_EQ(Score({"حدائق"}, page.substr(20) + "حدائق"), rarity_);
  std::vector<std::string> words(100, "حدائق");
  EXPECT_DOUBLE_EQ(Score(words, "حدائق"), 24 * rarity_);
}

}  // namespace
}  // namespace diwan
