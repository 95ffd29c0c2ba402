// A part of a page's image, in the size in which it is to be shown: for people who look at a page closely, without the
// whole of it.
#pragma once

#include "core/record.h"

namespace diwan {

// The part is in pixels of the image; what lies outside of that is left out. `width` is the result's, in pixels;
// beyond the part's own the part comes as it is.
struct ImageCut {
  Box part;
  int width = 0;  // 1 to kMaxCutWidth
};

constexpr int kMaxCutWidth = 4096;

}  // namespace diwan
