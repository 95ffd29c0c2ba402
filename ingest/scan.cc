// From whatever a decoder gave to a plain, upright scan of known resolution: the first step in the life of a page.
#include "ingest/scan.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <utility>

#include "core/error.h"
#include "ingest/page_shape.h"

namespace diwan {
namespace {

constexpr int kMinDpi = 50;
constexpr int kMaxDpi = 2400;
constexpr double kA4LongSide = 11.69;  // inches
constexpr double kShortestPage = 5;    // inches: a postcard's longer side, about
constexpr int kFewestPixels = 600;     // of a page's longer side: A4 at 50 dpi
constexpr int kUsualDpi = 300;         // of what is cut out of a scan

PixPtr OrInternal(Pix* pix) {
  if (pix == nullptr) throw Error(ErrorCode::kInternal, "the image could not be converted");
  return PixPtr(pix);
}

// Colour that a scanner's noise and JPEG leave in grey is small, and a stamp's is not: an image is grey when next to
// no pixel of a sample has channels far apart.
bool HasColour(Pix* pix) {
  constexpr int kStep = 3;
  constexpr int kFar = 24;
  const int width = pixGetWidth(pix);
  const int height = pixGetHeight(pix);
  int64_t coloured = 0;
  int64_t seen = 0;
  for (int y = 0; y < height; y += kStep) {
    const l_uint32* line = pixGetData(pix) + static_cast<int64_t>(y) * pixGetWpl(pix);
    for (int x = 0; x < width; x += kStep) {
      const int red = static_cast<int>(line[x] >> L_RED_SHIFT & 0xff);
      const int green = static_cast<int>(line[x] >> L_GREEN_SHIFT & 0xff);
      const int blue = static_cast<int>(line[x] >> L_BLUE_SHIFT & 0xff);
      coloured += std::max({red, green, blue}) - std::min({red, green, blue}) > kFar;
    }
    seen += width / kStep;
  }
  return coloured * 2000 > seen;
}

PixPtr WithoutPalette(PixPtr pix) {
  PIXCMAP* map = pixGetColormap(pix.get());
  if (map == nullptr) return pix;
  l_int32 opaque = 1;
  pixcmapIsOpaque(map, &opaque);
  return OrInternal(pixRemoveColormap(pix.get(), opaque != 0 ? REMOVE_CMAP_BASED_ON_SRC : REMOVE_CMAP_WITH_ALPHA));
}

}  // namespace

void SilenceLeptonica() {
  static std::once_flag once;
  std::call_once(once, [] {
    setMsgSeverity(L_SEVERITY_NONE);
    leptSetStderrHandler([](const char*) {});
  });
}

void CheckSize(uint64_t width, uint64_t height, uint64_t bits_per_pixel, const ReadLimits& limits,
               const std::string& what) {
  if (width == 0 || height == 0) throw Error(ErrorCode::kCorrupt, what + " is damaged: its header gives no size");
  const auto max_side = static_cast<uint64_t>(limits.max_side);
  const auto max_pixels = static_cast<uint64_t>(limits.max_pixels);
  // Deeper pixels than 32 bits take the room of several.
  const uint64_t weight = std::max<uint64_t>(1, (std::min<uint64_t>(bits_per_pixel, 1024) + 31) / 32);
  if (width > max_side || height > max_side || width * height > max_pixels / weight) {
    throw Error(ErrorCode::kTooLarge,
                fmt::format("{} has {} x {} pixels, more than can be read ({} million, {} a side): "
                            "scan it at a lower resolution",
                            what, width, height, max_pixels / 1'000'000, max_side));
  }
}

PixPtr OrCorrupt(Pix* pix, const std::string& what) {
  if (pix == nullptr) throw Error(ErrorCode::kCorrupt, what + " is damaged and can't be decoded");
  return PixPtr(pix);
}

PixPtr Plain(PixPtr pix) {
  const int xres = pixGetXRes(pix.get());
  const int yres = pixGetYRes(pix.get());
  pix = WithoutPalette(std::move(pix));
  if (pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) pix = OrInternal(pixRemoveAlpha(pix.get()));
  const int depth = pixGetDepth(pix.get());
  if (depth == 2 || depth == 4 || depth == 16) pix = OrInternal(pixConvertTo8(pix.get(), 0));
  if (depth == 24) pix = OrInternal(pixConvertTo32(pix.get()));
  if (pixGetDepth(pix.get()) == 32 && !HasColour(pix.get())) {
    // Without colour every channel says the same: green is taken, which costs least.
    pix = OrInternal(pixGetRGBComponent(pix.get(), COLOR_GREEN));
  }
  pixSetResolution(pix.get(), xres, yres);
  return pix;
}

PixPtr ApplyOrientation(PixPtr pix, int orientation) {
  struct Turn {
    int quarters;  // clockwise
    bool mirror;   // left to right, afterwards
  };
  constexpr std::array<Turn, 9> kTurns = {
      {{0, false}, {0, false}, {0, true}, {2, false}, {2, true}, {1, true}, {1, false}, {3, true}, {3, false}}};
  const Turn turn = kTurns.at(orientation < 1 || orientation > 8 ? 1 : static_cast<size_t>(orientation));
  const int xres = pixGetXRes(pix.get());
  const int yres = pixGetYRes(pix.get());
  if (turn.quarters != 0) pix = OrInternal(pixRotateOrth(pix.get(), turn.quarters));
  if (turn.mirror) pix = OrInternal(pixFlipLR(nullptr, pix.get()));
  if (turn.quarters % 2 == 1) {
    pixSetResolution(pix.get(), yres, xres);
  } else {
    pixSetResolution(pix.get(), xres, yres);
  }
  return pix;
}

PixPtr SettleResolution(PixPtr pix) {
  const auto believable = [](int dpi) { return dpi >= kMinDpi && dpi <= kMaxDpi; };
  const int xres = pixGetXRes(pix.get());
  const int yres = pixGetYRes(pix.get());
  const int longer = std::max(pixGetWidth(pix.get()), pixGetHeight(pix.get()));
  const bool is_strip = IsStrip(pix.get());
  // 72 and 96 are what programs write that don't know; they hold only when the paper comes out as one.
  const bool default_value = xres == yres && (xres == 72 || xres == 96) && (longer > 20 * xres || is_strip);
  // A page whose pixels were made fewer, its claim left as it was; what has fewer still may be a cutting.
  const bool too_small = longer < kShortestPage * std::max(xres, yres) && longer > kFewestPixels && !is_strip;
  if (!believable(xres) || !believable(yres) || default_value || too_small) {
    const int paper = std::clamp(static_cast<int>(std::lround(longer / kA4LongSide)), 72, 1200);
    const int guess = is_strip ? kUsualDpi : paper;
    pixSetResolution(pix.get(), guess, guess);
    return pix;
  }
  const int dpi = std::max(xres, yres);
  const int width = pixGetWidth(pix.get());
  const int height = pixGetHeight(pix.get());
  const double ratio = static_cast<double>(dpi) / std::min(xres, yres);
  // 204 x 196, the fine fax, is square enough; beyond 4 the tags are wrong rather than the pixels long.
  if (ratio > 1.1 && ratio < 4) {
    const float scale_x = static_cast<float>(dpi) / static_cast<float>(xres);
    const float scale_y = static_cast<float>(dpi) / static_cast<float>(yres);
    if (width * scale_x < 60'000 && height * scale_y < 60'000) pix = OrInternal(pixScale(pix.get(), scale_x, scale_y));
  }
  pixSetResolution(pix.get(), dpi, dpi);
  return pix;
}

}  // namespace diwan
