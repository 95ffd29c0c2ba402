// Owning pointers for Leptonica's images, and what is asked of 1-bit images in more than one place.
#pragma once

#include <memory>
#include <vector>

#include "core/record.h"

struct Pix;  // Leptonica's image

namespace diwan {

struct PixDeleter {
  void operator()(Pix* pix) const;
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

// Boxes of the connected parts (by edges or corners) of a 1-bit image, in its pixels; nothing when memory is short.
std::vector<Box> PartsOf(Pix* binary);

// Black pixels of each row of a 1-bit image, from the top; nothing when memory is short.
std::vector<double> InkOfRows(Pix* binary);

}  // namespace diwan
