// Deliveries: bytes come in, become durable, and wait for the workers.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/description.h"

namespace diwan {

struct ReceiveLimits {
  uint64_t max_file_bytes = 4ULL << 30;
};

// One file as it arrives.
struct Delivery {
  std::string batch_id;            // "" for a batch of its own
  std::string file_name;           // as the sender names it; kept for people, never used as a path
  std::string language = "auto";   // "ara", "fas" or "auto"
  std::string actor;               // for the audit trail
  uint64_t size = 0;               // bytes that will come, when it is known
  std::optional<Description> row;  // what a manifest says of it; its `file` counts for nothing
};

// The last component of a sender's name for a file, as it is kept: well-formed UTF-8 without control characters.
std::string PlainFileName(std::string_view name);

// Opens a batch and returns it, stored.
Batch OpenBatch(Archive& archive, std::string_view label, std::string_view actor);

// Stores the bytes of `in` with batch entry and job, synced, and returns the entry: waiting, duplicate, or quarantined
// with its reason (empty, unknown kind, too large). Throws kNotFound for an unknown batch, kInvalid for an unknown
// language or an external id that is another record's, kUnavailable when the disk is full: then the file is not in the
// archive and not in the account.
//
// The fields of a row are confirmed, and what is read from the text never goes before them. A row for a file that is in
// the archive already, under the same name, takes the place of the row that came with it before; what a person gave
// stays. Where a row can't be taken so, the entry says it.
BatchEntry Receive(Archive& archive, const Delivery& delivery, std::istream& in, const ReceiveLimits& limits = {});

// The account of a batch: received = stored + duplicate + quarantined + waiting.
struct BatchAccount {
  Batch batch;
  std::vector<BatchEntry> entries;
  uint64_t received = 0, stored = 0, duplicate = 0, quarantined = 0, waiting = 0;
  uint64_t pages = 0;         // pages stored of its records so far
  uint64_t pages_known = 0;   // pages of its records as far as files were opened
  uint64_t failed_pages = 0;  // kept as an image only
  uint64_t stalled = 0;       // of the waiting: given up for now; their entries tell why
};

// Throws kNotFound. A duplicate whose record is still being read counts as waiting.
BatchAccount AccountOf(Archive& archive, std::string_view batch_id);

}  // namespace diwan
