// Any thread may call any method.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/store/store_testing.h"

namespace diwan {
namespace {

TEST(Concurrency, FourThreadsCommitWhileOthersRead) {
  constexpr int kThreads = 4;
  constexpr int kCommits = 40;
  const TempFolder folder;
  Store store(folder.Store());
  std::atomic<bool> done = false;
  std::thread follower([&] {
    uint64_t last = 0;
    while (!done) {
      for (const Change& change : store.Changes(last, 50)) {
        EXPECT_GT(change.sequence, last);
        last = change.sequence;
        EXPECT_TRUE(store.GetRecord(change.record_id));
      }
      EXPECT_LE(store.Totals().records, uint64_t{kThreads * kCommits});
    }
  });
  std::vector<std::thread> writers;
  for (int t = 0; t < kThreads; ++t) {
    writers.emplace_back([&, t] {
      for (int i = 0; i < kCommits; ++i) {
        ChangeSet changes = MakeChange(MakeRecord(2, std::to_string(t) + "-" + std::to_string(i)));
        // All threads bring the same bytes from time to time.
        changes.sources = {Upload(store, i % 2 == 0 ? std::to_string(i) : changes.records[0].id)};
        store.Commit(changes);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  follower.join();
  EXPECT_EQ(store.Totals().records, uint64_t{kThreads * kCommits});
  EXPECT_EQ(store.LastSequence(), uint64_t{kThreads * kCommits * 3});
  EXPECT_EQ(store.ListSources("", 1000).size(), size_t{kCommits / 2 + kThreads * kCommits / 2});
  EXPECT_EQ(Faults(store), std::vector<std::string>());
}

}  // namespace
}  // namespace diwan
