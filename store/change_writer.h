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
  void CheckBases(const std::vector<ChangeSet::Base>& bases) const;
  void AddRecords(const ChangeSet& changes);
  void AddRecord(const std::string& key, const Record& record, const ChangeSet& changes);
  void MoveExternalIds();
  // Notes the pages of a record that was deleted, restored, or is for others now.
  void RenotePages(const Record& record, const ChangeSet& changes);
  void AddCitations(const std::vector<RecordCitations>& citations);
  void AddCitationsOf(const std::string& key, const RecordCitations* now);
  // Writes what of the entries is new or other, and takes the rest of the old ones away.
  void ReplaceEntries(Family family, const NumberEntries& old, const NumberEntries& now);
  void RemovePagesBeyond(const Record& record, const ChangeSet& changes);
  void AddPages(const ChangeSet& changes);
  void AddPage(const std::string& key, const ChangeSet::PagePut& put, const ChangeSet& changes);
  void AddImage(const std::string& key, const ChangeSet::PagePut& put);
  void AddSources(const std::vector<SourceFile>& sources);
  void AddJobs(const ChangeSet& changes);
  void AddAccess(const ChangeSet& changes);
  void AddDeliveries(const ChangeSet& changes);
  void AddAudit(const std::vector<AuditEntry>& entries);

  // The stored version of a page that is there now, or 0; `value` gets its bytes.
  int StoredPageVersion(std::string_view record_id, uint32_t page, std::string& value) const;
  // The newest version in the history, or 0.
  int LastPast(std::string_view record_id, uint32_t page) const;
  void KeepPast(PastVersion past, const ChangeSet& changes);
  // Whether the record is deleted once this commit is done, and whether it was before.
  bool IsHidden(std::string_view record_id) const;
  bool WasHidden(std::string_view record_id) const;
  // Whether its citations have entries then, and had before.
  bool IsCiting(std::string_view record_id) const;
  bool WasCiting(std::string_view record_id) const;

  // Page 0 is the record itself. Sequence 0: never stored.
  Thing StoredThing(std::string_view record_id, uint32_t page) const;
  // Gives the thing its new place in the feed, and counts it.
  void NoteChange(std::string_view record_id, uint32_t page, Presence presence);
  // Whom the record is for, as a key: before this commit ("" when it was not stored), and after it.
  std::string AudienceBefore(std::string_view record_id);
  std::string AudienceAfter(std::string_view record_id);
  void WriteTotals();

  const Database& database_;
  const Uploads& uploads_;
  Counters counters_;
  Writes writes_;
  std::vector<std::string> adopted_;
  std::map<std::string, const Record*> records_;  // of this commit, by key; of a record given twice the last
  std::map<std::string, Record> old_records_;     // what is stored of these
  std::map<std::string, std::string> old_bytes_;  // the same as it is stored
  std::map<std::string, std::string> audiences_;  // of records that this commit does not change, by key
  std::map<std::string, StoreTotals> moved_;      // what the totals of an audience get more; modulo 2^64
};

}  // namespace diwan
