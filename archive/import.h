// Records that are already text.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace diwan {

struct ImportReport {
  uint64_t imported = 0;  // new records
  uint64_t replaced = 0;  // records whose external_id was there already
  struct Problem {
    uint64_t line = 0;  // from 1
    std::string reason;
  };
  std::vector<Problem> problems;  // lines left out, or not taken whole, as they say; at most 1,000 are told
  uint64_t failed = 0;            // how many problems
};

// Reads JSON lines, each as ReadDescription and ReadSaid read it and with "pages":["…"], and stores each as a record of
// text pages, in groups, each group synced. Relations and marks are made true when all lines are stored. A bad line is
// reported and left out; the rest goes on. A line longer than 64 MiB is a bad line. An external_id that is there
// already replaces that record's fields and pages. Returns when all is stored; searchable soon after.
ImportReport Import(Archive& archive, std::istream& lines, std::string_view actor);

}  // namespace diwan
