// The image that people see: upright, straight, small enough to be sent, and the one whose pixels the words' boxes are.
#pragma once

#include <string>

#include "ingest/pix.h"

namespace diwan {

struct AccessImage {
  std::string bytes;
  std::string media_type;  // "image/jpeg" for grey and colour, "image/png" for black and white
  int width = 0;           // pixels
  int height = 0;
  int dpi = 0;
};

// Turns `scan` by quarters (`rotation`, clockwise degrees), straightens it by `skew`, and encodes it: grey and colour
// at no more than about 200 dpi, black and white at no more than about 300. Throws kInternal when memory is short.
AccessImage MakeAccessImage(PixPtr scan, int rotation, double skew);

}  // namespace diwan
