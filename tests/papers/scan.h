// The way from a drawn sheet to the image that a scanner, a copier or a fax machine makes of it.
#pragma once

#include <vector>

#include "tests/papers/owned.h"
#include "tests/papers/paper.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {

// Draws the page and scans it under the paper's condition; one bit per pixel when its format is bilevel. The
// resolution is set on the image. Throws as DrawPage does, kInternal when there is no memory.
PixPtr ScanPage(const Paper& paper, const std::vector<Line>& lines, const Random& random);

}  // namespace diwan::papers
