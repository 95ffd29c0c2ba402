// Numbers that lead to papers and to citations: they follow their records, and can be checked and made anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/id.h"
#include "store/number_entries.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record Numbered(const std::string& number, const std::string& body = "") {
  Record record = MakeRecord(0);
  record.fields = {{.name = "number", .value = number, .state = FieldState::kConfirmed},
                   {.name = "body", .value = body}};
  return record;
}

ChangeSet Change(const Record& record, std::vector<Citation> citations = {}) {
  ChangeSet changes;
  changes.records = {record};
  changes.citations = {{.record_id = record.id, .citations = std::move(citations)}};
  changes.audit = {MakeAudit("record.create")};
  return changes;
}

std::vector<std::string> Papers(const Store& store, const std::string& number, std::optional<std::string> year) {
  std::vector<std::string> ids;
  store.VisitPapers(NumberRole::kPaper, number, year, [&](const NumberedPaper& paper) {
    ids.push_back(paper.record_id);
    return true;
  });
  return ids;
}

// "index:year" of the citations that name the number.
std::vector<std::string> Cited(const Store& store, const std::string& number, std::optional<std::string> year) {
  std::vector<std::string> out;
  store.VisitCitations(NumberRole::kPaper, number, year, [&](const NumberedCitation& citation) {
    out.push_back(std::to_string(citation.index) + ":" + citation.number.year);
    return true;
  });
  return out;
}

TEST(Numbers, LeadToThePapersThatBearThem) {
  const TempFolder folder;
  Store store(folder.Store());
  const Record a = Numbered("٤٥/٢٠١٨", "مجلس");
  const Record b = Numbered("2019/45");
  const Record c = Numbered("451/2018");
  for (const Record& record : {a, b, c}) store.Commit(Change(record));
  EXPECT_THAT(Papers(store, "45", "2018"), ElementsAre(a.id));
  EXPECT_THAT(Papers(store, "45", std::nullopt), ElementsAre(a.id, b.id));
  EXPECT_THAT(Papers(store, "45", ""), IsEmpty());
  EXPECT_THAT(Papers(store, "4", std::nullopt), IsEmpty());
  store.VisitPapers(NumberRole::kPaper, "45", "2018", [&](const NumberedPaper& paper) {
    EXPECT_EQ(paper.body, "مجلس");
    EXPECT_EQ(paper.confidence, 100);
    return true;
  });
  int visits = 0;
  store.VisitPapers(NumberRole::kPaper, "45", std::nullopt, [&](const NumberedPaper&) { return ++visits < 1; });
  EXPECT_EQ(visits, 1);
}

TEST(Numbers, FollowTheirRecordAndItsCitations) {
  const TempFolder folder;
  Store store(folder.Store());
  Record record = Numbered("45/2018");
  store.Commit(Change(record, {{.number = "7", .year = "2018"}, {.number = "8"}}));
  record.fields[0].value = "46/2018";
  store.Commit(Change(record, {{.number = "8", .year = "2017"}, {.number = "9"}, {.number = "8"}}));
  EXPECT_THAT(Papers(store, "45", std::nullopt), IsEmpty());
  EXPECT_THAT(Papers(store, "46", "2018"), ElementsAre(record.id));
  EXPECT_THAT(Cited(store, "7", std::nullopt), IsEmpty());
  EXPECT_THAT(Cited(store, "8", std::nullopt), ElementsAre("2:", "0:2017"));
  EXPECT_THAT(Cited(store, "8", "2017"), ElementsAre("0:2017"));
  EXPECT_EQ(store.GetCitations(record.id)->citations.size(), 3U);
  // A record alone leaves its citations.
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {MakeAudit("x")};
  store.Commit(changes);
  EXPECT_THAT(Cited(store, "9", std::nullopt), ElementsAre("1:"));
  EXPECT_EQ(Faults(store), std::vector<std::string>());
}

TEST(Numbers, CitationsNeedTheirRecord) {
  const TempFolder folder;
  Store store(folder.Store());
  ChangeSet changes;
  changes.citations = {{.record_id = NewId(), .citations = {}}};
  changes.audit = {MakeAudit("x")};
  EXPECT_EQ(CodeOf([&] { store.Commit(changes); }), "invalid");
  changes.citations[0].record_id = "no id";
  EXPECT_EQ(CodeOf([&] { store.Commit(changes); }), "invalid");
}

TEST(Numbers, WhatIsWrongIsCountedAndMended) {
  const TempFolder folder;
  const Record record = Numbered("45/2018");
  const RecordCitations citations{.record_id = record.id, .citations = {{.number = "7", .year = "2018"}}};
  Store(folder.Store()).Commit(Change(record, citations.citations));
  const auto [paper_key, paper_value] = *EntriesOf(record).begin();
  const auto [cited_key, cited_value] = *EntriesOf(citations).begin();
  const Record nobody = Numbered("9");
  const struct {
    const char* what;
    uint64_t wrong;
    std::function<void(RawStore&)> damage;
  } rows[] = {
      {"nothing", 0, [](RawStore&) {}},
      {"a paper is missing", 1, [&](RawStore& raw) { raw.Delete("numbers", paper_key); }},
      {"a citation is missing", 1, [&](RawStore& raw) { raw.Delete("cited_numbers", cited_key); }},
      {"a paper says something else", 1, [&](RawStore& raw) { raw.Put("numbers", paper_key, "x"); }},
      {"a paper that is not there", 1,
       [&](RawStore& raw) {
         const auto [key, value] = *EntriesOf(nobody).begin();
         raw.Put("numbers", key, value);
       }},
      {"bytes that are no key", 2,
       [](RawStore& raw) {
         raw.Put("numbers", "x", "");
         raw.Put("cited_numbers", "x", "");
       }},
  };
  for (const auto& row : rows) {
    {
      RawStore raw(folder.Store());
      row.damage(raw);
    }
    Store store(folder.Store());
    EXPECT_EQ(store.WrongNumberEntries(), row.wrong) << row.what;
    EXPECT_EQ(store.MendNumberEntries(), row.wrong) << row.what;
    EXPECT_EQ(store.WrongNumberEntries(), 0U) << row.what;
    EXPECT_THAT(Papers(store, "45", "2018"), ElementsAre(record.id)) << row.what;
    EXPECT_THAT(Cited(store, "7", "2018"), ElementsAre("0:2018")) << row.what;
  }
}

TEST(Numbers, AStoreOfFormatOneGetsThem) {
  const TempFolder folder;
  const Record record = Numbered("45/2018");
  Store(folder.Store()).Commit(Change(record));
  {
    RawStore raw(folder.Store());
    raw.Put("default", "format", "1");
    for (const char* family : {"citations", "numbers", "cited_numbers"}) raw.DropFamily(family);
  }
  {
    const Store store(folder.Store());
    EXPECT_THAT(Papers(store, "45", "2018"), ElementsAre(record.id));
    EXPECT_EQ(store.GetRecord(record.id), record);
  }
  RawStore raw(folder.Store());
  EXPECT_EQ(raw.All("default").at("format"), std::to_string(kStoreFormat));
}

// In which numbers with letters kept their year.
TEST(Numbers, AStoreOfFormatThreeGetsThemInTodaysForm) {
  const TempFolder folder;
  const Record record = Numbered("م/45/2018");
  Store(folder.Store()).Commit(Change(record));
  {
    RawStore raw(folder.Store());
    raw.Put("default", "format", "3");
    const auto [key, value] = *raw.All("numbers").begin();
    raw.Delete("numbers", key);
    constexpr size_t kIdBytes = 16;
    raw.Put("numbers", NumberPrefix(NumberRole::kPaper, "م/45/2018", "") + key.substr(key.size() - kIdBytes), value);
  }
  const Store store(folder.Store());
  EXPECT_EQ(store.WrongNumberEntries(), 0U);
  EXPECT_THAT(Papers(store, "م/45", "2018"), ElementsAre(record.id));
  EXPECT_THAT(Papers(store, "م/45/2018", ""), IsEmpty());
}

TEST(Numbers, GoldenBytes) {
  constexpr const char* kId = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
  const std::string id("\x01\x90\xa1\xb2\xc3\xd4\x7e\x5f\x8a\x6b\x7c\x8d\x9e\x0f\x1a\x2b", 16);
  Record record;
  record.id = kId;
  record.fields = {{.name = "number", .value = "45/2018", .confidence = 62.4F},
                   {.name = "type", .value = "decision"},
                   {.name = "body", .value = "b"},
                   {.name = "court", .value = "c"},
                   {.name = "date", .value = "2018-03-01"}};
  using namespace std::string_literals;
  const std::string value = "\x3e"s +
                            "decision\0b\0c\0"
                            "2018-03-01\0"s;
  // A number read with doubt is also found by its shape.
  EXPECT_THAT(EntriesOf(record),
              ElementsAre(std::pair("n45\0002018\000"s + id, value), std::pair("s40\0002017\000"s + id, value)));
  Record merged = record;
  merged.deleted = Mark{.why = "copy", .who = "a", .at = 1};
  EXPECT_THAT(EntriesOf(merged), IsEmpty());
  merged.merged_into = kId;
  const auto [merged_key, merged_value] = *EntriesOf(merged).begin();
  EXPECT_EQ(merged_value, value + kId + "\0"s);
  EXPECT_EQ(ParsePaper(merged_key, merged_value).merged_into, kId);
  const RecordCitations citations{.record_id = kId,
                                  .citations = {{.kind = CitedKind::kCase,
                                                 .relation = CitedRelation::kRepeals,
                                                 .number = "7",
                                                 .date = "2018-03-01",
                                                 .body = "b",
                                                 .article = "3",
                                                 .confidence = 0.5F}}};
  EXPECT_THAT(EntriesOf(citations),
              ElementsAre(std::pair("c7\0002018\000"s + id + "\0\0\0\0"s, "\x07\x02\x00\x32"s + "b\0"
                                                                                                "2018-03-01\0"s)));
}

TEST(Numbers, DamagedEntriesAreCorrupt) {
  const RecordCitations citations{.record_id = NewId(), .citations = {{.number = "7", .body = "b"}}};
  const auto [cited_key, cited_value] = *EntriesOf(citations).begin();
  const auto [key, value] = *EntriesOf(Numbered("45/2018", "b")).begin();
  EXPECT_EQ(CodeOf([&, &k = key, &v = value] { ParsePaper(k, v); }), "none");
  EXPECT_EQ(CodeOf([&, &k = cited_key, &v = cited_value] { ParseCitation(k, v); }), "none");
  for (size_t cut = 0; cut < key.size(); ++cut) {
    EXPECT_EQ(CodeOf([&, &k = key, &v = value] { ParsePaper(k.substr(0, cut), v); }), "corrupt") << cut;
  }
  for (size_t cut = 0; cut < value.size(); ++cut) {
    EXPECT_EQ(CodeOf([&, &k = key, &v = value] { ParsePaper(k, v.substr(0, cut)); }), "corrupt") << cut;
  }
  for (size_t cut = 0; cut < cited_key.size(); ++cut) {
    EXPECT_EQ(CodeOf([&, &k = cited_key, &v = cited_value] { ParseCitation(k.substr(0, cut), v); }), "corrupt") << cut;
  }
  for (size_t cut = 0; cut < cited_value.size(); ++cut) {
    EXPECT_EQ(CodeOf([&, &k = cited_key, &v = cited_value] { ParseCitation(k, v.substr(0, cut)); }), "corrupt") << cut;
  }
}

}  // namespace
}  // namespace diwan
