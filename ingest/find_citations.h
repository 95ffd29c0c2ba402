// The citations of one page's text, as matches of the rules; used by the reading of records too, which must know where
// they stand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/fields.h"
#include "ingest/printed_number.h"
#include "ingest/rule_matcher.h"

namespace diwan {

// A citation with the match that it came from.
struct CitationMatch {
  RuleMatch match;
  FoundCitation citation;
  bool listed = false;   // one of several under one keyword
  bool behind = false;   // the words that say its relation stand behind it
  bool related = false;  // words before or behind it say a relation, be it only refers_to, and say it to the letter
};

// All citations of a page in order; none overlaps another.
std::vector<CitationMatch> MatchCitations(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches);

// "12" or "3,5" of tokens that an {article} took: numbers as read, ordinals as numbers.
std::string ArticleNumbers(const RuleMatcher& matcher, size_t first, size_t last);

// How sure the bytes [begin, end) were read: the least of the stretches there.
float ReadConfidence(const std::vector<ReadStretch>* stretches, size_t begin, size_t end);

// How sure a reading of tokens [first, last) can be for the words in them and the few before: 0.6 where one is
// doubtful. A misread word may be the one that says of what paper a number is.
float WordsConfidence(const RuleText& text, const std::vector<ReadStretch>* stretches, size_t first, size_t last);

// How sure the numbers and years that the match took can be: 0.4 where one may be a part of another, or where the year
// behind the number could not be taken.
float NumbersConfidence(const RuleText& text, const RuleMatch& match);

// Whether a token ends a sentence, so that words beyond it say nothing of what stands here.
bool EndsSentence(const RuleText& text, size_t token);

}  // namespace diwan
