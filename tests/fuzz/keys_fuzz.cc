// Keys and small values of the store as hostile bytes: each is refused with kCorrupt, or comes back byte for byte.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/error.h"
#include "store/keys.h"
#include "store/number_entries.h"

namespace {

template <typename Rebuild>
void Agrees(std::string_view bytes, Rebuild rebuild) {
  try {
    if (rebuild(bytes) != bytes) std::abort();
  } catch (const diwan::Error& e) {
    if (e.code() != diwan::ErrorCode::kCorrupt) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Agrees(bytes, [](auto in) { return diwan::IdKey(diwan::ParseIdKey(in)); });
  Agrees(bytes, [](auto in) { return diwan::DigestKey(diwan::ParseDigestKey(in)); });
  Agrees(bytes, [](auto in) { return diwan::SequenceKey(diwan::ParseSequenceKey(in)); });
  Agrees(bytes, [](auto in) { return diwan::EncodeThing(diwan::DecodeThing(in, "a thing")); });
  Agrees(bytes, [](auto in) {
    const uint32_t version = diwan::ParseVersionKey(in);
    const diwan::Numbered page = diwan::ParseNumberedKey(in.substr(0, in.size() - sizeof(version)));
    return diwan::VersionKey(page.id, page.number, version);
  });
  Agrees(bytes, [](auto in) {
    const diwan::Numbered parsed = diwan::ParseNumberedKey(in);
    return diwan::NumberedKey(parsed.id, parsed.number);
  });
  Agrees(bytes, [](auto in) {
    const std::string known = diwan::EncodeCounters(diwan::DecodeCounters(in));
    return known + std::string(in.substr(known.size()));
  });
  // The first byte is the length of the key; what comes behind it is the value.
  const size_t key = std::min<size_t>(size == 0 ? 0 : data[0] + 1U, size);
  Agrees(bytes, [&](auto in) {
    diwan::ParsePaper(in.substr(0, key), in.substr(key));
    return in;
  });
  Agrees(bytes, [&](auto in) {
    diwan::ParseCitation(in.substr(0, key), in.substr(key));
    return in;
  });
  return 0;
}
