// A second recognition of what was read before, with other models or after the program has become better.
#pragma once

#include "archive/edit.h"

namespace diwan {

// Queues a page of the record (0: all its pages) to be read anew from its source file, and returns the record as it is
// stored then. What persons said stays: words that they corrected, fields, citations. Throws kInvalid for a record that
// came as text or is deleted, kNotFound for a page that it has not, kBusy while its pages are being read; otherwise as
// ChangeRecord.
Record QueueReading(Archive& archive, const Edit& edit, int page);

// The page as read anew, with the words of `before` that a person corrected, each in the place of what was read there
// now. Pure.
Page KeepCorrections(const Page& before, Page now);

}  // namespace diwan
