// A page read line by line: our own reader reads every line that layout analysis finds, and the engine votes on those
// of which it is not sure.
#pragma once

#include <string>
#include <vector>

#include "ingest/cleanup.h"
#include "ingest/line_reader.h"
#include "ingest/ocr_engine.h"

namespace diwan {

// The words of `page`, lines together, each line in logical order; confidences are not calibrated. `language` is
// "ara", "fas", or "auto" to tell. Throws as `engine` and `reader` do.
Recognition RecognizeByLines(const CleanPage& page, const std::string& language, OcrEngine& engine, LineReader& reader);

// What `reader` alone says of the `lines` of `gray` (8 bits a pixel): texts and confidences without boxes.
Recognition RecognizeLines(Pix* gray, const std::vector<Box>& lines, const std::string& language, LineReader& reader);

}  // namespace diwan
