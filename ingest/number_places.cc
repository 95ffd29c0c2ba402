// Boxes of words overlap where recognition went wrong, and a network reads what is in its picture. Here its answers are
// brought back to the place that they are wanted for.
#include "ingest/number_places.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include "core/fold.h"
#include "ingest/script.h"

namespace diwan {
namespace {

bool IsLetter(char32_t c) { return IsArabicLetter(c) || IsLatinLetter(c); }

bool HasLetter(std::u32string_view text) { return std::ranges::any_of(text, IsLetter); }

// A word of the line that the reader was not asked about here.
struct Other {
  Box box;
  bool letters = false;
};

std::vector<Other> OthersOf(const std::vector<Word>& line, const Stretch& stretch) {
  std::vector<Other> others;
  for (size_t i = 0; i < line.size(); ++i) {
    if (std::ranges::count(stretch.words, i) == 0) others.push_back({line[i].box, HasLetter(FromUtf8(line[i].text))});
  }
  return others;
}

// Whether another word has the label's character at `i`.
bool IsElsewhere(const NumberReading& reading, size_t i, const Stretch& stretch, const std::vector<Other>& others) {
  const char32_t c = reading.label.text[i];
  if (c == U' ') return true;
  const int begin = reading.columns[i];
  const int end = i + 1 < reading.columns.size() ? reading.columns[i + 1] : stretch.box.x + stretch.box.width;
  const double middle = (begin + end) / 2.0;
  return std::ranges::any_of(others, [&](const Other& other) {
    return other.letters == (c == kLetters) && middle > other.box.x && middle < other.box.x + other.box.width;
  });
}

// Without the `left` first and the `right` last characters of the label, and without answers that have others there.
// The places of what is left stay: a space stands for what was cut off on the left, a column for the right.
void Cut(NumberReading& reading, size_t left, size_t right) {
  const std::u32string text = reading.label.text;
  const std::u32string prefix = text.substr(0, left);
  const std::u32string suffix = text.substr(text.size() - right);
  const auto cut = [&](std::u32string& label) {
    label = (left > 0 ? U" " : U"") + label.substr(left, label.size() - left - right);
  };
  std::erase_if(reading.others, [&](const NumberLabel& other) {
    return other.text.size() < left + right || !other.text.starts_with(prefix) || !other.text.ends_with(suffix);
  });
  for (NumberLabel& other : reading.others) cut(other.text);
  cut(reading.label.text);
  if (left > 0) {
    reading.columns.erase(reading.columns.begin(), reading.columns.begin() + static_cast<std::ptrdiff_t>(left));
    reading.columns.insert(reading.columns.begin(), reading.columns.front());
  }
}

void CutOthers(NumberReading& reading, const Stretch& stretch, const std::vector<Other>& others) {
  const size_t size = reading.label.text.size();
  size_t left = 0;
  while (left < size && IsElsewhere(reading, left, stretch, others)) ++left;
  size_t right = 0;
  while (left + right < size && IsElsewhere(reading, size - 1 - right, stretch, others)) ++right;
  if (left + right > 0 && left + right < size) Cut(reading, left, right);
}

// Where spaces are printed on either side of the label's sign at `i`: gaps that are far wider than all others.
std::optional<std::pair<int, int>> SpacesAround(const NumberReading& reading, size_t i, const std::vector<Gap>& gaps,
                                                int line_height) {
  constexpr double kTolerance = 0.25;  // of the line's height: how exact a character's column is
  constexpr double kSpace = 0.25;      // of the line's height, at least
  constexpr double kFarWider = 1.5;
  if (gaps.size() < 2) return std::nullopt;
  std::vector<int> widths;
  std::ranges::transform(gaps, std::back_inserter(widths), &Gap::width);
  std::ranges::sort(widths, std::greater<>());
  const int least = widths[1];
  const int others = widths.size() > 2 ? widths[2] : 0;
  if (least < kSpace * line_height || least < kFarWider * others) return std::nullopt;
  const auto left = std::ranges::find_if(gaps, [&](const Gap& gap) { return gap.width >= least; });
  const auto right = std::find_if(std::next(left), gaps.end(), [&](const Gap& gap) { return gap.width >= least; });
  const double tolerance = kTolerance * line_height;
  const int at = reading.columns[i];
  const bool around = left->middle > reading.columns[i - 1] && left->middle < at + tolerance &&
                      right->middle > at - tolerance && right->middle < reading.columns[i + 1] + tolerance;
  if (!around) return std::nullopt;
  return std::pair(left->middle, right->middle);
}

void PartAtSpaces(NumberReading& reading, const std::vector<Gap>& gaps, int line_height) {
  for (size_t i = 1; i + 1 < reading.label.text.size(); ++i) {
    const char32_t c = reading.label.text[i];
    if (c != U'/' && c != U'-') continue;
    if (reading.label.text[i - 1] == U' ' || reading.label.text[i + 1] == U' ') continue;
    const auto spaces = SpacesAround(reading, i, gaps, line_height);
    if (!spaces) continue;
    const size_t size = reading.label.text.size();
    std::erase_if(reading.others,
                  [&](const NumberLabel& other) { return other.text.size() != size || other.text[i] != c; });
    const auto part = [&](std::u32string& label) { label.insert(i + 1, U" ").insert(i, U" "); };
    for (NumberLabel& other : reading.others) part(other.text);
    part(reading.label.text);
    reading.columns.insert(reading.columns.begin() + static_cast<std::ptrdiff_t>(i) + 1, spaces->second);
    reading.columns.insert(reading.columns.begin() + static_cast<std::ptrdiff_t>(i), spaces->first);
    return;  // no other sign has gaps as wide
  }
}

// From what distance, in heights, `other` may be a part of a number beside it: two numbers side by side are rarer than
// one of which the separator was lost.
double PartWithin(const Word& other) {
  const std::u32string text = FromUtf8(other.text);
  if (std::ranges::any_of(text, IsDigit)) return 1;
  return !HasLetter(text) || text.front() == U'/' || text.back() == U'/' ? 0.3 : 0;
}

// In heights of the lower of the two; far when they don't stand on one line.
double Distance(const Box& a, const Box& b) {
  constexpr double kFar = 1000;
  const int height = std::min(a.height, b.height);
  const int common = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (common <= height / 2) return kFar;
  return static_cast<double>(std::max(a.x - b.x - b.width, b.x - a.x - a.width)) / height;
}

}  // namespace

NumberReading Fitted(NumberReading reading, const Stretch& stretch, const std::vector<Word>& line) {
  if (reading.columns.size() != reading.label.text.size()) return reading;
  CutOthers(reading, stretch, OthersOf(line, stretch));
  PartAtSpaces(reading, stretch.gaps, stretch.box.height);
  return reading;
}

RowSpan RowsShown(const RowSpan& line, const RowSpan& ink, int width) {
  constexpr double kFarTaller = 2;
  constexpr int kLeastHeight = 10;  // pixels: less is a dash
  constexpr double kMargin = 0.35;  // of the ink's height, above and below digits
  const int height = ink.bottom - ink.top;
  const bool word = width > height && height > kLeastHeight;
  if (!word || line.bottom - line.top <= kFarTaller * height) {
    return {std::min(line.top, ink.top), std::max(line.bottom, ink.bottom)};
  }
  const int margin = static_cast<int>(kMargin * height);
  return {std::max(line.top, ink.top - margin), std::min(line.bottom, ink.bottom + margin)};
}

void DoubtParts(std::vector<Word>& words) {
  for (Word& word : words) {
    if (word.number != NumberState::kSure) continue;
    const bool part = std::ranges::any_of(
        words, [&](const Word& other) { return &other != &word && Distance(word.box, other.box) < PartWithin(other); });
    if (part) word.number = NumberState::kUnsure;
  }
}

}  // namespace diwan
