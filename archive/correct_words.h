// A person corrects what was read on a page: a word, words that were read as one, one that was read as several.
#pragma once

#include <string>
#include <vector>

#include "archive/edit.h"
#include "core/record.h"

namespace diwan {

// The words from `first` to `last` of the page, by index from 0, are in truth those of `text`, parted by spaces. What a
// page of imported text has between white space counts as its words.
struct WordEdit {
  size_t first = 0;
  size_t last = 0;
  std::string text;
};

// Corrects the page, and reads the record's fields and citations from the corrected text; returns the page as it is
// stored then. A corrected word keeps its place on paper, and what was read there before; it is right for certain, and
// stays when the page is read again. The same text says that the word was read right. Throws kInvalid for words that
// the page has not, that two of `edits` name, that stand on two lines and change their number, and for texts without a
// word, with control characters, or of more than kMaxReadingBytes; Conflict when `edit.version` is not the page's;
// otherwise as ChangeRecord.
Page CorrectWords(Archive& archive, const Edit& edit, int page, std::vector<WordEdit> edits);

// The page with these corrections. Throws kInvalid as above.
Page WithCorrections(Page page, std::vector<WordEdit> edits);

}  // namespace diwan
