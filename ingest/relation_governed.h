// Whether somebody decides what the words of a relation say, in a clause that is understood: a noun (`إلغاء القرار`,
// `لغو مصوبه`) is done only where what decides governs it, a finite verb where it begins what is said; with nothing
// before, between and behind that the rules don't know.
#pragma once

#include "ingest/citation_doubts.h"
#include "ingest/clause_words.h"

namespace diwan {

// `طلب أن يقرر المجلس` and `لم يقرر` decide nothing.
bool Decides(const RuleMatcher& matcher, size_t token);

// `after_done`: the mention before it in the same sentence is of what is surely done, so that `وتعديل القرار` goes on.
// REQUIRES: the source has words.
bool IsGoverned(RuleMatcher& matcher, ClauseWords& clause, const RelationSource& source, const CitationMatch& found,
                bool after_done);

}  // namespace diwan
