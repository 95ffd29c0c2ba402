#include "ingest/lone_dots.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <string>

#include "core/fold.h"
#include "ingest/script.h"

namespace diwan {
namespace {

bool HasDigit(const Word& word) {
  const std::u32string text = FromUtf8(word.text);
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return IsDigit(c); });
}

bool EndsInLetter(const Word& word) {
  const std::u32string text = FromUtf8(word.text);
  return !text.empty() && IsArabicLetter(text.back());
}

// Whether the ink in `box` is no larger than a dot.
bool IsDot(Pix* page, const Box& box) {
  constexpr double kLargest = 0.05;  // inches, of letters of usual size
  const PixPtr part(pixCreate(std::max(1, box.width), std::max(1, box.height), 1));
  if (part == nullptr) return false;
  pixRasterop(part.get(), 0, 0, box.width, box.height, PIX_SRC, page, box.x, box.y);
  BOX* ink = nullptr;
  if (pixClipToForeground(part.get(), nullptr, &ink) != 0 || ink == nullptr) return false;
  l_int32 width = 0;
  l_int32 height = 0;
  boxGetGeometry(ink, nullptr, nullptr, &width, &height);
  boxDestroy(&ink);
  return std::max(width, height) <= kLargest * pixGetXRes(page);
}

bool IsNear(const Word& word, const Word& dot) {
  const int gap = word.box.x - dot.box.x - dot.box.width;
  return gap < word.box.height;
}

}  // namespace

std::vector<Word> StopsForZeros(std::vector<Word> words, Pix* page) {
  for (size_t i = 1; i < words.size(); ++i) {
    Word& word = words[i];
    const Word& before = words[i - 1];
    if (word.text != "٠" && word.text != "۰" && word.text != "0") continue;
    if (before.line != word.line || !EndsInLetter(before) || !IsNear(before, word)) continue;
    if (i + 1 < words.size() && words[i + 1].line == word.line && HasDigit(words[i + 1])) continue;
    if (IsDot(page, word.box)) word.text.assign(1, '.');
  }
  return words;
}

}  // namespace diwan
