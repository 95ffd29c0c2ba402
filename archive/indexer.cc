// From the store's change feed to the index: step 5 in the life of a page. The feed is followed in batches; each is
// committed together with "applied up to n", so that a crash costs a replay and never a difference.
#include "archive/indexer.h"

#include <fmt/core.h>

#include <chrono>
#include <map>
#include <set>

#include "core/error.h"

namespace diwan {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr size_t kChangesAtOnce = 1000;
constexpr size_t kCommitBytes = 32U << 20;  // of page text, since a commit is several syncs but memory is bounded too
constexpr milliseconds kGather{400};        // wait this long for more before a commit; well under two seconds
constexpr uint64_t kFinishAtClose = 5000;  // changes that closing still waits for; more is replayed at the next opening
constexpr seconds kRetry{5};               // after a failure

struct Touched {
  bool record = false;  // its fields stand on every page's document
  std::set<int> pages;
};

// Asks the store. Its damage must not be taken for the index's, which would be made anew without end.
template <typename Ask>
auto FromStore(const Ask& ask) {
  try {
    return ask();
  } catch (const Error& e) {
    if (e.code() != ErrorCode::kCorrupt) throw;
    throw Error(ErrorCode::kUnavailable, e.what());
  }
}

// A page whose stored value is damaged is left out of the index; `verify` tells of it. It must not sink the others.
size_t PutPage(Store& store, IndexWriter& writer, const Record& record, int number) {
  try {
    const auto page = store.GetPage(record.id, number);
    if (page) {
      writer.Put({.record = &record, .page = &*page});
      return page->text.size() + 1024;
    }
  } catch (const Error& e) {
    if (e.code() != ErrorCode::kCorrupt) throw;
  }
  writer.Remove(record.id, number);
  return 0;
}

size_t ApplyRecord(Store& store, IndexWriter& writer, const std::string& id, Touched touched) {
  std::optional<Record> record;
  try {
    record = store.GetRecord(id);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::kCorrupt) throw;
  }
  if (touched.record) {
    for (const int number : FromStore([&] { return store.PageNumbers(id); })) touched.pages.insert(number);
  }
  size_t bytes = 0;
  for (const int number : touched.pages) {
    if (record && !record->deleted) {
      bytes += PutPage(store, writer, *record, number);
    } else {
      writer.Remove(id, number);
    }
  }
  return bytes;
}

// Applies the next changes after `applied` and moves it on. Returns how many bytes of text were handed over.
size_t ApplySome(Store& store, IndexWriter& writer, uint64_t& applied) {
  std::map<std::string, Touched> touched;
  for (const Change& change : FromStore([&] { return store.Changes(applied, kChangesAtOnce); })) {
    Touched& of_record = touched[change.record_id];
    if (change.kind == ChangeKind::kRecord) {
      of_record.record = true;
    } else {
      of_record.pages.insert(change.page);
    }
    applied = change.sequence;
  }
  size_t bytes = 0;
  for (const auto& [id, what] : touched) bytes += ApplyRecord(store, writer, id, what);
  return bytes;
}

// Applies changes until `last`, or as many as one commit should hold, and commits them. Moves `applied` on.
void ApplyAndCommit(Store& store, IndexWriter& writer, uint64_t& applied, uint64_t last) {
  for (size_t bytes = 0; applied < last && bytes < kCommitBytes;) {
    const uint64_t before = applied;
    bytes += ApplySome(store, writer, applied);
    if (applied == before) applied = last;  // nothing is left of these changes
  }
  writer.Commit(applied);
}

}  // namespace

Indexer::Indexer(Store& store, std::filesystem::path index_dir)
    : store_(store), index_dir_(std::move(index_dir)), current_(OpenCurrent(index_dir_)) {
  // The writer makes the database, so that readers find one from the first moment.
  try {
    applied_ = IndexWriter(current_->dir()).Applied();
  } catch (const Error& e) {
    if (e.code() != ErrorCode::kCorrupt) throw;
    StartAfresh(e.what());
  }
  thread_ = std::thread([this] { Run(); });
}

Indexer::~Indexer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Indexer::Wake() {
  { const std::lock_guard lock(mutex_); }  // so that the thread is either before its look at the feed, or waiting
  changed_.notify_all();
}

void Indexer::WaitApplied(uint64_t sequence) {
  std::unique_lock lock(mutex_);
  awaited_ = std::max(awaited_, sequence);
  changed_.notify_all();
  changed_.wait(lock, [&] { return applied_ >= sequence || stopping_ || !failure_.empty(); });
  if (applied_ >= sequence) return;
  throw Error(ErrorCode::kUnavailable, stopping_ ? "the archive is being closed" : failure_);
}

void Indexer::Tell(Condition& condition) {
  const std::lock_guard lock(mutex_);
  condition.index_failure = failure_;
  condition.indexed = applied_;
}

void Indexer::Run() {
  for (;;) {
    std::shared_ptr<Generation> generation;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      generation = current_;
    }
    std::string failure;
    bool damaged = false;
    try {
      IndexWriter writer(generation->dir());
      Follow(writer, generation);
      continue;
    } catch (const Error& e) {
      failure = fmt::format("the index can't be brought up to date: {}", e.what());
      damaged = e.code() == ErrorCode::kCorrupt;
    } catch (const std::exception& e) {
      failure = fmt::format("the index can't be brought up to date: {}", e.what());
    }
    if (damaged) {
      try {
        StartAfresh(failure);
        continue;
      } catch (const Error& e) {
        failure = e.what();
      }
    }
    std::unique_lock lock(mutex_);
    failure_ = failure;
    changed_.notify_all();
    changed_.wait_for(lock, kRetry, [&] { return stopping_; });
  }
}

// Follows the feed into one generation until that is replaced or the archive is closed.
void Indexer::Follow(IndexWriter& writer, const std::shared_ptr<Generation>& generation) {
  uint64_t applied = writer.Applied();
  while (WaitForWork(applied, generation)) {
    const std::lock_guard feed(feed_mutex_);
    {
      const std::lock_guard lock(mutex_);
      if (current_ != generation) return;
    }
    ApplyAndCommit(store_, writer, applied, store_.LastSequence());
    const std::lock_guard lock(mutex_);
    applied_ = applied;
    failure_.clear();
    changed_.notify_all();
  }
}

// Waits until there are changes after `applied`, gathering for a moment unless somebody waits. False when this
// generation needs no more: it was replaced, or the archive is closed and not just a little is left to do.
bool Indexer::WaitForWork(uint64_t applied, const std::shared_ptr<Generation>& generation) {
  std::unique_lock lock(mutex_);
  const auto over = [&] { return stopping_ || current_ != generation; };
  changed_.wait(lock, [&] { return over() || store_.LastSequence() > applied; });
  changed_.wait_for(lock, kGather, [&] { return over() || awaited_ > applied; });
  if (current_ != generation) return false;
  const uint64_t left = store_.LastSequence() - applied;
  return stopping_ ? left > 0 && left <= kFinishAtClose : left > 0;
}

// The index is derived: a damaged one is left behind for a new one, which the feed fills from its beginning.
void Indexer::StartAfresh(const std::string& why) {
  const std::lock_guard feed(feed_mutex_);
  auto next = NextGeneration(index_dir_, *current_);
  try {
    IndexWriter{next->dir()}.Commit(0);
  } catch (const Error& e) {
    next->MarkReplaced();
    throw Error(e.code(), fmt::format("{}; and a new index can't be made: {}", why, e.what()));
  }
  MakeCurrent(index_dir_, *next);
  const std::lock_guard lock(mutex_);
  current_->MarkReplaced();
  current_ = std::move(next);
  idle_readers_.clear();
  applied_ = 0;
}

void Indexer::Rebuild(const std::function<void(uint64_t, uint64_t)>& progress) {
  std::shared_ptr<Generation> next;
  {
    const std::lock_guard lock(mutex_);
    if (rebuilding_) throw Error(ErrorCode::kBusy, "the index is being rebuilt already; wait for that to end");
    rebuilding_ = true;
    next = NextGeneration(index_dir_, *current_);
  }
  const auto finish = [&](bool replaced) {
    const std::lock_guard lock(mutex_);
    rebuilding_ = false;
    (replaced ? current_ : next)->MarkReplaced();
    if (!replaced) return;
    current_ = next;
    idle_readers_.clear();
    changed_.notify_all();
  };
  try {
    uint64_t applied = 0;
    auto writer = std::make_unique<IndexWriter>(next->dir());
    // Catch up without holding anybody, then the little that is left while the feed stands still.
    while (applied < store_.LastSequence()) {
      ApplyAndCommit(store_, *writer, applied, store_.LastSequence());
      if (progress) progress(applied, store_.LastSequence());
      const std::lock_guard lock(mutex_);
      if (stopping_) throw Error(ErrorCode::kUnavailable, "the archive is being closed");
    }
    const std::lock_guard feed(feed_mutex_);
    ApplyAndCommit(store_, *writer, applied, store_.LastSequence());
    writer.reset();  // the following thread opens a writer of its own
    MakeCurrent(index_dir_, *next);
    finish(true);
    const std::lock_guard lock(mutex_);
    applied_ = applied;
  } catch (...) {
    finish(false);
    throw;
  }
}

Indexer::Reader Indexer::TakeReader() {
  std::shared_ptr<Generation> generation;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_readers_.empty()) {
      Reader reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
    generation = current_;
  }
  auto reader = std::make_unique<IndexReader>(generation->dir());
  return {std::move(generation), std::move(reader)};
}

void Indexer::WithReader(const std::function<void(IndexReader&)>& use) {
  Reader reader = TakeReader();
  use(*reader.reader);
  const std::lock_guard lock(mutex_);
  if (reader.generation == current_) idle_readers_.push_back(std::move(reader));
}

}  // namespace diwan
