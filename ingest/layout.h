// Order on the page: which line is read after which, and which lines stand out enough to be tried first.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// Words of any order, lines and blocks numbered anyhow, come back in reading order: blocks from the top, of those side
// by side the right one first; lines of a block from the top; words of a line as they came, which is logical order.
// Lines and blocks are numbered anew from 0. Any thread may call.
std::vector<Word> InReadingOrder(std::vector<Word> words);

// The block of `words` in whose box the middle of `box` lies; -1 when there is none.
int BlockAt(const std::vector<Word>& words, const Box& box);

// Bands of rows of a straight 1-bit page that look like lines of text, at most `count`, those with most ink, from the
// top. Boxes in its pixels.
std::vector<Box> SampleLines(Pix* binary, int count);

// The bands one under the other in a new image; null when there are none.
PixPtr SampleSheet(Pix* binary, const std::vector<Box>& lines);

}  // namespace diwan
