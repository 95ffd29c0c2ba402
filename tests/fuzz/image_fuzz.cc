// An image file of hostile bytes: each page is decoded or refused with one of our errors.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/error.h"
#include "ingest/page_source.h"
#include "ingest/tiff_directory.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  diwan::JpegOrientation(bytes);
  diwan::ReadLimits limits;
  limits.max_pixels = 1'000'000;
  limits.max_side = 5000;
  limits.max_pages = 20;
  if (diwan::SniffKind(bytes) == diwan::MediaKind::kPdf) return 0;  // pdf_fuzz
  try {
    const auto source = diwan::OpenSource(bytes, limits);
    for (int page = 1; page <= source->Probe().pages; ++page) {
      try {
        source->Render(page);
      } catch (const diwan::Error&) {
      }
    }
  } catch (const diwan::Error&) {
  }
  return 0;
}
