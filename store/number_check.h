// Whether the families `numbers` and `cited_numbers` are what records and citations say.
#pragma once

#include <mutex>
#include <string>
#include <unordered_set>

#include "store/database.h"
#include "store/number_entries.h"

namespace diwan {

// Used once. Commits may go on meanwhile, a few records at a time behind `commits`.
class NumberCheck {
 public:
  // With `mend`, what is wrong is written anew, synced.
  NumberCheck(Database& database, std::mutex& commits, bool mend);

  // How many entries were wrong, missing, or of nothing that is stored.
  uint64_t Run();

 private:
  void CompareRecords();
  void FindStale(Family family);
  void AddGivenUp(const Record& record, NumberEntries& entries) const;
  NumberEntries Expected(Family family, const std::string& id_key) const;
  void Compare(Family family, const std::string& id_key, Writes& writes);
  void DropIfStale(Family family, const std::string& key);

  Database& database_;
  std::mutex& commits_;
  const bool mend_;
  uint64_t wrong_ = 0;
  std::unordered_set<size_t> expected_;  // hashes of keys
};

}  // namespace diwan
