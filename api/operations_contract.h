// What the API tells of itself: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kOpenApi = {
    .id = "openapi", .summary = "this API as OpenAPI 3.1", .answers = {{200, "application/json"}}, .etag = true};

inline constexpr Operation kDocs = {
    .id = "docs", .summary = "the same for people", .answers = {{200, "text/html"}}, .etag = true};

inline constexpr Operation kOpenSearch = {.id = "opensearch",
                                          .summary = "an OpenSearch description: how programs ask for a search",
                                          .answers = {{200, "application/opensearchdescription+xml"}}};

inline constexpr Operation kProblem = {.id = "problem",
                                       .summary = "what a problem's `type` means, and what to do, for people",
                                       .answers = {{200, "text/html"}},
                                       .etag = true};

}  // namespace diwan::operations
