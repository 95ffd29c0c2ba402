// An archive: the store, the index that follows it, and the workers that read what waits. The use cases are functions
// in the other headers of this folder, each taking the Archive it works on.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "archive/accounts.h"
#include "archive/condition.h"
#include "archive/image_parts.h"
#include "archive/parcels.h"
#include "archive/sign_in.h"
#include "archive/waiting_bytes.h"
#include "core/id.h"
#include "index/index.h"
#include "ingest/worker.h"
#include "store/store.h"

namespace diwan {

// What may be delivered.
struct ReceiveLimits {
  uint64_t max_file_bytes = 4ULL << 30;
  uint64_t max_waiting_bytes = 64ULL << 30;  // of one account over the network: not read yet, or not whole yet
};

struct ArchiveOptions {
  bool create = false;        // make the archive when there is none
  bool catch_up = true;       // wait while the index follows what little it lacks, as after a crash
  int workers = 0;            // processes that read waiting files; 0: none is started, files wait
  bool tidy_uploads = false;  // go over Parcels now and then, also without workers: for a process that stays
  AccessLevel usual_access = AccessLevel::kInternal;  // of new records of which nothing is said
  ReceiveLimits receive = {};
  WorkerOptions worker;
  WallClock now = NowMillis;  // of sessions, tokens and what holds guessing back
};

// Holds the archive in a folder. One process may hold it. Every method may be called from any thread.
//
// An Archive is what one viewer sees of it: store and readers alike are as if what is for others did not exist. Who
// answers requests gets nothing but the archive as the caller sees it (SeenBy), so that a use case has to do nothing
// for it, and can forget nothing.
class Archive {
 public:
  // Throws kNotFound when there is no archive in `dir` and it may not be made, kBusy while another process holds it,
  // kCorrupt when it is damaged or of a newer format. Begins to index what the store has and the index has not, and,
  // with workers, to read what waits.
  Archive(const std::filesystem::path& dir, const ArchiveOptions& options);
  // Stops reading (pages under way are given up, and read again next time) and indexes nothing more. Everything
  // stored stays stored.
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // The same archive, as `viewer` sees it; it may outlive this.
  Archive SeenBy(const Viewer& viewer) const;

  // All of it, for what must be known to be right and is never told: whoever calls this lets nothing of it out.
  Archive Whole() const { return SeenBy(Viewer()); }

  // Throws kDenied for a viewer who does not see everything; `what` needs that, as it goes over every record.
  void RequireWhole(std::string_view what) const;

  // The level of new records of which nothing is said.
  AccessLevel usual_access() const;

  const ReceiveLimits& limits() const;

  const std::filesystem::path& dir() const;
  Store& store();

  // Files on their way in.
  Parcels& parcels();
  WaitingBytes& waiting();

  // Who may use it, and what is noted of that.
  Accounts& accounts();
  SignIns& sign_ins();
  Trail& trail();

  // What cuts parts out of page images.
  ImageParts& image_parts();

  // Runs `use` with an index reader on the current generation that no other thread uses meanwhile, and that shows what
  // the viewer sees.
  void WithReader(const std::function<void(IndexReader&)>& use);

  // Commits `changes` and wakes the indexer. The way in for every change.
  uint64_t Commit(const ChangeSet& changes);

  // Stores a file's last changes: gives `entry` the next number of its batch, and lets `fill` complete the change set,
  // while no other file is being received. The entry becomes part of the set. Then wakes the workers. `fill` is
  // called anew when a base of its set is not what is stored any more. Where it returns false nothing is stored, and
  // the entry is returned as it left it.
  BatchEntry CommitReceived(BatchEntry entry, const std::function<bool(BatchEntry&, ChangeSet&)>& fill);

  // Wakes the workers for a job that was committed.
  void AddJob(const Job& job);

  // Why reading this record's file was given up for now (the disk is full, a worker can't be started); empty when it
  // was not. It is tried again at the next opening, and every minute in a process that stays.
  std::string StalledReason(std::string_view record_id) const;

  // Of the whole archive, whoever looks.
  Condition State() const;

  // Returns when every change up to `sequence` is searchable. Throws kUnavailable when the indexer has failed.
  void WaitIndexed(uint64_t sequence);

  // Makes right what leads from numbers to papers and citations; then makes a new generation of the index beside the
  // old one from the whole feed, and switches to it. Searches go on. Throws kBusy when one is being made already.
  void Reindex(const std::function<void(uint64_t done, uint64_t total)>& progress);

 private:
  class Impl;
  Archive(std::shared_ptr<Impl> impl, const Viewer& viewer);

  std::shared_ptr<Impl> impl_;
  Store store_;
};

}  // namespace diwan
