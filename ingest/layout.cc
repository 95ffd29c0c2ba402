// Puts what the engine found into the order in which a person reads it: from the right, column by column.
#include "ingest/layout.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <map>
#include <utility>

namespace diwan {
namespace {

struct Group {
  Box box;
  std::vector<size_t> words;
};

Box Union(const Box& a, const Box& b) {
  if (a.width == 0 && a.height == 0) return b;
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left, std::max(a.y + a.height, b.y + b.height) - top};
}

// Groups of words with one number, in the order of the numbers' first appearance.
std::vector<Group> GroupBy(const std::vector<Word>& words, const std::vector<size_t>& chosen, int Word::*number) {
  std::vector<Group> groups;
  std::map<int, size_t> place;
  for (const size_t i : chosen) {
    const auto [at, is_new] = place.emplace(words[i].*number, groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].words.push_back(i);
    groups[at->second].box = Union(groups[at->second].box, words[i].box);
  }
  return groups;
}

int Overlap(int a, int a_size, int b, int b_size) { return std::min(a + a_size, b + b_size) - std::max(a, b); }

// Whether `a` is read before `b` for sure: it stands above it, or to its right beside it.
bool Precedes(const Box& a, const Box& b) {
  const int rows = Overlap(a.y, a.height, b.y, b.height);
  if (rows * 2 > std::min(a.height, b.height)) return a.x + a.width / 2 > b.x + b.width / 2;
  return a.y + a.height / 2 < b.y + b.height / 2;
}

// "Before" is no order over all blocks of a page (a tall column stands beside several others), so the next one is
// always the topmost of those that nothing left precedes within the same columns.
std::vector<Group> Ordered(std::vector<Group> groups) {
  std::vector<Group> ordered;
  while (!groups.empty()) {
    size_t best = groups.size();
    for (size_t i = 0; i < groups.size(); ++i) {
      const bool free = std::none_of(groups.begin(), groups.end(), [&](const Group& other) {
        return &other != &groups[i] && Precedes(other.box, groups[i].box) && !Precedes(groups[i].box, other.box);
      });
      if (free && (best == groups.size() || groups[i].box.y < groups[best].box.y)) best = i;
    }
    if (best == groups.size()) {  // they wait for each other in a ring: the topmost begins
      best = 0;
      for (size_t i = 1; i < groups.size(); ++i) {
        if (groups[i].box.y < groups[best].box.y) best = i;
      }
    }
    ordered.push_back(std::move(groups[best]));
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(best));
  }
  return ordered;
}

}  // namespace

std::vector<Word> InReadingOrder(std::vector<Word> words) {
  std::vector<size_t> all(words.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  int line_number = 0;
  int block_number = 0;
  for (const Group& block : Ordered(GroupBy(words, all, &Word::block))) {
    for (const Group& line : Ordered(GroupBy(words, block.words, &Word::line))) {
      for (const size_t i : line.words) {
        words[i].line = line_number;
        words[i].block = block_number;
        ordered.push_back(std::move(words[i]));
      }
      ++line_number;
    }
    ++block_number;
  }
  return ordered;
}

std::vector<Box> SampleLines(Pix* binary, int count) {
  struct Band {
    Box box;
    double ink = 0;
  };
  const int dpi = pixGetXRes(binary);
  const int width = pixGetWidth(binary);
  NUMA* counts = pixCountPixelsByRow(binary, nullptr);
  const int rows = counts == nullptr ? 0 : numaGetCount(counts);
  std::vector<Band> bands;
  Band band;
  for (int y = 0; y <= rows; ++y) {
    l_float32 ink = 0;
    if (y < rows) numaGetFValue(counts, y, &ink);
    if (ink > static_cast<float>(width) / 200) {
      if (band.box.height == 0) band.box = {0, y, width, 0};
      ++band.box.height;
      band.ink += ink;
    } else if (band.box.height > 0) {
      if (band.box.height > dpi / 20 && band.box.height < dpi / 2) bands.push_back(band);
      band = Band{};
    }
  }
  numaDestroy(&counts);
  std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) { return a.ink > b.ink; });
  if (bands.size() > static_cast<size_t>(count)) bands.resize(static_cast<size_t>(count));
  std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) { return a.box.y < b.box.y; });
  std::vector<Box> lines;
  for (const Band& chosen : bands) {
    const int margin = dpi / 25;  // marks above and below a line have too little ink to be in its band
    const int top = std::max(0, chosen.box.y - margin);
    lines.push_back({0, top, width, std::min(pixGetHeight(binary), chosen.box.y + chosen.box.height + margin) - top});
  }
  return lines;
}

PixPtr SampleSheet(Pix* binary, const std::vector<Box>& lines) {
  if (lines.empty()) return nullptr;
  const int gap = pixGetXRes(binary) / 8;
  int height = gap;
  for (const Box& line : lines) height += line.height + gap;
  PixPtr sheet(pixCreate(pixGetWidth(binary), height, 1));
  if (sheet == nullptr) return nullptr;
  pixSetResolution(sheet.get(), pixGetXRes(binary), pixGetYRes(binary));
  int top = gap;
  for (const Box& line : lines) {
    pixRasterop(sheet.get(), 0, top, line.width, line.height, PIX_SRC, binary, line.x, line.y);
    top += line.height + gap;
  }
  return sheet;
}

}  // namespace diwan
