// The threads that turn waiting files into stored pages, each with a worker process of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "archive/condition.h"
#include "ingest/worker.h"
#include "store/store.h"

namespace diwan {

struct ReadingPoolOptions {
  int workers = 1;
  WorkerOptions worker;
  std::filesystem::path spool;  // an existing folder, on the archive's own disk
};

// Every method may be called from any thread.
class ReadingPool {
 public:
  // Commits a change set; may throw as Store::Commit.
  using Committer = std::function<void(const ChangeSet&)>;

  // Begins with the jobs that `store` has, oldest first. `store` must outlive this.
  ReadingPool(Store& store, Committer commit, const ReadingPoolOptions& options);
  ~ReadingPool();  // gives up the pages under way, ends the worker processes
  ReadingPool(const ReadingPool&) = delete;
  ReadingPool& operator=(const ReadingPool&) = delete;

  void Add(const Job& job);

  // Its part of an archive's condition.
  void Tell(Condition& condition) const;

  // See Archive::StalledReason.
  std::string StalledReason(std::string_view record_id) const;

 private:
  struct File;  // a job whose pages are being read
  struct Attempt;
  struct Slot;  // a worker process and the file it has open
  struct Task;  // one page of a file, or its opening

  void Run(Slot& slot);
  bool NextTask(Task& task);
  void Perform(Slot& slot, const Task& task);
  void OpenFile(Slot& slot, const std::shared_ptr<File>& file);
  Attempt TryPage(Slot& slot, const std::shared_ptr<File>& file, int number, const std::string& language);
  void ReadOnePage(Slot& slot, const std::shared_ptr<File>& file, int number);
  void StorePage(File& file, PageReading reading);
  void StoreAgain(File& file, PageReading reading);
  void Settle(File& file);
  // Settles by `settle`, anew where a person changed the record meanwhile.
  void SettleRecord(File& file, const std::function<void(File&, Record, ChangeSet&)>& settle);
  void SettleQuarantined(File& file, const std::string& reason);
  void SettleStored(File& file, Record record, ChangeSet& changes);
  void SettleAgain(File& file, Record record, ChangeSet& changes);

  Store& store_;
  const Committer commit_;
  const ReadingPoolOptions options_;

  mutable std::mutex mutex_;  // guards what follows, and the bookkeeping of every File
  std::condition_variable changed_;
  bool stopping_ = false;
  std::deque<Job> waiting_;
  std::deque<std::shared_ptr<File>> open_;                                   // files with pages left or under way
  std::map<std::string, std::pair<Job, std::string>, std::less<>> stalled_;  // by record id, with the reason
  std::chrono::steady_clock::time_point retry_at_;                           // of the stalled ones
  std::atomic<uint64_t> workers_lost_{0};

  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<std::thread> threads_;
};

}  // namespace diwan
