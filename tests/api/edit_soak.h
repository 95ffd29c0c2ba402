// Clients that change the same records and pages at one time, each from the version that it saw or an older one. Every
// change counts a number up that stands in the record's title, or in a page's first word; so a change that was lost
// shows as a number that is too small.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace diwan {

struct EditSoakOptions {
  int edits = 400;  // requests that change something, of all clients together
  int clients = 8;
  int records = 3;  // that they share
};

struct EditSoakReport {
  uint64_t taken = 0;  // changes that were answered with 200
  uint64_t stale = 0;  // that were answered with 412
  uint64_t stale_on_purpose = 0;
  double seconds = 0;               // of the changes
  std::vector<std::string> faults;  // what is not as it must be: lost changes, gaps in the history, problems of verify
};

// Stores `records` records of one page each in `archive`, and runs the clients over TCP against a server on it.
EditSoakReport RunEditSoak(Archive& archive, const EditSoakOptions& options);

}  // namespace diwan
