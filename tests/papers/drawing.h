// Prints the lines of a page on an A4 sheet: letterhead, table, signatures, stamp.
#pragma once

#include <string>
#include <vector>

#include "tests/papers/owned.h"
#include "tests/papers/paper.h"
#include "tests/papers/random.h"
#include "tests/papers/wording.h"

namespace diwan::papers {

inline constexpr double kPageWidth = 595.28;   // A4, in points
inline constexpr double kPageHeight = 841.89;  // A4, in points

// Where ink is, in the units of the surface that was drawn on: pixels of an image.
struct InkBox {
  double left = 0, top = 0, right = 0, bottom = 0;
};

struct DrawnWord {
  std::string text;  // what stands between two spaces
  InkBox box;
};

struct Drawn {
  std::vector<DrawnWord> words;   // in reading order, without those of the stamp
  std::vector<InkBox> ornaments;  // the emblem, signatures and the stamp
};

// Draws onto `cairo`, whose unit must be the point. Throws kUnavailable when a font is missing, kInternal when the
// lines don't fit on the sheet or hold a character that no font has.
Drawn DrawPage(cairo_t* cairo, const Paper& paper, const std::vector<Line>& lines, Random random);

}  // namespace diwan::papers
