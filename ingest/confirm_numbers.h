// The second look at numbers: between recognition and the order of the page.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/number_merge.h"
#include "ingest/number_reader.h"
#include "ingest/pix.h"

namespace diwan {

// `words` as recognised by `first`, lines together, with the numbers that `reader` finds: in the words that may be
// numbers and in the ink of their lines that no word covers. `gray` and `binary` are the cleaned page, of one size, of
// which the words' boxes are pixels. Words keep their order; see MergeNumbers. Throws as NumberReader::Read does.
std::vector<Word> ConfirmNumbers(Pix* gray, Pix* binary, const std::vector<Word>& words, std::string_view language,
                                 FirstReader first, NumberReader& reader);

}  // namespace diwan
