// Which parts of a line are read a second time, and what becomes of both readings. Pure functions; any thread may call.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "ingest/ink.h"
#include "ingest/number_label.h"

namespace diwan {

// A part of a line that the reader of numbers is asked about: neighbouring words, and ink that no word covers.
struct Stretch {
  Box box;
  std::vector<size_t> words;   // of the line, by index, from left to right; empty where there is but ink
  std::vector<Gap> gaps = {};  // in its ink, from left to right
};

// What the picture of a line tells beyond its words.
struct LineInk {
  int height = 0;               // of the line, in pixels
  std::vector<Box> loose;       // boxes of ink that no word covers
  std::vector<size_t> divided;  // words through whose box a gap runs that is as wide as between words
};

// The stretches of `line`, the words of one line in logical order. A word is asked about when it has digits or no
// letters, is short, is doubtful, stands where a number is expected, or may cover a part of the number beside it.
std::vector<Stretch> NumberStretches(const std::vector<Word>& line, const LineInk& ink);

// Who read a line first: the engine, whose models know few digits, or our own reader, which knows them all.
enum class FirstReader { kEngine, kOwn };

// The digits in which a page's numbers are printed. kAny: not known, or both.
enum class DigitSet { kAny, kNative, kLatin };

// Which of them is it, by what was read for certain on the whole page?
DigitSet DigitsOf(const std::vector<NumberReading>& readings);

// The words of `line` in logical order with the numbers of `readings`, one for each of `stretches`, in their places.
// A number takes the place of the words that it was read from; ink that no word covered becomes a word. Where a word of
// the line and a number touch, they stay one word when they were. What is more likely a word than a number stays as it
// was first read. The confidence of a word for which the second reading was taken is the number's. What our own reader
// of lines read as another number is never sure. `language` is "ara" or "fas".
std::vector<Word> MergeNumbers(const std::vector<Word>& line, const std::vector<Stretch>& stretches,
                               const std::vector<NumberReading>& readings, std::string_view language, DigitSet digits,
                               FirstReader first = FirstReader::kEngine);

}  // namespace diwan
