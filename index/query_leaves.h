// What the words of a question look for: words, numbers and days. Both the search and the marks are made from these.
#pragma once

#include <string>
#include <vector>

#include "core/calendar.h"
#include "index/analysis.h"

namespace diwan {

enum class LeafKind { kWord, kNumber, kDays };

// A compound number or a date is found as a whole; failing that, by all of its parts.
struct Leaf {
  LeafKind kind = LeafKind::kWord;
  TextWord word;               // kWord
  std::string number;          // kNumber, in normal form
  std::vector<DayRange> days;  // kDays: in each calendar that fits
  std::vector<Leaf> parts;     // empty for a word and for a simple number
};

// The words of a question, `words_left` at most; takes what it used off that. Stop words are left out when anything
// else remains.
std::vector<Leaf> LeavesOf(std::string_view utf8, const AnalysedText& text, size_t& words_left);

}  // namespace diwan
