// Cuts a part out of a decoded image, makes it smaller, and encodes it.
#pragma once

#include <string>

#include "ingest/image_cut.h"
#include "ingest/pix.h"

namespace diwan {

// PNG for black and white in its own size, else JPEG. `image` has 1, 8 or 32 bits a pixel and stays as it is. Throws
// kInvalid when the part has no pixel of it, kInternal when memory is short.
std::string CutImage(Pix* image, const ImageCut& cut);

}  // namespace diwan
