// From documents back to pages.
#pragma once

#include <xapian.h>

#include <string>
#include <utility>
#include <vector>

namespace diwan {

// The record id and page of a page's document. Throws Xapian::Error.
std::pair<std::string, int> PageOf(const Xapian::Document& document);

// Enough to tell how a word is usually printed.
inline constexpr size_t kSamplePages = 3;

// Some pages that have the term, `most` at most. Throws Xapian::Error.
std::vector<std::pair<std::string, int>> SomePagesWith(const Xapian::Database& database, const std::string& term,
                                                       size_t most);

}  // namespace diwan
