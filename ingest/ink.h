// Where there is ink in a part of a page. Boxes are in pixels of the picture; what lies outside it has none. Pure
// functions; any thread may call.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// For each column of `box`, from the left, whether it has ink in the 1-bit `binary`.
std::vector<bool> InkColumns(Pix* binary, const Box& box);

// Columns without ink.
struct Gap {
  int middle = 0;
  int width = 0;
};

// The gaps in the ink of `box`, from the left.
std::vector<Gap> GapsIn(Pix* binary, const Box& box);

// The least box around the ink in `box`; `box` where there is none.
Box InkBox(Pix* binary, const Box& box);

}  // namespace diwan
