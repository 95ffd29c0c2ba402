// Pages of the corpus one by one, as images with ground truth, for measuring how well they are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace diwan::papers {

struct SheetOptions {
  uint64_t seed = 1;
  int copies = 0;    // further variants of every page, with other numbers and other degradations
  int pages = 0;     // no more than so many; 0: no bound
  std::string face;  // of body and titles; empty: the paper's own
};

// Writes each page twice to `dir`, which is made when missing: clean, and degraded in one of ten ways, the next for
// each page, which the seed moves on. Every third page has Latin digits, the others those of its language. Beside an
// image
//   NAME.gt.txt      its text, a printed paragraph or row a line; the stamp is not in it
//   NAME.words.json  only of clean ones: [["word", left, top, right, bottom], ...], the boxes of the words' ink in
//   pixels
// and, for all, manifest.json: [{"file", "doc", "lang": "ar|fa", "kind": "table" where the page has one, else the
// paper's type, "font", "digits": "arab|fa|latn", "cond": "clean|degraded", "deg", "dpi", "angle": how far it was
// turned, clockwise, "ornaments": boxes of what is no text, before it was turned}, ...]. Returns the number of images.
// Throws diwan::Error; kUnavailable when the face is not installed.
int PrintSheets(const std::filesystem::path& dir, const SheetOptions& options);

}  // namespace diwan::papers
