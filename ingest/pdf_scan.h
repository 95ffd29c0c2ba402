// Takes the pixels of a scan out of a PDF page as they were put in, and draws the pages that are no scans.
#pragma once

#include <vector>

#include "ingest/pdf_contents.h"
#include "ingest/pix.h"

namespace diwan {

// The images of `scan` (from FindScan) decoded and put together, upright, resolution set, cut to what can be seen.
// Throws kCorrupt when they can't be decoded, kTooLarge beyond `limits`.
PixPtr TakeScan(PDFDoc& doc, int number, const std::vector<PlacedImage>& scan, const ReadLimits& limits);

// What TakeScan's picture covers of the page.
PointBox ScanBox(const std::vector<PlacedImage>& scan);

// The page as it looks, at `dpi`. Throws kTooLarge beyond `limits`, kCorrupt when it can't be drawn.
PixPtr DrawPage(PDFDoc& doc, int number, const PageContents& contents, double dpi, const ReadLimits& limits);

}  // namespace diwan
