// Any bytes as a stored value of each type: refused as damaged, or read into a value that comes back the same once it
// is stored again. A page's text alone is that of the page.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "core/account.h"
#include "core/encoding.h"
#include "core/error.h"

namespace {

template <typename T>
void Check(std::string_view bytes, T (*decode)(std::string_view, std::string_view)) {
  std::string stored;
  try {
    stored = diwan::Encode(decode(bytes, "it"));
  } catch (const diwan::Error& error) {
    if (error.code() != diwan::ErrorCode::kCorrupt) std::abort();
    return;
  }
  if (diwan::Encode(decode(stored, "it")) != stored) std::abort();
}

template <typename Decode>
std::optional<std::string> TextOf(const Decode& decode) {
  try {
    return decode();
  } catch (const diwan::Error& error) {
    if (error.code() != diwan::ErrorCode::kCorrupt) std::abort();
    return std::nullopt;
  }
}

void CheckText(std::string_view bytes) {
  const auto whole = TextOf([&] { return diwan::DecodePage(bytes, "it").text; });
  const auto text = TextOf([&] { return diwan::DecodePageText(bytes, "it"); });
  if (whole && text != whole) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Check(bytes, diwan::DecodePage);
  CheckText(bytes);
  Check(bytes, diwan::DecodeRecord);
  Check(bytes, diwan::DecodeSourceFile);
  Check(bytes, diwan::DecodeBatchEntry);
  Check(bytes, diwan::DecodeBatch);
  Check(bytes, diwan::DecodeJob);
  Check(bytes, diwan::DecodeChange);
  Check(bytes, diwan::DecodeAuditEntry);
  Check(bytes, diwan::DecodeRecordCitations);
  Check(bytes, diwan::DecodePastVersion);
  Check(bytes, diwan::DecodeAccount);
  Check(bytes, diwan::DecodeToken);
  Check(bytes, diwan::DecodeSession);
  return 0;
}
