// Scans: a row of numbers for each condition, and one function that applies them. Between drawing and file.
#include "tests/papers/scan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/error.h"

namespace diwan::papers {
namespace {

struct Recipe {
  Condition condition;
  int dpi_x = 300;
  int dpi_y = 300;
  int row_step = 1;     // 2 keeps every second row, as a fax machine in a hurry does
  double skew_min = 0;  // degrees, either way
  double skew_max = 0.25;
  double sigma = 0;        // of gaussian noise, in grey levels
  double salt = 0;         // share of pixels that turn black or white
  double ink = 1;          // 1 is black
  double uneven = 0;       // how much darker the dark corner is, of 1
  int specks = 0;          // of toner
  bool dark_edge = false;  // where the copier's lid was open
  bool colour = false;
  int quarter_turns = 0;  // clockwise
};

constexpr Recipe kRecipes[] = {
    {.condition = Condition::kClean},
    {.condition = Condition::kSkewed, .skew_min = 1, .skew_max = 2.3, .sigma = 3},
    {.condition = Condition::kSaltPepper, .salt = 0.003},
    {.condition = Condition::kGaussian, .sigma = 22},
    {.condition = Condition::kFaded, .sigma = 4, .ink = 0.6, .uneven = 0.16},
    {.condition = Condition::kFaxFine, .dpi_x = 204, .dpi_y = 196, .salt = 0.0008},
    {.condition = Condition::kFaxStandard, .dpi_x = 204, .dpi_y = 196, .row_step = 2, .salt = 0.0005},
    {.condition = Condition::kPhotocopied, .skew_max = 0.6, .sigma = 12, .specks = 260, .dark_edge = true},
    {.condition = Condition::kUpsideDown, .sigma = 3, .quarter_turns = 2},
    {.condition = Condition::kSideways, .sigma = 3, .quarter_turns = 1},
    {.condition = Condition::kLowQuality,
     .dpi_x = 200,
     .dpi_y = 200,
     .skew_max = 0.5,
     .sigma = 4,
     .uneven = 0.12,
     .colour = true},
};

constexpr double kPaperWhite = 0.965;
constexpr int kBlackBelow = 150;  // grey levels

const Recipe& RecipeFor(Condition condition) {
  const auto* found = std::ranges::find(kRecipes, condition, &Recipe::condition);
  if (found == std::end(kRecipes)) throw Error(ErrorCode::kInternal, "no recipe for this condition");
  return *found;
}

bool IsBilevel(Format format) {
  return format == Format::kTiffG4 || format == Format::kPdfG4 || format == Format::kPngBilevel;
}

struct Sheet {
  SurfacePtr surface;
  Drawn drawn;
};

Sheet DrawSheet(const Paper& paper, const std::vector<Line>& lines, const Recipe& recipe, Random& random) {
  const double scale_x = recipe.dpi_x / 72.0, scale_y = recipe.dpi_y / 72.0;
  SurfacePtr surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kPageWidth * scale_x),
                                                static_cast<int>(kPageHeight * scale_y)));
  const CairoPtr cairo(cairo_create(surface.get()));
  cairo_set_source_rgb(cairo.get(), kPaperWhite, kPaperWhite, kPaperWhite);
  cairo_paint(cairo.get());
  cairo_scale(cairo.get(), scale_x, scale_y);
  const double side = random.Between(-1, 1) < 0 ? -1 : 1;
  cairo_translate(cairo.get(), kPageWidth / 2, kPageHeight / 2);
  cairo_rotate(cairo.get(), side * random.Between(recipe.skew_min, recipe.skew_max) * std::numbers::pi / 180);
  cairo_translate(cairo.get(), -kPageWidth / 2, -kPageHeight / 2);
  Drawn drawn = DrawPage(cairo.get(), paper, lines, random.For("ornaments"));
  if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS) {
    throw Error(ErrorCode::kInternal, cairo_status_to_string(cairo_status(cairo.get())));
  }
  cairo_surface_flush(surface.get());
  return {.surface = std::move(surface), .drawn = std::move(drawn)};
}

// Pixels row by row without padding, 1 or 3 bytes each.
struct Raster {
  int width = 0;
  int height = 0;
  int channels = 1;
  std::vector<uint8_t> bytes{};

  uint8_t* Row(int y) { return bytes.data() + static_cast<size_t>(y) * static_cast<size_t>(width * channels); }
};

Raster ToRaster(cairo_surface_t* surface, int channels, int row_step) {
  Raster raster{.width = cairo_image_surface_get_width(surface),
                .height = cairo_image_surface_get_height(surface) / row_step,
                .channels = channels};
  raster.bytes.resize(static_cast<size_t>(raster.width) * static_cast<size_t>(raster.height * channels));
  const int stride = cairo_image_surface_get_stride(surface);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  for (int y = 0; y < raster.height; ++y) {
    const unsigned char* from =
        data + static_cast<size_t>(y * row_step) * static_cast<size_t>(stride);  // B, G, R, unused
    uint8_t* to = raster.Row(y);
    for (int x = 0; x < raster.width; ++x, from += 4) {
      if (channels == 1) {
        *to++ = static_cast<uint8_t>((from[2] * 77 + from[1] * 151 + from[0] * 28) >> 8);
      } else {
        for (const int i : {2, 1, 0}) *to++ = from[i];
      }
    }
  }
  return raster;
}

uint8_t Clamp(int value) { return static_cast<uint8_t>(std::clamp(value, 0, 255)); }

void AddSpecks(Raster& raster, int count, Random& random) {
  for (int i = 0; i < count; ++i) {
    const int radius = static_cast<int>(random.Between(1, 4));
    const int x0 = static_cast<int>(random.Between(radius, raster.width - radius));
    const int y0 = static_cast<int>(random.Between(radius, raster.height - radius));
    for (int y = y0 - radius; y < y0 + radius; ++y) {
      std::fill_n(raster.Row(y) + (x0 - radius) * raster.channels, 2 * radius * raster.channels, 40);
    }
  }
}

void DarkenEdge(Raster& raster, Random& random) {
  const double width = raster.width * random.Between(0.012, 0.02);
  for (int y = 0; y < raster.height; ++y) {
    const auto ragged = static_cast<int>(width * (0.8 + 0.3 * std::sin(y * 0.004) + random.Between(0, 0.06)));
    std::fill_n(raster.Row(y), ragged * raster.channels, 30);
  }
}

// Fading, uneven light and gaussian noise in one pass over the bytes.
void Weather(Raster& raster, const Recipe& recipe, Random& random) {
  constexpr size_t kNoises = 4096;
  std::array<int8_t, kNoises> noise{};
  for (int8_t& value : noise) {
    const double radius = std::sqrt(-2 * std::log(random.Between(1e-9, 1)));
    const double normal = radius * std::cos(random.Between(0, 2 * std::numbers::pi));
    value = static_cast<int8_t>(std::clamp(normal * recipe.sigma, -127.0, 127.0));
  }
  const int ink = static_cast<int>(recipe.ink * 256);
  const int row_bytes = raster.width * raster.channels;
  for (int y = 0; y < raster.height; ++y) {
    uint8_t* row = raster.Row(y);
    // Light falls off along both sides, half of it along each; 16 fraction bits.
    const int down = static_cast<int>(65536 * (1 - recipe.uneven * 0.5 * y / raster.height));
    const int across = static_cast<int>(65536 * recipe.uneven * 0.5 / row_bytes);
    uint64_t bits = 0;
    for (int x = 0; x < row_bytes; ++x) {
      if (x % 4 == 0) bits = random.Next();
      const int faded = 255 - ((255 - row[x]) * ink >> 8);
      row[x] = Clamp((faded * (down - across * x) >> 16) + noise[bits % kNoises]);
      bits >>= 16;
    }
  }
}

void Salt(Raster& raster, double share, Random& random) {
  const auto pixels = static_cast<double>(raster.bytes.size());
  for (auto left = static_cast<int64_t>(pixels * share); left > 0; --left) {
    raster.bytes[static_cast<size_t>(random.Between(0, pixels))] = random.Next() % 2 == 0 ? 0 : 255;
  }
}

// Of rows of which every `step`th is kept.
void KeepRows(InkBox& box, int step) {
  box.top /= step;
  box.bottom /= step;
}

PixPtr ToPix(Raster& raster, bool bilevel) {
  PixPtr pix(
      pixCreate(raster.width, raster.height, bilevel ? 1 : raster.channels * 8 + (raster.channels == 3 ? 8 : 0)));
  if (pix == nullptr) throw Error(ErrorCode::kInternal, "no memory for a page");
  for (int y = 0; y < raster.height; ++y) {
    l_uint32* line = pixGetData(pix.get()) + static_cast<size_t>(y) * static_cast<size_t>(pixGetWpl(pix.get()));
    const uint8_t* from = raster.Row(y);
    for (int x = 0; x < raster.width; ++x, from += raster.channels) {
      if (bilevel) {
        if (*from < kBlackBelow) SET_DATA_BIT(line, x);
      } else if (raster.channels == 1) {
        SET_DATA_BYTE(line, x, *from);
      } else {
        composeRGBPixel(from[0], from[1], from[2], line + x);
      }
    }
  }
  return pix;
}

}  // namespace

Scan ScanPage(const Paper& paper, const std::vector<Line>& lines, const Random& random) {
  const Recipe& recipe = RecipeFor(paper.condition);
  Random lay = random.For("lay"), noise = random.For("noise");
  Sheet sheet = DrawSheet(paper, lines, recipe, lay);
  Raster raster = ToRaster(sheet.surface.get(), recipe.colour ? 3 : 1, recipe.row_step);
  AddSpecks(raster, recipe.specks, noise);
  if (recipe.dark_edge) DarkenEdge(raster, noise);
  if (recipe.sigma > 0 || recipe.ink < 1 || recipe.uneven > 0) Weather(raster, recipe, noise);
  Salt(raster, recipe.salt, noise);
  Scan scan{.image = ToPix(raster, IsBilevel(paper.format)),
            .drawn = std::move(sheet.drawn),
            .dpi = recipe.dpi_x,
            .turned = recipe.quarter_turns * 90};
  for (DrawnWord& word : scan.drawn.words) KeepRows(word.box, recipe.row_step);
  for (InkBox& box : scan.drawn.ornaments) KeepRows(box, recipe.row_step);
  pixSetResolution(scan.image.get(), recipe.dpi_x, recipe.dpi_y / recipe.row_step);
  if (recipe.quarter_turns != 0) scan.image.reset(pixRotateOrth(scan.image.get(), recipe.quarter_turns));
  return scan;
}

}  // namespace diwan::papers
