// Prints the lines of a page on an A4 sheet: letterhead, table, signatures, stamp.
#pragma once

#include <vector>

#include "tests/papers/owned.h"
#include "tests/papers/paper.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {

inline constexpr double kPageWidth = 595.28;   // A4, in points
inline constexpr double kPageHeight = 841.89;  // A4, in points

// Draws onto `cairo`, whose unit must be the point. Throws kUnavailable when a font is missing, kInternal when the
// lines don't fit on the sheet or hold a character that no font has.
void DrawPage(cairo_t* cairo, const Paper& paper, const std::vector<Line>& lines, Random random);

}  // namespace diwan::papers
