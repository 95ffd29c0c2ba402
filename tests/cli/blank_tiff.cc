// The few tags that a TIFF needs, written by hand.
#include "blank_tiff.h"

namespace diwan {
namespace {

void Put(std::string& bytes, uint32_t value, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

std::string BlankTiff(uint32_t width, uint32_t height, uint32_t seed) {
  const uint32_t row = (width + 7) / 8;
  std::string bytes("II*\0\x08\0\0\0", 8);
  const uint32_t kTags[][4] = {// tag, type, count, value
                               {256, 4, 1, width}, {257, 4, 1, height}, {258, 3, 1, 1},
                               {259, 3, 1, 1},     {262, 3, 1, 0},      {273, 4, 1, 8 + 2 + 9 * 12 + 4},
                               {277, 3, 1, 1},     {278, 4, 1, height}, {279, 4, 1, row * height}};
  Put(bytes, 9, 2);
  for (const auto& tag : kTags) {
    Put(bytes, tag[0], 2);
    Put(bytes, tag[1], 2);
    Put(bytes, tag[2], 4);
    Put(bytes, tag[3], 4);
  }
  Put(bytes, 0, 4);
  bytes.append(static_cast<size_t>(row) * height, '\0');
  Put(bytes, seed, 4);
  return bytes;
}

}  // namespace diwan
