// Owning pointers for Leptonica's images.
#pragma once

#include <memory>

struct Pix;  // Leptonica's image

namespace diwan {

struct PixDeleter {
  void operator()(Pix* pix) const;
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

}  // namespace diwan
