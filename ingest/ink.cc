#include "ingest/ink.h"

#include <leptonica/allheaders.h>

#include <algorithm>

namespace diwan {
namespace {

// The part of `box` that lies in the picture.
Box Within(Pix* pix, const Box& box) {
  const int left = std::clamp(box.x, 0, pixGetWidth(pix));
  const int top = std::clamp(box.y, 0, pixGetHeight(pix));
  return {left, top, std::clamp(box.x + box.width, left, pixGetWidth(pix)) - left,
          std::clamp(box.y + box.height, top, pixGetHeight(pix)) - top};
}

const l_uint32* Row(Pix* binary, int y) { return pixGetData(binary) + static_cast<int64_t>(y) * pixGetWpl(binary); }

}  // namespace

std::vector<bool> InkColumns(Pix* binary, const Box& box) {
  std::vector<bool> ink(static_cast<size_t>(std::max(0, box.width)));
  const Box part = Within(binary, box);
  for (int y = part.y; y < part.y + part.height; ++y) {
    const l_uint32* row = Row(binary, y);
    for (int x = part.x; x < part.x + part.width; ++x) {
      if (GET_DATA_BIT(row, x) != 0) ink[static_cast<size_t>(x - box.x)] = true;
    }
  }
  return ink;
}

std::vector<Gap> GapsIn(Pix* binary, const Box& box) {
  const std::vector<bool> ink = InkColumns(binary, box);
  std::vector<Gap> gaps;
  int last = -1;  // column with ink
  for (int x = 0; x < static_cast<int>(ink.size()); ++x) {
    if (!ink[static_cast<size_t>(x)]) continue;
    if (last >= 0 && x - last > 1) gaps.push_back({box.x + (x + last) / 2, x - last - 1});
    last = x;
  }
  return gaps;
}

Box InkBox(Pix* binary, const Box& box) {
  const Box part = Within(binary, box);
  int left = part.x + part.width;
  int right = part.x - 1;
  int top = -1;
  int bottom = -1;
  for (int y = part.y; y < part.y + part.height; ++y) {
    const l_uint32* row = Row(binary, y);
    int x = part.x;
    while (x < part.x + part.width && GET_DATA_BIT(row, x) == 0) ++x;
    if (x == part.x + part.width) continue;
    left = std::min(left, x);
    for (x = part.x + part.width - 1; GET_DATA_BIT(row, x) == 0;) --x;
    right = std::max(right, x);
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? box : Box{left, top, right - left + 1, bottom - top + 1};
}

}  // namespace diwan
