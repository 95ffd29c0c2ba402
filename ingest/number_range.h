// Numbers that are cited as a range: `القرارات أرقام ٤٥ إلى ٤٨`, `مصوبات شماره ۴۵ تا ۴۸`.
#pragma once

#include <vector>

#include "ingest/find_citations.h"

namespace diwan {

// A range of more numbers than this is one mention, without a number.
inline constexpr size_t kMostRange = 50;
// So are those of a page beyond so many numbers in all.
inline constexpr size_t kMostRanged = 5000;

// Puts what lies between into `citations` where one ends a range that the one before it begins. Two numbers that are no
// range stay two, and are doubted where the second is not the greater.
void ExpandRanges(const RuleText& text, std::vector<CitationMatch>& citations);

// `150,151` behind a plural are two papers; they stand where the whole list does.
void SplitLists(std::vector<CitationMatch>& citations);

}  // namespace diwan
