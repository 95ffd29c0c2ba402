// Puts right what stands at the end of words, after the first reading: Debian's models were never taught the Arabic
// comma, and answer with what looks most like it.
#include "ingest/punctuation.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cstdlib>

#include "core/fold.h"
#include "ingest/script.h"

namespace diwan {
namespace {

// The part of a word's ink that stands farthest to the left.
struct InkMark {
  int width = 0;
  int height = 0;
  int parts = 0;  // with those above and below it
};

InkMark LeftMark(Pix* page, const Box& box) {
  const int left = std::clamp(box.x, 0, pixGetWidth(page));
  const int top = std::clamp(box.y, 0, pixGetHeight(page));
  const int width = std::clamp(box.x + box.width, left, pixGetWidth(page)) - left;
  const int height = std::clamp(box.y + box.height, top, pixGetHeight(page)) - top;
  const PixPtr ink(width > 0 && height > 0 ? pixCreate(width, height, 1) : nullptr);
  if (ink == nullptr) return {};
  pixRasterop(ink.get(), 0, 0, width, height, PIX_SRC, page, left, top);
  const std::vector<Box> parts = PartsOf(ink.get());
  if (parts.empty()) return {};
  // By their middles: the tail of a letter may reach under a full stop.
  const auto middle = [](const Box& part) { return 2 * part.x + part.width; };
  const Box first = *std::ranges::min_element(parts, {}, middle);
  const auto stacked = std::ranges::count_if(parts, [&](const Box& part) {
    return std::abs(middle(part) - middle(first)) <= first.width && part.width <= 2 * first.width;
  });
  return {first.width, first.height, static_cast<int>(stacked)};
}

bool EndsInComma(Pix* page, const Word& word) {
  const InkMark mark = LeftMark(page, word.box);
  const int line_height = word.box.height;
  const bool is_small = mark.width < 0.4 * line_height && mark.height < 0.6 * line_height;
  constexpr int kLeastHeight = 5;  // pixels: of fewer no shape can be told, and stops are more frequent
  return is_small && mark.parts == 1 && mark.height >= kLeastHeight && mark.height > 1.4 * mark.width;
}

// What `last`, the last character of a word, should be, behind the letter `before`. `quoted`: a « waits for its ».
char32_t MarkFor(char32_t before, char32_t last, Pix* page, const Word& word, bool quoted) {
  constexpr char32_t kComma = U'،';
  switch (last) {
    case U'ء':
      return before != U'ا' && EndsInComma(page, word) ? kComma : last;
    case U'.':
    case U'؛':
      return EndsInComma(page, word) ? kComma : last;
    case U'»':
      return quoted ? last : kComma;
    case U',':
      return kComma;
    case U';':
      return U'؛';
    case U'?':
      return U'؟';
    default:
      return last;
  }
}

}  // namespace

std::vector<Word> RestoreMarks(std::vector<Word> words, Pix* page) {
  bool quoted = false;
  for (Word& word : words) {
    std::u32string text = FromUtf8(word.text);
    if (text.size() >= 2 && IsArabicLetter(text[text.size() - 2])) {
      text.back() = MarkFor(text[text.size() - 2], text.back(), page, word, quoted);
      word.text = ToUtf8(text);
    }
    if (text.find(U'«') != std::u32string::npos) quoted = true;
    if (text.find(U'»') != std::u32string::npos) quoted = false;
  }
  return words;
}

}  // namespace diwan
