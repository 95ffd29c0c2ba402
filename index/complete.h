// Completion: how what is typed may go on, in words, numbers and titles that the archive has.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <vector>

#include "index/index.h"

namespace diwan {

// How the last word of `typed` may go on, and the titles that go on from the whole of `typed`, at their beginning or at
// one of their first words; the most frequent first, `limit` at most. Titles have a third of the places, and those that
// words leave over. Nothing for a word that is finished (a space behind it) but titles. Any bytes are taken; what is
// looked at is bounded, however large the index is. Throws Xapian::Error.
std::vector<IndexCompletion> CompleteLast(const Xapian::Database& database, std::string_view typed, size_t limit);

// The terms that a document has for the completion of its record's title.
std::vector<std::string> TitleKeys(std::string_view title);

}  // namespace diwan
