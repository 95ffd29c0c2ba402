// Bytes come in and become durable: steps 1 and 2 in the life of a page.
#include "archive/ingest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "archive/known_row.h"
#include "core/digest.h"
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
  std::string begin;    // of a refused one: SHA-256 of what was read of it
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
    received.begin = Sha256Hex(piece);
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
  const Description& said = delivery.row || !delivery.said ? row : *delivery.said;
  CheckExternalId(archive.store(), row.external_id, "");
  source.file_name = PlainFileName(entry.file_name);
  source.record_id = NewId();
  source.received_at = entry.received_at;
  entry.record_id = source.record_id;
  source.access = entry.access = said.access.value_or(archive.usual_access());
  changes.sources.push_back(source);
  changes.jobs.push_back({.record_id = source.record_id,
                          .digest = source.digest,
                          .batch_id = entry.batch_id,
                          .entry = entry.number,
                          .language = LanguageOf(delivery),
                          .queued_at = entry.received_at,
                          .external_id = row.external_id,
                          .fields = said.fields,
                          .access = source.access});
  changes.audit.push_back({.at = entry.received_at,
                           .actor = delivery.actor,
                           .action = "file.receive",
                           .subject = source.digest,
                           .detail = entry.file_name});
}

// What became of the file that this one has the same bytes as: whoever sends a box again after a stop must hear of its
// bad sheets as if it had not stopped.
void TellDuplicate(const Store& store, bool being_read, BatchEntry& entry) {
  if (being_read) {
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

void AddWaiting(Archive& archive, const BatchEntry& entry, BatchAccount& account) {
  ++account.waiting;
  if (!entry.reason.empty()) ++account.stalled;
  const auto record = archive.store().GetRecord(entry.record_id);
  if (!record) return;
  account.pages_known += static_cast<uint64_t>(record->page_count);
  account.pages += archive.store().PageNumbers(entry.record_id).size();
}

void AddBatch(Batch batch, std::string_view actor, ChangeSet& changes) {
  changes.audit.push_back(
      {.at = batch.opened_at, .actor = std::string(actor), .action = "batch.open", .subject = batch.id, .detail = {}});
  changes.batches.push_back(std::move(batch));
}

// A file counts for its owner from its first byte on.
class Waiting {
 public:
  Waiting(Archive& archive, const Delivery& delivery) : archive_(archive), key_(NewId()) {
    if (delivery.parcel == nullptr) archive_.waiting().Take(key_, delivery.owner, delivery.size, delivery.limited);
  }
  ~Waiting() { archive_.waiting().Drop(key_); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  Archive& archive_;
  const std::string key_;
};

// What is remembered of a delivery with a key; of one without, nothing.
Receipt ReceiptOf(Archive& archive, const Delivery& delivery, const Received& received) {
  if (delivery.key.empty()) return {};
  const std::string what = received.refusal.empty() ? received.source.digest : received.refusal + "\n" + received.begin;
  return {.digest = Sha256Hex(delivery.owner + "\n" + delivery.key),
          .fingerprint = Sha256Hex(fmt::format("{}\n{}\n{}", delivery.size, what, delivery.terms)),
          .entry = {},
          .at = archive.accounts().Now()};
}

// Whether this was brought before under the same key; then `entry` is what was answered.
bool WasAnswered(Archive& archive, const Receipt& receipt, BatchEntry& entry) {
  const auto before = receipt.digest.empty() ? std::nullopt : archive.store().GetReceipt(receipt.digest);
  if (!before || before->at + kReceiptLivesMs <= receipt.at) return false;
  if (before->fingerprint != receipt.fingerprint) {
    throw KeyReused(ErrorCode::kConflict,
                    "this Idempotency-Key was used before with another file, or with other words about it; take a new "
                    "key for a new file");
  }
  entry = before->entry;
  return true;
}

}  // namespace

std::string PlainFileName(std::string_view name) { return CleanName(name.substr(name.find_last_of('/') + 1)); }

Batch OpenBatch(Archive& archive, std::string_view label, std::string_view actor, std::string_view owner) {
  ChangeSet changes;
  AddBatch({.id = NewId(), .label = CleanName(label), .opened_at = NowMillis(), .owner = std::string(owner)}, actor,
           changes);
  archive.Commit(changes);
  return changes.batches.front();
}

void CheckDelivery(Archive& archive, const Delivery& delivery) {
  constexpr std::array<std::string_view, 3> kLanguages = {"auto", "ara", "fas"};
  if (std::ranges::find(kLanguages, delivery.language) == kLanguages.end()) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("language '{}' is not one of auto, ara, fas", CleanName(delivery.language)));
  }
  if (!delivery.batch_id.empty() && !archive.store().GetBatch(delivery.batch_id)) {
    throw Error(ErrorCode::kNotFound, fmt::format("there is no batch {}", CleanName(delivery.batch_id)));
  }
}

Delivery DeliveryOf(const Parcel& parcel, std::string_view actor) {
  Delivery delivery{.batch_id = parcel.batch_id,
                    .file_name = parcel.file_name,
                    .language = parcel.language,
                    .actor = std::string(actor),
                    .size = parcel.size,
                    .owner = parcel.owner,
                    .parcel = &parcel};
  if (!parcel.row.empty()) delivery.row = ReadStrictDescription(parcel.row, parcel.language);
  if (!parcel.said.empty()) delivery.said = ReadStrictDescription(parcel.said, parcel.language);
  return delivery;
}

BatchEntry Receive(Archive& archive, const Delivery& delivery, std::istream& in, const ReceiveLimits& limits) {
  CheckDelivery(archive, delivery);
  const Waiting waiting(archive, delivery);
  BatchEntry entry;
  entry.file_name = CleanName(delivery.file_name);
  Received received = ReceiveBytes(archive, in, delivery.size, limits);
  const bool own_batch = delivery.batch_id.empty();
  entry.batch_id = own_batch ? NewId() : delivery.batch_id;
  entry.received_at = NowMillis();
  Receipt receipt = ReceiptOf(archive, delivery, received);
  return archive.CommitReceived(std::move(entry), [&](BatchEntry& e, ChangeSet& changes) {
    if (WasAnswered(archive, receipt, e)) return false;
    if (own_batch) {
      AddBatch({.id = e.batch_id, .label = e.file_name, .opened_at = e.received_at, .owner = delivery.owner},
               delivery.actor, changes);
    }
    if (received.refusal.empty()) {
      FillAccepted(archive, received, delivery, e, changes);
    } else {
      FillRefused(received, delivery, e, changes);
    }
    if (delivery.parcel != nullptr) {
      changes.parcels.push_back(*delivery.parcel);
      changes.parcels.back().batch_id = e.batch_id;
      changes.parcels.back().entry = e.number;
    }
    receipt.entry = e;
    if (!receipt.digest.empty()) changes.receipts.push_back(receipt);
    return true;
  });
}

BatchEntry PresentEntry(const Archive& archive, const Store& store, BatchEntry entry,
                        const std::function<bool(const std::string&)>& being_read) {
  if (entry.outcome == Outcome::kDuplicate) TellDuplicate(store, being_read(entry.record_id), entry);
  if (entry.outcome == Outcome::kWaiting) entry.reason = archive.StalledReason(entry.record_id);
  return entry;
}

BatchAccount AccountOf(Archive& archive, std::string_view batch_id) {
  const auto batch = archive.store().GetBatch(batch_id);
  if (!batch) throw Error(ErrorCode::kNotFound, fmt::format("there is no batch {}", CleanName(batch_id)));
  BatchAccount account{.batch = *batch, .entries = archive.store().ListEntries(batch_id)};
  std::set<std::string> being_read;
  for (const Job& job : archive.store().ListJobs()) being_read.insert(job.record_id);
  for (BatchEntry& entry : account.entries) {
    ++account.received;
    entry = PresentEntry(archive, archive.store(), std::move(entry),
                         [&](const std::string& id) { return being_read.contains(id); });
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
