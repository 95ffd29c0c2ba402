// What a page looks like before anything on it is read: one line, lines one below the other, or columns.
#pragma once

#include <vector>

#include "ingest/pix.h"

namespace diwan {

enum class PageShape {
  kLine,     // a cutting with one line on it
  kRows,     // lines, or rows, each below the one before; verses are rows of two halves
  kColumns,  // text beside text: columns, a letterhead, a table
};

// Told from the ink of a straight, upright 1-bit page without frames, its resolution fitting its letters. An image
// without ink is kRows. Any thread may call.
PageShape ShapeOf(Pix* binary);

// Whether an image is too narrow for a sheet of paper: a line cut out of a page.
bool IsStrip(Pix* pix);

}  // namespace diwan
