// The change feed and the audit trail: in order, growing, never reused.
#include <gtest/gtest.h>

#include "core/id.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

std::vector<uint64_t> Sequences(const std::vector<Change>& changes) {
  std::vector<uint64_t> numbers;
  for (const Change& change : changes) numbers.push_back(change.sequence);
  return numbers;
}

TEST(Changes, ANewerChangeReplacesTheOlder) {
  const TempFolder folder;
  Store store(folder.Store());
  const Record a = MakeRecord(1);
  const Record b = MakeRecord(1);
  EXPECT_EQ(store.Commit(MakeChange(a)), 2U);
  EXPECT_EQ(store.Commit(MakeChange(b)), 4U);
  EXPECT_EQ(store.Commit(MakeChange(a)), 6U);
  const auto changes = store.Changes(0, 100);
  EXPECT_EQ(Sequences(changes), (std::vector<uint64_t>{3, 4, 5, 6}));
  EXPECT_EQ(changes[0], (Change{.sequence = 3, .kind = ChangeKind::kRecord, .record_id = b.id, .page = 0}));
  EXPECT_EQ(changes[3], (Change{.sequence = 6, .kind = ChangeKind::kPage, .record_id = a.id, .page = 1}));
  EXPECT_EQ(Sequences(store.Changes(4, 1)), (std::vector<uint64_t>{5}));
  EXPECT_TRUE(store.Changes(6, 100).empty());
  EXPECT_TRUE(store.Changes(UINT64_MAX, 100).empty());
  EXPECT_TRUE(store.Changes(0, 0).empty());
}

TEST(Changes, NumbersGoOnAfterReopening) {
  const TempFolder folder;
  const Record record = MakeRecord(1);
  for (uint64_t round = 1; round <= 4; ++round) {
    Store store(folder.Store());
    EXPECT_EQ(store.LastSequence(), (round - 1) * 2);
    EXPECT_EQ(store.Commit(MakeChange(record)), round * 2);
    EXPECT_EQ(Sequences(store.Changes(0, 100)), (std::vector<uint64_t>{round * 2 - 1, round * 2}));
    EXPECT_EQ(store.Audit(0, 100).size(), round);
  }
}

TEST(Changes, WhatIsNoRecordOrPageIsNotInTheFeed) {
  const TempFolder folder;
  Store store(folder.Store());
  ChangeSet changes;
  changes.batches = {{.id = NewId()}};
  changes.jobs = {{.record_id = NewId()}};
  changes.audit = {MakeAudit("batch.open")};
  EXPECT_EQ(store.Commit(changes), 0U);
  EXPECT_TRUE(store.Changes(0, 100).empty());
}

TEST(Changes, AuditIsReadFromAnyPlace) {
  const TempFolder folder;
  Store store(folder.Store());
  for (int i = 0; i < 5; ++i) {
    ChangeSet changes;
    changes.audit = {MakeAudit(std::to_string(i * 2)), MakeAudit(std::to_string(i * 2 + 1))};
    store.Commit(changes);
  }
  const auto entries = store.Audit(3, 4);
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries.front(), MakeAudit("3"));
  EXPECT_EQ(entries.back(), MakeAudit("6"));
  EXPECT_TRUE(store.Audit(10, 4).empty());
}

}  // namespace
}  // namespace diwan
