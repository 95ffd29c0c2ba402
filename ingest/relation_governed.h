// Whether somebody decides what the words of a relation say: a noun (`إلغاء القرار`, `لغو مصوبه`) is done only where
// what decides governs it, with nothing between that the rules don't know. A finite verb decides by itself.
#pragma once

#include "ingest/citation_doubts.h"

namespace diwan {

// `طلب أن يقرر المجلس` and `لم يقرر` decide nothing.
bool Decides(const RuleMatcher& matcher, size_t token);

// `after_done`: the mention before it in the same sentence is of what is surely done, so that `وتعديل القرار` goes on.
bool IsGoverned(const RuleMatcher& matcher, const RelationWords& words, const CitationMatch& found, bool after_done);

}  // namespace diwan
