// What is kept of files on their way in, beyond the entry of their batch: those that come in parts, and answers that
// are given again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/record.h"

namespace diwan {

// A file that comes in parts: what was said of it, and how much of it is safe.
struct Parcel {
  std::string id;
  std::string owner;      // as Batch::owner
  std::string batch_id;   // "" for one of its own, as long as it is not whole
  std::string file_name;  // as the sender names it
  std::string language;   // "ara", "fas" or "auto"
  std::string row;        // what a manifest says of it, a line of JSON; "" for nothing
  std::string said;       // the same, for a file that is new here
  uint64_t size = 0;      // bytes in all
  uint64_t received = 0;  // of these, on the disk and synced
  uint32_t entry = 0;     // its number in the batch; 0 as long as it is not there
  int64_t created_at = 0;
  int64_t expires_at = 0;
  bool operator==(const Parcel&) const = default;
};

// What was answered to a file that came under a key of the sender's choice.
struct Receipt {
  std::string digest;       // SHA-256 of owner and key, hex
  std::string fingerprint;  // SHA-256 of all that was sent, hex
  BatchEntry entry;         // as it was told
  int64_t at = 0;
  bool operator==(const Receipt&) const = default;
};

// The stored form, as core/encoding.h has it for records; docs/on_disk_format.md lists the keys. Decoding throws
// kCorrupt when `bytes` are damaged, of another type or of a newer format. Safe for hostile bytes. Any thread may call.
std::string Encode(const Parcel& parcel);
std::string Encode(const Receipt& receipt);
Parcel DecodeParcel(std::string_view bytes, std::string_view what);
Receipt DecodeReceipt(std::string_view bytes, std::string_view what);

}  // namespace diwan
