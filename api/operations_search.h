// What the API tells of finding records, and how much there is: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kHealth = {
    .id = "health", .summary = "is it alive", .answers = {{200, "application/json", "Health"}}};

inline constexpr Operation kStats = {
    .id = "stats", .summary = "how much there is", .answers = {{200, "application/json", "Stats"}}};

inline constexpr Operation kSearch = {
    .id = "search",
    .summary = "find records; see [Search](#search)",
    .query = {kQuestion, kSearchLimit, kOffset, kCursor, kSort, kSnippets, kFacets, kExplain},
    .answers = {{200, "application/json", "SearchAnswer"}},
    .list = true};

inline constexpr Operation kSuggest = {.id = "suggest",
                                       .summary = "how the last word of `q` may go on",
                                       .query = {kTyped, kShortLimit},
                                       .answers = {{200, "application/json", "Completions"}}};

inline constexpr Operation kRelated = {.id = "related",
                                       .summary = "records about the same things, best first",
                                       .query = {kShortLimit},
                                       .answers = {{200, "application/json", "RelatedRecords"}}};

inline constexpr Operation kMatches = {.id = "matches",
                                       .summary = "where on its pages what `q` asks for stands; the first 200 pages",
                                       .query = {kQuestion},
                                       .answers = {{200, "application/json", "Matches"}}};

inline constexpr Operation kGaps = {.id = "gaps",
                                    .summary = "what the archive lacks; see [Gaps](#gaps)",
                                    .query = {kBody, kType, kYear, kListLimit},
                                    .answers = {{200, "application/json", "Gaps"}},
                                    .problems = {413}};

}  // namespace diwan::operations
