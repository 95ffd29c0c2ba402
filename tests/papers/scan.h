// The way from a drawn sheet to the image that a scanner, a copier or a fax machine makes of it.
#pragma once

#include <vector>

#include "tests/papers/drawing.h"
#include "tests/papers/owned.h"
#include "tests/papers/paper.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {

struct Scan {
  PixPtr image;    // its resolution is set
  Drawn drawn;     // in pixels of the image as it was before it was turned
  int dpi = 0;     // along the lines of text
  int turned = 0;  // degrees, clockwise
};

// Draws the page and scans it under the paper's condition; one bit per pixel when its format is bilevel. Throws as
// DrawPage does, kInternal when there is no memory.
Scan ScanPage(const Paper& paper, const std::vector<Line>& lines, const Random& random);

}  // namespace diwan::papers
