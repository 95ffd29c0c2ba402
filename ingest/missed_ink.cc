// Layout analysis loses lines beside stamps, in tables and in margins. They are looked for where ink remains, to be
// read once more, line by line, after the page's first reading.
#include "ingest/missed_ink.h"

#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <utility>

namespace diwan {
namespace {

// Sizes in inches, of what can be a line of text.
constexpr double kMinHeight = 0.05;
constexpr double kMaxHeight = 0.55;
constexpr double kMinWidth = 0.22;
constexpr double kLetterGap = 0.16;     // words of a line are less far apart
constexpr double kSpeckleWidth = 0.01;  // smaller parts are dirt
constexpr double kSpeckleHeight = 0.045;
constexpr double kMinInk = 1.0 / 400;  // square inches

void Wipe(Pix* page, const Box& box, int margin_x, int margin_y) {
  pixRasterop(page, box.x - margin_x, box.y - margin_y, box.width + 2 * margin_x, box.height + 2 * margin_y, PIX_CLR,
              nullptr, 0, 0);
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
  rest.reset(pixSelectBySize(rest.get(), pixels(kSpeckleWidth), pixels(kSpeckleHeight), 8, L_SELECT_IF_BOTH,
                             L_SELECT_IF_GTE, nullptr));
  if (rest == nullptr) return missed;
  pixSetResolution(rest.get(), pixGetXRes(page), pixGetYRes(page));
  const std::string closing = fmt::format("c{}.5", pixels(kLetterGap) | 1);
  const PixPtr blobs(pixMorphSequence(rest.get(), closing.c_str(), 0));
  if (blobs == nullptr) return missed;
  for (const Box& box : PartsOf(blobs.get())) {
    if (box.height < pixels(kMinHeight) || box.height > pixels(kMaxHeight)) continue;
    if (box.width < pixels(kMinWidth) || box.width < box.height) continue;
    if (InkIn(rest.get(), box) >= kMinInk * dpi * dpi) missed.lines.push_back(box);
  }
  if (!missed.lines.empty()) missed.rest = std::move(rest);
  return missed;
}

}  // namespace diwan
