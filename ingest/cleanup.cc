// The clean-up of a scan, between its decoding and its recognition. Settings were chosen by character error rate on
// rendered pages: of 150, 165, 180 dpi for instance the middle one was best on the whole.
#include "ingest/cleanup.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/error.h"
#include "ingest/page_shape.h"
#include "ingest/quantile.h"

namespace diwan {
namespace {

// The engine scales every line to 36 pixels: more than this resolution costs time and gains nothing.
constexpr double kReadingDpi = 165;
constexpr int kImpulse = 60;          // grey levels by which a pixel must stand out to be taken for dirt
constexpr double kLetterHeight = 17;  // what LetterHeight measures at that resolution, in print of usual size
constexpr double kRadian = 3.14159265358979 / 180;

PixPtr Need(Pix* pix) {
  if (pix == nullptr) throw Error(ErrorCode::kInternal, "the page could not be cleaned: out of memory");
  return PixPtr(pix);
}

PixPtr KeepResolution(Pix* from, PixPtr pix) {
  pixSetResolution(pix.get(), pixGetXRes(from), pixGetYRes(from));
  return pix;
}

struct Noise {
  int median = 0;       // of the second difference along lines, grey levels: sensor noise and grain
  double impulses = 0;  // share of pixels far from both neighbours: salt and pepper
};

Noise MeasureNoise(Pix* gray) {
  const int width = pixGetWidth(gray);
  const int height = pixGetHeight(gray);
  std::array<int64_t, 256> histogram{};
  int64_t seen = 0;
  int64_t impulses = 0;
  for (int y = 2; y < height - 2; y += 7) {
    l_uint32* line = pixGetData(gray) + static_cast<int64_t>(y) * pixGetWpl(gray);
    for (int x = 2; x < width - 2; x += 3) {
      const int before = GET_DATA_BYTE(line, x - 1);
      const int here = GET_DATA_BYTE(line, x);
      const int after = GET_DATA_BYTE(line, x + 1);
      ++histogram.at(static_cast<size_t>(std::min(std::abs(2 * here - before - after) / 2, 255)));
      ++seen;
      constexpr int kFar = 90;
      impulses += std::min(here - before, here - after) > kFar || std::min(before - here, after - here) > kFar;
    }
  }
  if (seen == 0) return {};
  Noise noise;
  noise.impulses = static_cast<double>(impulses) / static_cast<double>(seen);
  for (int64_t sum = histogram[0]; sum <= seen / 2 && noise.median < 255;) {
    sum += histogram.at(static_cast<size_t>(++noise.median));
  }
  return noise;
}

int MedianOfNine(l_uint32* above, l_uint32* line, l_uint32* below, int x) {
  std::array<int, 9> values{};
  size_t i = 0;
  for (l_uint32* row : {above, line, below}) {
    for (int at = x - 1; at <= x + 1; ++at) values.at(i++) = GET_DATA_BYTE(row, at);
  }
  std::nth_element(values.begin(), values.begin() + 4, values.end());
  return values[4];
}

// The median of their surroundings in place of pixels that stand out from their neighbours, across or down. A median
// over all pixels costs fifteen times as much and takes fine strokes away.
PixPtr WithoutImpulses(Pix* gray) {
  PixPtr clean = Need(pixCopy(nullptr, gray));
  const auto stands_out = [](int here, int one, int other) {
    return std::min(here - one, here - other) > kImpulse || std::min(one - here, other - here) > kImpulse;
  };
  const int wpl = pixGetWpl(gray);
  for (int y = 1; y + 1 < pixGetHeight(gray); ++y) {
    l_uint32* line = pixGetData(gray) + static_cast<int64_t>(y) * wpl;
    l_uint32* above = line - wpl;
    l_uint32* below = line + wpl;
    l_uint32* out = pixGetData(clean.get()) + static_cast<int64_t>(y) * pixGetWpl(clean.get());
    for (int x = 1; x + 1 < pixGetWidth(gray); ++x) {
      const int here = GET_DATA_BYTE(line, x);
      if (stands_out(here, GET_DATA_BYTE(line, x - 1), GET_DATA_BYTE(line, x + 1)) ||
          stands_out(here, GET_DATA_BYTE(above, x), GET_DATA_BYTE(below, x))) {
        SET_DATA_BYTE(out, x, MedianOfNine(above, line, below, x));
      }
    }
  }
  return clean;
}

// How much ink changes from one row to the next: high across text lines, low along them.
double RowContrast(Pix* binary) {
  const std::vector<double> rows = InkOfRows(binary);
  double sum = 0;
  for (size_t y = 1; y < rows.size(); ++y) sum += (rows[y] - rows[y - 1]) * (rows[y] - rows[y - 1]);
  return sum / std::max(1, pixGetWidth(binary));
}

// The same for lines that are up to five degrees from level.
double BestRowContrast(Pix* binary) {
  double best = RowContrast(binary);
  for (const double degrees : {-5.0, -4.0, -3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0}) {
    const PixPtr sheared = Need(pixVShear(nullptr, binary, pixGetWidth(binary) / 2,
                                          static_cast<l_float32>(degrees * kRadian), L_BRING_IN_WHITE));
    best = std::max(best, RowContrast(sheared.get()));
  }
  return best;
}

double BlackPixels(Pix* binary) {
  l_int32 count = 0;
  pixCountPixels(binary, &count, nullptr);
  return count;
}

// A bitonal scan becomes grey again by being made smaller; a grey one is smoothed, then made smaller.
PixPtr GrayAtReadingSize(Pix* scan, double factor) {
  if (pixGetDepth(scan) == 1 && factor <= 1) {
    return Need(factor < 1 ? pixScaleToGray(scan, static_cast<l_float32>(factor))
                           : pixConvert1To8(nullptr, scan, 255, 0));
  }
  PixPtr gray = SmoothNoise(ToGray(scan));
  if (factor > 1) return Need(pixScale(gray.get(), static_cast<l_float32>(factor), static_cast<l_float32>(factor)));
  return factor < 1 ? Shrink(gray.get(), factor) : std::move(gray);
}

// `factor` of the scan, background even. Its resolution is what the scan's makes of it.
PixPtr EvenGray(Pix* scan, double factor) {
  PixPtr gray = NormalizeBackground(GrayAtReadingSize(scan, factor));
  const int dpi = static_cast<int>(std::lround(std::max(1, pixGetXRes(scan)) * factor));
  pixSetResolution(gray.get(), dpi, dpi);
  return gray;
}

// Whether there are more specks than letters: then grey near the letters is dirt as well.
bool IsSpeckled(Pix* binary) {
  const double dpi = pixGetXRes(binary);
  int specks = 0;
  int letters = 0;
  for (const Box& part : PartsOf(binary)) {
    const int size = std::max(part.width, part.height);
    specks += size < 0.016 * dpi;
    letters += size > 0.04 * dpi;
  }
  return specks > 1.5 * letters;
}

// Grey level half way from the ink's to the paper's; the middle of all where an image is too small to tell.
int MiddleTone(Pix* gray, Pix* binary) {
  l_float32 ink = 0;
  l_float32 paper = 255;
  const PixPtr white = Need(pixInvert(nullptr, binary));
  if (pixGetAverageMasked(gray, binary, 0, 0, 1, L_MEAN_ABSVAL, &ink) != 0) ink = 0;
  if (pixGetAverageMasked(gray, white.get(), 0, 0, 1, L_MEAN_ABSVAL, &paper) != 0) paper = 255;
  return static_cast<int>((ink + paper) / 2);
}

// Whether most ink of a part lies near the circle that its box encloses, all around.
bool IsRing(Pix* part) {
  const int width = pixGetWidth(part);
  const int height = pixGetHeight(part);
  int ink = 0;
  int on_circle = 0;
  std::array<int, 8> around{};  // ink on the circle by direction
  for (int y = 0; y < height; ++y) {
    l_uint32* line = pixGetData(part) + static_cast<int64_t>(y) * pixGetWpl(part);
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(line, x) == 0) continue;
      ++ink;
      const double dx = 2.0 * x / width - 1;
      const double dy = 2.0 * y / height - 1;
      if (std::fabs(std::hypot(dx, dy) - 0.93) > 0.1) continue;
      ++on_circle;
      ++around.at((dx > 0 ? 1U : 0U) | (dy > 0 ? 2U : 0U) | (std::fabs(dx) > std::fabs(dy) ? 4U : 0U));
    }
  }
  return on_circle > 0.8 * ink && *std::ranges::min_element(around) > on_circle / 24;
}

struct Reading {
  PixPtr gray;
  PixPtr binary;
  double factor = 1;  // times the scan
};
Reading At(Pix* scan, double factor) {
  Reading reading;
  reading.gray = EvenGray(scan, factor);
  reading.binary = Binarize(reading.gray.get());
  reading.factor = factor;
  return reading;
}

// As large as the engine reads best. The resolution decides, unless the letters show that it is wrong or the print very
// small or large; then they do. Somewhat larger than the scan, too: steps between greys become edges.
Reading ForReading(Pix* scan) {
  constexpr double kLargest = 1.6;  // times the scan
  const double dpi = std::max(1, pixGetXRes(scan));
  constexpr int kTiny = 48;  // pixels; nothing to be made smaller
  const bool is_large = dpi > kReadingDpi * 1.08 && std::min(pixGetWidth(scan), pixGetHeight(scan)) > kTiny;
  const double factor = is_large ? kReadingDpi / dpi : 1;
  Reading reading = At(scan, factor);
  double height = LetterHeight(reading.binary.get());
  if (height == 0) return reading;
  const auto is_far = [](double value, double from) { return value < from / 1.4 || value > from * 1.4; };
  const bool is_odd = is_far(height, kLetterHeight);
  const double better = std::min(kLargest, factor * kLetterHeight / height);
  if (is_odd && std::fabs(better - factor) > 0.1 * factor) {
    reading = At(scan, better);
    height *= better / factor;
  }
  // Sizes of parts are told by the resolution from here on, so it is made to fit the letters.
  const double fitting = kReadingDpi * height / kLetterHeight;
  if (is_odd || is_far(pixGetXRes(reading.gray.get()), fitting)) {
    const int resolution = static_cast<int>(std::lround(fitting));
    for (Pix* pix : {reading.gray.get(), reading.binary.get()}) pixSetResolution(pix, resolution, resolution);
  }
  return reading;
}

}  // namespace

PixPtr ToGray(Pix* scan) {
  switch (pixGetDepth(scan)) {
    case 8:
      return Need(pixClone(scan));
    case 32:
      return KeepResolution(scan, Need(pixConvertRGBToLuminance(scan)));
    default:
      return KeepResolution(scan, Need(pixConvertTo8(scan, 0)));
  }
}

PixPtr MendStrokes(Pix* scan) {
  // Holes and notches of one pixel, as a share of the ink: at most .04 in scans of print and fax, .06 and more in
  // copies of copies.
  constexpr double kWorn = 0.05;
  constexpr int kLeastDpi = 250;  // below, such a gap is as wide as those between letters
  if (pixGetDepth(scan) != 1 || pixGetXRes(scan) < kLeastDpi) return Need(pixClone(scan));
  const PixPtr filled = Need(pixCloseBrick(nullptr, scan, 3, 3));
  if (BlackPixels(filled.get()) <= (1 + kWorn) * BlackPixels(scan)) return Need(pixClone(scan));
  return KeepResolution(scan, Need(pixCloseBrick(nullptr, scan, 5, 5)));
}

PixPtr SmoothNoise(PixPtr gray) {
  const Noise noise = MeasureNoise(gray.get());
  if (noise.impulses > 0.004) return WithoutImpulses(gray.get());
  if (noise.median >= 18) return Need(pixBlockconv(gray.get(), 2, 2));
  if (noise.median >= 7) return Need(pixBlockconv(gray.get(), 1, 1));
  return gray;
}

PixPtr Shrink(Pix* pix, double factor) {
  return Need(pixScaleAreaMap(pix, static_cast<l_float32>(factor), static_cast<l_float32>(factor)));
}

PixPtr NormalizeBackground(PixPtr gray) {
  PixPtr even(pixBackgroundNorm(gray.get(), nullptr, nullptr, 10, 14, 80, 30, 235, 2, 2));
  // Nothing but ink, or a page too small for the tiles: as it was.
  return even == nullptr ? std::move(gray) : std::move(even);
}

PixPtr Binarize(Pix* gray) {
  if (pixGetDepth(gray) == 1) return Need(pixClone(gray));
  Pix* binary = nullptr;
  if (pixOtsuAdaptiveThreshold(gray, 2000, 2000, 0, 0, 0.0F, nullptr, &binary) != 0 || binary == nullptr) {
    binary = pixThresholdToBinary(gray, 128);
  }
  return KeepResolution(gray, Need(binary));
}

bool LiesOnItsSide(Pix* binary) {
  constexpr int kMinSide = 64;
  if (std::min(pixGetWidth(binary), pixGetHeight(binary)) < kMinSide) return false;
  if (IsStrip(binary)) return pixGetHeight(binary) > pixGetWidth(binary);
  const PixPtr small = Need(pixReduceRankBinaryCascade(binary, 2, 2, 0, 0));
  const PixPtr turned = Need(pixRotate90(small.get(), 1));
  return BestRowContrast(turned.get()) > BestRowContrast(small.get());
}

double FindSkew(Pix* binary) {
  l_float32 angle = 0;
  l_float32 confidence = 0;
  if (pixFindSkewSweepAndSearch(binary, &angle, &confidence, 2, 1, 5.0F, 1.0F, 0.02F) != 0) return 0;
  return std::fabs(angle) > 0.12F && confidence > 2.0F ? angle : 0;
}

PixPtr Deskew(PixPtr pix, double degrees) {
  if (degrees == 0) return pix;
  const auto radians = static_cast<l_float32>(degrees * kRadian);
  const bool binary = pixGetDepth(pix.get()) == 1;
  return KeepResolution(pix.get(), Need(pixRotate(pix.get(), radians, binary ? L_ROTATE_SAMPLING : L_ROTATE_AREA_MAP,
                                                  L_BRING_IN_WHITE, 0, 0)));
}

PixPtr Turn(PixPtr pix, int degrees) {
  if (degrees == 0) return pix;
  return KeepResolution(pix.get(), Need(pixRotateOrth(pix.get(), degrees / 90)));
}

double LetterHeight(Pix* binary) {
  const double dpi = pixGetXRes(binary);
  std::vector<int> heights;
  for (const Box& part : PartsOf(binary)) {
    // Dots and speckles below, frames and pictures above.
    const auto fits = [dpi](int size, double most) { return size > dpi / 40 && size < most; };
    if (fits(part.height, dpi / 2) && fits(part.width, dpi)) heights.push_back(part.height);
  }
  const size_t fewest = IsStrip(binary) ? 3 : 40;
  if (heights.size() < fewest) return 0;
  return Median(std::move(heights));
}

PixPtr RemoveLargeComponents(Pix* binary) {
  const int largest = static_cast<int>(0.45 * pixGetXRes(binary));
  return KeepResolution(
      binary, Need(pixSelectBySize(binary, largest, largest, 8, L_SELECT_IF_EITHER, L_SELECT_IF_LTE, nullptr)));
}

std::vector<Box> FindStamps(Pix* binary) {
  const double dpi = pixGetXRes(binary);
  std::vector<Box> stamps;
  PIXA* parts = nullptr;
  BOXA* boxes = pixConnComp(binary, &parts, 8);
  for (int i = 0; i < boxaGetCount(boxes); ++i) {
    Box box;
    boxaGetBoxGeometry(boxes, i, &box.x, &box.y, &box.width, &box.height);
    const auto [less, more] = std::minmax(box.width, box.height);
    if (less < 0.45 * dpi || more > 2.4 * dpi || more > 1.2 * less) continue;
    const PixPtr part(pixaGetPix(parts, i, L_CLONE));
    if (part != nullptr && IsRing(part.get())) stamps.push_back(box);
  }
  boxaDestroy(&boxes);
  pixaDestroy(&parts);
  return stamps;
}

PixPtr RemoveStraySpecks(Pix* binary) {
  const int letter = std::max(2, static_cast<int>(0.045 * pixGetXRes(binary)));
  const int reach = static_cast<int>(0.16 * pixGetXRes(binary)) | 1;
  const PixPtr letters = Need(pixSelectBySize(binary, letter, letter, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr));
  const PixPtr near = Need(pixDilateBrick(nullptr, letters.get(), reach, reach));
  // The zeros of ٥٠٠٠٠ are dots in a row, each near the one before it.
  const int row = static_cast<int>(0.1 * pixGetXRes(binary)) | 1;
  const PixPtr rows = Need(pixDilateBrick(nullptr, binary, row, 1));
  const PixPtr chained = Need(pixSeedfillBinary(nullptr, letters.get(), rows.get(), 8));
  pixOr(near.get(), near.get(), chained.get());
  return KeepResolution(binary, Need(pixAnd(nullptr, binary, near.get())));
}

PixPtr RemoveUprights(Pix* binary) {
  const int tallest = static_cast<int>(0.45 * pixGetXRes(binary));
  return KeepResolution(binary,
                        Need(pixSelectBySize(binary, 0, tallest, 8, L_SELECT_HEIGHT, L_SELECT_IF_LTE, nullptr)));
}

PixPtr SoftLetters(Pix* gray, Pix* binary, int reach) {
  constexpr int kSlope = 90;  // grey levels from the middle to black, and to white
  PixPtr soft = Need(pixCopy(nullptr, gray));
  const int middle = MiddleTone(gray, binary);
  std::array<int, 256> tones{};
  for (int i = 0; i < 256; ++i)
    tones.at(static_cast<size_t>(i)) = std::clamp((i - middle) * 128 / kSlope + 128, 0, 255);
  const PixPtr near = Need(pixDilateBrick(nullptr, binary, reach, reach));
  for (int y = 0; y < pixGetHeight(gray); ++y) {
    l_uint32* line = pixGetData(soft.get()) + static_cast<int64_t>(y) * pixGetWpl(soft.get());
    l_uint32* kept = pixGetData(near.get()) + static_cast<int64_t>(y) * pixGetWpl(near.get());
    for (int x = 0; x < pixGetWidth(gray); ++x) {
      SET_DATA_BYTE(line, x, GET_DATA_BIT(kept, x) == 0 ? 255 : tones.at(GET_DATA_BYTE(line, x)));
    }
  }
  return soft;
}

CleanPage CleanForOcr(Pix* scan, int turn) {
  Reading reading = ForReading(MendStrokes(scan).get());
  CleanPage page;
  PixPtr gray = std::move(reading.gray);
  PixPtr text = RemoveLargeComponents(reading.binary.get());
  page.rotation = turn >= 0 ? turn : LiesOnItsSide(text.get()) ? 90 : 0;
  gray = Turn(std::move(gray), page.rotation);
  text = Turn(std::move(text), page.rotation);
  page.skew = IsStrip(text.get()) ? 0 : FindSkew(text.get());
  page.gray = Deskew(std::move(gray), page.skew);
  PixPtr binary = page.skew == 0 ? Turn(std::move(reading.binary), page.rotation) : Binarize(page.gray.get());
  page.stamps = FindStamps(binary.get());
  if (page.skew != 0) text = RemoveLargeComponents(binary.get());
  page.image = RemoveStraySpecks(RemoveUprights(text.get()).get());
  const int edge = reading.factor > 1.2 ? 5 : 3;
  page.letters = SoftLetters(page.gray.get(), page.image.get(), IsSpeckled(page.image.get()) ? 1 : edge);
  return page;
}

}  // namespace diwan
