// What the API tells of citations and stable names: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kCitations = {.id = "citations",
                                         .summary = "what it cites; see [Citations](#citations)",
                                         .query = {kRejected},
                                         .answers = {{200, "application/json", "Citations"}}};

inline constexpr Operation kCitedBy = {.id = "citedBy",
                                       .summary = "what cites it: the first 1,000",
                                       .query = {kCursor, kCitedByLimit},
                                       .answers = {{200, "application/json", "CitedBy"}},
                                       .list = true};

inline constexpr Operation kStatus = {
    .id = "status",
    .summary =
        "whether it is in force, and the papers that hang together with it; "
        "301 to that of the record that it was merged into",
    .answers = {{200, "application/json", "Status"}, {301, "application/json", "Status"}}};

inline constexpr Operation kResolve = {
    .id = "resolveCitations",
    .summary = "which records a text cites, or a citation names",
    .body = {"application/json", "LookUpRequest", R"({"text":"القرار رقم ١٢٣ لسنة ٢٠١٩","language":"ara"})"},
    .answers = {{200, "application/json", "LookUp[]"}}};

inline constexpr Operation kDecision = {
    .id = "decision",
    .summary =
        "the stable name of a decision, its `identifier`, or one that it had before a correction and nobody bears "
        "now: 302 to the record; 300 when several bear it, or the one was read with doubt",
    .answers = {{302, ""}, {300, "application/json", "Records"}}};

inline constexpr Operation kRuling = {
    .id = "ruling", .summary = "the same of a ruling", .answers = {{302, ""}, {300, "application/json", "Records"}}};

}  // namespace diwan::operations
