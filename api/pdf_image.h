// Images as a PDF takes them: as they are, without decoding. Inside api/ only.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

struct PdfImage {
  int width = 0;  // pixels
  int height = 0;
  std::string entries;  // of the stream's dictionary
  std::string samples;  // what the stream holds
};

// A JPEG, or a PNG that is neither interlaced nor see-through. Throws kCorrupt for anything else.
PdfImage PdfImageOf(std::string_view bytes);

}  // namespace diwan
