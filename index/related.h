// "More like this": records that share telling words with a record.
#pragma once

#include <xapian.h>

#include <string_view>
#include <vector>

#include "index/index.h"

namespace diwan {

// Records whose pages share the record's most telling stems, compound numbers (12/2019) and title words, best first by
// `weight`, by key where they are equal; without itself, one hit of each record, `limit` at most. Empty for a record
// that is not in the index. Some pages and terms of the record are looked at, however long it is. Throws Xapian::Error.
std::vector<IndexHit> RelatedPages(const Xapian::Database& database, const Xapian::Weight& weight,
                                   std::string_view record_id, size_t limit);

}  // namespace diwan
