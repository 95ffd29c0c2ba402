// What those want to know who watch over an archive.
#pragma once

#include <cstdint>
#include <string>

namespace diwan {

// How the threads of an archive do.
struct Condition {
  std::string index_failure;   // why the index can't follow; "" when it does
  uint64_t changes = 0;        // that the store has
  uint64_t indexed = 0;        // of them, that the index has
  uint64_t found = 0;          // of them, that were there when this process opened the archive
  uint64_t files_waiting = 0;  // to be read by this process, those under way among them
  uint64_t files_stalled = 0;  // of them, given up for now
  std::string stalled_reason;  // of one of them
  uint64_t pages_waiting = 0;  // of the files that are open, not read yet
  uint64_t workers_lost = 0;   // processes that crashed, or took too long, since this one began
};

}  // namespace diwan
