// Bytes come in and become durable: steps 1 and 2 in the life of a page.
#include "archive/ingest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "archive/known_row.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"
#include "ingest/reading.h"

namespace diwan {
namespace {

constexpr size_t kPiece = 256U << 10;
constexpr size_t kMaxName = 4096;  // bytes

// What is kept of a sender's name for a file: well-formed UTF-8, no control characters, bounded.
std::string CleanName(std::string_view name) {
  std::u32string clean = FromUtf8(name.substr(0, kMaxName));
  std::ranges::replace_if(
      clean, [](char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }, U' ');
  return ToUtf8(clean);
}

std::string ReadPiece(std::istream& in) {
  std::string piece(kPiece, '\0');
  in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
  piece.resize(static_cast<size_t>(in.gcount()));
  if (in.bad()) throw Error(ErrorCode::kUnavailable, "the file could not be read to its end");
  return piece;
}

struct Received {
  std::string refusal;  // why it is quarantined; "" when it is not
  SourceFile source;
  std::unique_ptr<SourceWriter> writer;  // keeps the bytes until they are committed
};

Received ReceiveBytes(Archive& archive, std::istream& in, uint64_t size, const ReceiveLimits& limits) {
  Received received;
  const std::string too_large = fmt::format("is larger than the {} bytes allowed", limits.max_file_bytes);
  if (size > limits.max_file_bytes) {
    received.refusal = too_large;
    return received;
  }
  std::string piece = ReadPiece(in);
  if (piece.empty()) {
    received.refusal = "is empty";
    return received;
  }
  const MediaKind kind = SniffKind(std::string_view(piece).substr(0, 2048));
  if (kind == MediaKind::kUnknown) {
    received.refusal = "is not a TIFF, JPEG, PNG, WebP or PDF file, whatever its name says";
    return received;
  }
  received.writer = archive.store().NewSource();
  for (; !piece.empty(); piece = ReadPiece(in)) {
    if (received.writer->size() + piece.size() > limits.max_file_bytes) {
      received.refusal = too_large;
      received.writer.reset();
      return received;
    }
    received.writer->Append(piece);
  }
  received.source.size = received.writer->size();
  received.source.digest = received.writer->Finish();
  received.source.media_type = MediaTypeOf(kind);
  return received;
}

// The language that the paper is read in: as is said of all, else of this one.
std::string LanguageOf(const Delivery& delivery) {
  if (delivery.language != "auto" || !delivery.row) return delivery.language;
  const auto said = std::ranges::find(delivery.row->fields, "language", &Field::name);
  return said == delivery.row->fields.end() ? delivery.language : said->value;
}

void FillRefused(const Received& received, const Delivery& delivery, BatchEntry& entry, ChangeSet& changes) {
  entry.outcome = Outcome::kQuarantined;
  entry.reason = received.refusal;
  if (delivery.row && delivery.row->access) entry.access = *delivery.row->access;
  changes.audit.push_back({.at = entry.received_at,
                           .actor = delivery.actor,
                           .action = "file.refuse",
                           .subject = entry.batch_id,
                           .detail = fmt::format("{} {}", entry.file_name, entry.reason)});
}

void FillAccepted(Archive& archive, Received& received, const Delivery& delivery, BatchEntry& entry,
                  ChangeSet& changes) {
  SourceFile& source = received.source;
  entry.digest = source.digest;
  const auto known = archive.store().GetSource(source.digest);
  if (known && !known->quarantined) {
    entry.outcome = Outcome::kDuplicate;
    entry.record_id = known->record_id;
    entry.reason = fmt::format("has the same bytes as {}, received before", known->file_name);
    if (const auto record = archive.store().GetRecord(known->record_id); record && record->deleted) {
      entry.reason +=
          fmt::format("; its record {} was {} ({})", record->id,
                      record->merged_into.empty() ? "deleted" : "merged into another", record->deleted->why);
    }
    if (delivery.row)
      TakeRowOfKnown(archive.store(), *delivery.row, {.actor = delivery.actor, .source = *known}, entry, changes);
    changes.audit.push_back({.at = entry.received_at,
                             .actor = delivery.actor,
                             .action = "file.duplicate",
                             .subject = source.digest,
                             .detail = entry.file_name});
    return;
  }
  const Description row = delivery.row.value_or(Description());
  CheckExternalId(archive.store(), row.external_id, "");
  source.file_name = PlainFileName(entry.file_name);
  source.record_id = NewId();
  source.received_at = entry.received_at;
  entry.record_id = source.record_id;
  source.access = entry.access = row.access.value_or(archive.usual_access());
  changes.sources.push_back(source);
  changes.jobs.push_back({.record_id = source.record_id,
                          .digest = source.digest,
                          .batch_id = entry.batch_id,
                          .entry = entry.number,
                          .language = LanguageOf(delivery),
                          .queued_at = entry.received_at,
                          .external_id = row.external_id,
                          .fields = row.fields,
                          .access = source.access});
  changes.audit.push_back({.at = entry.received_at,
                           .actor = delivery.actor,
                           .action = "file.receive",
                           .subject = source.digest,
                           .detail = entry.file_name});
}

// What became of the file that this one has the same bytes as: whoever sends a box again after a stop must hear of its
// bad sheets as if it had not stopped.
void TellDuplicate(const Store& store, const std::set<std::string>& being_read, BatchEntry& entry) {
  if (being_read.contains(entry.record_id)) {
    entry.outcome = Outcome::kWaiting;
    return;
  }
  const auto source = store.GetSource(entry.digest);
  if (source && source->quarantined) {
    entry.outcome = Outcome::kQuarantined;
    entry.reason = source->reason;
    entry.record_id.clear();
    return;
  }
  if (!source || source->failed_pages == 0) return;
  entry.failed_pages = source->failed_pages;
  entry.reason = source->reason;
}

void AddWaiting(Archive& archive, BatchEntry& entry, BatchAccount& account) {
  ++account.waiting;
  entry.reason = archive.StalledReason(entry.record_id);
  if (!entry.reason.empty()) ++account.stalled;
  const auto record = archive.store().GetRecord(entry.record_id);
  if (!record) return;
  account.pages_known += static_cast<uint64_t>(record->page_count);
  account.pages += archive.store().PageNumbers(entry.record_id).size();
}

}  // namespace

std::string PlainFileName(std::string_view name) { return CleanName(name.substr(name.find_last_of('/') + 1)); }

Batch OpenBatch(Archive& archive, std::string_view label, std::string_view actor) {
  Batch batch{.id = NewId(), .label = CleanName(label), .opened_at = NowMillis()};
  ChangeSet changes;
  changes.batches.push_back(batch);
  changes.audit.push_back(
      {.at = batch.opened_at, .actor = std::string(actor), .action = "batch.open", .subject = batch.id, .detail = {}});
  archive.Commit(changes);
  return batch;
}

BatchEntry Receive(Archive& archive, const Delivery& delivery, std::istream& in, const ReceiveLimits& limits) {
  constexpr std::array<std::string_view, 3> kLanguages = {"auto", "ara", "fas"};
  if (std::ranges::find(kLanguages, delivery.language) == kLanguages.end()) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("language '{}' is not one of auto, ara, fas", CleanName(delivery.language)));
  }
  if (!delivery.batch_id.empty() && !archive.store().GetBatch(delivery.batch_id)) {
    throw Error(ErrorCode::kNotFound, fmt::format("there is no batch {}", CleanName(delivery.batch_id)));
  }
  BatchEntry entry;
  entry.file_name = CleanName(delivery.file_name);
  Received received = ReceiveBytes(archive, in, delivery.size, limits);
  entry.batch_id =
      delivery.batch_id.empty() ? OpenBatch(archive, entry.file_name, delivery.actor).id : delivery.batch_id;
  entry.received_at = NowMillis();
  return archive.CommitReceived(std::move(entry), [&](BatchEntry& e, ChangeSet& changes) {
    if (received.refusal.empty()) {
      FillAccepted(archive, received, delivery, e, changes);
    } else {
      FillRefused(received, delivery, e, changes);
    }
  });
}

BatchAccount AccountOf(Archive& archive, std::string_view batch_id) {
  const auto batch = archive.store().GetBatch(batch_id);
  if (!batch) throw Error(ErrorCode::kNotFound, fmt::format("there is no batch {}", CleanName(batch_id)));
  BatchAccount account{.batch = *batch, .entries = archive.store().ListEntries(batch_id)};
  std::set<std::string> being_read;
  for (const Job& job : archive.store().ListJobs()) being_read.insert(job.record_id);
  for (BatchEntry& entry : account.entries) {
    ++account.received;
    if (entry.outcome == Outcome::kDuplicate) TellDuplicate(archive.store(), being_read, entry);
    if (entry.outcome == Outcome::kWaiting) {
      AddWaiting(archive, entry, account);
      continue;
    }
    if (entry.outcome == Outcome::kStored) ++account.stored;
    if (entry.outcome == Outcome::kDuplicate) ++account.duplicate;
    if (entry.outcome == Outcome::kQuarantined) ++account.quarantined;
    account.pages += static_cast<uint64_t>(entry.pages);
    account.pages_known += static_cast<uint64_t>(entry.pages);
    account.failed_pages += static_cast<uint64_t>(entry.failed_pages);
  }
  return account;
}

}  // namespace diwan
