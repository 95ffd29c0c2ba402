// Files on their way in, as stored bytes.
#include "core/delivery.h"

#include "core/encoding.h"
#include "core/stored_value.h"

namespace diwan {
namespace {

using stored::Json;
using stored::Reader;

std::string Pack(char type, Json value) {
  value["t"] = std::string(1, type);
  value["v"] = stored::kVersion;
  std::string bytes;
  Json::to_cbor(value, bytes);
  return bytes;
}

}  // namespace

std::string Encode(const Parcel& p) {
  return Pack('P', {{"id", p.id},
                    {"who", p.owner},
                    {"batch", p.batch_id},
                    {"file", p.file_name},
                    {"lang", p.language},
                    {"row", p.row},
                    {"said", p.said},
                    {"size", p.size},
                    {"got", p.received},
                    {"n", p.entry},
                    {"made", p.created_at},
                    {"until", p.expires_at}});
}

Parcel DecodeParcel(std::string_view bytes, std::string_view what) {
  const Reader in('P', bytes, what);
  return {.id = in.Text("id"),
          .owner = in.Text("who"),
          .batch_id = in.Text("batch"),
          .file_name = in.Text("file"),
          .language = in.Text("lang"),
          .row = in.Text("row"),
          .said = in.Text("said"),
          .size = in.Number<uint64_t>("size"),
          .received = in.Number<uint64_t>("got"),
          .entry = in.Number<uint32_t>("n"),
          .created_at = in.Number<int64_t>("made"),
          .expires_at = in.Number<int64_t>("until")};
}

// The entry stands in it as bytes of its own.
std::string Encode(const Receipt& r) {
  const std::string entry = Encode(r.entry);
  return Pack('R', {{"sha", r.digest},
                    {"print", r.fingerprint},
                    {"entry", Json::binary({entry.begin(), entry.end()})},
                    {"at", r.at}});
}

Receipt DecodeReceipt(std::string_view bytes, std::string_view what) {
  const stored::Members in('R', bytes, what);
  const std::string_view entry = in.Item("entry");
  if (entry.empty()) in.Fail("is damaged");
  return {.digest = in.Text("sha"),
          .fingerprint = in.Text("print"),
          .entry = DecodeBatchEntry(stored::Items(in, entry).Bytes(), what),
          .at = in.Number<int64_t>("at")};
}

}  // namespace diwan
