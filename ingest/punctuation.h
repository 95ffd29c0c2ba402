// The marks that no model has or that all confuse: ، ؛ ؟ come out as . » , ء ? and the like.
#pragma once

#include <vector>

#include "core/record.h"
#include "ingest/pix.h"

namespace diwan {

// `words` of the 1-bit `page`, in reading order, with the marks at their ends as the ink shows them: a mark that is
// taller than a full stop is a comma, one in a single part no semicolon; » without « before it is a comma. Of the
// letters only a ء that is as narrow as a comma gives way to it, and not behind ا, where words often end in it. Boxes
// stay. Any thread may call.
std::vector<Word> RestoreMarks(std::vector<Word> words, Pix* page);

}  // namespace diwan
