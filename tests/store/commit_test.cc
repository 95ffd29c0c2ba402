// Commits: what was put comes back, totals count right, and what contradicts itself is refused whole.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/id.h"
#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

class CommitTest : public testing::Test {
 protected:
  void Reopen() {
    store_.reset();
    store_ = std::make_unique<Store>(folder_.Store());
  }
  void ExpectTotals(uint64_t records, uint64_t pages, uint64_t without_text) {
    const StoreTotals totals = store_->Totals();
    EXPECT_EQ(totals.records, records);
    EXPECT_EQ(totals.pages, pages);
    EXPECT_EQ(totals.pages_without_text, without_text);
    EXPECT_EQ(Faults(*store_), std::vector<std::string>());
  }

  TempFolder folder_;
  std::unique_ptr<Store> store_ = std::make_unique<Store>(folder_.Store());
};

TEST_F(CommitTest, EveryKindComesBackAfterReopening) {
  const SourceFile source = Upload(*store_, "the bytes");
  Record record = MakeRecord(2, "ext-1");
  record.source = source.digest;
  const Batch batch{.id = NewId(), .label = "box 3", .opened_at = 5};
  const BatchEntry entry{.batch_id = batch.id, .number = 1, .file_name = "a.tif", .record_id = record.id};
  const Job job{.record_id = record.id, .digest = source.digest, .batch_id = batch.id, .entry = 1, .language = "ara"};
  ChangeSet changes = MakeChange(record);
  changes.pages[1] = MakePage(record, 2, "نص", std::string(50000, 'i'));
  changes.sources = {source};
  changes.batches = {batch};
  changes.entries = {entry};
  changes.jobs = {job};
  store_->Commit(changes);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(store_->GetRecord(record.id), record);
    EXPECT_EQ(store_->RecordIdOfExternal("ext-1"), record.id);
    EXPECT_EQ(store_->GetPage(record.id, 2), changes.pages[1].page);
    EXPECT_EQ(store_->GetPageText(record.id, 2), "نص");
    EXPECT_EQ(store_->GetPageText(record.id, 4), std::nullopt);
    EXPECT_EQ(store_->GetImage(record.id, 2), std::string(50000, 'i'));
    EXPECT_EQ(store_->GetImage(record.id, 1), std::nullopt);
    EXPECT_EQ(store_->GetSource(source.digest), source);
    EXPECT_EQ(ReadAll(*store_, source.digest), "the bytes");
    EXPECT_EQ(store_->GetBatch(batch.id), batch);
    EXPECT_EQ(store_->ListBatches(), std::vector{batch});
    EXPECT_EQ(store_->GetEntry(batch.id, 1), entry);
    EXPECT_EQ(store_->ListEntries(batch.id), std::vector{entry});
    EXPECT_EQ(store_->ListJobs(), std::vector{job});
    EXPECT_EQ(store_->Audit(0, 10), changes.audit);
    EXPECT_EQ(store_->PageNumbers(record.id), (std::vector{1, 2}));
    ExpectTotals(1, 2, 0);
    Reopen();
  }
}

TEST_F(CommitTest, WhatIsNotThereIsEmpty) {
  for (const std::string& id : {std::string(), std::string("x"), NewId(), std::string(36, '\0')}) {
    EXPECT_EQ(store_->GetRecord(id), std::nullopt);
    EXPECT_EQ(store_->RecordIdOfExternal(id), std::nullopt);
    for (const int number : {-1, 0, 1}) {
      EXPECT_EQ(store_->GetPage(id, number), std::nullopt);
      EXPECT_EQ(store_->GetImage(id, number), std::nullopt);
    }
    EXPECT_EQ(store_->GetSource(id), std::nullopt);
    EXPECT_EQ(store_->GetBatch(id), std::nullopt);
    EXPECT_EQ(store_->GetEntry(id, 1), std::nullopt);
    EXPECT_TRUE(store_->PageNumbers(id).empty());
    EXPECT_TRUE(store_->ListEntries(id).empty());
    EXPECT_EQ(CodeOf([&] { ReadAll(*store_, id); }), "not_found");
  }
  EXPECT_EQ(store_->Commit({}), 0U);
  EXPECT_EQ(CodeOf([&] { store_->ListRecords("no id", 1); }), "invalid");
  EXPECT_EQ(CodeOf([&] { store_->ListPages({"no id", 1}, 1); }), "invalid");
  EXPECT_EQ(CodeOf([&] { store_->ListSources("no digest", 1); }), "invalid");
}

TEST_F(CommitTest, ReplacingDoesNotCountTwice) {
  Record record = MakeRecord(3);
  store_->Commit(MakeChange(record));
  store_->Commit(MakeChange(record));
  ExpectTotals(1, 3, 0);

  ChangeSet twice = MakeChange(record);
  twice.records.push_back(record);
  twice.records.back().file_name = "the last wins";
  twice.pages.push_back(MakePage(record, 1, " \n\t "));
  store_->Commit(twice);
  EXPECT_EQ(store_->GetRecord(record.id)->file_name, "the last wins");
  EXPECT_EQ(store_->GetPage(record.id, 1)->text, " \n\t ");
  ExpectTotals(1, 3, 1);

  ChangeSet page;
  page.pages = {MakePage(record, 1, "read at last")};
  page.audit = {MakeAudit("page.read")};
  store_->Commit(page);
  ExpectTotals(1, 3, 0);
}

TEST_F(CommitTest, AReplacedPageWithoutImageLosesIt) {
  const Record record = MakeRecord(1);
  ChangeSet changes = MakeChange(record);
  changes.pages = {MakePage(record, 1, "text", "image bytes")};
  store_->Commit(changes);
  EXPECT_EQ(store_->GetImage(record.id, 1), "image bytes");
  store_->Commit(MakeChange(record));
  EXPECT_EQ(store_->GetImage(record.id, 1), std::nullopt);
}

TEST_F(CommitTest, FewerPagesRemoveTheRestAndTellTheFeed) {
  Record record = MakeRecord(4);
  const Record neighbour = MakeRecord(4);
  ChangeSet first = MakeChange(record);
  first.pages[3] = MakePage(record, 4, "", "image");
  store_->Commit(first);
  const uint64_t before = store_->Commit(MakeChange(neighbour));
  ExpectTotals(2, 8, 1);
  record.page_count = 2;
  store_->Commit(MakeChange(record));
  EXPECT_EQ(store_->PageNumbers(record.id), (std::vector{1, 2}));
  EXPECT_EQ(store_->GetPage(record.id, 3), std::nullopt);
  EXPECT_EQ(store_->GetImage(record.id, 4), std::nullopt);
  ExpectTotals(2, 6, 0);
  std::vector<int> told;
  for (const Change& change : store_->Changes(before, 100)) told.push_back(change.page);
  std::ranges::sort(told);
  EXPECT_EQ(told, (std::vector{0, 1, 2, 3, 4}));
  store_->Commit(MakeChange(record));  // removed pages are not told twice
  EXPECT_EQ(store_->LastSequence(), before + 5 + 3);
  record.page_count = 3;
  store_->Commit(MakeChange(record));
  ExpectTotals(2, 7, 0);
}

TEST_F(CommitTest, ExternalIdsFollowTheirRecords) {
  Record a = MakeRecord(0, "a");
  Record b = MakeRecord(0, "b");
  const auto put = [&](std::vector<Record> records) {
    ChangeSet changes;
    changes.records = std::move(records);
    changes.audit = {MakeAudit("record.import")};
    return CodeOf([&] { store_->Commit(changes); });
  };
  EXPECT_EQ(put({a, b}), "none");
  EXPECT_EQ(put({MakeRecord(0, "a")}), "invalid");
  EXPECT_EQ(put({MakeRecord(0, "c"), MakeRecord(0, "c")}), "invalid");
  EXPECT_EQ(put({MakeRecord(0, std::string(1025, 'x'))}), "too_large");
  EXPECT_EQ(store_->Totals().records, 2U);
  std::swap(a.external_id, b.external_id);
  EXPECT_EQ(put({a, b}), "none");
  EXPECT_EQ(store_->RecordIdOfExternal("a"), b.id);
  EXPECT_EQ(store_->RecordIdOfExternal("b"), a.id);
  a.external_id = "";
  EXPECT_EQ(put({a}), "none");
  EXPECT_EQ(store_->RecordIdOfExternal("b"), std::nullopt);
  EXPECT_EQ(put({MakeRecord(0, "b")}), "none");
  ExpectTotals(3, 0, 0);
}

TEST_F(CommitTest, ContradictionsAreRefusedWhole) {
  const Record record = MakeRecord(1, "kept");
  store_->Commit(MakeChange(record));
  const struct {
    const char* name;
    const char* code;
    std::function<void(ChangeSet&)> spoil;
  } rows[] = {
      {"no audit", "internal", [](ChangeSet& c) { c.audit.clear(); }},
      {"record id", "invalid", [](ChangeSet& c) { c.records[0].id = "1"; }},
      {"page count", "invalid", [](ChangeSet& c) { c.records[0].page_count = -1; }},
      {"page zero", "invalid", [](ChangeSet& c) { c.pages[0].page.number = 0; }},
      {"page beyond the count", "invalid", [](ChangeSet& c) { c.pages[0].page.number = 2; }},
      {"page of no record", "invalid", [](ChangeSet& c) { c.pages[0].page.record_id = NewId(); }},
      {"image missing", "invalid", [](ChangeSet& c) { c.pages[0].page.image_type = "image/png"; }},
      {"source without bytes", "invalid",
       [](ChangeSet& c) { c.sources.push_back({.digest = std::string(64, 'a'), .size = 1}); }},
      {"no digest", "invalid", [](ChangeSet& c) { c.sources.push_back({.digest = "a"}); }},
      {"batch id", "invalid", [](ChangeSet& c) { c.batches.push_back({.id = "b"}); }},
      {"entry's batch", "invalid", [](ChangeSet& c) { c.entries.push_back({.batch_id = "b"}); }},
      {"job's record", "invalid", [](ChangeSet& c) { c.jobs.push_back({.record_id = "r"}); }},
      {"finished job", "invalid", [](ChangeSet& c) { c.finished_jobs.emplace_back("r"); }},
      {"external id", "invalid", [](ChangeSet& c) { c.records[0].external_id = "kept"; }},
  };
  for (const auto& row : rows) {
    ChangeSet changes = MakeChange(MakeRecord(1));
    row.spoil(changes);
    EXPECT_EQ(CodeOf([&] { store_->Commit(changes); }), row.code) << row.name;
  }
  EXPECT_EQ(store_->LastSequence(), 2U);
  EXPECT_EQ(store_->Audit(0, 10).size(), 1U);
  ExpectTotals(1, 1, 0);
}

TEST_F(CommitTest, JobsAreCountedAndOldestFirst) {
  std::vector<Job> jobs;
  for (const int64_t at : {30, 10, 20}) jobs.push_back({.record_id = NewId(), .queued_at = at});
  ChangeSet changes;
  changes.jobs = {jobs[0], jobs[1], jobs[2], jobs[2]};
  store_->Commit(changes);
  store_->Commit(changes);
  EXPECT_EQ(store_->Totals().jobs, 3U);
  EXPECT_EQ(store_->ListJobs(), (std::vector{jobs[1], jobs[2], jobs[0]}));
  ChangeSet done;
  done.finished_jobs = {jobs[1].record_id, jobs[1].record_id, NewId()};
  store_->Commit(done);
  Reopen();
  EXPECT_EQ(store_->Totals().jobs, 2U);
  EXPECT_EQ(store_->ListJobs(), (std::vector{jobs[2], jobs[0]}));
}

TEST_F(CommitTest, ListsGoOnWhereTheyEnded) {
  std::vector<std::string> ids;
  for (int i = 0; i < 7; ++i) {
    Record record = MakeRecord(i % 3);
    ids.push_back(record.id);
    store_->Commit(MakeChange(record));
  }
  std::ranges::sort(ids);
  std::vector<std::string> listed;
  while (true) {
    const auto some = store_->ListRecords(listed.empty() ? "" : listed.back(), 3);
    if (some.empty()) break;
    EXPECT_LE(some.size(), 3U);
    for (const Record& record : some) listed.push_back(record.id);
  }
  EXPECT_EQ(listed, ids);
  std::vector<std::pair<std::string, int>> pages;
  while (true) {
    const auto some = store_->ListPages(pages.empty() ? std::pair{std::string(), 0} : pages.back(), 2);
    if (some.empty()) break;
    pages.insert(pages.end(), some.begin(), some.end());
  }
  EXPECT_EQ(pages, store_->ListPages({"", 0}, 100));
  EXPECT_EQ(pages.size(), store_->Totals().pages);
  EXPECT_TRUE(std::ranges::is_sorted(pages));
  EXPECT_TRUE(store_->ListRecords("", 0).empty());
}

}  // namespace
}  // namespace diwan
