// The archive as a whole: who holds what, and in which order it starts and stops.
#include "archive/archive.h"

#include <fmt/core.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "archive/indexer.h"
#include "archive/reading_pool.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

// How much of the feed an opening waits for, so that a question right after a crash finds everything. More is caught
// up in the background, and answers tell how many pages they searched.
constexpr uint64_t kCatchUpAtOpening = 5000;

constexpr size_t kMostBatchesKnown = 10'000;  // of which the next entry is remembered

constexpr int kMostTries = 20;  // of a change that others came between

// Makes sure that `dir` is an archive's folder, and returns its store's folder.
fs::path PrepareFolder(const fs::path& dir, bool create) {
  std::error_code error;
  fs::path store = dir / "store";
  if (fs::is_directory(store, error)) return store;
  if (error == std::errc::permission_denied) {
    throw Error(ErrorCode::kDenied, fmt::format("{}: may not be entered; it belongs to another user", dir.string()));
  }
  if (!create) {
    throw Error(ErrorCode::kNotFound, fmt::format("{}: no archive there; make one with `diwan init`", dir.string()));
  }
  if (fs::exists(dir, error) && !(fs::is_directory(dir, error) && fs::is_empty(dir, error))) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("{}: is not an archive and not an empty folder; choose another folder", dir.string()));
  }
  fs::create_directories(dir, error);
  if (!error) fs::permissions(dir, fs::perms::owner_all, error);
  if (error) {
    throw Error(ErrorCode::kDenied, fmt::format("{}: can't be made: {}", dir.string(), error.message()));
  }
  return store;
}

fs::path PrepareSpool(const fs::path& dir) {
  fs::path spool = dir / "spool";
  std::error_code error;
  fs::create_directories(spool, error);
  if (error) throw Error(ErrorCode::kDenied, fmt::format("{}: can't be made: {}", spool.string(), error.message()));
  return spool;
}

}  // namespace

class Archive::Impl {
 public:
  Impl(const fs::path& folder, const ArchiveOptions& options)
      : dir(folder),
        usual_access(options.usual_access),
        store(PrepareFolder(dir, options.create)),
        trail(store),
        accounts(store, options.now),
        sign_ins(store, trail, accounts),
        found(store.LastSequence()),
        limits(options.receive),
        waiting(store, limits.max_waiting_bytes),
        parcels(dir / "uploads", options.now),
        indexer(store, dir / "index"),
        image_parts(options.worker) {
    if (options.catch_up) CatchUp();
    if (options.workers > 0) StartReading(options);
    if (options.workers > 0 || options.tidy_uploads) tidying = std::thread([this] { Tidy(); });
  }
  void StartReading(const ArchiveOptions& options) {
    const ReadingPoolOptions pool_options{
        .workers = options.workers, .worker = options.worker, .spool = PrepareSpool(dir)};
    pool = std::make_unique<ReadingPool>(
        store, [this](const ChangeSet& changes) { Commit(changes); }, pool_options);
  }
  ~Impl() {
    {
      const std::lock_guard lock(stopping);
      stopped = true;
    }
    stop.notify_all();
    if (tidying.joinable()) tidying.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Goes over the files on their way in, now and then again.
  void Tidy() {
    constexpr std::chrono::minutes kEvery{10};
    Archive whole(std::shared_ptr<Impl>(std::shared_ptr<Impl>(), this), Viewer());  // it lives no longer than this
    std::unique_lock lock(stopping);
    while (!stopped) {
      lock.unlock();
      try {
        parcels.Tidy(whole);
      } catch (const Error&) {  // the store can't be read or written now; whoever asks for something is told
      }
      lock.lock();
      stop.wait_for(lock, kEvery, [this] { return stopped; });
    }
  }

  void CatchUp() {
    const uint64_t last = store.LastSequence();
    uint64_t applied = 0;
    indexer.WithReader([&](IndexReader& reader) { applied = reader.Applied(); });
    if (applied >= last || last - applied > kCatchUpAtOpening) return;
    try {
      indexer.WaitApplied(last);
    } catch (const Error& e) {
      if (e.code() != ErrorCode::kUnavailable) throw;  // a full disk stops the index, not the archive
    }
  }

  uint64_t Commit(const ChangeSet& changes) {
    const uint64_t sequence = store.Commit(changes);
    waiting.Follow(changes);
    indexer.Wake();
    return sequence;
  }

  // REQUIRES: `receiving` is held.
  uint32_t NextEntry(const std::string& batch_id) const {
    const auto known = next_entry.find(batch_id);
    return known != next_entry.end() ? known->second : static_cast<uint32_t>(store.ListEntries(batch_id).size()) + 1;
  }

  const fs::path dir;
  const AccessLevel usual_access;
  Store store;
  Trail trail;
  Accounts accounts;
  SignIns sign_ins;
  const uint64_t found;  // changes that were there at the opening
  const ReceiveLimits limits;
  WaitingBytes waiting;
  Parcels parcels;
  Indexer indexer;
  ImageParts image_parts;
  std::unique_ptr<ReadingPool> pool;  // stops first: it commits to the others

  std::mutex receiving;  // guards next_entry, and "is it known?" together with "now it is"
  std::map<std::string, uint32_t, std::less<>> next_entry;

  std::mutex stopping;  // guards `stopped`
  std::condition_variable stop;
  bool stopped = false;
  std::thread tidying;
};

Archive::Archive(const fs::path& dir, const ArchiveOptions& options)
    : Archive(std::make_shared<Impl>(fs::absolute(dir), options), Viewer()) {}

Archive::Archive(std::shared_ptr<Impl> impl, const Viewer& viewer)
    : impl_(std::move(impl)), store_(impl_->store.SeenBy(viewer)) {}

Archive::~Archive() = default;

Archive Archive::SeenBy(const Viewer& viewer) const { return {impl_, viewer}; }

void Archive::RequireWhole(std::string_view what) const {
  if (store_.SeesAll()) return;
  throw Error(ErrorCode::kDenied, fmt::format("{} goes over every record; it needs an account that may see all of them "
                                              "(access level confidential)",
                                              what));
}

AccessLevel Archive::usual_access() const { return impl_->usual_access; }

const ReceiveLimits& Archive::limits() const { return impl_->limits; }

Parcels& Archive::parcels() { return impl_->parcels; }

WaitingBytes& Archive::waiting() { return impl_->waiting; }

const fs::path& Archive::dir() const { return impl_->dir; }

Store& Archive::store() { return store_; }

Accounts& Archive::accounts() { return impl_->accounts; }

SignIns& Archive::sign_ins() { return impl_->sign_ins; }

ImageParts& Archive::image_parts() { return impl_->image_parts; }

Trail& Archive::trail() { return impl_->trail; }

void Archive::WithReader(const std::function<void(IndexReader&)>& use) {
  impl_->indexer.WithReader([&](IndexReader& reader) {
    reader.ShowTo(store_.viewer());
    use(reader);
  });
}

uint64_t Archive::Commit(const ChangeSet& changes) { return impl_->Commit(changes); }

BatchEntry Archive::CommitReceived(BatchEntry entry, const std::function<bool(BatchEntry&, ChangeSet&)>& fill) {
  std::vector<Job> jobs;
  {
    const std::lock_guard lock(impl_->receiving);
    entry.number = impl_->NextEntry(entry.batch_id);
    const BatchEntry given = entry;
    for (int tries = 1;; ++tries) {
      ChangeSet changes;
      if (!fill(entry, changes)) return entry;
      changes.entries.push_back(entry);
      try {
        impl_->Commit(changes);
      } catch (const Conflict&) {  // a person changed the record of a file that is here already
        if (tries == kMostTries) throw;
        entry = given;
        continue;
      }
      jobs = std::move(changes.jobs);
      break;
    }
    impl_->next_entry[entry.batch_id] = entry.number + 1;
    if (impl_->next_entry.size() > kMostBatchesKnown) impl_->next_entry.clear();
  }
  for (const Job& job : jobs) {
    if (impl_->pool) impl_->pool->Add(job);
  }
  return entry;
}

void Archive::AddJob(const Job& job) {
  if (impl_->pool) impl_->pool->Add(job);
}

std::string Archive::StalledReason(std::string_view record_id) const {
  return impl_->pool ? impl_->pool->StalledReason(record_id) : std::string();
}

Condition Archive::State() const {
  Condition condition;
  if (impl_->pool) impl_->pool->Tell(condition);
  impl_->indexer.Tell(condition);
  condition.changes = impl_->store.LastSequence();
  condition.found = impl_->found;
  return condition;
}

void Archive::WaitIndexed(uint64_t sequence) { impl_->indexer.WaitApplied(sequence); }

void Archive::Reindex(const std::function<void(uint64_t, uint64_t)>& progress) {
  impl_->store.MendNumberEntries();
  impl_->indexer.Rebuild(progress);
}

}  // namespace diwan
