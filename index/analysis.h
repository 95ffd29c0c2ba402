// The one analysis of text, used at index and at query time: folded words with the bytes of the original they came
// from, and the numbers among them in normal form. docs/search.md tells users what follows from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/stem.h"

namespace diwan {

// A word of a text. A number is a word too: `surface` is its normal form, 1234 for ١٬٢٣٤.
struct TextWord {
  std::u32string folded;            // as folded; ZWNJ inside is kept
  std::string surface;              // the same as UTF-8 without ZWNJ
  std::vector<std::string> pieces;  // what stands between ZWNJs; empty when there is none
  uint32_t begin = 0;               // bytes of the original
  uint32_t end = 0;
  uint32_t position = 0;  // place in the text, from 1; the pieces take one place each
  bool number = false;
  bool stop = false;
  bool after_mi = false;                  // می or نمی stands before it, by a space: it is a verb
  Language language = Language::kArabic;  // of the run it stands in, once SetLanguages() has been called
};

// A number in normal form: 123, 12.5, 123/2019. Parts are the numbers that a compound one is made of.
struct TextNumber {
  std::string value;
  std::vector<std::string> parts;  // empty for a simple number
  size_t first_word = 0;           // it stands in words [first_word, end_word)
  size_t end_word = 0;
};

struct AnalysedText {
  std::vector<TextWord> words;
  // Simple ones and compound ones, each in the order of the text; words of a compound number have their own too.
  std::vector<TextNumber> numbers;
};

// A word's surface at its place. A word with ZWNJ gives its pieces at successive places and itself at the first.
struct PlacedSurface {
  std::string_view surface;  // lives as long as the analysed text
  uint32_t position = 0;
  size_t word = 0;  // index into `words`
};

// Any thread may call. Any bytes are taken.
AnalysedText Analyse(std::string_view utf8);

std::vector<PlacedSurface> PlacedSurfaces(const AnalysedText& text);

// The stems by which a word is found: its own first, then those of its pieces that are no stop words. Empty for a
// number and a stop word, which are found by number and by surface.
std::vector<std::string> StemsOf(const TextWord& word, Language language);

// Gives each word the language of the run it stands in, as told by what only one of the two has: letters, articles,
// small words. A name or a title of the other language is no run; a sentence is. In doubt `page_language`.
void SetLanguages(AnalysedText& text, Language page_language);

// The language in which words are stemmed, where nobody said it. Arabic in doubt.
Language GuessLanguage(const AnalysedText& text);

}  // namespace diwan
