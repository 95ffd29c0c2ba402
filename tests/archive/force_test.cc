// Whether papers are in force, where what later ones say of them is not plain.
#include "archive/force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/removal.h"
#include "citations_fixture.h"

namespace diwan {
namespace {

using testing::HasSubstr;

class OpenForceTest : public CitationsTest {
 protected:
  // A decision 50 of 2015, decided in a sitting some days before its own day, and a later paper that says `said`.
  std::string After(const std::string& said, const std::string& head = "قرار رقم (9) لسنة 2019\nالتاريخ: 01/06/2019") {
    const std::string mark = "/" + std::to_string(++count_);
    const std::string town = "بلدية السلط\n";
    Bring({"it", town + "قرار رقم (50) لسنة 2015\nالتاريخ: 12/03/2015\nالجلسة المنعقدة بتاريخ 08/03/2015\n" + own_},
          mark);
    Bring({"later", town + head + "\n" + said + "\n"}, mark);
    const ForceAnswer answer = diwan::ForceOf(*archive_, "it" + mark);
    reason_ = answer.reason;
    for (const char* name : {"it", "later"}) {
      const Record record = RecordOf(name + mark);
      DeleteRecord(*archive_, {.record = record.id, .version = record.version, .actor = "test", .why = "x"});
    }
    return std::string(NameOf(answer.force));
  }

  std::string own_ = "قرر المجلس تنظيم السوق.\n";
  std::string reason_;

 private:
  int count_ = 0;
};

TEST_F(OpenForceTest, APaperThatDecidesNothingEndsNone) {
  const char* const said = "يلغى القرار رقم 50 لسنة 2015.";
  EXPECT_EQ(After(said), "repealed");
  for (const char* head : {"مشروع قرار رقم (9) لسنة 2019", "مسودة قرار", "جدول أعمال الجلسة رقم 7", "صحيفة دعوى",
                           "اقتراح بقرار", "الموضوع: السوق\nالسيد وزير الداخلية المحترم"}) {
    EXPECT_EQ(After(said, head), "not_known") << head;
  }
}

TEST_F(OpenForceTest, AMentionThatIsNotUnderstoodLeavesItOpen) {
  EXPECT_EQ(After("بناء على القرار رقم 50 لسنة 2015 قرر المجلس تأجير المحلات."), "in_force");
  EXPECT_EQ(After("طويت صفحة القرار رقم 50 لسنة 2015 إلى غير رجعة."), "not_known");
  EXPECT_THAT(reason_, HasSubstr("named, it is not understood why, by decision 9/2019"));
  EXPECT_THAT(reason_, HasSubstr("طويت صفحة"));
}

TEST_F(OpenForceTest, ADayThatIsAnotherOfTheRecordAgrees) {
  EXPECT_EQ(After("يلغى القرار رقم 50 لسنة 2015 المتخذ بتاريخ 08/03/2015."), "repealed");
  EXPECT_EQ(After("يلغى القرار رقم 50 لسنة 2015 المتخذ بتاريخ 11/03/2015."), "not_known") << "a day off";
  EXPECT_EQ(After("يلغى القرار رقم 50/15."), "not_known");
  EXPECT_EQ(After("يلغى القرار رقم 50 لسنة 15."), "not_known");
  EXPECT_EQ(After("يلغى القرار رقم 50 لسنة 2014."), "in_force");
}

TEST_F(OpenForceTest, WhatIsRevivedIsNotRepealed) {
  Bring(Decision("it", 50, "12/03/2015", "تنظيم السوق."));
  Bring(Decision("end", 51, "01/06/2016", "إلغاء القرار رقم 50 لسنة 2015."));
  EXPECT_EQ(ForceOf("it"), "repealed");
  Bring(Decision("again", 52, "01/07/2017", "يعاد العمل بالقرار رقم 50 لسنة 2015."));
  EXPECT_EQ(ForceOf("it"), "not_known");
  EXPECT_THAT(diwan::ForceOf(*archive_, "it").reason, HasSubstr("whether it came into force again"));
}

TEST_F(OpenForceTest, APaperMayLimitItsOwnTerm) {
  for (const char* own : {"يعمل بهذا القرار لمدة سنة واحدة.\n", "ينتهي العمل بهذا القرار في 31/12/2016.\n"}) {
    own_ = own;
    EXPECT_EQ(After("قرر المجلس شراء آلية."), "not_known") << own;
    EXPECT_THAT(reason_, HasSubstr("how long it is in force"));
  }
  own_ = "يعمل بهذا القرار حتى 31/12/2090.\n";
  EXPECT_EQ(After("قرر المجلس شراء آلية."), "in_force");
}

}  // namespace
}  // namespace diwan
