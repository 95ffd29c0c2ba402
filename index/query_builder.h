// A question's tree as a Xapian query.
#pragma once

#include <xapian.h>

#include "index/query_parser.h"

namespace diwan {

// At most a few hundred terms for any tree that ParseQuery gives. No OP_MAX: under OP_OR it crashes Xapian 1.4.22.
Xapian::Query BuildQuery(const QueryNode& node);

}  // namespace diwan
