// Ink that looks like lines of text and that no recognised word covers.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// What is left of the 1-bit `page` when the words' boxes are wiped out, and the boxes of line-shaped ink in it, each a
// whole line with its dots, whatever the gaps between its words.
struct MissedInk {
  PixPtr rest;  // null when there are no lines
  std::vector<Box> lines;
};
MissedInk FindMissedInk(Pix* page, const std::vector<Word>& words);

}  // namespace diwan
