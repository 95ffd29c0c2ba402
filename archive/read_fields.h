// The fields and citations of records that were stored before the rules became what they are now.
#pragma once

#include <cstdint>
#include <string>

#include "archive/archive.h"

namespace diwan {

struct ReadFieldsReport {
  uint64_t read = 0;     // records whose text was read
  uint64_t changed = 0;  // of these, the ones of which something else is read now
  std::string next;      // id of the last record looked at, to go on after; "" when there are no more
};

// Reads the texts of at most `limit` records behind the one with the id `after` ("" for the first) with the present
// rules, in the order of their making; those whose pages are still being read, and deleted ones, are passed over. What
// comes of it is proposed; what a manifest or a person said stays. Each record that changes is a new version, written
// by itself with an audit entry by `actor`, so this may be broken off at any time and begun anew. Others may change
// records meanwhile. Throws kBusy when one keeps being changed.
ReadFieldsReport ReadFields(Archive& archive, const std::string& actor, const std::string& after, size_t limit);

}  // namespace diwan
