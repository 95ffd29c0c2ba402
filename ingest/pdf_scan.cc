// The pixels of a PDF page: those of its scan when it has one, else those Poppler draws.
#include "ingest/pdf_scan.h"

#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/error.h"
#include "ingest/scan.h"

namespace diwan {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kTakeSeconds = 60;

l_uint32* Line(Pix* pix, int y) { return pixGetData(pix) + static_cast<int64_t>(y) * pixGetWpl(pix); }

l_uint32 Packed(const GfxRGB& rgb) {
  return static_cast<l_uint32>(colToByte(rgb.r)) << L_RED_SHIFT |
         static_cast<l_uint32>(colToByte(rgb.g)) << L_GREEN_SHIFT |
         static_cast<l_uint32>(colToByte(rgb.b)) << L_BLUE_SHIFT;
}

// One bit a pixel; `ink` is the sample that is black.
PixPtr TakeBits(Stream* str, int width, int height, int ink) {
  PixPtr pix(pixCreate(width, height, 1));
  if (pix == nullptr) return pix;
  std::vector<unsigned char> row((static_cast<size_t>(width) + 7) / 8);
  const unsigned char flip = ink == 1 ? 0 : 0xff;
  for (int y = 0; y < height; ++y) {
    const int got = str->doGetChars(static_cast<int>(row.size()), row.data());
    if (got <= 0) break;
    for (int x = 0; x < got; ++x) SET_DATA_BYTE(Line(pix.get(), y), x, row[static_cast<size_t>(x)] ^ flip);
  }
  // Samples beyond the width are padding.
  pixSetPadBits(pix.get(), 0);
  return pix;
}

// One sample a pixel, by a table of the colours it can have.
PixPtr TakeTable(ImageStream& samples, int width, int height, GfxImageColorMap* colours) {
  std::array<l_uint32, 256> table{};
  const int count = 1 << std::min(8, colours->getBits());
  bool grey = true;
  for (int i = 0; i < count; ++i) {
    const auto sample = static_cast<unsigned char>(i);
    GfxRGB rgb;
    colours->getRGB(&sample, &rgb);
    table.at(static_cast<size_t>(i)) = Packed(rgb);
    grey = grey && colToByte(rgb.r) == colToByte(rgb.g) && colToByte(rgb.g) == colToByte(rgb.b);
  }
  PixPtr pix(pixCreate(width, height, grey ? 8 : 32));
  for (int y = 0; pix != nullptr && y < height; ++y) {
    const unsigned char* row = samples.getLine();
    if (row == nullptr) break;
    l_uint32* line = Line(pix.get(), y);
    for (int x = 0; x < width; ++x) {
      const l_uint32 colour = table.at(row[x]);
      if (grey) {
        SET_DATA_BYTE(line, x, colour >> L_GREEN_SHIFT & 0xff);
      } else {
        line[x] = colour;
      }
    }
  }
  return pix;
}

PixPtr TakeColours(ImageStream& samples, int width, int height, GfxImageColorMap* colours) {
  PixPtr pix(pixCreate(width, height, 32));
  std::vector<unsigned int> rgb(static_cast<size_t>(width));
  for (int y = 0; pix != nullptr && y < height; ++y) {
    unsigned char* row = samples.getLine();
    if (row == nullptr) break;
    l_uint32* line = Line(pix.get(), y);
    if (colours->useRGBLine()) {
      colours->getRGBLine(row, rgb.data(), width);
      for (int x = 0; x < width; ++x) line[x] = rgb[static_cast<size_t>(x)] << 8;  // 0xRRGGBB becomes 0xRRGGBB00
      continue;
    }
    for (int x = 0; x < width; ++x) {
      GfxRGB colour;
      colours->getRGB(row + static_cast<std::ptrdiff_t>(x) * colours->getNumPixelComps(), &colour);
      line[x] = Packed(colour);
    }
  }
  return pix;
}

// 1 or 0: which sample of a one-bit image is black when the other is white; -1 when the two are other colours.
int InkSample(GfxImageColorMap* colours) {
  if (colours->getNumPixelComps() != 1 || colours->getBits() != 1) return -1;
  std::array<double, 2> grey{};
  for (size_t i = 0; i < 2; ++i) {
    const auto sample = static_cast<unsigned char>(i);
    GfxGray value = 0;
    colours->getGray(&sample, &value);
    grey.at(i) = colToDbl(value);
  }
  if (grey[0] < 0.2 && grey[1] > 0.8) return 0;
  return grey[1] < 0.2 && grey[0] > 0.8 ? 1 : -1;
}

// Opens the stream for reading. False when there is nothing in it that can be decoded.
bool Begin(Stream* str, bool inline_image) {
  str->reset();
  // A JPEG shows nothing before its first byte is taken; and what lies in the page itself can't be read twice.
  if (str->getKind() != strDCT || inline_image) return str->lookChar() != EOF || str->getKind() == strDCT;
  const bool decodes = str->getChar() != EOF;
  str->close();
  str->reset();
  return decodes;
}

// Decodes the wanted ones of a page's images, counted as ContentsDevice counts them.
class TakingDevice : public OutputDev {
 public:
  explicit TakingDevice(const std::vector<PlacedImage>& wanted) {
    for (const PlacedImage& image : wanted) taken[image.index] = nullptr;
  }

  std::map<int, PixPtr> taken;

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return true; }

  void drawImageMask(GfxState* state, Object* ref, Stream* str, int width, int height, bool invert, bool interpolate,
                     bool inline_image) override {
    if (PixPtr* place = Next()) {
      if (Begin(str, inline_image)) *place = TakeBits(str, width, height, invert ? 1 : 0);
      str->close();
    } else {
      OutputDev::drawImageMask(state, ref, str, width, height, invert, interpolate, inline_image);
    }
  }
  void drawImage(GfxState* state, Object* ref, Stream* str, int width, int height, GfxImageColorMap* colours,
                 bool interpolate, const int* mask_colours, bool inline_image) override {
    if (PixPtr* place = Next()) {
      *place = Begin(str, inline_image) ? Take(str, width, height, colours) : nullptr;
      str->close();
    } else {
      OutputDev::drawImage(state, ref, str, width, height, colours, interpolate, mask_colours, inline_image);
    }
  }
  void drawMaskedImage(GfxState* /*state*/, Object* /*ref*/, Stream* /*str*/, int /*width*/, int /*height*/,
                       GfxImageColorMap* /*colours*/, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                       int /*mask_height*/, bool /*mask_invert*/, bool /*mask_interpolate*/) override {
    ++count_;
  }
  void drawSoftMaskedImage(GfxState* /*state*/, Object* /*ref*/, Stream* /*str*/, int /*width*/, int /*height*/,
                           GfxImageColorMap* /*colours*/, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                           int /*mask_height*/, GfxImageColorMap* /*mask_colours*/,
                           bool /*mask_interpolate*/) override {
    ++count_;
  }

 private:
  PixPtr* Next() {
    const auto place = taken.find(count_++);
    return place == taken.end() ? nullptr : &place->second;
  }

  static PixPtr Take(Stream* str, int width, int height, GfxImageColorMap* colours) {
    const int ink = InkSample(colours);
    if (ink >= 0) return TakeBits(str, width, height, ink);
    ImageStream samples(str, width, colours->getNumPixelComps(), colours->getBits());
    return colours->getNumPixelComps() == 1 ? TakeTable(samples, width, height, colours)
                                            : TakeColours(samples, width, height, colours);
  }

  int count_ = 0;
};

// All parts made equally deep, so that they can be put on one canvas.
void EvenDepths(std::map<int, PixPtr>& parts, int number) {
  int depth = 1;
  for (const auto& [index, pix] : parts) depth = std::max(depth, static_cast<int>(pixGetDepth(pix.get())));
  for (auto& [index, pix] : parts) {
    if (pixGetDepth(pix.get()) == depth) continue;
    pix =
        OrCorrupt(depth == 8 ? pixConvertTo8(pix.get(), 0) : pixConvertTo32(pix.get()), fmt::format("page {}", number));
  }
}

// Puts the parts where they lie on the page, at the scan's resolution.
PixPtr Compose(const std::map<int, PixPtr>& parts, const std::vector<PlacedImage>& scan, const ReadLimits& limits) {
  const PointBox whole = ScanBox(scan);
  const double per_point = scan.front().Dpi() / kPointsPerInch;
  const auto pixels = [per_point](double points) { return static_cast<int>(std::lround(points * per_point)); };
  const int width = std::max(1, pixels(whole.right - whole.left));
  const int height = std::max(1, pixels(whole.bottom - whole.top));
  CheckSize(static_cast<uint64_t>(width), static_cast<uint64_t>(height), 32, limits, "the page's scan");
  PixPtr canvas = OrCorrupt(pixCreate(width, height, pixGetDepth(parts.begin()->second.get())), "the page");
  pixSetBlackOrWhite(canvas.get(), L_SET_WHITE);
  for (const PlacedImage& image : scan) {
    Pix* part = parts.at(image.index).get();
    pixRasterop(canvas.get(), pixels(image.box.left - whole.left), pixels(image.box.top - whole.top), pixGetWidth(part),
                pixGetHeight(part), PIX_SRC, part, 0, 0);
  }
  return canvas;
}

// Drops what lies outside of the page or of the image's clip, when that is more than rounding.
PixPtr CutToVisible(PixPtr pix, const PlacedImage& image) {
  const auto across = [&](double points) {
    return static_cast<int>(std::lround(points * image.dpi_x / kPointsPerInch));
  };
  const auto down = [&](double points) { return static_cast<int>(std::lround(points * image.dpi_y / kPointsPerInch)); };
  const int left = std::max(0, across(image.visible.left - image.box.left));
  const int top = std::max(0, down(image.visible.top - image.box.top));
  const int right = std::min(static_cast<int>(pixGetWidth(pix.get())), across(image.visible.right - image.box.left));
  const int bottom = std::min(static_cast<int>(pixGetHeight(pix.get())), down(image.visible.bottom - image.box.top));
  const int lost = pixGetWidth(pix.get()) - (right - left) + pixGetHeight(pix.get()) - (bottom - top);
  if (lost <= 4 || right <= left || bottom <= top) return pix;
  BOX* box = boxCreate(left, top, right - left, bottom - top);
  PixPtr cut(pixClipRectangle(pix.get(), box, nullptr));
  boxDestroy(&box);
  return cut == nullptr ? std::move(pix) : std::move(cut);
}

}  // namespace

PointBox ScanBox(const std::vector<PlacedImage>& scan) {
  PointBox whole = scan.size() == 1 ? scan.front().visible : scan.front().box;
  for (const PlacedImage& image : scan) {
    if (scan.size() == 1) break;
    whole = {std::min(whole.left, image.box.left), std::min(whole.top, image.box.top),
             std::max(whole.right, image.box.right), std::max(whole.bottom, image.box.bottom)};
  }
  return whole;
}

PixPtr TakeScan(PDFDoc& doc, int number, const std::vector<PlacedImage>& scan, const ReadLimits& limits) {
  TakingDevice device(scan);
  DrawDeadline deadline(kTakeSeconds);
  doc.displayPage(&device, number, kPointsPerInch, kPointsPerInch, 0, false, true, false, DrawDeadline::Passed,
                  &deadline);
  deadline.Check(number);
  for (auto& [index, pix] : device.taken) {
    const auto placed =
        std::find_if(scan.begin(), scan.end(), [i = index](const auto& image) { return image.index == i; });
    pix = ApplyOrientation(OrCorrupt(pix.release(), fmt::format("the scan on page {}", number)), placed->orientation);
  }
  EvenDepths(device.taken, number);
  PixPtr pix = scan.size() == 1 ? CutToVisible(std::move(device.taken.begin()->second), scan.front())
                                : Compose(device.taken, scan, limits);
  pixSetResolution(pix.get(), static_cast<int>(std::lround(scan.front().dpi_x)),
                   static_cast<int>(std::lround(scan.front().dpi_y)));
  return SettleResolution(Plain(std::move(pix)));
}

PixPtr DrawPage(PDFDoc& doc, int number, const PageContents& contents, double dpi, const ReadLimits& limits) {
  const double per_point = dpi / kPointsPerInch;
  CheckSize(static_cast<uint64_t>(std::ceil(contents.width * per_point)),
            static_cast<uint64_t>(std::ceil(contents.height * per_point)), 32, limits, fmt::format("page {}", number));
  SplashColor paper = {255, 255, 255};
  SplashOutputDev device(splashModeRGB8, 4, false, paper);
  device.startDoc(&doc);
  DrawDeadline deadline(kTakeSeconds);
  doc.displayPage(&device, number, dpi, dpi, 0, false, true, false, DrawDeadline::Passed, &deadline);
  deadline.Check(number);
  const SplashBitmap* bitmap = device.getBitmap();
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr || bitmap->getWidth() < 1 || bitmap->getHeight() < 1) {
    throw Error(ErrorCode::kCorrupt, fmt::format("page {} is damaged and can't be drawn", number));
  }
  PixPtr pix = OrCorrupt(pixCreate(bitmap->getWidth(), bitmap->getHeight(), 32), fmt::format("page {}", number));
  for (int y = 0; y < bitmap->getHeight(); ++y) {
    const unsigned char* row = bitmap->getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap->getRowSize();
    l_uint32* line = Line(pix.get(), y);
    for (int x = 0; x < bitmap->getWidth(); ++x, row += 3) {
      line[x] = static_cast<l_uint32>(row[0]) << L_RED_SHIFT | static_cast<l_uint32>(row[1]) << L_GREEN_SHIFT |
                static_cast<l_uint32>(row[2]) << L_BLUE_SHIFT;
    }
  }
  pixSetResolution(pix.get(), static_cast<int>(std::lround(dpi)), static_cast<int>(std::lround(dpi)));
  return Plain(std::move(pix));
}

}  // namespace diwan
