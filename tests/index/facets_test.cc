// Counts of what was found, by type, body, language and year.
#include "index/facets.h"

#include <gmock/gmock.h>

#include "index_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Values = std::vector<FacetValue>;

class Counting : public IndexFixture {
 protected:
  struct Paper {
    std::vector<std::pair<std::string, std::string>> fields;
    int pages = 1;
    std::string language = "";
  };

  void Index(const std::vector<Paper>& papers) {
    IndexWriter writer(Dir());
    for (size_t i = 0; i < papers.size(); ++i) {
      Record record = MakeRecord("r" + std::to_string(i + 1), papers[i].fields);
      record.page_count = papers[i].pages;
      for (int number = 1; number <= papers[i].pages; ++number) {
        const Page page = MakePage(record, number, "سوق", papers[i].language);
        writer.Put({&record, &page});
      }
    }
    writer.Commit(1);
  }

  std::vector<Facet> Count(const Xapian::Query& query, size_t most = 10) {
    Xapian::Database database(Dir().string());
    Xapian::Enquire enquire(database);
    enquire.set_query(query);
    FacetSpy spy;
    enquire.add_matchspy(&spy);
    enquire.get_mset(0, 1, database.get_doccount());
    return spy.Facets(most);
  }

  // Of all pages.
  Values Of(std::string_view field, size_t most = 10) {
    for (const Facet& facet : Count(Xapian::Query::MatchAll, most)) {
      if (facet.field == field) return facet.values;
    }
    return {};
  }
};

TEST_F(Counting, MostFirstTiesByValue) {
  Index({{{{"type", "قرار"}, {"body", "المجلس"}}},
         {{{"type", "محضر"}}},
         {{{"type", "قرار"}}},
         {{{"type", "حكم"}}},
         {{}}});
  EXPECT_THAT(Of("type"), ElementsAre(FacetValue{"قرار", 2}, FacetValue{"حكم", 1}, FacetValue{"محضر", 1}));
  EXPECT_THAT(Of("type", 1), ElementsAre(FacetValue{"قرار", 2}));
  EXPECT_THAT(Of("body"), ElementsAre(FacetValue{"المجلس", 1}));
  EXPECT_THAT(Count(Xapian::Query::MatchAll), SizeIs(2)) << "no facet without values";
  EXPECT_THAT(Count(Xapian::Query("Sسوق"), 10), SizeIs(2));
  EXPECT_THAT(Count(Xapian::Query("Sغير")), IsEmpty());
}

TEST_F(Counting, ARecordOfSeveralPagesCountsOnce) {
  Index({{{{"type", "محضر"}}, 5}, {{{"type", "محضر"}}, 2}, {{{"type", "محضر"}}, 1}, {{{"type", "قرار"}}, 3}});
  EXPECT_THAT(Of("type"), ElementsAre(FacetValue{"محضر", 3}, FacetValue{"قرار", 1}));
}

TEST_F(Counting, PagesOfOneRecordNeedNotStandTogether) {
  IndexWriter writer(Dir());
  for (const int number : {1, 2}) {
    for (const char* id : {"a", "b"}) {
      Record record = MakeRecord(id, {{"type", "محضر"}});
      record.page_count = 2;
      const Page page = MakePage(record, number, "");
      writer.Put({&record, &page});
    }
  }
  writer.Commit(1);
  EXPECT_THAT(Of("type"), ElementsAre(FacetValue{"محضر", 2}));
}

TEST_F(Counting, TheLanguageIsTheRecordsElseThePages) {
  Index({{{{"language", "فارسی"}}, 1, "ara"}, {{}, 1, "ara"}, {{}, 1, "ara"}, {{}}});
  EXPECT_THAT(Of("language"), ElementsAre(FacetValue{"ara", 2}, FacetValue{"fas", 1}));
}

TEST_F(Counting, TheYearIsGregorian) {
  Index({{{{"date", "2019-12-31"}}},
         {{{"date", "2020-01-01"}}},
         {{{"date", "1398/10/11"}}},  // 2020-01-01
         {{{"date", "2020-02-30"}}},
         {{{"date", "1968-05-01"}}}});
  EXPECT_THAT(Of("year"), ElementsAre(FacetValue{"2020", 2}, FacetValue{"1968", 1}, FacetValue{"2019", 1}));
}

// They are the histogram of the dates, so none is left out where other facets end.
TEST_F(Counting, EveryYearIsThere) {
  std::vector<Paper> papers;
  for (int year = 1950; year < 1980; ++year) {
    const std::string text = std::to_string(year);
    papers.push_back({{{"date", text + "-05-01"}, {"type", "t" + text}}});
  }
  Index(papers);
  EXPECT_THAT(Of("type"), SizeIs(10));
  EXPECT_THAT(Of("year"), SizeIs(30));
}

TEST_F(Counting, HostileValuesAreCutAndCleaned) {
  std::string exact;
  for (int i = 0; i < 100; ++i) exact += "ق";
  Index({{{{"type", "  قرار\n\tجديد\x01 "}}},
         {{{"type", std::string("قرار\0جديد", 17)}}},
         {{{"type", "\u202Eقرار\u200F جديد"}}},
         {{{"body", exact + "ق"}, {"type", "\n"}}},
         {{{"body", exact}}},
         {{{"body", "\xff\xff"}}},
         {{{"body", "a" + std::string(100'000, '\xd9')}}}});
  EXPECT_THAT(Of("type"), ElementsAre(FacetValue{"قرار جديد", 3}));
  const Values bodies = Of("body");
  ASSERT_THAT(bodies, SizeIs(3));
  EXPECT_EQ(bodies[0], (FacetValue{exact, 2}));
  for (const FacetValue& body : bodies) EXPECT_LE(body.value.size(), 200U);
  EXPECT_EQ(bodies[2].value, "\uFFFD\uFFFD");
}

TEST_F(Counting, DistinctValuesAreBounded) {
  FacetSpy spy;
  for (int i = 0; i < 20'000; ++i) {
    Xapian::Document document;
    document.add_value(4, "t" + std::to_string(i));
    document.add_value(0, Xapian::sortable_serialise(1e300));  // no day
    spy(document, 0);
  }
  const std::vector<Facet> facets = spy.Facets(1'000'000);
  ASSERT_THAT(facets, SizeIs(1));
  EXPECT_EQ(facets[0].values.size(), 10'000U);
}

}  // namespace
}  // namespace diwan
