// Brings a page's lines before the reader of numbers: finds each line's height, as the reader knows it from training,
// and the ink that no word covers.
#include "ingest/confirm_numbers.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/error.h"
#include "ingest/ink.h"
#include "ingest/number_places.h"
#include "ingest/quantile.h"

namespace diwan {
namespace {

struct Line {
  std::vector<Word> words;
  LineInk ink;
  int top = 0, bottom = 0, left = 0, right = 0;
};

// The rows of `box` that have ink in them; all where none has.
RowSpan InkRows(Pix* binary, const Box& box) {
  const Box ink = InkBox(binary, box);
  return {ink.y, ink.y + ink.height};
}

// From the tops of tall letters to the bottoms of deep ones; a stray box is not the measure.
void Measure(Line& line, Pix* binary) {
  std::vector<int> tops, bottoms, lefts, rights;
  for (const Word& word : line.words) {
    const RowSpan rows = InkRows(binary, word.box);
    tops.push_back(rows.top);
    bottoms.push_back(rows.bottom);
    lefts.push_back(word.box.x);
    rights.push_back(word.box.x + word.box.width);
  }
  constexpr double kStray = 0.15;
  line.top = Quantile(tops, kStray);
  line.bottom = Quantile(bottoms, 1 - kStray);
  line.left = *std::ranges::min_element(lefts);
  line.right = *std::ranges::max_element(rights);
  line.ink.height = line.bottom - line.top;
}

std::vector<Line> LinesOf(const std::vector<Word>& words, Pix* binary) {
  std::vector<Line> lines;
  std::map<int, size_t> place;
  for (const Word& word : words) {
    const auto [at, is_new] = place.emplace(word.line, lines.size());
    if (is_new) lines.emplace_back();
    lines[at->second].words.push_back(word);
  }
  for (Line& line : lines) Measure(line, binary);
  return lines;
}

// Boxes of what is left of `binary` without the words.
std::vector<Box> LooseInk(Pix* binary, const std::vector<Word>& words) {
  const PixPtr rest(pixCopy(nullptr, binary));
  if (rest == nullptr) throw Error(ErrorCode::kInternal, "numbers could not be looked for: out of memory");
  constexpr int kMargin = 2;  // pixels: boxes are cut close
  for (const Word& word : words) {
    pixRasterop(rest.get(), word.box.x - kMargin, word.box.y - kMargin, word.box.width + 2 * kMargin,
                word.box.height + 2 * kMargin, PIX_CLR, nullptr, 0, 0);
  }
  return PartsOf(rest.get());
}

// Whether `box` can be a sign of the line: of its size, on it, and not far from its ends.
bool StandsOn(const Line& line, const Box& box) {
  const double height = line.ink.height;
  const double middle = box.y + box.height / 2.0;
  constexpr double kBeyond = 4;  // heights of the line, to its left and right
  return std::max(box.width, box.height) >= 0.12 * height && box.height <= 1.3 * height && box.width <= 2 * height &&
         middle > line.top + 0.15 * height && middle < line.bottom - 0.15 * height &&
         box.x + box.width > line.left - kBeyond * height && box.x < line.right + kBeyond * height;
}

// Signs that stand close together become one box.
std::vector<Box> Grouped(std::vector<Box> signs, double gap) {
  std::stable_sort(signs.begin(), signs.end(), [](const Box& a, const Box& b) { return a.x < b.x; });
  std::vector<Box> groups;
  for (const Box& sign : signs) {
    if (groups.empty() || sign.x > groups.back().x + groups.back().width + gap) {
      groups.push_back(sign);
      continue;
    }
    Box& group = groups.back();
    const int right = std::max(group.x + group.width, sign.x + sign.width);
    const int bottom = std::max(group.y + group.height, sign.y + sign.height);
    group.y = std::min(group.y, sign.y);
    group.width = right - group.x;
    group.height = bottom - group.y;
  }
  return groups;
}

int Distance(const Line& line, const Box& sign) {
  return std::max({0, line.left - sign.x - sign.width, sign.x - line.right});
}

// Each sign goes to the nearest line on which it can stand: cells of a table's row are lines side by side.
void GiveInk(std::vector<Line>& lines, const std::vector<Box>& signs) {
  for (const Box& sign : signs) {
    Line* nearest = nullptr;
    for (Line& line : lines) {
      if (!StandsOn(line, sign)) continue;
      if (nearest == nullptr || Distance(line, sign) < Distance(*nearest, sign)) nearest = &line;
    }
    if (nearest != nullptr) nearest->ink.loose.push_back(sign);
  }
  constexpr double kGap = 0.3;      // of a line's height
  constexpr size_t kMostInk = 300;  // more is a picture, or dirt
  for (Line& line : lines) line.ink.loose = Grouped(std::move(line.ink.loose), kGap * line.ink.height);
  size_t count = 0;
  for (const Line& line : lines) count += line.ink.loose.size();
  if (count <= kMostInk) return;
  for (Line& line : lines) line.ink.loose.clear();
}

void FindDivided(Line& line, Pix* binary) {
  constexpr double kGap = 0.2;  // of the line's height: between words, hardly ever between letters
  for (size_t i = 0; i < line.words.size(); ++i) {
    const std::vector<Gap> gaps = GapsIn(binary, line.words[i].box);
    const bool divided = std::ranges::any_of(gaps, [&](const Gap& gap) { return gap.width >= kGap * line.ink.height; });
    if (divided) line.ink.divided.push_back(i);
  }
}

InkCrop CropOf(const Line& line, const Box& box, Pix* binary) {
  const RowSpan shown = RowsShown({line.top, line.bottom}, InkRows(binary, box), box.width);
  return {box, shown.top, shown.bottom};
}

}  // namespace

std::vector<Word> ConfirmNumbers(Pix* gray, Pix* binary, const std::vector<Word>& words, std::string_view language,
                                 FirstReader first, NumberReader& reader) {
  std::vector<Line> lines = LinesOf(words, binary);
  GiveInk(lines, LooseInk(binary, words));
  std::vector<std::vector<Stretch>> stretches;
  std::vector<InkCrop> crops;
  for (Line& line : lines) {
    FindDivided(line, binary);
    stretches.push_back(NumberStretches(line.words, line.ink));
    for (Stretch& stretch : stretches.back()) {
      stretch.gaps = GapsIn(binary, stretch.box);
      crops.push_back(CropOf(line, stretch.box, binary));
    }
  }
  const std::vector<NumberReading> readings = reader.Read(gray, crops);
  const DigitSet digits = DigitsOf(readings);
  std::vector<Word> merged;
  auto next = readings.begin();
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto end = next + static_cast<std::ptrdiff_t>(stretches[i].size());
    std::ranges::move(MergeNumbers(lines[i].words, stretches[i], {next, end}, language, digits, first),
                      std::back_inserter(merged));
    next = end;
  }
  DoubtParts(merged);
  return merged;
}

}  // namespace diwan
