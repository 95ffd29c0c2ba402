// The story of one page: scan, clean-up, recognition, order. Runs in the worker.
#pragma once

#include "ingest/ocr_engine.h"
#include "ingest/page_source.h"
#include "ingest/reading.h"

namespace diwan {

// Reads page `number` of `source`: takes a trusted text layer, else recognises. Returns the page with its access image;
// a page on which nothing was recognised comes back with no words and no failure. Throws as PageSource::Render does.
PageReading ReadPage(PageSource& source, int number, const ReadOptions& options, OcrEngine& engine);

}  // namespace diwan
