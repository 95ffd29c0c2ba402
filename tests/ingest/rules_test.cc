// The form of rules files, and that the built-in ones have it.
#include "ingest/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

// What is wrong with a rules file, or "".
std::string Complaint(const std::string& text) {
  try {
    ParseRules("test.rules", text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid);
    return error.what();
  }
  return "";
}

TEST(Rules, AMistakeIsToldWithItsLine) {
  struct Row {
    const char* text;
    const char* begins;
  };
  constexpr Row kRows[] = {
      {"# all is well\nno = رقم\ncite decision: قرار <no> {number}\n", ""},
      {"no colon", "test.rules:1:"},
      {"\n\nshow decision: قرار {number}", "test.rules:3:"},
      {"cite novel: قرار {number}", "test.rules:1:"},
      {"relation likes before: يعدل", "test.rules:1:"},
      {"type: قرار", "test.rules:1:"},
      {"then to: إلى {number}\nthen several: و {number}\n", ""},
      {"then often: و {number}", "test.rules:1:"},
      {"asked: طلب | رفض\nplurals: قرارات\n", ""},
      {"asked 2: طلب", "test.rules:1:"},
      {"cite decision:", "test.rules:1:"},
      {"stops: في\ncite decision: قرار [رقم {number}", "test.rules:2:"},
      {"cite decision: قرار رقم] {number}", "test.rules:1:"},
      {"cite decision: قرار ( | رقم) {number}", "test.rules:1:"},
      {"cite decision: قرار {numbers}", "test.rules:1:"},
      {"cite decision: قرار <no> {number}\nno = رقم", "test.rules:1:"},
      {"a = رقم <a>\ncite decision: قرار <a>", "test.rules:2:"},
      {"cite decision: [قرار] {number}", "test.rules:1:"},
      {"cite decision: ... قرار", "test.rules:1:"},
      {"field end: ^ {date:date} $\nfield head: ^3 في {date:date}\n", ""},
      {"field end: $ {date:date}", "test.rules:1:"},
      {"ordinal x: أول", "test.rules:1:"},
      {"ordinal: أول", "test.rules:1:"},
      {"field any head place city: حي", "test.rules:1:"},
      {"cite decision: قرار\n  رقم {number}\n\nwhat: x", "test.rules:4:"},
  };
  for (const Row& row : kRows) {
    const std::string complaint = Complaint(row.text);
    EXPECT_TRUE(complaint.starts_with(row.begins)) << row.text << "\n" << complaint;
    EXPECT_EQ(complaint.empty(), *row.begins == '\0') << row.text;
  }
}

TEST(Rules, TheBuiltInOnesAreWellFormed) {
  EXPECT_GT(BuiltInRules("ara").rules.size(), 50U);
  EXPECT_GT(BuiltInRules("fas").rules.size(), 50U);
}

// How sure the word is taken for قرارات, the vocabulary's third word; 0 when it is not.
float Sure(const char* token) {
  RuleVocabulary vocabulary;
  vocabulary.Add(Fold("رقم").text);
  vocabulary.Add(Fold("دعوى").text);
  const uint32_t word = vocabulary.Add(Fold("قرارات").text);
  vocabulary.Finish({Fold("ال").text, Fold("و").text, Fold("وال").text}, {Fold("قراءات").text});
  for (const WordMatch& match : vocabulary.Match(Fold(token).text)) {
    if (match.word == word) return match.sure;
  }
  return 0;
}

TEST(RuleVocabulary, LongWordsHaveLookAlikes) {
  EXPECT_EQ(Sure("قرارات"), 1);
  EXPECT_EQ(Sure("والقرارات"), 1);
  for (const char* other : {"فرارات", "قزارات", "القرازات", "قرارت", "قرارمات", "كرارات"}) {
    EXPECT_GT(Sure(other), 0) << other;
    EXPECT_LT(Sure(other), 1) << other;
  }
  for (const char* far : {"قراءات", "قرار", "كراسات", "رارا", "عقارات"}) EXPECT_EQ(Sure(far), 0) << far;
}

TEST(RuleVocabulary, ShortWordsHaveNone) {
  RuleVocabulary vocabulary;
  vocabulary.Add(Fold("رقم").text);
  vocabulary.Add(Fold("حكم").text);
  vocabulary.Finish({Fold("ال").text}, {});
  for (const char* word : {"رفم", "الرفم", "زقم", "الحلم"})
    EXPECT_TRUE(vocabulary.Match(Fold(word).text).empty()) << word;
}

TEST(RuleVocabulary, OfShortWordsItMayBeToldHowTheyAreMisread) {
  const RuleSet rules = ParseRules("test.rules", "prefixes: ال\nmisread رقم: رفم\ncite decision: قرار رقم {number}\n");
  const auto matches = rules.vocabulary.Match(Fold("الرفم").text);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].word, rules.vocabulary.Match(Fold("رقم").text)[0].word);
  EXPECT_LT(matches[0].sure, 1);
  EXPECT_TRUE(rules.vocabulary.IsMisread(Fold("رفم").text));
  EXPECT_FALSE(rules.vocabulary.IsMisread(Fold("رقم").text));
}

}  // namespace
}  // namespace diwan
