// Who signs: the name beside the office in which somebody does.
#pragma once

#include <optional>

#include "ingest/fields_page.h"

namespace diwan {

// The name behind the office in its line; where that is but the office, in the line below, else in the one above. No
// value where no line is a name. `role` is a match of the rules of offices.
std::optional<Capture> FindSignatory(FieldPage& page, const RuleMatch& role);

}  // namespace diwan
