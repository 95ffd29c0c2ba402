#include "ingest/cut_image.h"

#include <leptonica/allheaders.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "core/error.h"
#include "ingest/cleanup.h"

namespace diwan {
namespace {

constexpr int kQuality = 80;  // of JPEG

struct BoxDeleter {
  void operator()(BOX* box) const { boxDestroy(&box); }
};

struct Freer {
  void operator()(l_uint8* bytes) const { std::free(bytes); }  // NOLINT: Leptonica allocates with malloc
};

PixPtr OrShort(PixPtr pix) {
  if (pix == nullptr) throw Error(ErrorCode::kInternal, "memory is short for a part of the image");
  return pix;
}

PixPtr PartOf(Pix* image, const Box& part) {
  const std::unique_ptr<BOX, BoxDeleter> wanted(boxCreate(part.x, part.y, part.width, part.height));
  PixPtr clipped(wanted == nullptr ? nullptr : pixClipRectangle(image, wanted.get(), nullptr));
  if (clipped == nullptr) throw Error(ErrorCode::kInvalid, "no part of the image lies there");
  return clipped;
}

PixPtr Smaller(PixPtr part, int width) {
  const int own = pixGetWidth(part.get());
  if (width >= own) return part;
  const double factor = static_cast<double>(width) / own;
  if (pixGetDepth(part.get()) > 1) return OrShort(Shrink(part.get(), factor));
  PixPtr gray(pixScaleToGray(part.get(), static_cast<l_float32>(factor)));
  return OrShort(std::move(gray));
}

}  // namespace

std::string CutImage(Pix* image, const ImageCut& cut) {
  const PixPtr seen = Smaller(PartOf(image, cut.part), cut.width);
  l_uint8* bytes = nullptr;
  size_t size = 0;
  const l_ok failed = pixGetDepth(seen.get()) == 1 ? pixWriteMemPng(&bytes, &size, seen.get(), 0)
                                                   : pixWriteMemJpeg(&bytes, &size, seen.get(), kQuality, 0);
  const std::unique_ptr<l_uint8, Freer> owned(bytes);
  if (failed != 0 || bytes == nullptr) throw Error(ErrorCode::kInternal, "a part of the image could not be encoded");
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace diwan
