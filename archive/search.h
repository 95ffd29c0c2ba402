// Questions and what helps to ask them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "core/query.h"

namespace diwan {

// Answers `query` from the newest commit of the index, with fields, snippets and boxes from the store. Whatever the
// text is gives an answer. Throws kInvalid beyond the limits of Query.
Answer Search(Archive& archive, const Query& query);

// How the last word of `typed` may go on, with the words, numbers and titles of the archive: the most frequent first,
// `limit` at most. Throws kInvalid beyond the limit of Query::text.
std::vector<Completion> Complete(Archive& archive, std::string_view typed, uint32_t limit);

// Records that are about the same things as `record` (as of FetchRecord), best first, `limit` at most. Their snippets
// are how their pages begin. Throws kNotFound.
std::vector<Hit> Related(Archive& archive, std::string_view record, uint32_t limit);

}  // namespace diwan
