// What somebody may not see has no part in anything that the index says: each viewer's index is compared, to the last
// digit of a score, with one in which the rest was never put.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "tests/index/index_fixture.h"

namespace diwan {
namespace {

struct Paper {
  Record record;
  std::vector<std::string> pages;
};

Record WithAccess(Record record, AccessLevel access) {
  record.access = access;
  return record;
}

// Words of the confidential papers stand nowhere else, look like words of the others, complete them, make frequent
// words rare and rare ones frequent.
std::vector<Paper> Papers() {
  std::vector<Paper> papers;
  const auto add = [&](AccessLevel access, const std::string& body, const std::vector<std::string>& pages) {
    const std::string id = fmt::format("r{:03}", papers.size() + 1);
    Record record =
        MakeRecord(id, {{"title", "قرار رقم " + id}, {"type", "قرار"}, {"body", body}, {"date", "2019-03-12"}});
    record.page_count = static_cast<int>(pages.size());
    papers.push_back({WithAccess(record, access), pages});
  };
  for (int i = 0; i < 40; ++i) {
    add(AccessLevel::kInternal, "مجلس البلدة", {"رسوم السوق والمستودعات في المدينة", "تنظيم الحراسة الليلية"});
    add(AccessLevel::kPublic, "مجلس البلدة", {"إعلان مناقصة عامة للمستودعات"});
    add(AccessLevel::kConfidential, "محكمة الاستئناف",
        {"تحقيق سري في المسنودعات والخراسة", "رسوم المحكمة رقم 77/2019"});
    add(AccessLevel::kConfidential, "ديوان المحاسبة",
        {"تدقيق سري في حسابات السوق آیین‌نامه", "رسوم التدقيق"});
  }
  return papers;
}

std::string Describe(const IndexAnswer& answer) {
  std::string out = fmt::format("{} found\n", answer.total);
  for (const IndexHit& hit : answer.hits) {
    out += fmt::format("{}/{} {} {} +{}\n", hit.record_id, hit.page, hit.score, hit.guess, hit.more_pages);
  }
  for (const auto& correction : answer.corrections) out += "meant " + correction.text + "\n";
  for (const std::string& guessed : answer.guessed) out += "guessed " + guessed + "\n";
  for (const Facet& facet : answer.facets) {
    for (const FacetValue& value : facet.values)
      out += fmt::format("{} {} {}\n", facet.field, value.value, value.count);
  }
  if (!answer.explanation) return out;
  for (const ExplainedWord& word : answer.explanation->words) {
    for (const ExplainedTerm& term : word.terms) {
      out += fmt::format("{} {} {} {} {}\n", word.folded, term.kind, term.text, term.pages, term.weight);
    }
  }
  return out;
}

class IndexVisibility : public IndexFixture {
 protected:
  static void Write(const std::filesystem::path& dir, const std::vector<Paper>& papers, const Viewer& viewer) {
    IndexWriter writer(dir);
    for (const Paper& paper : papers) {
      if (!Sees(viewer, AudienceOf(paper.record))) continue;
      for (size_t i = 0; i < paper.pages.size(); ++i) {
        const Page page = MakePage(paper.record, static_cast<int>(i) + 1, paper.pages[i]);
        writer.Put({&paper.record, &page});
      }
    }
    writer.Commit(1);
  }

  static std::string AllAnswers(IndexReader& reader) {
    std::string out = fmt::format("{} pages\n", reader.PageCount());
    for (const char* text : {"رسوم السوق",
                             "المستودعات",
                             "الحراسة",
                             "سري",
                             "77/2019",
                             "\"رسوم المحكمة\"",
                             "exact:رسوم",
                             "body:\"محكمة الاستئناف\"",
                             "رسوم AND تنظيم",
                             "تنظيم ~3 الليلية",
                             "تد*",
                             "قرار",
                             "id:r003",
                             "ایین نامه",
                             "آييننامه",
                             "date:2019",
                             "-رسوم",
                             "خراسة",
                             "sort:newest رسوم",
                             "رسوم تحقيق",
                             "رسوم OR سري"}) {
      Query query{.text = text, .limit = 200, .facets = true, .explain = true};
      out += fmt::format("? {}\n{}", text, Describe(reader.Search(query)));
    }
    for (const char* typed : {"الم", "تد", "سر", "قرار رقم", "7", "رسوم ال", "خر"}) {
      for (const IndexCompletion& found : reader.Complete(typed, 20)) {
        out += fmt::format("> {} {} {}\n", found.text, found.pages, found.record_id);
      }
    }
    for (const IndexHit& hit : reader.Related("r001", 20)) out += fmt::format("~ {} {}\n", hit.record_id, hit.score);
    return out;
  }
};

TEST_F(IndexVisibility, IsAsIfTheRestHadNeverBeenPut) {
  const std::vector<Paper> papers = Papers();
  const std::vector<Viewer> viewers = {{.level = AccessLevel::kPublic, .bodies = {}},
                                       {.level = AccessLevel::kInternal, .bodies = {}},
                                       {.level = AccessLevel::kInternal, .bodies = {FoldedBody("محكمة الاستئناف")}},
                                       {.level = AccessLevel::kPublic, .bodies = {FoldedBody("ديوان المحاسبة")}},
                                       {}};
  Write(Dir() / "all", papers, {});
  std::set<std::string> different;
  for (size_t i = 0; i < viewers.size(); ++i) {
    const auto own = Dir() / std::to_string(i);
    Write(own, papers, viewers[i]);
    IndexReader seen(Dir() / "all");
    seen.ShowTo(viewers[i]);
    IndexReader alone(own);
    const std::string answers = AllAnswers(seen);
    EXPECT_EQ(answers, AllAnswers(alone)) << "viewer " << i;
    different.insert(answers);
  }
  EXPECT_EQ(different.size(), viewers.size());
}

// All of the parts together answer as one index does.
TEST_F(IndexVisibility, PartsTogetherFindWhatOneIndexFinds) {
  std::vector<Paper> papers = Papers();
  Write(Dir() / "parts", papers, {});
  for (Paper& paper : papers) paper.record.access = AccessLevel::kInternal;
  Write(Dir() / "one", papers, {});
  IndexReader parts(Dir() / "parts");
  IndexReader one(Dir() / "one");
  for (const char* text : {"رسوم", "رسوم AND تحقيق", "exact:رسوم", "رسوم ~4 التدقيق", "المستودعات", "-رسوم", "تد*"}) {
    const Query query{.text = text, .limit = 1000, .facets = true};
    const IndexAnswer a = parts.Search(query);
    const IndexAnswer b = one.Search(query);
    EXPECT_EQ(a.total, b.total) << text;
    std::map<std::string, double> scores;
    for (const IndexHit& hit : a.hits) scores[hit.record_id] = hit.score;
    for (const IndexHit& hit : b.hits) {
      ASSERT_TRUE(scores.contains(hit.record_id)) << text;
      EXPECT_NEAR(scores[hit.record_id], hit.score, 1e-9) << text << " " << hit.record_id;
    }
    EXPECT_EQ(scores.size(), b.hits.size()) << text;
    for (size_t i = 0; i < b.facets.size(); ++i) EXPECT_EQ(a.facets.at(i).values, b.facets[i].values) << text;
  }
}

TEST_F(IndexVisibility, ARecordGoesFromPartToPart) {
  Paper paper = Papers()[2];  // confidential
  Viewer internal{.level = AccessLevel::kInternal, .bodies = {}};
  IndexReader* reader = nullptr;
  std::optional<IndexReader> made;
  for (const AccessLevel level : {AccessLevel::kConfidential, AccessLevel::kInternal, AccessLevel::kPublic,
                                  AccessLevel::kConfidential, AccessLevel::kPublic}) {
    paper.record.access = level;
    Write(Dir(), {paper}, {});
    if (reader == nullptr) reader = &made.emplace(Dir());
    reader->ShowTo({});
    EXPECT_EQ(reader->Search({.text = "تحقيق"}).total, 1U);
    EXPECT_EQ(reader->PageCount(), 2U);
    reader->ShowTo(internal);
    const uint64_t changes = reader->Changes();
    EXPECT_EQ(reader->Search({.text = "تحقيق"}).total, level == AccessLevel::kConfidential ? 0U : 1U);
    EXPECT_EQ(reader->Complete("تحق", 5).empty(), level == AccessLevel::kConfidential);
    EXPECT_EQ(reader->Changes(), changes);
  }
  IndexWriter writer(Dir());
  writer.Remove(paper.record.id, 1);
  writer.Remove(paper.record.id, 2);
  writer.Commit(9);
  reader->ShowTo({});
  EXPECT_EQ(reader->PageCount(), 0U);
  EXPECT_EQ(reader->Applied(), 9U);
}

// A part that was made and not committed with the base is begun anew.
TEST_F(IndexVisibility, APartWithoutItsBaseIsNotThere) {
  const std::vector<Paper> papers = Papers();
  Write(Dir(), {papers[0]}, {});
  std::filesystem::create_directories(Dir() / "part-1");
  {
    IndexWriter other(Dir() / "part-1");  // as a process leaves it that dies between the two commits
    const Page page = MakePage(papers[2].record, 1, "تحقيق");
    Record internal = papers[2].record;
    internal.access = AccessLevel::kInternal;
    other.Put({&internal, &page});
    other.Commit(5);
  }
  EXPECT_EQ(IndexReader(Dir()).Search({.text = "تحقيق"}).total, 0U);
  Write(Dir(), {papers[1]}, {});
  EXPECT_EQ(IndexReader(Dir()).Search({.text = "تحقيق"}).total, 0U);
  EXPECT_EQ(IndexReader(Dir()).PageCount(), 3U);
}

}  // namespace
}  // namespace diwan
