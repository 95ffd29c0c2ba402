// What the API tells of files that come in parts, and of what becomes of all of them: one description for each row of
// the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Header kTusResumable = {"Tus-Resumable", "the version of tus that the client speaks", "1.0.0", true};
inline constexpr Header kSaysTus = {"Tus-Resumable", "the version of tus"};
inline constexpr Header kSaysOffset = {"Upload-Offset", "how much of the file is safe"};
inline constexpr Header kSaysExpiry = {"Upload-Expires", "until when it is kept without a further part"};

inline constexpr Operation kTus = {.id = "describeUploads",
                                   .summary = "what of tus 1.0 is spoken here, see [Uploads](#uploads)",
                                   .answers = {{204}},
                                   .sends = {kSaysTus,
                                             {"Tus-Version", "the versions"},
                                             {"Tus-Extension", "the extensions"},
                                             {"Tus-Max-Size", "bytes of a file at most"}}};

inline constexpr Operation kNewUpload = {
    .id = "beginUpload",
    .summary = "begin a file that comes in parts; `Location` leads to it",
    .headers = {kTusResumable,
                {"Upload-Length", "bytes of the file", "1048576", true},
                {"Upload-Metadata",
                 "`filename`, `batch`, `language`, `access`, `body`, `row`, each with its value in Base64",
                 "filename 2YLYsdin2LEucGRm,language YXJh"}},
    .answers = {{201}},
    .sends = {kSaysTus, kSaysExpiry},
    .problems = {404, 412, 507}};

inline constexpr Operation kGetUpload = {
    .id = "getUpload",
    .summary = "how much of it is safe; `HEAD`, with `Tus-Resumable`, tells the same in headers",
    .answers = {{200, "application/json", "Upload"}},
    .sends = {kSaysTus, kSaysOffset, {"Upload-Length", "bytes of the file"}, kSaysExpiry},
    .problems = {412}};

inline constexpr Operation kAppend = {
    .id = "appendToUpload",
    .summary = "the next bytes of it; behind the last one `Diwan-Job` leads to its job",
    .headers = {kTusResumable, {"Upload-Offset", "where these bytes begin", "0", true}},
    .body = {"application/offset+octet-stream"},
    .answers = {{204}},
    .sends = {kSaysTus, kSaysOffset, kSaysExpiry, {"Diwan-Job", "the job of the file, once it is whole"}},
    .problems = {409, 412, 415, 423, 507}};

inline constexpr Operation kEndUpload = {.id = "endUpload",
                                         .summary = "give it up; a file that is whole stays what it is",
                                         .headers = {kTusResumable},
                                         .answers = {{204}},
                                         .sends = {kSaysTus},
                                         .problems = {412, 423}};

inline constexpr Operation kListJobs = {.id = "listJobs",
                                        .summary = "what becomes of the files that were brought in, the newest first",
                                        .query = {kCursor, kListLimit},
                                        .answers = {{200, "application/json", "Jobs"}},
                                        .list = true};

inline constexpr Operation kGetJob = {
    .id = "getJob", .summary = "of one of them; see [Jobs](#jobs)", .answers = {{200, "application/json", "Job"}}};

inline constexpr Header kLastEvent = {"Last-Event-ID", "the last event that the client has", "waiting-0"};

inline constexpr Operation kFollowJob = {
    .id = "followJob",
    .summary = "the same as server-sent events, until it is done; 204 where `Last-Event-ID` is the end",
    .headers = {kLastEvent},
    .answers = {{200, "text/event-stream"}, {204}}};

inline constexpr Operation kFollowBatch = {
    .id = "followBatch",
    .summary = "its account as server-sent events, until nothing of it waits; 204 where `Last-Event-ID` is the end",
    .headers = {kLastEvent},
    .answers = {{200, "text/event-stream"}, {204}}};

}  // namespace diwan::operations
