// Deliveries: bytes come in, become durable, and wait for the workers.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/description.h"
#include "core/delivery.h"
#include "core/error.h"

namespace diwan {

inline constexpr int64_t kReceiptLivesMs = 24LL * 3'600'000;  // how long a key is remembered
inline constexpr size_t kMaxKey = 255;                        // bytes

// A key was used before, for something else; over HTTP status 422.
class KeyReused : public Error {
 public:
  using Error::Error;
};

// One file as it arrives.
struct Delivery {
  std::string batch_id;            // "" for a batch of its own
  std::string file_name;           // as the sender names it; kept for people, never used as a path
  std::string language = "auto";   // "ara", "fas" or "auto"
  std::string actor;               // for the audit trail
  uint64_t size = 0;               // bytes that will come, when it is known
  std::optional<Description> row;  // what a manifest says of it; its `file` counts for nothing

  std::string owner = {};                // of the batch that is opened for it
  bool limited = false;                  // by what its owner may have waiting
  std::optional<Description> said = {};  // what is said of it where it is new here and has no row
  std::string key = {};                  // the sender's, up to kMaxKey bytes; "" for none
  std::string terms = {};                // with a key: all that was sent beside the bytes
  const Parcel* parcel = nullptr;        // that it came in, and that is whole with this
};

// The last component of a sender's name for a file, as it is kept: well-formed UTF-8 without control characters.
std::string PlainFileName(std::string_view name);

// Opens a batch and returns it, stored.
Batch OpenBatch(Archive& archive, std::string_view label, std::string_view actor, std::string_view owner = "");

// Throws as Receive does for what can be told of a file before its bytes come.
void CheckDelivery(Archive& archive, const Delivery& delivery);

// The delivery that a parcel becomes; `parcel` must outlive it. Throws kInvalid for a row that is none.
Delivery DeliveryOf(const Parcel& parcel, std::string_view actor);

// Stores the bytes of `in` with batch entry and job, synced, and returns the entry: waiting, duplicate, or quarantined
// with its reason (empty, unknown kind, too large). Throws kNotFound for an unknown batch, kInvalid for an unknown
// language or an external id that is another record's, kUnavailable when the disk is full: then the file is not in the
// archive and not in the account.
//
// The fields of a row are confirmed, and what is read from the text never goes before them. A row for a file that is in
// the archive already, under the same name, takes the place of the row that came with it before; what a person gave
// stays. Where a row can't be taken so, the entry says it.
//
// With a key, the same owner's second delivery of the same bytes and terms stores nothing and returns the entry that
// the first one returned, for kReceiptLivesMs, also where both come at one time; with others it throws KeyReused.
// Throws kTooLarge beyond what a limited owner may have waiting.
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

// The entry as it is by now: a duplicate of a file that is still being read waits, one of a file that was quarantined
// is quarantined, and the reason of a stalled one is told. `being_read` tells whether a record's file waits.
BatchEntry PresentEntry(const Archive& archive, const Store& store, BatchEntry entry,
                        const std::function<bool(const std::string&)>& being_read);

// Throws kNotFound. A duplicate whose record is still being read counts as waiting.
BatchAccount AccountOf(Archive& archive, std::string_view batch_id);

}  // namespace diwan
