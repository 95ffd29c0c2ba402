// From mentions and the words around them to what is said of each paper.
#pragma once

#include <vector>

#include "ingest/citation_doubts.h"

namespace diwan {

// Gives each citation its relation, and doubts what is not understood. `relations` and `citations` are by place; those
// with `said_of` give what is said of them to the citation that they stand for, and are taken out.
void RelateCitations(RuleMatcher& matcher, const std::vector<RelationWords>& relations,
                     std::vector<CitationMatch>& citations);

// `القرارات أرقام ٢٢ إلى ٢٤ ما عدا القرار رقم ٢٣`: nothing is said of 23.
void TakeOutExcepted(const RuleText& text, std::vector<CitationMatch>& citations);

}  // namespace diwan
