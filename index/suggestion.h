// "Did you mean": words of a question that the archive has not, and what it has that looks like them.
#pragma once

#include <xapian.h>

#include <string_view>
#include <vector>

#include "index/index.h"
#include "index/query_builder.h"

namespace diwan {

// `words` are the builder's. Corrections do not overlap and come in their order. Throws Xapian::Error.
std::vector<IndexCorrection> Corrections(const Xapian::Database& database, std::string_view typed,
                                         const std::vector<SoughtWord>& words);

}  // namespace diwan
