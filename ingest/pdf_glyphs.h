// The text of a PDF page as its letters lie on it. Poppler's own word lists give right-to-left words as they look, from
// left to right; here letters become words and lines by their places, and then logical order.
#pragma once

#include <string>
#include <vector>

#include "ingest/page_source.h"

class PDFDoc;

namespace diwan {

// Letters drawn as one, from left to right as they lie. Points of the page, origin at the top left.
struct Glyph {
  std::u32string text;  // logical order within the glyph
  double left = 0;
  double right = 0;
  double baseline = 0;
  double size = 0;  // of the font
};

struct PageGlyphs {
  std::vector<Glyph> glyphs;
  int unmapped = 0;  // drawn, but nobody knows which letter
  int upended = 0;   // not lying from left to right or right to left
};

// Collects the glyphs of page `number`. Throws kTooLarge when that takes too long.
PageGlyphs CollectGlyphs(PDFDoc& doc, int number);

// The glyphs as words, lines and blocks; width and height are not set.
TextLayer LayOut(std::vector<Glyph> glyphs);

// Reading order of a line's parts, which are given as they lie, from left to right: the index of the part that is read
// first, then the next, and so on. A part of spaces stands between words. A line with both kinds of letters begins at
// the side of the more frequent ones or, `from_right`, at the right.
std::vector<size_t> ReadingOrderOf(const std::vector<std::u32string>& line, bool from_right = false);

}  // namespace diwan
