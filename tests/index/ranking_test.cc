// The order of what is found, and records of several pages: found once, by their best page, with the words of an AND on
// whichever pages they stand.
#include <gmock/gmock.h>

#include "index_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Fields = std::vector<std::pair<std::string, std::string>>;

class Ranking : public IndexFixture {
 protected:
  void Add(const std::string& id, const std::vector<std::string>& pages, Fields fields = {}) {
    IndexWriter writer(Dir());
    Put(writer, id, pages, std::move(fields));
    writer.Commit(1);
  }

  static void Put(IndexWriter& writer, const std::string& id, const std::vector<std::string>& pages,
                  Fields fields = {}) {
    Record record = MakeRecord(id, std::move(fields));
    record.page_count = static_cast<int>(pages.size());
    for (size_t i = 0; i < pages.size(); ++i) {
      const Page page = MakePage(record, static_cast<int>(i) + 1, pages[i]);
      writer.Put({&record, &page});
    }
  }

  std::vector<std::string> Ranked(const std::string& text, SortOrder sort = SortOrder::kRelevance,
                                  const PageTexts& texts = {}) {
    Query query;
    query.text = text;
    query.limit = 100;
    query.sort = sort;
    std::vector<std::string> ids;
    for (const IndexHit& hit : IndexReader(Dir()).Search(query, texts).hits) ids.push_back(hit.record_id);
    return ids;
  }
};

TEST_F(Ranking, WordsCloseTogetherComeFirst) {
  const std::string between = " واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة ";
  const std::string nearer = "رسوم واحد اثنان ثلاثة الحدائق اربعة خمسة ستة سبعة ثمانية تسعة عشرة";
  IndexTexts({"رسوم" + between + "الحدائق", between + "رسوم الحدائق", nearer, "نص آخر", "نص ثالث"});
  EXPECT_THAT(Ranked("رسوم الحدائق"), ElementsAre("r2", "r3", "r1"));
  EXPECT_THAT(Ranked("الحدائق رسوم"), ElementsAre("r2", "r3", "r1"));
}

TEST_F(Ranking, OneWordHasNoneToBeCloseTo) {
  IndexTexts({"رسوم كلام", "كلام رسوم رسوم"});
  EXPECT_THAT(Ranked("رسوم"), ElementsAre("r2", "r1"));
}

// A space within, and a letter lost: no look-alike of the vocabulary, but most of the letters in a row.
TEST_F(Ranking, LettersOfAPageThatFitAWordCount) {
  const std::vector<std::string> texts = {"رسوم الحدائق", "رسوم الحدائق في بلدية الز هاء", "نص آخر"};
  IndexTexts(texts);
  const PageTexts read = [&](std::string_view id, int /*page*/) { return texts.at(id[1] - '1'); };
  EXPECT_THAT(Ranked("رسوم الحدائق الزهراء", SortOrder::kRelevance, read).front(), "r2");
  EXPECT_THAT(Ranked("رسوم الحدائق الزهراء").front(), "r1");
  EXPECT_THAT(Ranked("رسوم الحدائق الزهراء", SortOrder::kRelevance, [](auto, int) { return std::nullopt; }).front(),
              "r1");
}

TEST_F(Ranking, PagesWithEveryWordStayBeforeThoseWhoseLettersFitBetter) {
  const std::string far = " كلام كثير آخر لا شأن له بما يسأل عنه أحد ";
  const std::vector<std::string> texts = {"رسوم" + far + far + "الحدائق", "رسوم الحدا ئق", "نص آخر"};
  IndexTexts(texts);
  const PageTexts read = [&](std::string_view id, int /*page*/) { return texts.at(id[1] - '1'); };
  EXPECT_THAT(Ranked("رسوم الحدائق", SortOrder::kRelevance, read), ElementsAre("r1", "r2"));
}

TEST_F(Ranking, WordsOfTheTitleWeighMore) {
  Add("text", {"تنظيم الحدائق مساء"}, {{"title", "محضر عام"}});
  Add("title", {"محضر عام مساء"}, {{"title", "تنظيم الحدائق"}});
  Add("other", {"نص آخر"});
  EXPECT_THAT(Ranked("تنظيم الحدائق"), ElementsAre("title", "text"));
}

TEST_F(Ranking, PagesOfARecordAreOneHitShownByTheBest) {
  Add("one", {"رسوم في آخر سطر من نص طويل عن أمور أخرى كثيرة", "رسوم رسوم", "حدائق", "رسوم ونص"});
  Add("two", {"رسوم"});
  const IndexAnswer answer = Ask("رسوم");
  EXPECT_EQ(answer.total, 2U);
  ASSERT_THAT(answer.hits, SizeIs(2));
  const IndexHit& hit = answer.hits[answer.hits[0].record_id == "one" ? 0 : 1];
  EXPECT_EQ(hit.page, 2);
  EXPECT_EQ(hit.more_pages, 2U);
  EXPECT_EQ(Found("حدائق"), "one/3");
}

TEST_F(Ranking, MorePagesAreCountedExactlyOnEveryWindow) {
  IndexWriter writer(Dir());
  for (int i = 0; i < 150; ++i) {
    std::vector<std::string> pages(static_cast<size_t>(1 + i % 7), "رسوم الحدائق");
    pages.emplace_back("نص آخر");
    Put(writer, "r" + std::to_string(100 + i), pages);
  }
  writer.Commit(1);
  uint32_t seen = 0;
  for (uint32_t offset = 0; offset < 150; offset += 20) {
    const IndexAnswer answer = Ask("رسوم الحدائق", offset, 20);
    EXPECT_EQ(answer.total, 150U);
    for (const IndexHit& hit : answer.hits) {
      EXPECT_EQ(hit.more_pages, (std::stoul(hit.record_id.substr(1)) - 100) % 7) << hit.record_id;
      ++seen;
    }
  }
  EXPECT_EQ(seen, 150U);
}

TEST_F(Ranking, WordsOfAnAndMayStandOnDifferentPages) {
  Add("market", {"أسماء الحاضرين", "رسوم الأكشاك والحراسة", "تسري من أول الشهر"}, {{"number", "45/2019"}});
  Add("garden", {"تنشأ حديقة عامة", "تغلق الحديقة مساء"}, {{"number", "46/2019"}});
  Add("single", {"رسوم الحديقة"}, {{"number", "45/2019"}});
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"الأكشاك AND الشهر", "market/2+1"},
      {"الحاضرين AND الحراسة AND الشهر", "market/3+2"},
      {"مساء AND تنشأ", "garden/2+1"},
      {"+مساء +تنشأ", "garden/2+1"},
      {"مساء AND الأكشاك", ""},
      {"رسوم AND الحديقة", "single"},
      {"\"تنشأ حديقة\" AND مساء", "garden+1"},
      {"(الأكشاك OR مساء) AND (الشهر OR تنشأ)", "garden/2+1 market/2+1"},
      {"(الأكشاك AND الشهر) AND الحاضرين", "market/2+2"},
      {"\"الأكشاك تسري\"", ""},
      {"الأكشاك ~50 الشهر", ""},
      // Fields stand on each page; each page of market has this number. On the first they are words that count.
      {"number:45/2019 AND الأكشاك AND الشهر", "market/2+1"},
      {"number:46/2019 AND الأكشاك AND الشهر", ""},
      {"رقم:45 (الأكشاك AND الشهر)", "market/2+1"},
      {"رقم:46 (الأكشاك AND الشهر)", ""},
      {"رقم:45 (الأكشاك AND الشهر) OR مساء", "garden/2 market/2+1"},
      // What is unwanted hides the pages it stands on.
      {"الأكشاك AND الشهر NOT الحاضرين", "market/2+1"},
      {"الأكشاك AND الشهر NOT تسري", ""},
      {"(الأكشاك AND الشهر) -number:45/2019", ""},
      {"رسوم NOT (الأكشاك AND الشهر)", "market/2 single"},
  };
  for (const auto& [query, expected] : rows) EXPECT_EQ(Found(query), expected) << query;
  EXPECT_EQ(Ask("الأكشاك AND الشهر").total, 1U);
  EXPECT_THAT(Ask("الأكشاك AND الشهر").notes, IsEmpty());
}

TEST_F(Ranking, AnAndWeighsOnePageAsItWould) {
  Add("one", {"رسوم الحديقة", "نص"});
  Add("two", {"رسوم كثيرة", "الحديقة العامة"});
  Add("three", {"رسوم الحديقة"});
  EXPECT_THAT(Ranked("رسوم AND الحديقة"), ElementsAre("one", "three", "two"));
  const IndexAnswer answer = Ask("رسوم AND الحديقة");
  EXPECT_DOUBLE_EQ(answer.hits.at(0).score, answer.hits.at(1).score);
}

TEST_F(Ranking, ExactSpellingsStandOnDifferentPagesToo) {
  const std::vector<std::string> pages = {"تنشأ حديقة عامة", "تغلق الحديقة مساء"};
  Add("garden", pages);
  const PageTexts texts = [&](std::string_view, int page) { return pages.at(static_cast<size_t>(page) - 1); };
  IndexReader reader(Dir());
  const auto total = [&](const std::string& text) { return reader.Search({.text = text}, texts).total; };
  EXPECT_EQ(total("exact:حديقة AND exact:الحديقة"), 1U);
  EXPECT_EQ(total("exact:حديقه AND exact:الحديقة"), 0U);
  EXPECT_EQ(total("+exact:حديقة عامة"), 1U);
}

TEST_F(Ranking, AnAndOfManyRecordsIsBoundedAndSaysSo) {
  IndexWriter writer(Dir());
  for (int i = 0; i < 1200; ++i) Put(writer, "r" + std::to_string(i), {"رسوم", "حدائق"});
  Put(writer, "last", {"رسوم", "حدائق", "نادر"});
  writer.Commit(1);
  const IndexAnswer many = Ask("رسوم AND حدائق");
  EXPECT_GE(many.total, 1000U);
  EXPECT_THAT(many.notes, SizeIs(1));
  const IndexAnswer few = Ask("رسوم AND حدائق AND نادر");
  EXPECT_EQ(few.total, 1U);
  EXPECT_THAT(few.notes, IsEmpty());
}

TEST_F(Ranking, ByDateWhateverHasNoneComesLast) {
  Add("middle", {"رسوم رسوم رسوم"}, {{"date", "2019-05-01"}});
  Add("undated", {"رسوم"});
  Add("oldest", {"رسوم في نص طويل كثير الكلام"}, {{"date", "١٤٣٥"}});
  Add("newest", {"رسوم", "رسوم"}, {{"date", "۱۴۰۲/۰۵/۱۲"}});
  EXPECT_THAT(Ranked("رسوم", SortOrder::kNewest), ElementsAre("newest", "middle", "oldest", "undated"));
  EXPECT_THAT(Ranked("رسوم", SortOrder::kOldest), ElementsAre("oldest", "middle", "newest", "undated"));
  EXPECT_THAT(Ranked("رسوم sort:oldest"), ElementsAre("oldest", "middle", "newest", "undated"));
  EXPECT_THAT(Ranked("رسوم"), Not(ElementsAre("oldest", "middle", "newest", "undated")));
}

TEST_F(Ranking, ByDateGuessesStillComeBehind) {
  Add("exact", {"رسوم المستودعات"}, {{"date", "2010"}});
  Add("undated", {"رسوم المستودعات"});
  Add("guess", {"رسوم المستودعاب"}, {{"date", "2005"}});
  Add("later", {"رسوم المسنودعات"}, {{"date", "2020"}});
  EXPECT_THAT(Ranked("المستودعات", SortOrder::kNewest), ElementsAre("exact", "undated", "later", "guess"));
  EXPECT_THAT(Ranked("المستودعات", SortOrder::kOldest), ElementsAre("exact", "undated", "guess", "later"));
}

}  // namespace
}  // namespace diwan
