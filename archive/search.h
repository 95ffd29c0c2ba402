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

// The words of a page that a question asks for.
struct PageMatches {
  int page = 0;
  std::vector<Box> boxes;  // in pixels of the access image
};

// Where what `text` asks for stands in `record` (as of FetchRecord): the pages that have any of it, in order, out of
// its first 200. Throws kNotFound, and kInvalid beyond the limit of Query::text.
std::vector<PageMatches> FindMatches(Archive& archive, std::string_view record, std::string_view text);

// How the last word of `typed` may go on, with the words, numbers and titles of the archive: the most frequent first,
// `limit` at most. Throws kInvalid beyond the limit of Query::text.
std::vector<Completion> Complete(Archive& archive, std::string_view typed, uint32_t limit);

// Records that are about the same things as `record` (as of FetchRecord), best first, `limit` at most. Their snippets
// are how their pages begin. Throws kNotFound.
std::vector<Hit> Related(Archive& archive, std::string_view record, uint32_t limit);

}  // namespace diwan
