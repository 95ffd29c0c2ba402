// Versions: every change makes the next one, the one before stays, and a change from an old one is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/encoding.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ChangeSet Titled(Record record, const std::string& title, const std::string& why) {
  record.fields[0].value = title;
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {{.at = 5, .actor = "local:a", .action = "field.set", .subject = record.id, .why = why},
                   {.at = 5, .actor = "other", .action = "other"}};
  return changes;
}

TEST(Versions, EachChangeKeepsWhatItReplaces) {
  const TempFolder folder;
  Store store(folder.Store());
  const Record record = MakeRecord(2);
  store.Commit(MakeChange(record));
  EXPECT_EQ(store.GetRecord(record.id)->version, 1);
  EXPECT_THAT(store.History(record.id, 0, 1, 9), IsEmpty());
  store.Commit(Titled(record, "second", "first reason"));
  store.Commit(Titled(record, "third", "second reason"));
  EXPECT_EQ(store.GetRecord(record.id)->version, 3);
  const std::vector<PastVersion> past = store.History(record.id, 0, 1, 9);
  ASSERT_EQ(past.size(), 2U);
  EXPECT_EQ(past[0].version, 1);
  EXPECT_EQ(past[0].replaced_by.why, "first reason");
  EXPECT_EQ(past[0].replaced_by.actor, "local:a") << "the audit entry of the record, not the last one";
  EXPECT_THAT(past[0].value, IsEmpty());
  EXPECT_EQ(store.History(record.id, 0, 2, 9).size(), 1U);
  EXPECT_EQ(store.History(record.id, 0, 1, 1).size(), 1U);
  EXPECT_EQ(DecodeRecord(store.GetPast(record.id, 0, 1)->value, "it"), record);
  EXPECT_EQ(DecodeRecord(store.GetPast(record.id, 0, 2)->value, "it").Value("title"), "second");
  EXPECT_FALSE(store.GetPast(record.id, 0, 3));
  EXPECT_EQ(store.GetPage(record.id, 1)->version, 1) << "the pages were not changed";
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Versions, PagesHaveTheirsWhereverTheyGoAndCome) {
  const TempFolder folder;
  Store store(folder.Store());
  Record record = MakeRecord(2);
  store.Commit(MakeChange(record));
  store.Commit(MakeChange(record));
  EXPECT_EQ(store.GetPage(record.id, 2)->version, 2);
  record.page_count = 1;
  store.Commit(MakeChange(record));
  EXPECT_FALSE(store.GetPage(record.id, 2));
  EXPECT_THAT(store.PastVersions(record.id, 2), ElementsAre(1, 2));
  record.page_count = 2;
  store.Commit(MakeChange(record));
  EXPECT_EQ(store.GetPage(record.id, 2)->version, 3);
  EXPECT_THAT(store.PastVersions(record.id, 2), ElementsAre(1, 2));
  EXPECT_EQ(DecodePage(store.GetPast(record.id, 2, 1)->value, "it").text, "page 2");
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Versions, AnImageStaysWhereOnlyTheTextChanges) {
  const TempFolder folder;
  Store store(folder.Store());
  const Record record = MakeRecord(1);
  ChangeSet changes = MakeChange(record);
  changes.pages = {MakePage(record, 1, "text", "image")};
  store.Commit(changes);
  changes.pages[0].page.text = "other";
  changes.pages[0].image.clear();
  changes.pages[0].keep_image = true;
  store.Commit(changes);
  EXPECT_EQ(store.GetImage(record.id, 1), "image");
  EXPECT_EQ(store.GetPage(record.id, 1)->text, "other");
}

// The version that a commit with this base is refused for, or -1.
int Refused(Store& store, ChangeSet changes, const ChangeSet::Base& base) {
  changes.bases = {base};
  try {
    store.Commit(changes);
  } catch (const Conflict& conflict) {
    EXPECT_EQ(conflict.code(), ErrorCode::kConflict);
    return conflict.version();
  }
  return -1;
}

TEST(Versions, AChangeFromAnOldVersionIsRefusedWhole) {
  const TempFolder folder;
  Store store(folder.Store());
  const Record record = MakeRecord(1);
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .version = 1}), 0);
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .page = 1, .version = 0}), -1);
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .version = 0}), 1);
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .version = 1}), -1);
  const uint64_t sequence = store.LastSequence();
  const size_t audit = store.Audit(0, 99).size();
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .page = 1, .version = 1}), 2);
  EXPECT_EQ(Refused(store, MakeChange(record), {.record_id = record.id, .page = 7, .version = 1}), 0);
  EXPECT_EQ(store.LastSequence(), sequence);
  EXPECT_EQ(store.Audit(0, 99).size(), audit);
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Versions, OfManyChangesFromOneVersionOneIsTaken) {
  const TempFolder folder;
  Store store(folder.Store());
  Record record = MakeRecord(1);
  record.fields[0].value = "0";
  store.Commit(MakeChange(record));
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int edit = 0; edit < 50; ++edit) {
        const Record now = *store.GetRecord(record.id);
        ChangeSet changes = Titled(now, std::to_string(std::stoi(now.fields[0].value) + 1), "count");
        if (Refused(store, changes, {.record_id = record.id, .version = now.version}) < 0) ++taken;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store.GetRecord(record.id)->fields[0].value, std::to_string(taken));
  EXPECT_EQ(store.GetRecord(record.id)->version, taken + 1);
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Versions, ADeletedRecordIsStoredAndNotCounted) {
  const TempFolder folder;
  Store store(folder.Store());
  Record record = MakeRecord(2);
  store.Commit(MakeChange(record));
  const StoreTotals before = store.Totals();
  record.deleted = Mark{.why = "twice", .who = "a", .at = 1};
  ChangeSet gone = Titled(record, "t", "twice");
  store.Commit(gone);
  EXPECT_EQ(store.Totals().records, 0U);
  EXPECT_EQ(store.Totals().pages, 0U);
  EXPECT_THAT(store.ListRecords("", 9), IsEmpty());
  EXPECT_EQ(store.ListRecords("", 9, RecordsListed::kAll).size(), 1U);
  EXPECT_THAT(store.ListPages({"", 0}, 9), IsEmpty());
  EXPECT_THAT(store.PageNumbers(record.id), ElementsAre(1, 2));
  EXPECT_EQ(store.GetPage(record.id, 1)->text, "page 1");
  int seen = 0;
  const auto count = [&](const auto&) { return ++seen; };
  store.VisitPapers(NumberRole::kPaper, "12", std::nullopt, count);
  store.VisitCitations(NumberRole::kPaper, "7", std::nullopt, count);
  EXPECT_EQ(seen, 0);
  EXPECT_THAT(Faults(store), IsEmpty());
  EXPECT_EQ(store.Changes(0, 99).size(), 3U) << "the index learns of each page";
  store.Commit(MakeChange(record));  // a page that is written anew stays hidden
  EXPECT_EQ(store.Totals().pages, 0U);
  record.deleted.reset();
  store.Commit(Titled(record, "t", "no copy"));
  EXPECT_EQ(store.Totals().records, before.records);
  EXPECT_EQ(store.Totals().pages, before.pages);
  store.VisitPapers(NumberRole::kPaper, "12", std::nullopt, count);
  store.VisitCitations(NumberRole::kPaper, "7", std::nullopt, count);
  EXPECT_EQ(seen, 3);
  EXPECT_THAT(Faults(store), IsEmpty());
}

TEST(Versions, StoresOfOlderFormatsGetAHistory) {
  const TempFolder folder;
  const Record record = MakeRecord(1);
  Store(folder.Store()).Commit(MakeChange(record));
  {
    RawStore raw(folder.Store());
    raw.Put("default", "format", "2");
    raw.DropFamily("history");
  }
  {
    Store store(folder.Store());
    store.Commit(Titled(record, "second", "why"));
    EXPECT_EQ(store.GetRecord(record.id)->version, 2);
    EXPECT_THAT(Faults(store), IsEmpty());
  }
  EXPECT_EQ(RawStore(folder.Store()).All("default").at("format"), std::to_string(kStoreFormat));
}

}  // namespace
}  // namespace diwan
