// From a PageText to the lines that are printed, and to the text that a perfect reader would read.
#pragma once

#include <string>
#include <vector>

#include "tests/papers/paper.h"

namespace diwan::papers {

// One line of a PageText with its numbers filled in. `kind` is its first character as PageText lists them, ' ' for a
// paragraph; `cells` are what `|` separates.
struct Line {
  char kind = ' ';
  std::vector<std::string> cells;
};

// The number of `paper` in its copy number `copy`; 0 is the original.
int SerialOf(const Paper& paper, int copy);

// The page's readable number in that copy, or 0.
int ReadableOf(const PageText& page, int copy);

// `text` with Latin digits replaced by those of `digits`; what stands between backquotes stays, the backquotes go.
std::string InDigits(std::string_view text, Digits digits);

std::vector<Line> Word(const Paper& paper, const PageText& page, int copy);

// The printed lines in reading order, one '\n' after each; the stamp is not in it.
std::string TruthText(const std::vector<Line>& lines);

// The title: all title lines of a page, joined.
std::string TitleOf(const std::vector<Line>& lines);

}  // namespace diwan::papers
