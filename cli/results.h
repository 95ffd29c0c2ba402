// Answers of searches as people read them on a terminal.
#pragma once

#include <cstdint>

#include "cli/answer.h"
#include "cli/console.h"

namespace diwan {

// A record found: what it is, where, and the passage with its words bold, or between « and » without colours.
void PrintResult(const Console& console, const Json& result, uint64_t rank);

// The answer of GET /v1/search that begins behind `offset` results: explanation, results, counts, facets, suggestion;
// notes as messages.
void PrintAnswer(const Console& console, const Json& answer, uint64_t offset);

}  // namespace diwan
