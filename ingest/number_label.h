// What the reader of numbers answers. A label is what is printed, from left to right.
#pragma once

#include <string>
#include <vector>

namespace diwan {

// What stands for letters in a label: a run of them that is no number, هـ (Hijri) and م (Gregorian).
constexpr char32_t kLetters = U'~';
constexpr char32_t kHijriMark = U'H';
constexpr char32_t kGregorianMark = U'M';

struct NumberLabel {
  std::u32string text;  // digits are ٠-٩ (for ۰-۹ as well) or 0-9; parts that stand apart have a space between them
  double probability = 0;  // 0..1
};

struct NumberReading {
  NumberLabel label;
  std::vector<int> columns;         // where each character of the label begins, in pixels of the image
  std::vector<NumberLabel> others;  // best first; one may be more probable than the label, the greedy answer
};

}  // namespace diwan
