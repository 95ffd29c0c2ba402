// A manifest's row for a file whose bytes are in the archive already: sent again after a stop, or with a better list.
#pragma once

#include <string>
#include <string_view>

#include "archive/description.h"
#include "core/record.h"
#include "store/store.h"

namespace diwan {

// Throws kInvalid when `external_id` is that of another record than `record_id`; "" is nobody's.
void CheckExternalId(const Store& store, std::string_view external_id, std::string_view record_id);

// The fields of a row in the place of those that a row gave before, but for names that a person gave or confirmed.
std::vector<Field> JoinedFields(const std::vector<Field>& old, const std::vector<Field>& given);

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
