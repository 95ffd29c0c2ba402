// Makes the page's access image from its scan, after recognition has told how the scan must be turned.
#include "ingest/access_image.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <utility>

#include "core/error.h"
#include "ingest/cleanup.h"

namespace diwan {
namespace {

constexpr int kQuality = 75;        // of JPEG
constexpr double kMaxDpi = 200;     // grey and colour
constexpr double kEnoughDpi = 140;  // grey and colour, when reached by a whole number, which is far cheaper
constexpr double kMaxBinaryDpi = 300;

struct Freer {
  void operator()(l_uint8* bytes) const { std::free(bytes); }  // NOLINT: Leptonica allocates with malloc
};

double FactorFor(Pix* scan) {
  constexpr int kTiny = 48;  // pixels; nothing to be made smaller
  if (std::min(pixGetWidth(scan), pixGetHeight(scan)) <= kTiny) return 1;
  const double dpi = std::max(1, pixGetXRes(scan));
  if (pixGetDepth(scan) == 1) return dpi > kMaxBinaryDpi * 1.1 ? kMaxBinaryDpi / dpi : 1;
  if (dpi <= kMaxDpi * 1.1) return 1;
  const double whole = std::floor(dpi / kEnoughDpi);
  return whole >= 2 ? 1 / whole : kMaxDpi / dpi;
}

PixPtr Scaled(PixPtr scan, double factor) {
  if (factor >= 1) return scan;
  if (pixGetDepth(scan.get()) > 1) return Shrink(scan.get(), factor);
  const auto scale = static_cast<l_float32>(factor);
  PixPtr small(pixScaleBinary(scan.get(), scale, scale));
  return small == nullptr ? std::move(scan) : std::move(small);
}

}  // namespace

AccessImage MakeAccessImage(PixPtr scan, int rotation, double skew) {
  const double factor = FactorFor(scan.get());
  const double dpi = pixGetXRes(scan.get()) * factor;
  PixPtr seen = Deskew(Turn(Scaled(std::move(scan), factor), rotation), skew);
  AccessImage access;
  access.dpi = static_cast<int>(std::lround(dpi));
  access.width = pixGetWidth(seen.get());
  access.height = pixGetHeight(seen.get());
  pixSetResolution(seen.get(), access.dpi, access.dpi);
  const bool binary = pixGetDepth(seen.get()) == 1;
  l_uint8* bytes = nullptr;
  size_t size = 0;
  constexpr int kQuickPng = 10 + 3;  // Leptonica's way to say zlib level 3
  if (binary) pixSetSpecial(seen.get(), kQuickPng);
  const l_ok failed =
      binary ? pixWriteMemPng(&bytes, &size, seen.get(), 0) : pixWriteMemJpeg(&bytes, &size, seen.get(), kQuality, 0);
  const std::unique_ptr<l_uint8, Freer> owned(bytes);
  if (failed != 0 || bytes == nullptr) throw Error(ErrorCode::kInternal, "the page's image could not be encoded");
  access.bytes.assign(reinterpret_cast<const char*>(bytes), size);
  access.media_type = binary ? "image/png" : "image/jpeg";
  return access;
}

}  // namespace diwan
