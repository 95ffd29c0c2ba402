// A store as viewers see it: what is for others is not there, by whatever way it is asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/id.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Viewer kPublicViewer{.level = AccessLevel::kPublic, .bodies = {}};
const Viewer kInternalViewer{.level = AccessLevel::kInternal, .bodies = {}};
const Viewer kCourtViewer{.level = AccessLevel::kPublic, .bodies = {FoldedBody("محكمة الاستئناف")}};

Record MakeSecret(int pages, AccessLevel access, std::string external_id = "secret") {
  Record record = MakeRecord(pages, std::move(external_id));
  record.access = access;
  record.fields.push_back({.name = "body", .value = "محكمة الاستئناف", .printed = "", .state = FieldState::kConfirmed});
  return record;
}

uint64_t RecordsFor(const Store& store, const Viewer& viewer) { return store.SeenBy(viewer).Totals().records; }

TEST(Visibility, WhatIsConfidentialIsThereForNobodyElse) {
  const TempFolder folder;
  Store store(folder.Store());
  const SourceFile source = [&] {
    SourceFile file = Upload(store, "bytes");
    return file;
  }();
  Record secret = MakeSecret(2, AccessLevel::kConfidential);
  secret.source = source.digest;
  ChangeSet changes = MakeChange(secret);
  changes.pages[0] = MakePage(secret, 1, "", "image");
  changes.sources = {source};
  changes.sources[0].record_id = secret.id;
  changes.batches = {{.id = NewId(), .label = "", .opened_at = 1}};
  changes.entries = {{.batch_id = changes.batches[0].id, .number = 1, .record_id = secret.id},
                     {.batch_id = changes.batches[0].id, .number = 2, .access = AccessLevel::kConfidential},
                     {.batch_id = changes.batches[0].id, .number = 3, .file_name = "open"}};
  changes.jobs = {{.record_id = secret.id, .digest = source.digest}};
  store.Commit(changes);
  Record changed = secret;
  changed.fields[0].value = "other";
  store.Commit({.records = {changed}, .audit = {MakeAudit("field.set")}});

  const Store whole = store.SeenBy({});
  EXPECT_TRUE(whole.GetRecord(secret.id));
  EXPECT_TRUE(store.SeenBy(kCourtViewer).GetRecord(secret.id));
  EXPECT_EQ(RecordsFor(store, kCourtViewer), 1U);
  for (const Viewer& viewer : {kPublicViewer, kInternalViewer}) {
    const Store seen = store.SeenBy(viewer);
    int visited = 0;
    const auto count = [&](const auto&) { return ++visited > 0; };
    seen.VisitPapers(NumberRole::kPaper, "12", std::nullopt, count);
    seen.VisitCitations(NumberRole::kPaper, "7", std::nullopt, count);
    EXPECT_EQ(visited, 0);
    EXPECT_FALSE(seen.SeesRecord(secret.id));
    EXPECT_FALSE(seen.GetRecord(secret.id));
    EXPECT_FALSE(seen.RecordIdOfExternal("secret"));
    EXPECT_TRUE(seen.HasExternalId("secret"));
    EXPECT_FALSE(seen.GetPage(secret.id, 1));
    EXPECT_FALSE(seen.GetPageText(secret.id, 2));
    EXPECT_FALSE(seen.GetImage(secret.id, 1));
    EXPECT_FALSE(seen.GetSource(source.digest));
    EXPECT_EQ(CodeOf([&] { ReadAll(seen, source.digest); }), "not_found");
    EXPECT_FALSE(seen.GetJob(secret.id));
    EXPECT_FALSE(seen.GetEntry(changes.batches[0].id, 1));
    EXPECT_FALSE(seen.GetCitations(secret.id));
    EXPECT_FALSE(seen.GetPast(secret.id, 0, 1));
    EXPECT_THAT(seen.History(secret.id, 0, 1, 10), IsEmpty());
    EXPECT_THAT(seen.PastVersions(secret.id, 0), IsEmpty());
    EXPECT_THAT(seen.PageNumbers(secret.id), IsEmpty());
    EXPECT_THAT(seen.ListRecords("", 10), IsEmpty());
    EXPECT_THAT(seen.ListSources("", 10), IsEmpty());
    EXPECT_THAT(seen.ListJobs(), IsEmpty());
    EXPECT_THAT(seen.ListPages({"", 0}, 10), IsEmpty());
    EXPECT_THAT(seen.ListPagesWithoutText({"", 0}, 10), IsEmpty());
    EXPECT_THAT(seen.Changes(0, 10), IsEmpty());
    EXPECT_EQ(seen.Totals(), StoreTotals());
  }
  const auto entries = store.SeenBy(kInternalViewer).ListEntries(changes.batches[0].id);
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].file_name, "open");
  EXPECT_EQ(entries[0].number, 1U);
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Visibility, TotalsFollowLevelsDeletionsAndPages) {
  const TempFolder folder;
  Store store(folder.Store());
  Record record = MakeSecret(3, AccessLevel::kInternal);
  store.Commit(MakeChange(record));
  store.Commit(MakeChange(MakeRecord(1)));
  const auto totals = [&] {
    std::vector<uint64_t> out;
    for (const Viewer& viewer : {kPublicViewer, kCourtViewer, kInternalViewer, Viewer()}) {
      const StoreTotals seen = store.SeenBy(viewer).Totals();
      out.push_back(seen.records * 100 + seen.pages * 10 + seen.pages_without_text);
    }
    return out;
  };
  const auto put = [&](const Record& next, std::vector<ChangeSet::PagePut> pages = {}) {
    store.Commit({.records = {next}, .pages = std::move(pages), .audit = {MakeAudit("x")}});
    EXPECT_THAT(Faults(store), IsEmpty());
  };
  EXPECT_THAT(totals(), ElementsAre(0, 0, 240, 240));
  record.access = AccessLevel::kConfidential;
  put(record, {MakePage(record, 2, " ")});
  EXPECT_THAT(totals(), ElementsAre(0, 131, 110, 241));
  store.Commit({.pages = {MakePage(record, 1, "")}, .audit = {MakeAudit("x")}});
  EXPECT_THAT(totals(), ElementsAre(0, 132, 110, 242));
  record.fields.back().value = "another court";
  put(record);
  EXPECT_THAT(totals(), ElementsAre(0, 0, 110, 242));
  record.access = AccessLevel::kPublic;
  record.page_count = 2;
  put(record);
  EXPECT_THAT(totals(), ElementsAre(122, 122, 232, 232));
  record.deleted = Mark{.why = "x", .who = "x", .at = 1};
  put(record);
  EXPECT_THAT(totals(), ElementsAre(0, 0, 110, 110));
}

TEST(Visibility, AMergedRecordIsSeenWithTheOneThatStays) {
  const TempFolder folder;
  Store store(folder.Store());
  Record stays = MakeSecret(1, AccessLevel::kConfidential);
  Record goes = MakeRecord(1);
  goes.merged_into = stays.id;
  goes.deleted = Mark{.why = "x", .who = "x", .at = 1};
  ChangeSet changes = MakeChange(stays);
  const ChangeSet other = MakeChange(goes);
  changes.records.push_back(goes);
  changes.pages.push_back(other.pages[0]);
  store.Commit(changes);
  EXPECT_TRUE(store.GetRecord(goes.id));
  const Store seen = store.SeenBy(kInternalViewer);
  EXPECT_FALSE(seen.GetRecord(goes.id));
  EXPECT_THAT(seen.ListRecords("", 9, RecordsListed::kAll), IsEmpty());
  int visited = 0;
  seen.VisitPapers(NumberRole::kPaper, "12", std::nullopt, [&](const auto&) { return ++visited > 0; });
  EXPECT_EQ(visited, 0);
}

TEST(Visibility, ASourceIsSeenByWhoSeesAllRecordsOfIt) {
  const TempFolder folder;
  Store store(folder.Store());
  SourceFile source = Upload(store, "bytes");
  const Record open = MakeRecord(1);
  const Record part = MakeSecret(1, AccessLevel::kConfidential);
  source.record_id = open.id;
  ChangeSet changes = MakeChange(open);
  changes.sources = {source};
  store.Commit(changes);
  EXPECT_TRUE(store.SeenBy(kInternalViewer).GetSource(source.digest));
  changes = MakeChange(part);
  source.parts = {part.id};
  changes.sources = {source};
  store.Commit(changes);
  EXPECT_FALSE(store.SeenBy(kInternalViewer).GetSource(source.digest));
  EXPECT_TRUE(store.GetSource(source.digest));
  // The same bytes again, from somebody who does not see the others.
  const Record again = MakeRecord(1);
  changes = MakeChange(again);
  source.record_id = again.id;
  source.parts.clear();
  changes.sources = {source};
  store.Commit(changes);
  EXPECT_FALSE(store.SeenBy(kInternalViewer).GetSource(source.digest));
  EXPECT_THAT(store.GetSource(source.digest)->parts, ElementsAre(part.id, open.id));
}

TEST(Visibility, WhatWasReadOpensNothing) {
  Record record = MakeSecret(1, AccessLevel::kConfidential);
  EXPECT_EQ(AudienceOf(record).body, FoldedBody("محكمة الاستئناف"));
  record.fields.back().origin = FieldOrigin::kOcr;
  EXPECT_EQ(AudienceOf(record).body, FoldedBody("محكمة الاستئناف"));  // read, and confirmed by a person
  record.fields.back().state = FieldState::kProposed;
  EXPECT_EQ(AudienceOf(record), (Audience{.level = AccessLevel::kConfidential, .body = ""}));
  record.access = AccessLevel::kInternal;
  EXPECT_EQ(AudienceOf(record), Audience());
}

TEST(Visibility, AudiencesHaveKeys) {
  for (const Audience& audience : std::vector<Audience>{{AccessLevel::kPublic, ""},
                                                        {AccessLevel::kInternal, ""},
                                                        {AccessLevel::kConfidential, ""},
                                                        {AccessLevel::kConfidential, "a/b c"}}) {
    EXPECT_EQ(AudienceOfKey(KeyOf(audience)), audience);
  }
  EXPECT_FALSE(Sees(kInternalViewer, AudienceOfKey("secret")));
  EXPECT_EQ(FoldedBody("  محكمةُ \n\t الإستئناف "), FoldedBody("محكمه الاستئناف"));
  EXPECT_LE(FoldedBody(std::string(1000, 'x')).size(), 200U);
}

// What older formats have is internal, and a split record is a part of its source.
TEST(Visibility, StoresOfOlderFormatsAreInternal) {
  const TempFolder folder;
  Record part = MakeRecord(1);
  {
    Store store(folder.Store());
    SourceFile source = Upload(store, "bytes");
    Record first = MakeRecord(2);
    first.source = part.source = source.digest;
    part.first_page = 3;
    source.record_id = first.id;
    ChangeSet changes = MakeChange(first);
    changes.sources = {source};
    store.Commit(changes);
    store.Commit(MakeChange(part));
  }
  {
    RawStore raw(folder.Store());
    raw.Put("default", "format", "3");
    raw.Delete("default", "totals/internal");
  }
  Store store(folder.Store());
  EXPECT_EQ(RecordsFor(store, kInternalViewer), 2U);
  EXPECT_EQ(RecordsFor(store, kPublicViewer), 0U);
  EXPECT_THAT(store.GetSource(part.source)->parts, ElementsAre(part.id));
  store.Commit(MakeChange(MakeRecord(1)));
  EXPECT_EQ(RecordsFor(store, kInternalViewer), 3U);
  EXPECT_THAT(Faults(store), IsEmpty());
}

}  // namespace
}  // namespace diwan
