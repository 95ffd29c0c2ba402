// Order on the page: which line is read after which, and which lines stand out enough to be tried first.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// Words of any order, lines and blocks numbered anyhow, come back in reading order: from the top; of columns the right
// one first; tables, signatures and lists of names row by row, each row one line, its cells from the right. Words
// between wide gaps stay in the order in which they came, which is logical order. Lines and blocks are numbered anew
// from 0. Any thread may call.
std::vector<Word> InReadingOrder(std::vector<Word> words);

// Without the words inside the round `stamps` (their boxes), but for those whose line goes on beside them outside: a
// stamp lies on the text, its own words are none of the page's.
std::vector<Word> WithoutStamps(std::vector<Word> words, const std::vector<Box>& stamps);

// The words of one line, in an order that is logical but for stretches that come before what lies right of them, in
// logical order. Neighbouring Latin words stay from the left.
std::vector<Word> OrderAcross(std::vector<Word> line);

// The block of `words` in whose box the middle of `box` lies; -1 when there is none.
int BlockAt(const std::vector<Word>& words, const Box& box);

// Bands of rows of a straight 1-bit page that look like lines of text, at most `count`, those with most ink, from the
// top. Boxes in its pixels.
std::vector<Box> SampleLines(Pix* binary, int count);

// The bands one under the other in a new image; null when there are none.
PixPtr SampleSheet(Pix* binary, const std::vector<Box>& lines);

}  // namespace diwan
