// A page read line by line: our own reader reads each line, and the engine those of which that is not sure.
#pragma once

#include <string>

#include "ingest/cleanup.h"
#include "ingest/line_reader.h"
#include "ingest/ocr_engine.h"

namespace diwan {

// The words of `page`, lines together, each line in logical order. `language` is "ara", "fas", or "auto" to tell.
// Throws as `engine` and `reader` do.
Recognition RecognizeByLines(const CleanPage& page, const std::string& language, OcrEngine& engine, LineReader& reader);

// What `reader` alone says of `lines` of `gray`.
Recognition RecognizeBoxes(Pix* gray, const std::vector<Box>& lines, const std::string& language, LineReader& reader);

}  // namespace diwan
