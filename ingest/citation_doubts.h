// Whether what is said to be done to a paper is done: not where it is only asked, refused, conditional or to come, and
// not to the whole of it where words speak of a part.
#pragma once

#include <vector>

#include "ingest/find_citations.h"

namespace diwan {

// What words say of the citations around them.
struct RelationWords {
  size_t first = 0;  // tokens [first, last)
  size_t last = 0;
  RuleZone zone = RuleZone::kBefore;
  CitedRelation relation = CitedRelation::kRefersTo;
  bool exact = true;  // no look-alike
};

// Where a citation has its relation from.
struct RelationSource {
  const RelationWords* words = nullptr;  // nullptr: from nowhere
  bool as_before = false;                // from the citation before it
  size_t colon = 0;                      // of an item of a list: the colon above, in whose clause the words stand
  size_t subject = 0;                    // where that begins of which it is said: the mention, or words of its part
};

// Lowers to kDoubtedRelation what is perhaps not done, marks as unclear a mention of which it is not understood why it
// stands there, and gives a clause to what is of a part. `sources` are the citations'.
void WeighRelations(RuleMatcher& matcher, const std::vector<RelationSource>& sources,
                    std::vector<CitationMatch>& citations);

}  // namespace diwan
