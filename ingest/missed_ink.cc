// Layout analysis loses lines beside stamps, in tables and in margins. They are looked for where ink remains, to be
// read once more, line by line, after the page's first reading.
#include "ingest/missed_ink.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <utility>

namespace diwan {
namespace {

// Sizes in inches, of what can be a line of text.
constexpr double kMinHeight = 0.05;
constexpr double kMaxHeight = 0.55;
constexpr double kMinWidth = 0.22;
constexpr double kLetterGap = 0.16;     // letters of a word are less far apart, and most words
constexpr double kWordGap = 0.3;        // stretched lines have such gaps, and where a sign between words is missing
constexpr double kDotReach = 0.04;      // of dots and vowel signs above and below the letters
constexpr double kSpeckleWidth = 0.01;  // smaller parts are dirt
constexpr double kSpeckleHeight = 0.045;
constexpr double kMinInk = 1.0 / 400;  // square inches

void Wipe(Pix* page, const Box& box, int margin_x, int margin_y) {
  pixRasterop(page, box.x - margin_x, box.y - margin_y, box.width + 2 * margin_x, box.height + 2 * margin_y, PIX_CLR,
              nullptr, 0, 0);
}

// Parts of one line that stand beside each other, with gaps up to `gap` pixels, as one.
std::vector<Box> JoinedAcross(std::vector<Box> parts, int gap) {
  std::ranges::sort(parts, {}, &Box::x);
  std::vector<Box> lines;
  for (const Box& part : parts) {
    const auto goes_on = [&](const Box& line) {
      const int common = std::min(line.y + line.height, part.y + part.height) - std::max(line.y, part.y);
      return 2 * common > std::min(line.height, part.height) && part.x - line.x - line.width <= gap;
    };
    const auto line = std::ranges::find_if(lines, goes_on);
    if (line == lines.end()) {
      lines.push_back(part);
      continue;
    }
    const int right = std::max(line->x + line->width, part.x + part.width);
    const int bottom = std::max(line->y + line->height, part.y + part.height);
    *line = {line->x, std::min(line->y, part.y), right - line->x, bottom - std::min(line->y, part.y)};
  }
  return lines;
}

// Higher by `reach` above and below, within the page.
Box Grown(const Box& box, int reach, Pix* page) {
  const int top = std::max(0, box.y - reach);
  return {box.x, top, box.width, std::min(pixGetHeight(page), box.y + box.height + reach) - top};
}

// Ink inside `box`, in pixels.
int InkIn(Pix* page, const Box& box) {
  PixPtr part(pixCreate(box.width, box.height, 1));
  if (part == nullptr) return 0;
  pixRasterop(part.get(), 0, 0, box.width, box.height, PIX_SRC, page, box.x, box.y);
  l_int32 count = 0;
  pixCountPixels(part.get(), &count, nullptr);
  return count;
}

}  // namespace

MissedInk FindMissedInk(Pix* page, const std::vector<Word>& words) {
  const double dpi = pixGetXRes(page);
  const auto pixels = [dpi](double inches) { return static_cast<int>(inches * dpi); };
  MissedInk missed;
  PixPtr rest(pixCopy(nullptr, page));
  if (rest == nullptr) return missed;
  for (const Word& word : words) {
    if (word.box.height <= pixels(0.6)) Wipe(rest.get(), word.box, pixels(0.024), pixels(0.036));
  }
  const PixPtr letters(pixSelectBySize(rest.get(), pixels(kSpeckleWidth), pixels(kSpeckleHeight), 8, L_SELECT_IF_BOTH,
                                       L_SELECT_IF_GTE, nullptr));
  if (letters == nullptr) return missed;
  const std::string closing = fmt::format("c{}.5", pixels(kLetterGap) | 1);
  const PixPtr blobs(pixMorphSequence(letters.get(), closing.c_str(), 0));
  if (blobs == nullptr) return missed;
  std::vector<Box> lines;
  for (const Box& box : PartsOf(blobs.get())) {
    if (box.height < pixels(kMinHeight) || box.height > pixels(kMaxHeight)) continue;
    if (box.width < pixels(kMinWidth) || box.width < box.height) continue;
    if (InkIn(letters.get(), box) >= kMinInk * dpi * dpi) lines.push_back(box);
  }
  missed.lines = JoinedAcross(std::move(lines), pixels(kWordGap));
  for (Box& line : missed.lines) line = Grown(line, pixels(kDotReach), page);
  if (!missed.lines.empty()) missed.rest = std::move(rest);
  return missed;
}

}  // namespace diwan
