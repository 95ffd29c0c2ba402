// What the words of a question look for: words, numbers and days. Both the search and the marks are made from these.
#pragma once

#include <string>
#include <vector>

#include "core/calendar.h"
#include "index/analysis.h"

namespace diwan {

enum class LeafKind { kWord, kNumber, kDays, kBeginning };

// A compound number or a date is found as a whole; failing that, by all of its parts. What was typed with a `*` stands
// for all words, or all numbers, that begin so.
struct Leaf {
  LeafKind kind = LeafKind::kWord;
  TextWord word;               // kWord, and kBeginning of words
  std::string number;          // kNumber, and kBeginning of numbers, in normal form
  std::vector<DayRange> days;  // kDays: in each calendar that fits
  std::vector<Leaf> parts;     // empty for a word and for a simple number
};

// What a question may still look for, and what was left out of it so far.
struct QueryBudget {
  size_t words = 0;
  size_t stars = 0;
  size_t quotations = 0;     // and the words between which a ~ stands
  bool star_mended = false;  // a * that does not end a word of two letters was taken for no sign
  bool too_many_words = false;
  bool too_many_stars = false;
  bool too_many_quotations = false;
};

// Takes one quotation off the budget, when there is one left.
bool TakeQuotation(QueryBudget& budget);

// The words of a quotation, as many as `budget` allows; takes them off it.
AnalysedText PhraseWords(const std::string& text, QueryBudget& budget);

// The words of a question, as many as `budget` allows; takes what it used off that. Stop words are left out when
// anything else remains.
std::vector<Leaf> LeavesOf(std::string_view utf8, const AnalysedText& text, QueryBudget& budget);

}  // namespace diwan
