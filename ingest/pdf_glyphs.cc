// Collects a PDF page's letters with their places, and lays them out as words, lines and blocks.
#include "ingest/pdf_glyphs.h"

#include <GfxFont.h>
#include <GfxState.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <UTF.h>
#include <goo/gmem.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/fold.h"
#include "ingest/pdf_contents.h"
#include "ingest/script.h"

namespace diwan {
namespace {

constexpr size_t kMaxGlyphs = 200'000;  // of a page; a dense newspaper page has 30,000
constexpr double kCollectSeconds = 20;

class GlyphDevice : public OutputDev {
 public:
  PageGlyphs page;

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return false; }

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double /*origin_x*/, double /*origin_y*/,
                CharCode /*code*/, int /*bytes*/, const Unicode* text, int length) override {
    double left = 0, top = 0, width = 0, fall = 0;
    state->transform(x, y, &left, &top);
    state->transformDelta(dx, dy, &width, &fall);
    Glyph glyph;
    glyph.left = std::min(left, left + width);
    glyph.right = std::max(left, left + width);
    glyph.baseline = top;
    glyph.size = std::fabs(state->getTransformedFontSize());
    if (in_actual_text_) {
      Extend(glyph);
      return;
    }
    for (int i = 0; i < length; ++i) glyph.text += static_cast<char32_t>(text[i]);
    if (glyph.text.empty()) {
      ++page.unmapped;
    } else if (std::fabs(fall) > 0.2 * std::fabs(width) + 0.01) {
      ++page.upended;
    } else {
      Keep(std::move(glyph));
    }
  }

  // A span that says itself what it stands for, whatever its glyphs map to.
  void beginActualText(GfxState* /*state*/, const GooString* text) override {
    Unicode* letters = nullptr;
    const int length = TextStringToUCS4(text->toStr(), &letters);
    span_ = Glyph{};
    for (int i = 0; i < length; ++i) span_.text += static_cast<char32_t>(letters[i]);
    gfree(letters);
    in_actual_text_ = true;
  }
  void endActualText(GfxState* /*state*/) override {
    if (in_actual_text_ && span_.size > 0 && !span_.text.empty()) Keep(std::move(span_));
    in_actual_text_ = false;
  }

 private:
  void Keep(Glyph glyph) {
    if (page.glyphs.size() < kMaxGlyphs) page.glyphs.push_back(std::move(glyph));
  }

  void Extend(const Glyph& glyph) {
    if (span_.size == 0) {
      std::u32string text = std::move(span_.text);
      span_ = glyph;
      span_.text = std::move(text);
    }
    span_.left = std::min(span_.left, glyph.left);
    span_.right = std::max(span_.right, glyph.right);
    span_.size = std::max(span_.size, glyph.size);
  }

  Glyph span_;
  bool in_actual_text_ = false;
};

bool IsBlank(const Glyph& glyph) {
  return std::all_of(glyph.text.begin(), glyph.text.end(), [](char32_t c) { return c <= ' ' || c == 0xa0; });
}
bool IsMark(const Glyph& glyph) { return std::all_of(glyph.text.begin(), glyph.text.end(), IsArabicMark); }

// Glyphs on one line without a gap that only columns have.
struct Segment {
  std::vector<Glyph> glyphs;
  double left = 0, right = 0, baseline = 0, size = 0;
};

// Marks join the letter they stand on; a letter drawn twice in one place (a poor man's bold) is kept once.
std::vector<Glyph> JoinMarks(std::vector<Glyph> glyphs) {
  std::stable_sort(glyphs.begin(), glyphs.end(), [](const Glyph& a, const Glyph& b) { return a.left < b.left; });
  std::vector<Glyph> joined;
  std::vector<Glyph> marks;
  for (Glyph& glyph : glyphs) {
    if (IsMark(glyph)) {
      marks.push_back(std::move(glyph));
      continue;
    }
    const bool again = !joined.empty() && joined.back().text == glyph.text &&
                       std::fabs(joined.back().left - glyph.left) < 0.1 * glyph.size &&
                       std::fabs(joined.back().right - glyph.right) < 0.1 * glyph.size;
    if (!again) joined.push_back(std::move(glyph));
  }
  for (const Glyph& mark : marks) {
    const double middle = (mark.left + mark.right) / 2;
    const auto distance = [&](const Glyph& glyph) {
      return std::max({glyph.left - middle, middle - glyph.right, 0.0}) + (IsBlank(glyph) ? mark.size : 0);
    };
    const auto under = std::min_element(joined.begin(), joined.end(),
                                        [&](const Glyph& a, const Glyph& b) { return distance(a) < distance(b); });
    if (under != joined.end()) under->text += mark.text;
  }
  return joined;
}

std::vector<Segment> SplitAtColumns(std::vector<Glyph> line) {
  constexpr double kColumnGap = 2.2;  // font sizes; justified text has no such gaps
  std::vector<Segment> segments;
  for (Glyph& glyph : JoinMarks(std::move(line))) {
    if (IsBlank(glyph)) {
      if (!segments.empty()) segments.back().glyphs.push_back(std::move(glyph));
      continue;
    }
    if (segments.empty() || glyph.left - segments.back().right > kColumnGap * glyph.size) {
      segments.push_back({{}, glyph.left, glyph.right, glyph.baseline, glyph.size});
    }
    Segment& segment = segments.back();
    segment.right = std::max(segment.right, glyph.right);
    segment.size = std::max(segment.size, glyph.size);
    segment.glyphs.push_back(std::move(glyph));
  }
  return segments;
}

std::vector<Segment> SegmentsOf(std::vector<Glyph> glyphs) {
  std::stable_sort(glyphs.begin(), glyphs.end(),
                   [](const Glyph& a, const Glyph& b) { return a.baseline < b.baseline; });
  std::vector<Segment> segments;
  std::vector<Glyph> line;
  const auto flush = [&] {
    for (Segment& segment : SplitAtColumns(std::move(line))) segments.push_back(std::move(segment));
    line.clear();
  };
  for (Glyph& glyph : glyphs) {
    if (!line.empty() && glyph.baseline - line.front().baseline > 0.5 * std::max(glyph.size, line.front().size))
      flush();
    line.push_back(std::move(glyph));
  }
  flush();
  return segments;
}

// The segment's glyphs with one blank wherever words part: at a gap, or at a smaller one where a space was drawn.
std::vector<Glyph> PartWords(const Segment& segment) {
  constexpr double kGap = 0.16;  // font sizes
  constexpr double kGapOfSpace = 0.05;
  std::vector<Glyph> parts;
  double right = 0;
  bool space = false;
  for (const Glyph& glyph : segment.glyphs) {
    if (IsBlank(glyph)) {
      space = true;
      continue;
    }
    if (!parts.empty() && glyph.left - right > (space ? kGapOfSpace : kGap) * glyph.size) {
      parts.push_back({U" ", right, glyph.left, glyph.baseline, glyph.size});
    }
    right = parts.empty() ? glyph.right : std::max(right, glyph.right);
    space = false;
    parts.push_back(glyph);
  }
  return parts;
}

TextLayer::PlacedWord ToWord(const std::vector<Glyph>& glyphs) {
  constexpr double kAbove = 0.85;  // of the font size, over the baseline
  constexpr double kBelow = 0.30;
  std::u32string text;
  double left = glyphs[0].left, right = glyphs[0].right, top = glyphs[0].baseline, bottom = top;
  for (const Glyph& glyph : glyphs) {
    for (const char32_t c : glyph.text) {
      if (!IsBidiMark(c) && c > ' ' && c != 0xa0) text += c;
    }
    left = std::min(left, glyph.left);
    right = std::max(right, glyph.right);
    top = std::min(top, glyph.baseline - kAbove * glyph.size);
    bottom = std::max(bottom, glyph.baseline + kBelow * glyph.size);
  }
  return {ToUtf8(text), left, top, right - left, bottom - top};
}

// Adds the segment's words in logical order.
void PlaceWords(const Segment& segment, int line, int block, TextLayer& layer) {
  const std::vector<Glyph> parts = PartWords(segment);
  std::vector<std::u32string> texts;
  for (const Glyph& part : parts) texts.push_back(part.text);
  std::vector<Glyph> word;
  const auto flush = [&] {
    if (word.empty()) return;
    TextLayer::PlacedWord placed = ToWord(word);
    placed.line = line;
    placed.block = block;
    if (!placed.text.empty()) layer.words.push_back(std::move(placed));
    word.clear();
  };
  for (const size_t i : ReadingOrderOf(texts)) {
    if (IsBlank(parts[i])) {
      flush();
    } else {
      word.push_back(parts[i]);
    }
  }
  flush();
}

// Which block a segment continues: the one whose last line it stands under, nearly as large and as wide. -1: none.
int BlockAbove(const std::vector<std::pair<Segment, int>>& last_lines, const Segment& segment) {
  int block = -1;
  int candidates = 0;
  for (const auto& [line, number] : last_lines) {
    const double drop = segment.baseline - line.baseline;
    const double common = std::min(line.right, segment.right) - std::max(line.left, segment.left);
    if (common <= 0 || drop <= 0 || drop > 2.2 * std::max(line.size, segment.size)) continue;
    ++candidates;
    const bool alike = std::max(line.size, segment.size) < 1.3 * std::min(line.size, segment.size);
    if (alike && common > 0.5 * std::min(line.right - line.left, segment.right - segment.left)) block = number;
  }
  return candidates == 1 ? block : -1;
}

}  // namespace

PageGlyphs CollectGlyphs(PDFDoc& doc, int number) {
  GlyphDevice device;
  DrawDeadline deadline(kCollectSeconds);
  doc.displayPage(&device, number, 72, 72, 0, false, true, false, DrawDeadline::Passed, &deadline);
  deadline.Check(number);
  return std::move(device.page);
}

TextLayer LayOut(std::vector<Glyph> glyphs) {
  TextLayer layer;
  std::vector<std::pair<Segment, int>> last_lines;  // of each block
  int line = 0;
  int blocks = 0;
  for (const Segment& segment : SegmentsOf(std::move(glyphs))) {
    int block = BlockAbove(last_lines, segment);
    if (block < 0) {
      block = blocks++;
      last_lines.emplace_back(segment, block);
    }
    last_lines[static_cast<size_t>(block)].first = segment;
    PlaceWords(segment, line++, block, layer);
  }
  return layer;
}

}  // namespace diwan
