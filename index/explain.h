// How a question was understood and looked up.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "core/query.h"
#include "index/query_builder.h"

namespace diwan {

// `words` and their `badness` are the builder's. Throws Xapian::Error.
Explanation Explain(const Xapian::Database& database, const ParsedQuery& parsed, const std::vector<SoughtWord>& words,
                    double badness);

// A term of the index as people read it: قرار of "Aقرار". "" for one that no question looks for.
std::string TermText(const std::string& term);

}  // namespace diwan
