// Bringing papers in: batches, files that wait to be read, records that are text already.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "api/accept.h"
#include "api/delivery_json.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/problem.h"
#include "api/query_parameters.h"
#include "archive/audit.h"
#include "archive/csv.h"
#include "archive/export.h"
#include "archive/import.h"
#include "archive/ingest.h"
#include "archive/jobs.h"
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

Response EntryResponse(const Request& request, const BatchEntry& entry) {
  if (entry.outcome == Outcome::kQuarantined) {
    const std::string detail = entry.reason.empty() ? "the file was quarantined" : entry.reason;
    const Problem problem{.code = ErrorCode::kInvalid, .detail = detail, .status = 422, .entry = &entry};
    return ProblemResponse(problem, LanguageOf(request));
  }
  Response response = JsonResponse(EntryJson(entry), entry.outcome == Outcome::kWaiting ? 202 : 200);
  response.headers["Location"] = JobUrl(entry);
  return response;
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
  delivery.terms += line;
}

// What the key of a delivery was given for, beside the bytes.
void TakeKey(const Request& request, Delivery& delivery) {
  if (!request.headers.contains("idempotency-key")) return;
  delivery.key = HeaderOf(request, "idempotency-key");
  const auto printable = [](char c) { return c > ' ' && c < 0x7F; };
  if (delivery.key.empty() || delivery.key.size() > kMaxKey || !std::ranges::all_of(delivery.key, printable)) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("Idempotency-Key must be 1 to {} printable ASCII characters without spaces", kMaxKey));
  }
  for (const auto& [name, value] : request.query) delivery.terms += fmt::format("{}={}\n", name, value);
}

Delivery DeliveryOf(Archive& archive, const Request& request) {
  Delivery delivery{.batch_id = TextParameter(request, parameters::kBatch),
                    .file_name = TextParameter(request, parameters::kFileName),
                    .language = TextParameter(request, parameters::kLanguage, "auto"),
                    .actor = request.caller.actor,
                    .size = request.body_size,
                    .owner = OwnerOf(request.caller),
                    .limited = !request.caller.account.empty()};
  const uint64_t most = archive.limits().max_file_bytes;
  if (delivery.limited && delivery.size > most) {
    throw Error(ErrorCode::kTooLarge, fmt::format("a file may have {} bytes at most", most));
  }
  if (!delivery.batch_id.empty()) FindBatch(archive, delivery.batch_id, OwnerSeenBy(request.caller));
  TakeKey(request, delivery);
  const std::string said =
      SaidJson(TextParameter(request, parameters::kAccess), TextParameter(request, parameters::kGivenBody));
  const bool row = FlagParameter(request, parameters::kRow);
  if (row && !said.empty()) {
    throw Error(ErrorCode::kInvalid, "with row=yes, 'access' and 'body' stand in the row");
  }
  if (!said.empty()) delivery.said = ReadStrictDescription(said, delivery.language);
  if (row) TakeRow(request, delivery);
  return delivery;
}

}  // namespace

Response Storing(const Archive& archive, const Request& request, const std::function<Response()>& write) {
  try {
    return write();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUnavailable || !DiskIsFull(archive)) throw;
    return ProblemResponse({.code = error.code(), .detail = error.what(), .status = 507}, LanguageOf(request));
  }
}

Response ReceiveFile(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const Delivery delivery = DeliveryOf(archive, request);
  return Storing(archive, request, [&] {
    std::istringstream nothing;
    try {
      std::istream& body = request.body == nullptr ? nothing : *request.body;
      return EntryResponse(request, Receive(archive, delivery, body, archive.limits()));
    } catch (const KeyReused& error) {
      return ProblemResponse({.code = error.code(), .detail = error.what(), .status = 422}, LanguageOf(request));
    }
  });
}

Response NewBatch(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Storing(archive, request, [&] {
    const Batch batch =
        OpenBatch(archive, TextParameter(request, parameters::kLabel), request.caller.actor, OwnerOf(request.caller));
    Response response = JsonResponse(BatchJson(batch), 201);
    response.headers["Location"] = "/v1/batches/" + batch.id;
    return response;
  });
}

Response ShowBatches(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const size_t limit = NumberParameter(request, parameters::kListLimit);
  std::vector<Batch> batches = archive.store().Batches(OwnerSeenBy(request.caller), CursorPosition(request), limit + 1,
                                                       Store::Order::kOldestFirst);
  const std::string next = CutList(request, limit, batches);
  Response response = JsonResponse(BatchesJson(batches, next));
  LinkNext(request, next, response);
  return response;
}

Response ShowBatch(Archive& archive, const Request& request, const PathParameters& path) {
  const bool with_entries = FlagParameter(request, parameters::kEntries);
  const uint32_t behind = CursorNumber(request).value_or(0);
  const size_t limit = NumberParameter(request, parameters::kEntryLimit);
  BatchAccount account = AccountFor(archive, path.id, OwnerSeenBy(request.caller));
  std::erase_if(account.entries, [&](const BatchEntry& entry) { return entry.number <= behind; });
  std::string next;
  if (with_entries && account.entries.size() > limit) {
    account.entries.resize(limit);
    next = MakeListCursor(request, std::to_string(account.entries.back().number));
  }
  Response response = JsonResponse(AccountJson(account, with_entries, next));
  LinkNext(request, next, response);
  return response;
}

Response ImportLines(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  return Storing(archive, request, [&] {
    std::istringstream nothing;
    return JsonResponse(
        ImportJson(Import(archive, request.body == nullptr ? nothing : *request.body, request.caller.actor)));
  });
}

Response ExportRecords(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const std::string position = CursorPosition(request);
  const ExportRequest wanted{
      .query = TextParameter(request, parameters::kExportQuestion),
      .after = position.empty() ? TextParameter(request, parameters::kAfter) : position,
      .limit = NumberParameter(request, parameters::kExportLimit),
      .text = FlagParameter(request, parameters::kText),
      .proposed = FlagParameter(request, parameters::kProposed),
      .deleted = FlagParameter(request, parameters::kDeleted),
  };
  NoteExport(archive, request.caller.actor, wanted.query);
  ExportedLines exported = Export(archive, wanted);
  Response response;
  response.headers["Content-Type"] = "application/jsonl; charset=utf-8";
  response.body = std::move(exported.lines);
  if (!exported.next.empty()) LinkNext(request, MakeListCursor(request, exported.next), response);
  return response;
}

}  // namespace diwan
