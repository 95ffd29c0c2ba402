// What the API tells of bringing papers in and out, and upkeep: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kReceive = {
    .id = "receiveFile",
    .summary =
        "bring in a file: the raw body. 202 when it waits to be read, 200 for a duplicate, 422 with `entry` when "
        "quarantined. With `row=yes` the body begins with a line that says what it is, see [Rows](#rows); what follows "
        "is "
        "told by its [job](#jobs), and [Uploads](#uploads) tells of `Idempotency-Key`",
    .query = {kBatch, kFileName, kLanguage, kRow, kAccess, kGivenBody},
    .headers = {{"Idempotency-Key", "the same file under the same key is stored once", "box-17/0001"}},
    .body = {"application/octet-stream"},
    .answers = {{202, "application/json", "Entry"}, {200, "application/json", "Entry"}},
    .sends = {{"Location", "the job of the file"}},
    .problems = {404, 422, 507}};

inline constexpr Operation kListBatches = {.id = "listBatches",
                                           .summary =
                                               "one's own deliveries, or all where one may see them, in the order of "
                                               "their opening",
                                           .query = {kCursor, kListLimit},
                                           .answers = {{200, "application/json", "Batches"}},
                                           .list = true};

inline constexpr Operation kOpenBatch = {.id = "openBatch",
                                         .summary = "open a delivery",
                                         .query = {kLabel},
                                         .answers = {{201, "application/json", "Batch"}},
                                         .problems = {507}};

inline constexpr Operation kGetBatch = {.id = "getBatch",
                                        .summary = "its account",
                                        .query = {kEntries, kCursor, kEntryLimit},
                                        .answers = {{200, "application/json", "Account"}},
                                        .list = true};

inline constexpr Operation kImport = {
    .id = "import",
    .summary =
        "records that are text already: JSON lines. They may replace stored ones and carry what persons said, so "
        "who may but deliver may not",
    .body = {"application/jsonl", "",
             R"({"external_id":"2019-123","type":"decision","number":"123/2019","pages":["قرر المجلس"]})"},
    .answers = {{200, "application/json", "ImportReport"}},
    .problems = {507}};

inline constexpr Operation kExport = {
    .id = "export",
    .summary =
        "records as `import` takes them, in the order of their making; all, or those that `q` finds without guesses",
    .query = {kExportQuestion, kAfter, kCursor, kExportLimit, kText, kProposed, kDeleted},
    .answers = {{200, "application/jsonl"}},
    .problems = {413},
    .list = true};

inline constexpr Operation kVerify = {.id = "verify",
                                      .summary = "compare store and index, re-hash sources",
                                      .answers = {{200, "application/json", "VerifyReport"}}};

inline constexpr Operation kReindex = {.id = "reindex",
                                       .summary = "build the index anew and switch",
                                       .answers = {{200, "application/json", "ReindexReport"}}};

inline constexpr Operation kReadFields = {
    .id = "readFields",
    .summary =
        "read the fields and citations of stored texts anew with the present rules, of `limit` records behind "
        "`after`. What a manifest or a person said stays; each record that changes is a new version. `next` is what "
        "`after` takes to go on",
    .query = {kAfter, kListLimit},
    .answers = {{200, "application/json", "ReadFieldsReport"}}};

}  // namespace diwan::operations
