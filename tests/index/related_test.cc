// Records like a record.
#include "index/related.h"

#include <gmock/gmock.h>

#include "index_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class RelatedRecords : public IndexFixture {
 protected:
  struct Paper {
    std::string id;
    std::vector<std::string> pages;
    std::string title;
  };

  void Index(const std::vector<Paper>& papers) {
    IndexWriter writer(Dir());
    for (const Paper& paper : papers) {
      Record record = MakeRecord(paper.id);
      if (!paper.title.empty()) record = MakeRecord(paper.id, {{"title", paper.title}});
      record.page_count = static_cast<int>(paper.pages.size());
      for (size_t i = 0; i < paper.pages.size(); ++i) {
        const Page page = MakePage(record, static_cast<int>(i) + 1, paper.pages[i]);
        writer.Put({&record, &page});
      }
    }
    writer.Commit(1);
  }

  std::vector<std::string> Related(std::string_view id, size_t limit = 10) {
    std::vector<std::string> out;
    const Xapian::Database database(Dir().string());
    for (const IndexHit& hit : RelatedPages(database, Xapian::BM25Weight(), id, limit)) out.push_back(hit.record_id);
    return out;
  }
};

TEST_F(RelatedRecords, ShareTellingWords) {
  Index({{"a", {"ترخيص مخبز في شارع النخيل"}, ""},
         {"b", {"تجديد ترخيص المخبز بشارع النخيل"}, ""},
         {"c", {"ترخيص صيدلية"}, ""},
         {"d", {"موازنة السنة المالية"}, ""}});
  EXPECT_THAT(Related("a"), ElementsAre("b", "c"));
  EXPECT_THAT(Related("a", 1), ElementsAre("b"));
  EXPECT_THAT(Related("d"), IsEmpty());
  EXPECT_THAT(Related("no such"), IsEmpty());
  EXPECT_THAT(Related(""), IsEmpty());
  EXPECT_THAT(Related(std::string(1000, 'x')), IsEmpty());
  EXPECT_THAT(Related("a", 0), IsEmpty());
}

TEST_F(RelatedRecords, ShareCompoundNumbersNotPlainOnes) {
  Index({{"a", {"يعدل القرار 12/2019 المادة 5"}, ""},
         {"b", {"رقم ١٢ لسنة ٢٠١٩"}, ""},
         {"c", {"صفحة 5 من 12 سنة 2019"}, ""}});
  EXPECT_THAT(Related("b"), ElementsAre("a"));
}

TEST_F(RelatedRecords, AnyPageCountsAndEachRecordOnce) {
  Index({{"a", {"مقدمة", "ترخيص مخبز"}, ""},
         {"b", {"مخبز", "ترخيص مخبز", "ترخيص"}, ""},
         {"c", {"مخبز"}, ""},
         {"a/0000000001", {"شيء اخر", "مقدمة"}, ""}});
  EXPECT_THAT(Related("a"), UnorderedElementsAre("b", "c", "a/0000000001"));
  EXPECT_THAT(Related("a/0000000001"), ElementsAre("a"));
  const Xapian::Database database(Dir().string());
  EXPECT_EQ(RelatedPages(database, Xapian::BM25Weight(), "a", 1).front().page, 2) << "the best page of b";
}

TEST_F(RelatedRecords, ATitleWeighsMore) {
  const std::string text = "مدرسة مستشفى";
  Index({{"a", {text}, "بناء المدرسة"}, {"b", {"مستشفى جديد"}, ""}, {"c", {"مدرسة جديدة"}, ""}});
  EXPECT_THAT(Related("a"), ElementsAre("c", "b"));
}

TEST_F(RelatedRecords, ALongRecordIsBounded) {
  std::vector<std::string> pages(60, "محضر");
  pages[0] = "مخبز";
  pages[50] = "صيدلية";
  std::string many = "مخبز";
  for (int i = 0; i < 5000; ++i) many += " a" + std::to_string(i) + "z";
  pages[1] = many;
  Index({{"a", pages, ""}, {"b", {"مخبز"}, ""}, {"c", {"صيدلية"}, ""}, {"d", {many}, ""}});
  EXPECT_THAT(Related("a"), UnorderedElementsAre("b", "d")) << "page 51 is not looked at";
  EXPECT_THAT(Related("a", 1000), SizeIs(2));
}

}  // namespace
}  // namespace diwan
