// Keys and the small values that are no CBOR. Byte order is logical order: ids are 16 raw bytes, digests 32, numbers
// big-endian. All of it is on disk, listed in docs/on_disk_format.md: add, never change. Any thread may call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace diwan {

// "" when `id` is not of the form of NewId(), or `digest` not 64 lowercase hex digits: such a thing is never stored.
std::string IdKey(std::string_view id);
std::string DigestKey(std::string_view digest);

// A page of a record, an entry of a batch, a piece of an upload: 16 + 4 bytes. "" as above.
std::string NumberedKey(std::string_view id, uint32_t number);

// A version of a page, or of the record itself (page 0): 16 + 4 + 4 bytes. "" as above.
std::string VersionKey(std::string_view id, uint32_t page, uint32_t version);

// A change or an audit entry: 8 bytes.
std::string SequenceKey(uint64_t number);

// Of the family `access`: an account by its name, a token or session by its digest ("" as above). One letter stands
// before each kind.
inline constexpr std::string_view kAccountPrefix = "a";
inline constexpr std::string_view kTokenPrefix = "t";
inline constexpr std::string_view kSessionPrefix = "s";
std::string AccountKey(std::string_view name);
std::string TokenKey(std::string_view digest);
std::string SessionKey(std::string_view digest);

// Of the family `deliveries`: a parcel by its id, a receipt by its digest, and the batches of an owner ("" as above),
// each behind a letter for its kind.
inline constexpr std::string_view kParcelPrefix = "p";
inline constexpr std::string_view kReceiptPrefix = "r";
inline constexpr std::string_view kOwnedPrefix = "o";
std::string ParcelKey(std::string_view id);
std::string ReceiptKey(std::string_view digest);
// What the keys of an owner's batches begin with.
std::string OwnerKey(std::string_view owner);
std::string OwnedBatchKey(std::string_view owner, std::string_view batch_id);

// The smallest key that is greater than `key`.
std::string KeyAfter(std::string key);

// The opposite ways. Each throws kCorrupt when `key` is not such a key. Safe for hostile bytes.
struct Numbered {
  std::string id;
  uint32_t number = 0;
};
std::string ParseIdKey(std::string_view key);
std::string ParseDigestKey(std::string_view key);
Numbered ParseNumberedKey(std::string_view key);
uint32_t ParseVersionKey(std::string_view key);  // the version alone
uint64_t ParseSequenceKey(std::string_view key);

// What the change feed says of a record (page number 0) or page, and what is there now: so that a commit can count
// and replace without reading the old value, which may be large or damaged.
// Capitals are of a record that a person deleted or merged away: it is stored, and neither counted, listed nor
// searched.
enum class Presence : char {
  kGone = '-',
  kRecord = 'r',
  kText = 't',
  kBlank = 'b',
  kHiddenRecord = 'R',
  kHiddenText = 'T',
  kHiddenBlank = 'B',
};
// The same thing when its record is, or is not, deleted.
Presence WithHidden(Presence presence, bool hidden);
struct Thing {
  uint64_t sequence = 0;
  Presence presence = Presence::kGone;
};
std::string EncodeThing(const Thing& thing);
Thing DecodeThing(std::string_view bytes, std::string_view what);

// The keys of the family `default`.
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kCountersKey = "counters";

// The numbers that a commit moves on, kept under one key.
struct Counters {
  uint64_t sequence = 0;  // of the newest change
  uint64_t audit = 0;     // entries written
  StoreTotals totals;
};
std::string EncodeCounters(const Counters& counters);
// Throws kCorrupt. Numbers that a later minor format added at the end are ignored.
Counters DecodeCounters(std::string_view bytes);

// Records and pages of one audience have totals of their own: under this and Audience's key, so many as are stored. The
// members for bytes and jobs are not kept.
inline constexpr std::string_view kTotalsKey = "totals/";
std::string EncodeTotals(const StoreTotals& totals);
StoreTotals DecodeTotals(std::string_view bytes);  // throws as DecodeCounters

}  // namespace diwan
