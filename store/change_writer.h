// Turns a ChangeSet into the writes of one commit: values, change feed, external ids, totals and audit trail.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"
#include "store/keys.h"
#include "store/number_entries.h"
#include "store/uploads.h"

namespace diwan {

// Used once, by one thread, while no other commit is under way.
class ChangeWriter {
 public:
  // `counters` are the stored ones; the new ones are among the writes.
  ChangeWriter(const Database& database, const Uploads& uploads, const Counters& counters);

  // Throws kInvalid when `changes` contradict themselves or what is stored; nothing is written then.
  void Add(const ChangeSet& changes);

  Writes& writes() { return writes_; }
  const Counters& counters() const { return counters_; }
  // Digests whose uploads became part of the archive.
  const std::vector<std::string>& adopted() const { return adopted_; }

 private:
  void AddRecords(const std::vector<Record>& records);
  void MoveExternalIds();
  void AddCitations(const std::vector<RecordCitations>& citations);
  // Writes what of the entries is new or other, and takes the rest of the old ones away.
  void ReplaceEntries(Family family, const NumberEntries& old, const NumberEntries& now);
  void RemovePagesBeyond(const Record& record);
  void AddPages(const std::vector<ChangeSet::PagePut>& pages);
  void AddPage(const std::string& key, const ChangeSet::PagePut& put);
  void AddSources(const std::vector<SourceFile>& sources);
  void AddJobs(const ChangeSet& changes);

  // Page 0 is the record itself. Sequence 0: never stored.
  Thing StoredThing(std::string_view record_id, uint32_t page) const;
  // Gives the thing its new place in the feed, and counts it.
  void NoteChange(std::string_view record_id, uint32_t page, Presence now);

  const Database& database_;
  const Uploads& uploads_;
  Counters counters_;
  Writes writes_;
  std::vector<std::string> adopted_;
  std::map<std::string, const Record*> records_;  // of this commit, by key; of a record given twice the last
  std::map<std::string, Record> old_records_;     // what is stored of these
};

}  // namespace diwan
