// The byte layouts of store/keys.h. Every stored page, record and piece is found again through these.
#include "store/keys.h"

#include <fmt/core.h>

#include <array>
#include <utility>

#include "core/digest.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kIdBytes = 16;
constexpr size_t kDigestBytes = 32;
constexpr size_t kNumberBytes = 4;
constexpr size_t kSequenceBytes = 8;

template <typename T>
void AppendBigEndian(std::string& out, T value) {
  for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(value >> shift));
  }
}

template <typename T>
T ReadBigEndian(std::string_view bytes) {
  T value = 0;
  for (const char c : bytes.substr(0, sizeof(T))) value = static_cast<T>(value << 8) | static_cast<unsigned char>(c);
  return value;
}

unsigned HexValue(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); }

// The bytes of lowercase hex digits; dashes are passed over.
std::string FromHex(std::string_view hex) {
  std::string bytes;
  unsigned high = 0;
  bool half = false;
  for (const char c : hex) {
    if (c == '-') continue;
    if (half) bytes += static_cast<char>(static_cast<unsigned char>(high << 4 | HexValue(c)));
    high = HexValue(c);
    half = !half;
  }
  return bytes;
}

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += kHex[static_cast<unsigned char>(c) >> 4];
    hex += kHex[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

void RequireSize(std::string_view key, size_t size) {
  if (key.size() == size) return;
  throw Error(ErrorCode::kCorrupt, fmt::format("a key of the store has {} bytes instead of {}; restore the archive "
                                               "from a backup",
                                               key.size(), size));
}

// The counters in the order in which they are stored. Add at the end only.
std::array<uint64_t*, 7> Members(Counters& c) {
  return {&c.sequence,     &c.audit,      &c.totals.records, &c.totals.pages, &c.totals.pages_without_text,
          &c.totals.bytes, &c.totals.jobs};
}

// The same of EncodeTotals.
std::array<uint64_t*, 3> Members(StoreTotals& t) { return {&t.records, &t.pages, &t.pages_without_text}; }

template <typename Numbers>
std::string EncodeNumbers(Numbers numbers) {
  std::string bytes;
  for (const uint64_t* member : Members(numbers)) AppendBigEndian(bytes, *member);
  return bytes;
}

template <typename Numbers>
Numbers DecodeNumbers(std::string_view bytes) {
  Numbers numbers;
  const auto members = Members(numbers);
  if (bytes.size() % kSequenceBytes != 0 || bytes.size() < members.size() * kSequenceBytes) {
    throw Error(ErrorCode::kCorrupt, "the store's counters are damaged; restore the archive from a backup");
  }
  for (size_t i = 0; i < members.size(); ++i) {
    *members[i] = ReadBigEndian<uint64_t>(bytes.substr(i * kSequenceBytes));
  }
  return numbers;
}

}  // namespace

std::string IdKey(std::string_view id) { return IsId(id) ? FromHex(id) : std::string(); }

std::string DigestKey(std::string_view digest) { return IsSha256Hex(digest) ? FromHex(digest) : std::string(); }

std::string AccountKey(std::string_view name) { return std::string(kAccountPrefix) += name; }

std::string TokenKey(std::string_view digest) {
  return IsSha256Hex(digest) ? std::string(kTokenPrefix) += FromHex(digest) : std::string();
}

std::string SessionKey(std::string_view digest) {
  return IsSha256Hex(digest) ? std::string(kSessionPrefix) += FromHex(digest) : std::string();
}

std::string ParcelKey(std::string_view id) {
  return IsId(id) ? std::string(kParcelPrefix) += FromHex(id) : std::string();
}

std::string ReceiptKey(std::string_view digest) {
  return IsSha256Hex(digest) ? std::string(kReceiptPrefix) += FromHex(digest) : std::string();
}

std::string OwnerKey(std::string_view owner) { return std::string(kOwnedPrefix) += FromHex(Sha256Hex(owner)); }

std::string OwnedBatchKey(std::string_view owner, std::string_view batch_id) {
  return IsId(batch_id) ? OwnerKey(owner) + FromHex(batch_id) : std::string();
}

std::string NumberedKey(std::string_view id, uint32_t number) {
  std::string key = IdKey(id);
  if (!key.empty()) AppendBigEndian(key, number);
  return key;
}

std::string VersionKey(std::string_view id, uint32_t page, uint32_t version) {
  std::string key = NumberedKey(id, page);
  if (!key.empty()) AppendBigEndian(key, version);
  return key;
}

std::string SequenceKey(uint64_t number) {
  std::string key;
  AppendBigEndian(key, number);
  return key;
}

std::string KeyAfter(std::string key) {
  key += '\0';
  return key;
}

std::string ParseIdKey(std::string_view key) {
  RequireSize(key, kIdBytes);
  std::string id = ToHex(key);
  for (const size_t dash : {8U, 13U, 18U, 23U}) id.insert(dash, 1, '-');
  return id;
}

std::string ParseDigestKey(std::string_view key) {
  RequireSize(key, kDigestBytes);
  return ToHex(key);
}

Numbered ParseNumberedKey(std::string_view key) {
  RequireSize(key, kIdBytes + kNumberBytes);
  return {.id = ParseIdKey(key.substr(0, kIdBytes)), .number = ReadBigEndian<uint32_t>(key.substr(kIdBytes))};
}

uint32_t ParseVersionKey(std::string_view key) {
  RequireSize(key, kIdBytes + 2 * kNumberBytes);
  return ReadBigEndian<uint32_t>(key.substr(kIdBytes + kNumberBytes));
}

uint64_t ParseSequenceKey(std::string_view key) {
  RequireSize(key, kSequenceBytes);
  return ReadBigEndian<uint64_t>(key);
}

Presence WithHidden(Presence presence, bool hidden) {
  constexpr std::array<std::pair<Presence, Presence>, 3> kBoth = {{{Presence::kRecord, Presence::kHiddenRecord},
                                                                   {Presence::kText, Presence::kHiddenText},
                                                                   {Presence::kBlank, Presence::kHiddenBlank}}};
  for (const auto& [shown, other] : kBoth) {
    if (presence == shown || presence == other) return hidden ? other : shown;
  }
  return presence;
}

std::string EncodeThing(const Thing& thing) { return SequenceKey(thing.sequence) + static_cast<char>(thing.presence); }

Thing DecodeThing(std::string_view bytes, std::string_view what) {
  constexpr std::string_view kKnown = "-rtbRTB";
  if (bytes.size() != kSequenceBytes + 1 || kKnown.find(bytes.back()) == std::string_view::npos) {
    throw Error(ErrorCode::kCorrupt,
                fmt::format("the change feed's note on {} is damaged; restore the archive from a backup", what));
  }
  return {.sequence = ReadBigEndian<uint64_t>(bytes), .presence = static_cast<Presence>(bytes.back())};
}

std::string EncodeCounters(const Counters& counters) { return EncodeNumbers(counters); }
Counters DecodeCounters(std::string_view bytes) { return DecodeNumbers<Counters>(bytes); }

std::string EncodeTotals(const StoreTotals& totals) { return EncodeNumbers(totals); }
StoreTotals DecodeTotals(std::string_view bytes) { return DecodeNumbers<StoreTotals>(bytes); }

}  // namespace diwan
