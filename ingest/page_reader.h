// The story of one page: scan, clean-up, recognition, order. Runs in the worker.
#pragma once

#include "ingest/number_reader.h"
#include "ingest/ocr_engine.h"
#include "ingest/page_source.h"
#include "ingest/reading.h"

namespace diwan {

// Reads page `number` of `source`: takes a trusted text layer, else recognises, and where there is a reader of numbers
// (`numbers` may be null) asks it for a second look. Returns the page with its access image;
// a page on which nothing was recognised comes back with no words and no failure. Throws as PageSource::Render does.
PageReading ReadPage(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine,
                     NumberReader* numbers = nullptr);

}  // namespace diwan
