// The one thread that follows the change feed and feeds the index, and the switch to a rebuilt one.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "archive/condition.h"
#include "archive/generations.h"
#include "index/index.h"
#include "store/store.h"

namespace diwan {

// Every method may be called from any thread.
class Indexer {
 public:
  // Begins to follow `store`'s feed, which must outlive this, into the index in `index_dir`.
  Indexer(Store& store, std::filesystem::path index_dir);
  ~Indexer();  // commits what was applied and stops
  Indexer(const Indexer&) = delete;
  Indexer& operator=(const Indexer&) = delete;

  // Something was committed to the store.
  void Wake();

  // Returns when changes up to `sequence` are searchable. Throws kUnavailable when indexing fails, or is stopped.
  void WaitApplied(uint64_t sequence);

  // Its part of an archive's condition.
  void Tell(Condition& condition);

  // See Archive::Reindex.
  void Rebuild(const std::function<void(uint64_t done, uint64_t total)>& progress);

  // Lends a reader of the current generation that no other thread uses meanwhile.
  void WithReader(const std::function<void(IndexReader&)>& use);

 private:
  struct Reader {
    std::shared_ptr<Generation> generation;
    std::unique_ptr<IndexReader> reader;
  };

  void Run();
  void Follow(IndexWriter& writer, const std::shared_ptr<Generation>& generation);
  bool WaitForWork(uint64_t applied, const std::shared_ptr<Generation>& generation);
  void StartAfresh(const std::string& why);
  Reader TakeReader();

  Store& store_;
  const std::filesystem::path index_dir_;

  // Held by whoever applies changes to the current generation, and by a rebuild while it switches.
  std::mutex feed_mutex_;

  std::mutex mutex_;  // guards what follows; taken after feed_mutex_
  std::condition_variable changed_;
  std::shared_ptr<Generation> current_;
  std::vector<Reader> idle_readers_;
  uint64_t applied_ = 0;  // committed to the current generation
  uint64_t awaited_ = 0;  // somebody waits for this change: don't gather, commit
  bool rebuilding_ = false;
  bool stopping_ = false;
  std::string failure_;  // of the last try; "" when indexing goes on

  std::thread thread_;
};

}  // namespace diwan
