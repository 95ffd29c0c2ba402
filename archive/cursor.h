// Where a reader goes on in the list of what was found: the cursor that an answer ends with and the next request brings
// back. Opaque to readers, so that what is in it may change.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/query.h"

namespace diwan {

// Where an answer ended: so many results further on, of the index when it had applied so much of the change feed.
struct CursorPlace {
  uint32_t offset = 0;
  uint64_t applied = 0;
};

// For going on with `query`'s text and order at `place`. Letters, digits, '-' and '_' only. Any thread may call.
std::string MakeCursor(const Query& query, CursorPlace place);

// The place in `cursor`. Throws kInvalid, naming "cursor", when MakeCursor did not make it for the same text and
// order, or when any character of it was changed. No secret is in it: who knows this code can make one of any offset.
// Safe for hostile bytes. Any thread may call.
CursorPlace ReadCursor(std::string_view cursor, const Query& query);

}  // namespace diwan
