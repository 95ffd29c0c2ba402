// Full stops that were read as zeros.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// `words`, lines together and each in logical order, with "." for a zero that is one dot of ink in the 1-bit `page` and
// stands alone after a word of letters, with no number after it: old print sets its full stops high, where Arabic has
// its zero. A zero far from the word, as in a table's cell, stays. Boxes are pixels of `page`. Any thread may call.
std::vector<Word> StopsForZeros(std::vector<Word> words, Pix* page);

}  // namespace diwan
