// Leptonica's lists as our own.
#include "ingest/pix.h"

#include <leptonica/allheaders.h>

namespace diwan {

void PixDeleter::operator()(Pix* pix) const { pixDestroy(&pix); }

std::vector<Box> PartsOf(Pix* binary) {
  BOXA* found = pixConnCompBB(binary, 8);
  std::vector<Box> parts(static_cast<size_t>(found == nullptr ? 0 : boxaGetCount(found)));
  for (size_t i = 0; i < parts.size(); ++i) {
    boxaGetBoxGeometry(found, static_cast<int>(i), &parts[i].x, &parts[i].y, &parts[i].width, &parts[i].height);
  }
  boxaDestroy(&found);
  return parts;
}

std::vector<double> InkOfRows(Pix* binary) {
  NUMA* counts = pixCountPixelsByRow(binary, nullptr);
  std::vector<double> rows(static_cast<size_t>(counts == nullptr ? 0 : numaGetCount(counts)));
  for (size_t y = 0; y < rows.size(); ++y) {
    l_float32 ink = 0;
    numaGetFValue(counts, static_cast<int>(y), &ink);
    rows[y] = ink;
  }
  numaDestroy(&counts);
  return rows;
}

}  // namespace diwan
