// A PDF of hostile bytes: its first pages are rendered and their text judged, or refused with one of our errors.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/error.h"
#include "ingest/page_source.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  diwan::ReadLimits limits;
  limits.max_pixels = 4'000'000;
  limits.max_side = 5000;
  if (diwan::SniffKind(bytes) != diwan::MediaKind::kPdf) return 0;  // image_fuzz
  try {
    const auto source = diwan::OpenSource(bytes, limits);
    for (int page = 1; page <= std::min(3, source->Probe().pages); ++page) {
      try {
        source->TrustedTextLayer(page);
        source->Render(page);
      } catch (const diwan::Error&) {
      }
    }
  } catch (const diwan::Error&) {
  }
  return 0;
}
