// The chain of directories of a TIFF file, walked without decoding. Leptonica counts pages by following the chain
// wherever it leads; this walk is bounded, so that a looping or lying file costs nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace diwan {

// One page of a TIFF, as its directory tells.
struct TiffPage {
  uint64_t offset = 0;  // of its directory, from the start of the file
  uint64_t width = 0;   // pixels; 0 when the directory doesn't say or lies beyond the file's end
  uint64_t height = 0;
  uint64_t bits_per_pixel = 1;
  uint64_t planes = 1;       // samples per pixel
  uint64_t photometric = 0;  // 5 is CMYK
  uint64_t orientation = 1;  // as EXIF counts: 1..8
  uint64_t subfile = 0;      // bit 0: a smaller copy of another page
};

// The directories in order, at most `max_pages + 1` of them. Classic and BigTIFF, both byte orders. A chain that
// returns to a directory it has visited ends there; one that leaves the file ends with a page of width 0. Empty when
// the header isn't a TIFF's.
std::vector<TiffPage> WalkTiff(std::string_view bytes, int max_pages);

// EXIF orientation 1..8 of a JPEG file, out of its APP1 segment; 1 when it doesn't say.
int JpegOrientation(std::string_view bytes);

}  // namespace diwan
