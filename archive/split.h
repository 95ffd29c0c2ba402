// One record that turns out to be two papers.
#pragma once

#include "archive/edit.h"

namespace diwan {

// One split moves pages with their images in one write.
inline constexpr int kMostPagesMoved = 300;
inline constexpr size_t kMostBytesMoved = 512U << 20;

struct SplitRecords {
  Record before;  // keeps the pages before
  Record after;   // the new one
};

// Makes the pages from `from` on a record of their own, with the same source file, and reads the fields and citations
// of both anew; what persons said of words moves with them, what they said of the record stays where it is. The reason
// must be given. Throws as CheckMayGo; kInvalid when `from` is no page but the first, kTooLarge beyond the limits
// above; otherwise as ChangeRecord.
SplitRecords SplitRecord(Archive& archive, const Edit& edit, int from);

}  // namespace diwan
