// The second look at lines: where recognition is not sure, our own reader of lines is asked.
#pragma once

#include <string_view>
#include <vector>

#include "core/record.h"
#include "ingest/line_reader.h"
#include "ingest/pix.h"

namespace diwan {

// `words` as recognised, lines together, each line in logical order; where a stretch of a line was read with little
// confidence, what it and `reader` say together (ingest/line_vote.h). `gray` (8 bits a pixel) is the cleaned page, of
// which the words' boxes are pixels. Throws as LineReader::Read does.
std::vector<Word> ReadPoorLines(Pix* gray, const std::vector<Word>& words, std::string_view language,
                                LineReader& reader);

}  // namespace diwan
