// A manifest's row for a file whose bytes are in the archive already: sent again after a stop, or with a better list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/description.h"
#include "core/record.h"
#include "store/store.h"

namespace diwan {

// Throws kInvalid when `external_id` is that of another record than `record_id`; "" is nobody's.
void CheckExternalId(const Store& store, std::string_view external_id, std::string_view record_id);

// Puts `given`, the fields of a row, in the place of those that a row gave before. What a person said of `record` goes
// before: the value of a field that has one, each value of a field that has several, and what was removed. A year stays
// with the number that a person said. Returns what of `given` says something else and was left out, in words, with the
// reason; "" when there is nothing.
std::string TakeRow(std::vector<Field> given, Record& record);

struct KnownFile {
  std::string actor;
  SourceFile source;
};

// Puts the row in the place of the one before, in `changes`, when `entry` is the same file by its name too, and was
// read to its end; and reads anew from the text what the row leaves open. Nothing when the row says what is known. Else
// marks `entry`, with the reason. Throws as CheckExternalId. REQUIRES: nobody else changes that record meanwhile.
void TakeRowOfKnown(const Store& store, const Description& row, const KnownFile& known, BatchEntry& entry,
                    ChangeSet& changes);

}  // namespace diwan
