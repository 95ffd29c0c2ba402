// Fuzzes what tus says in headers: numbers of bytes, and Upload-Metadata, which is refused or gives what was put in.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/tus.h"
#include "core/base64.h"
#include "core/error.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto number = diwan::ReadTusNumber(bytes)) Expect(*number < 1ULL << 63U && !bytes.empty());
  try {
    const auto pairs = diwan::ReadTusMetadata(bytes);
    std::string again;
    for (const auto& [name, value] : pairs) {
      Expect(!name.empty() && name.find_first_of(" ,") == std::string::npos);
      again += (again.empty() ? "" : ",") + name + " " + diwan::ToBase64(value);
    }
    Expect(diwan::ReadTusMetadata(again) == pairs);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
  return 0;
}
