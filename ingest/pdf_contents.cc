// The first look at a PDF page: its images are noted, not decoded, and everything else that leaves a mark is counted.
#include "ingest/pdf_contents.h"

#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/error.h"
#include "ingest/scan.h"

namespace diwan {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kLookSeconds = 20;

double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// How an image stands whose right and down directions on the page are these; 0 when they aren't along the axes.
int OrientationOf(double right_x, double right_y, double down_x, double down_y) {
  constexpr double kAskew = 0.02;  // tangent; less can't be seen
  struct Way {
    int right_x, right_y, down_x, down_y, orientation;
  };
  constexpr Way kWays[] = {{1, 0, 0, 1, 1}, {-1, 0, 0, 1, 2}, {-1, 0, 0, -1, 3}, {1, 0, 0, -1, 4},
                           {0, 1, 1, 0, 5}, {0, 1, -1, 0, 6}, {0, -1, -1, 0, 7}, {0, -1, 1, 0, 8}};
  const auto along = [](double x, double y, int want_x, int want_y) {
    const double forth = x * want_x + y * want_y;
    const double aside = std::fabs(x * want_y) + std::fabs(y * want_x);
    return forth > 0 && aside < kAskew * forth;
  };
  for (const Way& way : kWays) {
    if (along(right_x, right_y, way.right_x, way.right_y) && along(down_x, down_y, way.down_x, way.down_y)) {
      return way.orientation;
    }
  }
  return 0;
}

bool IsWhite(const GfxRGB& rgb) {
  constexpr double kWhite = 0.97;
  return std::min({colToDbl(rgb.r), colToDbl(rgb.g), colToDbl(rgb.b)}) > kWhite;
}

class ContentsDevice : public OutputDev {
 public:
  ContentsDevice(PageContents& contents, const ReadLimits& limits) : contents_(contents), limits_(limits) {}

  // Set when an image is beyond the limits: exceptions must not pass through Poppler.
  std::optional<Error> refused;

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int /*type*/) override { return true; }

  void drawChar(GfxState* state, double /*x*/, double /*y*/, double /*dx*/, double /*dy*/, double /*origin_x*/,
                double /*origin_y*/, CharCode /*code*/, int /*bytes*/, const Unicode* text, int length) override {
    constexpr int kInvisible = 3;
    const bool blank = length == 1 && (text[0] == ' ' || text[0] == 0xa0);
    if ((state->getRender() & kInvisible) != kInvisible && !blank) ++contents_.visible_marks;
  }
  void stroke(GfxState* state) override {
    GfxRGB rgb;
    state->getStrokeRGB(&rgb);
    contents_.visible_marks += !IsWhite(rgb);
  }
  void fill(GfxState* state) override {
    GfxRGB rgb;
    state->getFillRGB(&rgb);
    contents_.visible_marks += !IsWhite(rgb) && state->getFillOpacity() > 0;
  }
  void eoFill(GfxState* state) override { fill(state); }
  bool tilingPatternFill(GfxState* /*state*/, Gfx* /*gfx*/, Catalog* /*catalog*/, GfxTilingPattern* /*pattern*/,
                         const double* /*matrix*/, int /*x0*/, int /*y0*/, int /*x1*/, int /*y1*/, double /*x_step*/,
                         double /*y_step*/) override {
    return Mark();
  }
  bool functionShadedFill(GfxState* /*state*/, GfxFunctionShading* /*shading*/) override { return Mark(); }
  bool axialShadedFill(GfxState* /*state*/, GfxAxialShading* /*shading*/, double /*from*/, double /*to*/) override {
    return Mark();
  }
  bool radialShadedFill(GfxState* /*state*/, GfxRadialShading* /*shading*/, double /*from*/, double /*to*/) override {
    return Mark();
  }
  bool gouraudTriangleShadedFill(GfxState* /*state*/, GfxGouraudTriangleShading* /*shading*/) override {
    return Mark();
  }
  bool patchMeshShadedFill(GfxState* /*state*/, GfxPatchMeshShading* /*shading*/) override { return Mark(); }

  void drawImageMask(GfxState* state, Object* ref, Stream* str, int width, int height, bool invert, bool interpolate,
                     bool inline_image) override {
    GfxRGB rgb;
    state->getFillRGB(&rgb);
    constexpr double kBlack = 0.3;
    const bool black = std::max({colToDbl(rgb.r), colToDbl(rgb.g), colToDbl(rgb.b)}) < kBlack;
    Add(state, width, height, 1, black, false);
    OutputDev::drawImageMask(state, ref, str, width, height, invert, interpolate, inline_image);
  }
  void drawImage(GfxState* state, Object* ref, Stream* str, int width, int height, GfxImageColorMap* colours,
                 bool interpolate, const int* mask_colours, bool inline_image) override {
    Add(state, width, height, colours->getBits() * colours->getNumPixelComps(), mask_colours == nullptr, true);
    OutputDev::drawImage(state, ref, str, width, height, colours, interpolate, mask_colours, inline_image);
  }
  void drawMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*str*/, int width, int height,
                       GfxImageColorMap* colours, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                       int /*mask_height*/, bool /*mask_invert*/, bool /*mask_interpolate*/) override {
    Add(state, width, height, colours->getBits() * colours->getNumPixelComps(), false, false);
  }
  void drawSoftMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*str*/, int width, int height,
                           GfxImageColorMap* colours, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                           int /*mask_height*/, GfxImageColorMap* /*mask_colours*/,
                           bool /*mask_interpolate*/) override {
    Add(state, width, height, colours->getBits() * colours->getNumPixelComps(), false, false);
  }

 private:
  bool Mark() {
    ++contents_.visible_marks;
    return true;
  }

  void Add(GfxState* state, int width, int height, int bits_per_pixel, bool plain, bool opaque) {
    try {
      CheckSize(static_cast<uint64_t>(std::max(0, width)), static_cast<uint64_t>(std::max(0, height)),
                static_cast<uint64_t>(bits_per_pixel), limits_, "an image of the page");
    } catch (const Error& error) {
      refused = error;
      return;
    }
    // The image fills the unit square; its first row lies at the top, y = 1.
    const double* m = state->getCTM();
    PlacedImage image;
    image.index = static_cast<int>(count_++);
    image.width = width;
    image.height = height;
    image.plain = plain;
    image.orientation = OrientationOf(m[0], m[1], -m[2], -m[3]);
    image.box = {m[4] + std::min({0.0, m[0], m[2], m[0] + m[2]}), m[5] + std::min({0.0, m[1], m[3], m[1] + m[3]}),
                 m[4] + std::max({0.0, m[0], m[2], m[0] + m[2]}), m[5] + std::max({0.0, m[1], m[3], m[1] + m[3]})};
    const double across = std::hypot(m[0], m[1]);
    const double down = std::hypot(m[2], m[3]);
    if (across <= 0 || down <= 0) return;
    image.dpi_x = kPointsPerInch * width / across;
    image.dpi_y = kPointsPerInch * height / down;
    if (image.orientation > 4) std::swap(image.dpi_x, image.dpi_y);
    PointBox clip;
    state->getClipBBox(&clip.left, &clip.top, &clip.right, &clip.bottom);
    const PointBox page{0, 0, contents_.width, contents_.height};
    image.visible = image.box.Intersect(clip).Intersect(page);
    // Under a picture that covers the page nothing is seen: some programs put a text layer there.
    constexpr double kWhole = 0.97;
    if (opaque && plain && image.orientation != 0 && image.visible.Area() > kWhole * page.Area()) {
      contents_.visible_marks = 0;
      contents_.images.clear();
    }
    contents_.images.push_back(image);
  }

  PageContents& contents_;
  ReadLimits limits_;
  int64_t count_ = 0;
};

}  // namespace

double PlacedImage::Dpi() const { return std::max(dpi_x, dpi_y); }

double PointBox::Area() const { return std::max(0.0, right - left) * std::max(0.0, bottom - top); }

PointBox PointBox::Intersect(const PointBox& other) const {
  return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
          std::min(bottom, other.bottom)};
}

DrawDeadline::DrawDeadline(double seconds) : ends_at_(Now() + seconds) {}

bool DrawDeadline::Passed(void* deadline) {
  auto* self = static_cast<DrawDeadline*>(deadline);
  self->passed_ = self->passed_ || Now() > self->ends_at_;
  return self->passed_;
}

void DrawDeadline::Check(int number) const {
  if (passed_) throw Error(ErrorCode::kTooLarge, fmt::format("page {} takes too long to draw", number));
}

PageContents LookThrough(PDFDoc& doc, int number, const ReadLimits& limits) {
  PageContents contents;
  contents.width = doc.getPageCropWidth(number);
  contents.height = doc.getPageCropHeight(number);
  if (doc.getPageRotate(number) % 180 != 0) std::swap(contents.width, contents.height);
  ContentsDevice device(contents, limits);
  DrawDeadline deadline(kLookSeconds);
  doc.displayPage(&device, number, kPointsPerInch, kPointsPerInch, 0, false, true, false, DrawDeadline::Passed,
                  &deadline);
  deadline.Check(number);
  if (device.refused) throw Error(*device.refused);
  return contents;
}

std::vector<PlacedImage> FindScan(const PageContents& contents) {
  constexpr double kCovers = 0.8;       // of the page
  constexpr double kSameDpi = 0.01;     // strips of one scan differ by rounding only
  constexpr double kSideBySide = 0.02;  // overlaps and gaps, as a share of the whole
  if (contents.images.empty() || contents.visible_marks > 0) return {};
  const PlacedImage& first = contents.images.front();
  PointBox whole = first.visible;
  double sum = 0;
  double seen = 0;
  for (const PlacedImage& image : contents.images) {
    const bool fits = image.plain && image.orientation != 0 && image.orientation == first.orientation &&
                      std::fabs(image.Dpi() - first.Dpi()) < kSameDpi * first.Dpi();
    if (!fits) return {};
    whole = {std::min(whole.left, image.visible.left), std::min(whole.top, image.visible.top),
             std::max(whole.right, image.visible.right), std::max(whole.bottom, image.visible.bottom)};
    sum += image.visible.Area();
    seen += image.box.Area();
  }
  if (whole.Area() < kCovers * contents.width * contents.height) return {};
  if (contents.images.size() > 1) {
    // Strips that are clipped, or whose pixels aren't square: drawing the page does them justice.
    if (seen > (1 + kSideBySide) * sum || std::fabs(first.dpi_x - first.dpi_y) > 0.03 * first.Dpi()) return {};
  }
  return std::fabs(sum - whole.Area()) <= kSideBySide * whole.Area() ? contents.images : std::vector<PlacedImage>{};
}

double DrawingDpi(const PageContents& contents) {
  constexpr double kMuch = 0.2;  // of the page
  constexpr double kUsual = 300;
  double covered = 0;
  double dpi = 0;
  for (const PlacedImage& image : contents.images) {
    const double share = image.visible.Area() / std::max(1.0, contents.width * contents.height);
    covered += share;
    if (share > kMuch) dpi = std::max(dpi, image.Dpi());
  }
  return covered > 0.5 && dpi > 0 ? std::clamp(dpi, 150.0, 600.0) : kUsual;
}

}  // namespace diwan
