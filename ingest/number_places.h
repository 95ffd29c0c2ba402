// What stands where: answers of the reader of numbers cut where other words stand and where spaces are printed, and
// numbers that may be parts of a longer one. Pure functions; any thread may call.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/number_label.h"
#include "ingest/number_merge.h"

namespace diwan {

// `reading` of `stretch` without what other words of `line` have: boxes of words overlap. A separator that has a space
// on either side gets them in the label too, so that its sides become numbers of their own.
NumberReading Fitted(NumberReading reading, const Stretch& stretch, const std::vector<Word>& line);

// Rows of a picture, the second not among them.
struct RowSpan {
  int top = 0, bottom = 0;
  bool operator==(const RowSpan&) const = default;
};

// The rows that the reader is shown of `ink` that is `width` wide and stands on `line`: the line's, as it was trained,
// and all that has ink. A line that is far taller than the ink of a word was measured on something else, such as two
// lines of a letterhead that count as one; then those around the ink.
RowSpan RowsShown(const RowSpan& line, const RowSpan& ink, int width);

// Numbers of a page so close to another one, or to signs without letters, that they may be parts of one: not sure.
void DoubtParts(std::vector<Word>& words);

}  // namespace diwan
