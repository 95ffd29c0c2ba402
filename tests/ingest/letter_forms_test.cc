// One letter, two characters: the page's language chooses.
#include "ingest/letter_forms.h"

#include <gtest/gtest.h>

namespace diwan {
namespace {

TEST(LetterForms, FollowTheLanguage) {
  EXPECT_EQ(InLettersOf("fas", "في الكتاب"), "فی الکتاب");
  EXPECT_EQ(InLettersOf("fas", "شورای"), "شورای");
  EXPECT_EQ(InLettersOf("fas", "موسى"), "موسی");
  EXPECT_EQ(InLettersOf("ara", "فی الکتاب"), "في الكتاب");
  EXPECT_EQ(InLettersOf("ara", "على مستشفى"), "على مستشفى") << "a letter of its own in Arabic";
  EXPECT_EQ(InLettersOf("ara", "١٢/٢٠١٩"), "١٢/٢٠١٩");
  EXPECT_EQ(InLettersOf("fas", "هيأة ۀ"), "هیأة ۀ");
}

}  // namespace
}  // namespace diwan
