// Whether the archive is what it says it is.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace diwan {

struct VerifyReport {
  uint64_t records = 0, pages = 0, sources = 0, bytes = 0;  // checked
  uint64_t waiting = 0;                                     // files that wait to be read; not a problem
  std::vector<std::string> problems;                        // one line each; at most 1,000 are told
  uint64_t problem_count = 0;
};

// Waits until the index has caught up, then compares store and index both ways, re-hashes every source, and checks that
// every complete record has its pages, every page its record, every batch entry what it names, every number of a paper
// or citation its way to it, every version before the newest its place in the history. Deleted records are checked too;
// the counts are of the others. Throws as RequireWhole.
VerifyReport Verify(Archive& archive, const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace diwan
