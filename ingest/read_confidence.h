// How sure what a rule took can be, by how its letters, its words and its numbers were read. Any thread may call.
#pragma once

#include <vector>

#include "ingest/fields.h"
#include "ingest/rule_matcher.h"

namespace diwan {

// How sure the bytes [begin, end) were read: the least of the stretches there.
float ReadConfidence(const std::vector<ReadStretch>* stretches, size_t begin, size_t end);

// How sure a reading of tokens [first, last) can be for the words in them and the few before: 0.6 where one is
// doubtful. A misread word may be the one that says of what paper a number is.
float WordsConfidence(const RuleText& text, const std::vector<ReadStretch>* stretches, size_t first, size_t last);

// How sure the numbers and years that the match took can be: kDoubtedNumber where one may be a part of another, or
// where the year behind the number could not be taken.
float NumbersConfidence(const RuleText& text, const RuleMatch& match);

}  // namespace diwan
