// Which of the numbers on a record's first page is its own, and which that of its case; all others are other papers'.
#pragma once

#include <string>
#include <vector>

#include "ingest/fields_page.h"

namespace diwan {

struct OwnNumber {
  CitationMatch match;
  bool is_case = false;
  bool rival = false;  // another of its kind stands before it
};

struct OwnNumbers {
  std::vector<OwnNumber> found;  // in order
  size_t end = 0;                // the token behind the last that is no rival, where the title may go on

  // Whether the citation is of the record itself.
  bool AreCitedBy(const FoundCitation& citation) const;
};

// Takes the record's own numbers out of the citations of its first page. They stand in the head, which ends at the
// token `head_end`: at the beginning of a line or behind the body's name, say no relation, and their line goes on with
// a subject or hardly at all.
OwnNumbers TakeOwnNumbers(FieldPage& page, size_t head_end);

// Whether the page, headed as minutes, is but one decision of theirs, named alone in a line of the head.
bool IsExtract(const FieldPage& page, size_t head_end);

// Takes out the decisions that minutes list, each before a colon: `القرار رقم ٤٠٨ :`. They are made here, not cited.
// `listing`: whether the record is known to list such. Returns that it is.
bool TakeListedItems(FieldPage& page, bool listing);

// The year in a number with or without letters: `45/2018` too.
std::string YearOfNumber(std::string_view number);

}  // namespace diwan
