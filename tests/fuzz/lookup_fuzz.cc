// Any bytes as the body of a look-up of citations: refused with kInvalid or kTooLarge, or within its limits.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/citation_json.h"
#include "core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const diwan::LookUpRequest request = diwan::ReadLookUp({reinterpret_cast<const char*>(data), size});
    if (request.text && request.text->size() > 4 * diwan::kMaxLookUpText) std::abort();
  } catch (const diwan::Error& error) {
    if (error.code() != diwan::ErrorCode::kInvalid && error.code() != diwan::ErrorCode::kTooLarge) std::abort();
  }
  return 0;
}
