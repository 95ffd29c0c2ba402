// Chooses lines that stand out on a page, so that a question about the whole page costs the reading of a few of them.
#include <leptonica/allheaders.h>

#include <algorithm>

#include "ingest/layout.h"
#include "ingest/page_shape.h"
#include "ingest/quantile.h"

namespace diwan {

std::vector<Box> SampleLines(Pix* binary, int count) {
  struct Band {
    Box box;
    double ink = 0;
  };
  const int dpi = pixGetXRes(binary);
  const int width = pixGetWidth(binary);
  const std::vector<double> rows = InkOfRows(binary);
  const double enough = Quantile(rows, 0.9) / 5;
  std::vector<Band> bands;
  Band band;
  for (size_t y = 0; y <= rows.size(); ++y) {
    const double ink = y < rows.size() ? rows[y] : 0;
    if (ink > enough) {
      if (band.box.height == 0) band.box = {0, static_cast<int>(y), width, 0};
      ++band.box.height;
      band.ink += ink;
    } else if (band.box.height > 0) {
      if (band.box.height > dpi / 20 && band.box.height < dpi / 2) bands.push_back(band);
      band = Band{};
    }
  }
  std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) { return a.ink > b.ink; });
  if (bands.size() > static_cast<size_t>(count)) bands.resize(static_cast<size_t>(count));
  std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) { return a.box.y < b.box.y; });
  std::vector<Box> lines;
  for (const Band& chosen : bands) {
    const int margin = dpi / 25;  // marks above and below a line have too little ink to be in its band
    const int top = std::max(0, chosen.box.y - margin);
    lines.push_back({0, top, width, std::min(pixGetHeight(binary), chosen.box.y + chosen.box.height + margin) - top});
  }
  return lines;
}

PixPtr SampleSheet(Pix* binary, const std::vector<Box>& lines) {
  if (lines.empty()) return nullptr;
  const int gap = pixGetXRes(binary) / 8;
  int height = gap;
  for (const Box& line : lines) height += line.height + gap;
  PixPtr sheet(pixCreate(pixGetWidth(binary), height, 1));
  if (sheet == nullptr) return nullptr;
  pixSetResolution(sheet.get(), pixGetXRes(binary), pixGetYRes(binary));
  int top = gap;
  for (const Box& line : lines) {
    pixRasterop(sheet.get(), 0, top, line.width, line.height, PIX_SRC, binary, line.x, line.y);
    top += line.height + gap;
  }
  return sheet;
}

}  // namespace diwan
