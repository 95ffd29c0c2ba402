// What one viewer sees of what is stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/database.h"

namespace diwan {

// Looks records up anew at each asking, so what was just made confidential is not seen any more. Any thread may call.
class Sight {
 public:
  // `database` must outlive it.
  Sight(const Database& database, Viewer viewer);

  bool all() const { return all_; }
  const Viewer& viewer() const { return viewer_; }

  // Whether there is such a record, which the viewer may see; one that was merged also needs the one that it is now.
  // For who sees everything, true without a look.
  bool SeesRecord(std::string_view record_id) const;

  // A job, source or batch entry is seen by its record; while there is none, by the level that it is to get. A source
  // of which several records have pages is seen by who sees all of them.
  bool Sees(const Job& job) const;
  bool Sees(const SourceFile& source) const;
  bool Sees(const BatchEntry& entry) const;

 private:
  // No value when there is no record of that id.
  std::optional<bool> SeesStored(std::string_view record_id) const;
  bool SeesThat(std::string_view record_id, AccessLevel otherwise) const;

  const Database& database_;
  const Viewer viewer_;
  const bool all_;
};

}  // namespace diwan
