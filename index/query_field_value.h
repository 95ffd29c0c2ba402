// The values of fields as nodes of a question's tree. Part of index/query_parser.h.
#pragma once

#include <optional>
#include <string>

#include "index/query_parser.h"

namespace diwan {

// The node of `field` with the value `text`, which takes what it uses off the budget: a kField, a kExact for the
// spelling, kNothing where the budget has no more. No node when the field can't have this value. Not for kSort.
std::optional<QueryNode> ReadFieldValue(const QueryField& field, const std::string& text, bool quoted,
                                        QueryBudget& budget);

}  // namespace diwan
