// Puts what the engine found into the order in which a person reads it: from the right, column by column.
#include "ingest/layout.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <map>
#include <numeric>
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

struct Span {
  double from = 0;
  double to = 0;
};
Span Columns(const Group& group) {
  const double slack = group.box.width * 0.03;
  return {group.box.x + slack, group.box.x + group.box.width - slack};
}
Span Rows(const Group& group) {
  const double slack = group.box.height * 0.1;
  return {group.box.y + slack, group.box.y + group.box.height - slack};
}

// Cuts the groups wherever a straight line across passes between them. Parts come in rising order.
std::vector<std::vector<Group>> Cut(std::vector<Group> groups, Span (*span)(const Group&)) {
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const Group& a, const Group& b) { return span(a).from < span(b).from; });
  std::vector<std::vector<Group>> parts;
  double end = 0;
  for (Group& group : groups) {
    const Span at = span(group);
    if (parts.empty() || at.from >= end) parts.emplace_back();
    end = parts.back().empty() ? at.to : std::max(end, at.to);
    parts.back().push_back(std::move(group));
  }
  return parts;
}

std::vector<Group> Joined(std::vector<Group> a, const std::vector<Group>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Strips one above the other of which both together still fall into columns belong together: a gap that runs through
// both columns by chance must not cut them.
std::vector<std::vector<Group>> JoinStrips(const std::vector<std::vector<Group>>& strips) {
  const auto has_columns = [](const std::vector<Group>& groups) { return Cut(groups, Columns).size() > 1; };
  std::vector<std::vector<Group>> joined;
  for (const std::vector<Group>& strip : strips) {
    if (!joined.empty() && (has_columns(joined.back()) || has_columns(strip)) &&
        has_columns(Joined(joined.back(), strip))) {
      joined.back() = Joined(std::move(joined.back()), strip);
    } else {
      joined.push_back(strip);
    }
  }
  return joined;
}

// Columns from the right, else strips from the top, and within each part the same again.
std::vector<Group> Ordered(std::vector<Group> groups, int depth = 0) {
  constexpr int kMaxDepth = 20;
  if (groups.size() < 2 || depth > kMaxDepth) return groups;
  std::vector<std::vector<Group>> parts = Cut(groups, Columns);
  std::reverse(parts.begin(), parts.end());
  if (parts.size() == 1) parts = JoinStrips(Cut(std::move(groups), Rows));
  if (parts.size() == 1) {
    std::stable_sort(parts[0].begin(), parts[0].end(),
                     [](const Group& a, const Group& b) { return a.box.y < b.box.y; });
    return std::move(parts[0]);
  }
  std::vector<Group> ordered;
  for (std::vector<Group>& part : parts) {
    for (Group& group : Ordered(std::move(part), depth + 1)) ordered.push_back(std::move(group));
  }
  return ordered;
}

void SortByMiddle(std::vector<Group>& lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const Group& a, const Group& b) {
    return 2 * a.box.y + a.box.height < 2 * b.box.y + b.box.height;
  });
}

std::vector<double> InkOfRows(Pix* binary) {
  std::vector<double> rows;
  NUMA* counts = pixCountPixelsByRow(binary, nullptr);
  for (int y = 0; counts != nullptr && y < numaGetCount(counts); ++y) {
    l_float32 ink = 0;
    numaGetFValue(counts, y, &ink);
    rows.push_back(ink);
  }
  numaDestroy(&counts);
  return rows;
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

int BlockAt(const std::vector<Word>& words, const Box& box) {
  const int x = box.x + box.width / 2;
  const int y = box.y + box.height / 2;
  std::vector<size_t> all(words.size());
  std::iota(all.begin(), all.end(), size_t{0});
  for (const Group& block : GroupBy(words, all, &Word::block)) {
    const Box& around = block.box;
    if (x < around.x || x >= around.x + around.width || y < around.y || y >= around.y + around.height) continue;
    return words[block.words[0]].block;
  }
  return -1;
}

std::vector<Word> InReadingOrder(std::vector<Word> words) {
  std::vector<size_t> all(words.size());
  std::iota(all.begin(), all.end(), size_t{0});
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  int line_number = 0;
  int block_number = 0;
  for (const Group& block : Ordered(GroupBy(words, all, &Word::block))) {
    std::vector<Group> lines = GroupBy(words, block.words, &Word::line);
    SortByMiddle(lines);
    for (const Group& line : lines) {
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
  const std::vector<double> rows = InkOfRows(binary);
  const double enough = Quantile(rows, 0.9) / 5;
  std::vector<Band> bands;
  Band band;
  for (size_t y = 0; y <= rows.size(); ++y) {
    const double ink = y < rows.size() ? rows[y] : 0;
    if (ink > enough) {
      if (band.box.height == 0) band.box = {0, static_cast<int>(y), width, 0};
      ++band.box.height;
      band.ink += ink;
    } else if (band.box.height > 0) {
      if (band.box.height > dpi / 20 && band.box.height < dpi / 2) bands.push_back(band);
      band = Band{};
    }
  }
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
