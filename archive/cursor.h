// Where a reader goes on in the list of what was found: the cursor that an answer ends with and the next request brings
// back. Opaque to readers, so that what is in it may change.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/query.h"

namespace diwan {

// For going on with `query`'s text and order at `offset`. Letters, digits, '-' and '_' only. Any thread may call.
std::string MakeCursor(const Query& query, uint32_t offset);

// The offset in `cursor`. Throws kInvalid, naming "cursor", when MakeCursor did not make it for the same text and
// order, or when any character of it was changed. No secret is in it: who knows this code can make one of any offset.
// Safe for hostile bytes. Any thread may call.
uint32_t ReadCursor(std::string_view cursor, const Query& query);

}  // namespace diwan
