// The citations of one page's text, as matches of the rules; used by the reading of records too, which must know where
// they stand.
#pragma once

#include <optional>
#include <vector>

#include "ingest/fields.h"
#include "ingest/rule_matcher.h"

namespace diwan {

// A citation with the match that it came from.
struct CitationMatch {
  RuleMatch match;
  FoundCitation citation;
  bool several = false;           // behind a plural
  bool listed = false;            // one of several under one keyword
  bool ends_range = false;        // of numbers, which the one before begins
  bool behind = false;            // the words that say its relation stand behind it
  bool excepted = false;          // from what is said of those around it
  std::optional<size_t> said_of;  // it is `القرار المذكور`, and stands for that citation of the same page
  bool related = false;  // words before or behind it say a relation, be it only refers_to, and say it to the letter
};

// All citations of a page, by where they end. None overlaps another, but those of a range: of `٤٥ إلى ٤٨` 46 and 47
// stand in the whole of it.
std::vector<CitationMatch> MatchCitations(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches);

}  // namespace diwan
