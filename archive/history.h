// What became of a record or page, change by change. `record` is an id or external id; deleted records have a history
// too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace diwan {

// A version and what made it.
struct MadeVersion {
  int version = 1;
  AuditEntry made_by;  // of the first version only the time is known
};

struct History {
  std::string record_id;
  int page = 0;                       // 0 of the record itself
  int version = 1;                    // the newest
  std::vector<MadeVersion> versions;  // oldest first
  bool more = false;                  // there are later ones
};

// Of a page that was removed the last version is the change that removed it, which has no content.
// Versions from `from` (1 or more) on, `limit` (1 to 1,000) at most. Throws kNotFound, and kInvalid for a limit beyond.
History HistoryOf(Archive& archive, std::string_view record, int page, int from, size_t limit);

// A version whole, also the newest. Throws kNotFound.
Record RecordVersion(Archive& archive, std::string_view record, int version);
Page PageVersion(Archive& archive, std::string_view record, int page, int version);

}  // namespace diwan
