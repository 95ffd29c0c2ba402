// Words and numbers of the archive that stand for one with a `*`, or for a span of numbers.
#pragma once

#include <xapian.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

struct Expansion {
  std::vector<std::string> terms;  // with their prefixes
  bool cut = false;                // there are more, or may be
};

// The terms that begin with `begin` and whose rest `fits`, the most frequent `most`. No more than 20,000 terms are
// looked at one by one, so that two letters in a large archive cost no more than that; beyond, those that are known to
// be frequent.
Expansion Expand(const Xapian::Database& database, const std::string& begin, size_t most,
                 const std::function<bool(std::string_view rest)>& fits);

// The other way in which an Arabic word begins, with its article or without; empty when it has none.
std::string OtherArticle(std::string_view surface);

}  // namespace diwan
