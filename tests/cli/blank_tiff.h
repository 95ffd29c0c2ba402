// A scan that is quick to read.
#pragma once

#include <cstdint>
#include <string>

namespace diwan {

// An uncompressed black and white TIFF of one blank page; `seed` makes its bytes unlike those of others.
std::string BlankTiff(uint32_t width, uint32_t height, uint32_t seed);

}  // namespace diwan
