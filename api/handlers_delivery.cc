// Bringing papers in: batches, files that wait to be read, records that are text already.
#include <fmt/core.h>

#include <filesystem>
#include <sstream>

#include "api/handlers.h"
#include "api/json.h"
#include "api/parameters.h"
#include "api/problem.h"
#include "api/target.h"
#include "archive/audit.h"
#include "archive/csv.h"
#include "archive/export.h"
#include "archive/import.h"
#include "archive/ingest.h"
#include "archive/lines.h"
#include "core/error.h"

namespace diwan {
namespace {

// A full disk is worth a status of its own: the sender should stop, not try again. The store can only say that a write
// failed, so the disk itself is asked.
constexpr uint64_t kFullDiskBytes = 16U << 20;

bool DiskIsFull(const Archive& archive) {
  std::error_code error;
  const auto space = std::filesystem::space(archive.dir(), error);
  return !error && space.available < kFullDiskBytes;
}

// Runs `write`, which stores things; a failure for want of disk space comes back as 507.
template <typename Write>
Response Storing(const Archive& archive, const Write& write) {
  try {
    return write();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUnavailable || !DiskIsFull(archive)) throw;
    return ProblemResponse({.code = error.code(), .detail = error.what(), .status = 507});
  }
}

Response EntryResponse(const BatchEntry& entry) {
  if (entry.outcome == Outcome::kQuarantined) {
    const std::string detail = entry.reason.empty() ? "the file was quarantined" : entry.reason;
    return ProblemResponse({.code = ErrorCode::kInvalid, .detail = detail, .status = 422, .entry = &entry});
  }
  return JsonResponse(EntryJson(entry), entry.outcome == Outcome::kWaiting ? 202 : 200);
}

// The first line of the body says what the file is; the file's bytes begin behind it.
void TakeRow(const Request& request, Delivery& delivery) {
  std::string line;
  bool too_long = false;
  if (request.body == nullptr || !ReadLine(*request.body, kMaxCsvRow, line, too_long) || too_long ||
      line.size() >= request.body_size) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("with row=yes the body begins with a line of JSON, of {} bytes at most", kMaxCsvRow));
  }
  delivery.row = ReadStrictDescription(line, delivery.language);
  delivery.size -= line.size() + 1;
}

}  // namespace

Response ReceiveFile(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  Delivery delivery{.batch_id = TextParameter(request, "batch"),
                    .file_name = TextParameter(request, "name"),
                    .language = TextParameter(request, "language", "auto"),
                    .actor = request.caller.actor,
                    .size = request.body_size};
  if (FlagParameter(request, "row", false)) TakeRow(request, delivery);
  return Storing(archive, [&] {
    std::istringstream nothing;
    return EntryResponse(Receive(archive, delivery, request.body == nullptr ? nothing : *request.body));
  });
}

Response NewBatch(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Storing(archive, [&] {
    const Batch batch = OpenBatch(archive, TextParameter(request, "label"), request.caller.actor);
    Response response = JsonResponse(BatchJson(batch), 201);
    response.headers["Location"] = "/v1/batches/" + batch.id;
    return response;
  });
}

Response ShowBatch(Archive& archive, const Request& request, const PathParameters& path) {
  const bool with_entries = FlagParameter(request, "entries", true);
  return JsonResponse(AccountJson(AccountOf(archive, path.id), with_entries));
}

Response ImportLines(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Storing(archive, [&] {
    std::istringstream nothing;
    return JsonResponse(ImportJson(Import(archive, request.body == nullptr ? nothing : *request.body, request.caller.actor)));
  });
}

Response ExportRecords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const ExportRequest wanted{
      .query = TextParameter(request, "q"),
      .after = TextParameter(request, "after"),
      .limit = NumberParameter(request, "limit", {.fallback = 500, .least = 1, .most = 1000}),
      .text = FlagParameter(request, "text", true),
      .proposed = FlagParameter(request, "proposed", false),
      .deleted = FlagParameter(request, "deleted", false),
  };
  NoteExport(archive, request.caller.actor, wanted.query);
  ExportedLines exported = Export(archive, wanted);
  Response response;
  response.headers["Content-Type"] = "application/jsonl; charset=utf-8";
  response.body = std::move(exported.lines);
  if (exported.next.empty()) return response;
  Target next{.path = request.path, .query = request.query};
  next.query["after"] = exported.next;
  response.headers["Link"] = "<" + FormatTarget(next) + ">; rel=\"next\"";
  return response;
}

}  // namespace diwan
