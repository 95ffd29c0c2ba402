// Looks at the white between lines and between columns. Layout analysis loses lines on worn print and cuts verses in
// two; it is needed only where text stands beside text.
#include "ingest/page_shape.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "ingest/quantile.h"

namespace diwan {
namespace {

// Sizes in inches.
constexpr double kReach = 0.2;     // of a row's surroundings, less than from line to line
constexpr double kLeast = 0.035;   // height of a band; less are dots
constexpr double kTallest = 0.36;  // height of a line, of large titles too; more are lines of columns, out of step
constexpr double kWordGap = 0.22;  // more is no space between words
constexpr double kGutter = 0.12;   // width of the white that runs through several lines
constexpr size_t kLines = 4;       // that a gutter has beside it at least
constexpr double kFlush = 0.15;    // deviation of an edge

struct Span {
  int from = 0;
  int to = 0;
};

// Rows of text: ink of a line's letters, not the few strokes and dots that reach over and under it.
std::vector<Span> Bands(Pix* binary) {
  constexpr double kFaint = 0.2;  // of the most ink around: white between lines
  const double dpi = pixGetXRes(binary);
  const std::vector<double> ink = InkOfRows(binary);
  const auto reach = static_cast<std::ptrdiff_t>(kReach * dpi);
  std::vector<Span> bands;
  int from = -1;
  for (size_t y = 0; y <= ink.size(); ++y) {
    bool inked = false;
    if (y < ink.size()) {
      const auto here = ink.begin() + static_cast<std::ptrdiff_t>(y);
      const auto first = here - std::min(reach, here - ink.begin());
      const auto last = here + std::min(reach, ink.end() - here);
      inked = *here > std::max(2.0, kFaint * *std::max_element(first, last));
    }
    if (inked && from < 0) from = static_cast<int>(y);
    if (inked || from < 0) continue;
    if (static_cast<int>(y) - from >= kLeast * dpi) bands.push_back({from, static_cast<int>(y)});
    from = -1;
  }
  return bands;
}

// The inked parts of a band, from the left, between gaps wider than between words.
std::vector<Span> InkIn(Pix* binary, const Span& band) {
  std::vector<Span> parts;
  const PixPtr strip(pixCreate(pixGetWidth(binary), band.to - band.from, 1));
  if (strip == nullptr) return parts;
  pixRasterop(strip.get(), 0, 0, pixGetWidth(binary), band.to - band.from, PIX_SRC, binary, 0, band.from);
  NUMA* counts = pixCountPixelsByColumn(strip.get());
  const double gap = kWordGap * pixGetXRes(binary);
  for (int x = 0; counts != nullptr && x < numaGetCount(counts); ++x) {
    l_float32 ink = 0;
    numaGetFValue(counts, x, &ink);
    if (ink == 0) continue;
    if (parts.empty() || x - parts.back().to > gap) parts.push_back({x, x});
    parts.back().to = x + 1;
  }
  numaDestroy(&counts);
  return parts;
}

// Lines, one below the other, through which one gutter runs.
struct Run {
  Span gutter;
  std::vector<Span> lines;  // from edge to edge
  std::vector<Span> gap;
  size_t in_halves = 0;  // lines that have no other gap
};

// Verses are set flush: all four edges of their halves lie straight, and no line ends early. Words are stretched and
// set apart for it.
bool IsVerse(const Run& run, double dpi) {
  if (3 * run.in_halves < run.gap.size()) return false;
  const auto straight = [&](const std::vector<Span>& lines, int Span::*edge) {
    std::vector<int> at;
    for (const Span& line : lines) at.push_back(line.*edge);
    const int middle = Median(at);
    const auto off = std::ranges::count_if(at, [&](int x) { return std::abs(x - middle) > kFlush * dpi; });
    return off * 5 <= static_cast<std::ptrdiff_t>(at.size());
  };
  return straight(run.lines, &Span::from) && straight(run.lines, &Span::to) && straight(run.gap, &Span::from) &&
         straight(run.gap, &Span::to);
}

// A cutting in which next to no ink lies outside one band.
bool IsLine(Pix* binary, const std::vector<Span>& bands) {
  constexpr double kHighest = 0.8;  // inches, margins and all
  if (!IsStrip(binary) || pixGetHeight(binary) > kHighest * pixGetXRes(binary)) return false;
  const std::vector<double> rows = InkOfRows(binary);
  double most = 0;
  double all = 0;
  for (const Span& band : bands) {
    const double ink = std::accumulate(rows.begin() + band.from, rows.begin() + band.to, 0.0);
    most = std::max(most, ink);
    all += ink;
  }
  return all > 0 && most >= 0.75 * all;
}

// The longest of `runs` that goes on through `gap`, with that gutter.
Run Continued(const std::vector<Run>& runs, const Span& gap, double dpi) {
  Run longest{gap, {}, {}, 0};
  for (const Run& run : runs) {
    const Span both{std::max(run.gutter.from, gap.from), std::min(run.gutter.to, gap.to)};
    if (both.to - both.from < kGutter * dpi || run.gap.size() < longest.gap.size()) continue;
    longest = run;
    longest.gutter = both;
  }
  return longest;
}

// Whether a line ends before the gutter: it neither breaks it nor counts.
bool Spares(const Span& line, const Span& gutter) { return line.from >= gutter.from || line.to <= gutter.to; }

// Whether a gutter runs through several lines that are no verses.
bool HasGutter(Pix* binary, const std::vector<Span>& bands) {
  const double dpi = pixGetXRes(binary);
  const auto is_gutter = [&](const Run& run) { return run.gap.size() >= kLines && !IsVerse(run, dpi); };
  std::vector<Run> runs;
  for (const Span& band : bands) {
    const std::vector<Span> parts = InkIn(binary, band);
    if (parts.empty()) continue;
    const Span line{parts.front().from, parts.back().to};
    std::vector<Run> alive;
    for (size_t i = 1; i < parts.size(); ++i) {
      const Span gap{parts[i - 1].to, parts[i].from};
      alive.push_back(Continued(runs, gap, dpi));
      Run& run = alive.back();
      run.lines.push_back(line);
      run.gap.push_back(gap);
      run.in_halves += parts.size() == 2 ? 1 : 0;
    }
    for (Run& run : runs) {
      const auto goes_on = [&](const Run& other) {
        return other.gutter.from < run.gutter.to && run.gutter.from < other.gutter.to;
      };
      if (std::ranges::any_of(alive, goes_on)) continue;
      if (is_gutter(run)) return true;
      if (Spares(line, run.gutter)) alive.push_back(std::move(run));
    }
    runs = std::move(alive);
  }
  return std::ranges::any_of(runs, is_gutter);
}

}  // namespace

bool IsStrip(Pix* pix) {
  constexpr int kLongest = 3;  // times as long as wide; the longest papers are twice
  constexpr int kSmall = 200;  // pixels; no page can be read with so few
  const auto [less, more] = std::minmax({pixGetWidth(pix), pixGetHeight(pix)});
  return less < kSmall || more > kLongest * less;
}

PageShape ShapeOf(Pix* binary) {
  const std::vector<Span> bands = Bands(binary);
  if (IsLine(binary, bands)) return PageShape::kLine;
  const auto is_tall = [&](const Span& band) { return band.to - band.from > kTallest * pixGetXRes(binary); };
  return std::ranges::any_of(bands, is_tall) || HasGutter(binary, bands) ? PageShape::kColumns : PageShape::kRows;
}

}  // namespace diwan
