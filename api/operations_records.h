// What the API tells of records and their pages, as they are fetched: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kListRecords = {
    .id = "listRecords",
    .summary =
        "records in the order of their making; with `number` those that bear it, and each of `year`, `type`, `body` "
        "narrows these",
    .query = {kAfter, kCursor, kListLimit, kDeleted, kNumber, kYear, kType, kBody},
    .answers = {{200, "application/json", "Records"}},
    .list = true};

inline constexpr Operation kGetRecord = {
    .id = "getRecord",
    .summary = "one record, in a [form](#forms); 301 to the record that it was merged into",
    .query = {kDeleted, kRecordFormat},
    .answers = {{200, "application/json", "Record"},
                {200, "text/plain"},
                {200, "application/alto+xml"},
                {200, "text/vnd.hocr+html"},
                {200, "application/pdf"},
                {200, "image/jpeg"},
                {200, "image/png"},
                {301, "application/json", "Record"}},
    .problems = {406, 413},
    .etag = true};

inline constexpr Operation kGetPage = {.id = "getPage",
                                       .summary = "words and boxes, or another [form](#forms)",
                                       .query = {kDeleted, kPageFormat},
                                       .answers = {{200, "application/json", "Page"},
                                                   {200, "text/plain"},
                                                   {200, "application/alto+xml"},
                                                   {200, "text/vnd.hocr+html"},
                                                   {200, "application/pdf"},
                                                   {200, "image/jpeg"},
                                                   {200, "image/png"}},
                                       .problems = {406},
                                       .etag = true};

inline constexpr Operation kGetImage = {
    .id = "getImage",
    .summary = "the access image, or a part of it, or a smaller one, as JPEG or PNG",
    .query = {kDeleted, kRegion, kImageWidth},
    .answers = {{200, "image/jpeg"}, {200, "image/png"}},
    .etag = true};

inline constexpr Operation kGetSource = {
    .id = "getSource",
    .summary = "the bytes as received, with their media type and `Content-Disposition`",
    .query = {kDeleted},
    .answers = {{200, "*/*"}},
    .etag = true};

inline constexpr Operation kHistory = {.id = "recordHistory",
                                       .summary = "its versions; see [Changes](#changes)",
                                       .query = {kFrom, kCursor, kListLimit},
                                       .answers = {{200, "application/json", "History"}},
                                       .list = true};

inline constexpr Operation kRecordVersion = {.id = "recordVersion",
                                             .summary = "one of them, whole",
                                             .answers = {{200, "application/json", "Record"}},
                                             .etag = true};

inline constexpr Operation kPageHistory = {.id = "pageHistory",
                                           .summary = "its versions",
                                           .query = {kFrom, kCursor, kListLimit},
                                           .answers = {{200, "application/json", "History"}},
                                           .list = true};

inline constexpr Operation kPageVersion = {.id = "pageVersion",
                                           .summary = "one of them, whole, without its image",
                                           .answers = {{200, "application/json", "Page"}},
                                           .etag = true};

}  // namespace diwan::operations
