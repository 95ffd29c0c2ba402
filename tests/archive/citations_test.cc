// Citations over a real archive: what they name, what they do, and that the order of arrival never matters.
#include "archive/citations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "archive/identifier.h"
#include "archive/merge.h"
#include "archive/removal.h"
#include "archive/verify.h"
#include "citations_fixture.h"
#include "tests/store/raw_store.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Each order in numbers of its own.
TEST_F(CitationsTest, EveryOrderOfArrivalEndsTheSame) {
  std::vector<size_t> order = {0, 1, 2, 3, 4};
  std::map<std::string, int> answers;
  int shift = 0;
  do {
    const std::vector<Paper> papers = FiveDecisions(shift += 100);
    const std::string mark = "/" + std::to_string(shift);
    for (const size_t i : order) Bring(papers[i], mark);
    std::string answer;
    for (const Paper& paper : papers) {
      const ForceAnswer force = diwan::ForceOf(*archive_, paper.name + mark);
      answer += paper.name + fmt::format(" {} {} |", NameOf(force.force), force.confidence);
      const Chain chain = ChainOf(*archive_, paper.name + mark);
      for (const Record& in_chain : chain.papers) answer += " " + in_chain.external_id;
      for (const std::string& effect : Told(chain.effects)) answer += " | " + effect;
      for (const std::string& effect : Told(force.effects)) answer += " > " + effect;
      answer += "\n";
    }
    for (size_t at = answer.find(mark); at != std::string::npos; at = answer.find(mark)) answer.erase(at, mark.size());
    ++answers[answer];
  } while (std::ranges::next_permutation(order).found);
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers.begin()->second, 120);
  const std::string chain =
      " | original first second partial replacement | first amends original | second amends original"
      " | partial repeals original/ | replacement replaces original";
  EXPECT_EQ(answers.begin()->first, "original replaced 95" + chain +
                                        " > first amends original > second amends original > partial repeals original/"
                                        " > replacement replaces original\n" +
                                        "first in_force 95" + chain + "\nsecond in_force 95" + chain +
                                        "\npartial in_force 95" + chain + "\nreplacement in_force 95" + chain + "\n");
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(CitationsTest, ALostWayIsFoundByVerifyAndMadeAnewByReindex) {
  for (const Paper& paper : FiveDecisions()) Bring(paper);
  archive_.reset();
  {
    RawStore raw(dir_ / "store");
    for (const char* family : {"numbers", "cited_numbers"}) raw.Delete(family, raw.All(family).begin()->first);
  }
  Open();
  const VerifyReport report = Verify(*archive_, {});
  ASSERT_THAT(report.problems, SizeIs(1));
  EXPECT_THAT(report.problems[0], HasSubstr("2 numbers of papers or citations lead astray"));
  archive_->Reindex({});
  EXPECT_THAT(Verify(*archive_, {}).problems, IsEmpty());
  EXPECT_EQ(ForceOf("original"), "replaced");
}

TEST_F(CitationsTest, AReasonNamesThePaperAndItsWords) {
  for (const Paper& paper : FiveDecisions()) Bring(paper);
  const ForceAnswer answer = diwan::ForceOf(*archive_, "original");
  EXPECT_FALSE(answer.confirmed);
  EXPECT_GE(answer.confidence, 70);
  EXPECT_THAT(answer.reason, HasSubstr("replaced by decision 40/2019 of 2019-10-20, as read from page 1 of it"));
  EXPECT_THAT(answer.reason, HasSubstr("يحل هذا القرار محل القرار رقم 10 لسنة 2015"));
  EXPECT_THAT(answer.reason, HasSubstr("not confirmed"));
  EXPECT_THAT(diwan::ForceOf(*archive_, "first").reason, HasSubstr("no paper in this archive"));
}

TEST_F(CitationsTest, EachAnswerAsItsPapersComeIn) {
  const std::vector<Paper> papers = FiveDecisions();
  const char* const after[] = {"in_force", "amended", "amended", "partly_repealed", "replaced"};
  for (size_t i = 0; i < papers.size(); ++i) {
    Bring(papers[i]);
    EXPECT_EQ(ForceOf("original"), after[i]) << i;
  }
}

TEST_F(CitationsTest, OnlyWhatIsSaidToBeDoneEndsAPaper) {
  struct Row {
    const char* before;
    const char* behind;
    const char* force;
  };
  constexpr Row kRows[] = {
      {"يلغى ", ".", "repealed"},
      {"إلغاء ", ".", "repealed"},
      {"عدم إلغاء ", ".", "not_known"},
      {"رفض طلب إلغاء ", ".", "not_known"},
      {"العدول عن إلغاء ", ".", "not_known"},
      {"اقترح العضو إلغاء ", " ولم يوافق المجلس.", "not_known"},
      {"إذا لم يدفع الرسم، يلغى ", ".", "not_known"},
      {"لا يجوز تعديل ", ".", "not_known"},
      {"يلغى ", " اعتبارا من 1/1/2099.", "not_known"},
      {"إلغاء الإعفاء الوارد في ", ".", "partly_repealed"},
  };
  int number = 100;
  for (const Row& row : kRows) {
    const std::string name = "paper" + std::to_string(++number);
    Bring(Decision(name, number, "12/03/2015", "تنظيم أكشاك السوق."));
    const std::string cited = "القرار رقم " + std::to_string(number) + " لسنة 2015";
    Bring(Decision(name + "-later", number, "01/06/2016", row.before + cited + row.behind));
    EXPECT_EQ(ForceOf(name), row.force) << row.before << row.behind;
  }
}

class ForceTest : public CitationsTest {
 protected:
  static std::vector<Field> Fields(const std::string& number, const std::string& date) {
    return {Given("type", "decision"), Given("number", number), Given("date", date)};
  }
  static Citation Says(CitedRelation relation, const std::string& number, const std::string& year,
                       float confidence = 0.95F) {
    return {.relation = relation, .number = number, .year = year, .printed = "p", .confidence = confidence};
  }
};

TEST_F(ForceTest, AnEarlierPaperNeverEndsALaterOne) {
  Put("old", Fields("1/2015", "2015-01-01"), {Says(CitedRelation::kRepeals, "2", "2016")});
  Put("new", Fields("2/2016", "2016-01-01"));
  EXPECT_EQ(ForceOf("new"), "in_force");
  EXPECT_THAT(diwan::ForceOf(*archive_, "new").effects, IsEmpty());
  // It still cites it.
  EXPECT_THAT(CitationsTo(*archive_, "new", 10).citations, SizeIs(1));
}

TEST_F(ForceTest, AnUnsureRelationEndsNothing) {
  Put("a", Fields("1/2015", "2015-01-01"));
  Put("b", Fields("2/2016", "2016-01-01"), {Says(CitedRelation::kRepeals, "1", "2015", 0.6F)});
  const ForceAnswer answer = diwan::ForceOf(*archive_, "a");
  EXPECT_EQ(answer.force, Force::kNotKnown);
  EXPECT_THAT(answer.reason, HasSubstr("read with doubt"));
  EXPECT_THAT(answer.reason, HasSubstr("decision 2/2016"));
  Put("c", Fields("3/2016", "2016-02-01"), {Says(CitedRelation::kRepeals, "1", "2015")});
  EXPECT_EQ(ForceOf("a"), "repealed");
}

TEST_F(ForceTest, ARepealOfOneOfSeveralEndsNone) {
  Put("a", Fields("1/2015", "2015-01-01"));
  Put("twin", Fields("1/2015", "2015-02-01"));
  Put("b", Fields("2/2016", "2016-01-01"), {Says(CitedRelation::kRepeals, "1", "2015")});
  EXPECT_EQ(ForceOf("a"), "not_known");
  EXPECT_EQ(ForceOf("twin"), "not_known");
  EXPECT_THAT(ChainOf(*archive_, "a").papers, SizeIs(1));
}

TEST_F(ForceTest, ARepealThatWasRepealedLeavesItOpen) {
  Put("a", Fields("1/2015", "2015-01-01"));
  Put("b", Fields("2/2016", "2016-01-01"), {Says(CitedRelation::kRepeals, "1", "2015")});
  Put("c", Fields("3/2017", "2017-01-01"), {Says(CitedRelation::kRepeals, "2", "2016")});
  EXPECT_EQ(ForceOf("a"), "not_known");
  EXPECT_THAT(diwan::ForceOf(*archive_, "a").reason, HasSubstr("decision 3/2017"));
  EXPECT_EQ(ForceOf("b"), "repealed");
}

TEST_F(ForceTest, WhatIsNotKnownIsSaid) {
  Put("letter", {Given("type", "letter"), Given("number", "1/2015")});
  Put("untyped", {Given("number", "2/2015")});
  Put("unnumbered", {Given("type", "decision")});
  Put("doubtful", {Given("type", "decision"), ReadField("number", "3/2015", 50)});
  for (const char* name : {"letter", "untyped", "unnumbered", "doubtful"}) {
    EXPECT_EQ(ForceOf(name), "not_known") << name;
    EXPECT_NE(diwan::ForceOf(*archive_, name).reason, "") << name;
  }
  EXPECT_EQ(CodeOf([&] { diwan::ForceOf(*archive_, "nobody"); }), ErrorCode::kNotFound);
}

TEST_F(ForceTest, PapersThatNameEachOtherLeadInNoCircle) {
  Put("a", {Given("type", "decision"), Given("number", "1/2015")}, {Says(CitedRelation::kRepeals, "2", "2015")});
  Put("b", {Given("type", "decision"), Given("number", "2/2015")}, {Says(CitedRelation::kRepeals, "1", "2015")});
  const Chain chain = ChainOf(*archive_, "a");
  EXPECT_THAT(chain.papers, SizeIs(2));
  EXPECT_THAT(chain.effects, SizeIs(2));
  EXPECT_FALSE(chain.cut);
  EXPECT_EQ(ForceOf("a"), "not_known");
}

TEST_F(ForceTest, AChainHasItsBounds) {
  Put("root", Fields("1000/2015", "2015-01-01"));
  for (size_t i = 1; i <= kMostChain + 5; ++i) {
    Put("wide" + std::to_string(i), Fields(std::to_string(i) + "/2016", "2016-01-01"),
        {Says(CitedRelation::kAmends, "1000", "2015")});
  }
  const Chain wide = ChainOf(*archive_, "root");
  EXPECT_THAT(wide.papers, SizeIs(kMostChain));
  EXPECT_TRUE(wide.cut);
  for (const Effect& effect : wide.effects) EXPECT_EQ(NameOfRecord(effect.on), "root");
  EXPECT_EQ(ForceOf("root"), "amended");
}

TEST_F(ForceTest, ALongChainIsCutAtItsDepth) {
  Put("n0", Fields("1/2000", "2000-01-01"));
  for (size_t i = 1; i <= kDeepestChain + 3; ++i) {
    const std::string year = std::to_string(2000 + i);
    Put("n" + std::to_string(i), Fields("1/" + year, year + "-01-01"),
        {Says(CitedRelation::kReplaces, "1", std::to_string(2000 + i - 1))});
  }
  const Chain chain = ChainOf(*archive_, "n0");
  EXPECT_TRUE(chain.cut);
  EXPECT_THAT(chain.papers, SizeIs(kDeepestChain + 1));
  EXPECT_EQ(ForceOf("n0"), "replaced");
}

class Merges : public CitationsTest {
 protected:
  void Merge(const std::string& record, const std::string& into) {
    MergeRecord(*archive_, {.record = record, .version = RecordOf(record).version, .actor = "test", .why = "same"},
                into);
  }

  std::vector<std::string> Faults() {
    return Verify(*archive_, [](uint64_t, uint64_t) {}).problems;
  }
};

TEST_F(Merges, WhatAMergedPaperSaysIsSaidByTheOneThatStays) {
  Bring(Decision("a", 10, "12/03/2015", "تنظيم أكشاك السوق."));
  Bring(Decision("b", 20, "12/03/2016", "إلغاء القرار رقم 10 لسنة 2015."));
  Bring(Decision("copy", 20, "12/03/2016", "إلغاء القرار رقم لسنة."));
  Bring(Decision("good copy", 20, "12/03/2016", "إلغاء القرار رقم 10 لسنة 2015."));
  ASSERT_EQ(ForceOf("a"), "repealed");
  Merge("b", "copy");
  EXPECT_EQ(ForceOf("a"), "repealed");
  EXPECT_THAT(Told(diwan::ForceOf(*archive_, "a").effects),
              testing::UnorderedElementsAre("copy repeals a", "good copy repeals a"));
  Merge("copy", "good copy");
  EXPECT_THAT(Told(diwan::ForceOf(*archive_, "a").effects), ElementsAre("good copy repeals a")) << "said once";
  EXPECT_THAT(ChainOf(*archive_, "b").papers, SizeIs(2));
  EXPECT_THAT(Faults(), IsEmpty());
  DeleteRecord(*archive_,
               {.record = "good copy", .version = RecordOf("good copy").version, .actor = "test", .why = "x"});
  EXPECT_EQ(ForceOf("a"), "in_force") << "none of them is there any more";
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(Merges, ANumberOfAMergedPaperLeadsToTheOneThatStays) {
  const Citation five{.number = "5", .year = "2006"};
  Put("right", {Given("type", "decision"), Given("number", "5/2006"), Given("body", "بلدية السلط")});
  Put("stays", {Given("type", "decision"), Given("number", "6/2006"), Given("body", "بلدية السلط")});
  Put("later", {Given("type", "decision"), Given("number", "9/2007")}, {five});
  Merge("right", "stays");
  EXPECT_EQ(ResolvedAs(five), "one: stays");
  EXPECT_EQ(CitationsTo(*archive_, "stays", 10).citations.size(), 1U);
  const PaperFilter filter{.kind = "decision", .body = "بلدية السلط"};
  EXPECT_THAT(FindNumbered(archive_->store(), "5", "2006", filter, 10), ElementsAre(RecordOf("stays").id));
  Put("other", {Given("type", "decision"), Given("number", "5/2006"), Given("body", "بلدية السلط")});
  EXPECT_EQ(ResolvedAs(five), "one: other") << "one that bears the number itself";
  EXPECT_THAT(FindNumbered(archive_->store(), "5", "2006", filter, 10), ElementsAre(RecordOf("other").id));
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CitationsTest, AnAmendmentThatWasRepealedDoesNotCount) {
  Bring(Decision("root", 50, "12/03/2015", "تنظيم السوق."));
  Bring(Decision("change", 51, "01/06/2016", "تعديل القرار رقم 50 لسنة 2015."));
  EXPECT_EQ(ForceOf("root"), "amended");
  Bring(Decision("undo", 52, "01/07/2017", "إلغاء القرار رقم 51 لسنة 2016."));
  EXPECT_EQ(ForceOf("change"), "repealed");
  EXPECT_EQ(ForceOf("root"), "not_known");
  EXPECT_THAT(diwan::ForceOf(*archive_, "root").reason, HasSubstr("whether the change holds is not said"));
}

TEST_F(CitationsTest, WhatIsOnlySpokenOfOrSuspendedLeavesTheForceUnknown) {
  constexpr const char* kSaid[] = {"إحالة مشروع إلغاء القرار رقم 50 لسنة 2015 إلى اللجنة.",
                                   "مخاطبة الوزارة لإلغاء القرار رقم 50 لسنة 2015.",
                                   "إيقاف العمل بالقرار رقم 50 لسنة 2015 إلى حين صدور الحكم."};
  int number = 60;
  for (const char* said : kSaid) {
    const std::string mark = std::to_string(number);
    std::string text = said;
    Bring(Decision("root" + mark, number, "12/03/2015", "تنظيم السوق."));
    text.replace(text.find("50"), 2, mark);
    Bring(Decision("said" + mark, number + 100, "01/06/2016", text));
    EXPECT_EQ(ForceOf("root" + mark), "not_known") << said;
    ++number;
  }
}

TEST_F(CitationsTest, NoNumberIsLookedUpWithAComma) {
  Bring(Decision("a", 12, "12/03/2015", "تنظيم السوق."));
  EXPECT_EQ(FindByNumber(*archive_, "12", "", {}, 10).size(), 1U);
  for (const char* number : {"1,2", "١،٢"}) {
    EXPECT_EQ(CodeOf([&] { FindByNumber(*archive_, number, "", {}, 10); }), ErrorCode::kInvalid) << number;
  }
}

}  // namespace
}  // namespace diwan
