// Questions and look-ups.
#pragma once

#include <string>
#include <string_view>

#include "archive/archive.h"
#include "core/query.h"

namespace diwan {

// Answers `query` from the newest commit of the index, with fields, snippets and boxes from the store. Whatever the
// text is gives an answer. Throws kInvalid beyond the limits of Query.
Answer Search(Archive& archive, const Query& query);

}  // namespace diwan
