// The boxes of words, and how they are drawn anew around their ink: recognition knows where words lie only roughly.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// The least box around both; one without width and height is none.
Box Union(const Box& a, const Box& b);

// `words`, lines told, each with the box of the ink of `binary` (1 bit a pixel) that belongs to it: the parts, dots
// too, of which the middle lies in its box, or just beside it on its line. A word without ink keeps its box. The words'
// boxes are pixels of an image that is `scale` times as large as `binary`. Any thread may call.
std::vector<Word> FitToInk(std::vector<Word> words, Pix* binary, double scale);

}  // namespace diwan
