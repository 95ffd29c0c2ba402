// What a person should look at: fields that were read and nobody confirmed, and words that were read with doubt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace diwan {

enum class DoubtKind {
  kNumbers,  // proposed numbers, years and dates of papers: what they are looked up by
  kFields,   // all other proposed fields
  kWords,    // DoubtfulWords of pages; of each page numbers first
};

struct Doubt {
  Record record;
  int version = 0;        // of the record, or of a word's page: what a change of it starts from
  Field field;            // of kNumbers and kFields
  size_t word_index = 0;  // of kWords, from 0
  Word word;              // the same
  int page = 0;           // where it stands; 0 when it was not read from a page
  std::vector<Box> boxes;
  std::string passage;  // the words around it, in one line; "" when the place is not known
};

struct QueueFilter {
  DoubtKind kind = DoubtKind::kNumbers;
  float least = 0;  // only what was read with this confidence at least
};

struct Queue {
  std::vector<Doubt> doubts;
  std::string next;  // what `after` takes to go on; "" at the end
};

// Doubts of up to `limit` (1 to 100) records, or pages, behind `after` ("" for the first), in the order of their
// making. Looks at some thousand records, or some hundred pages, at most, so an answer with a `next` may have few
// doubts, or none. Throws kInvalid for an `after` that this did not give, or another limit. Any thread may call.
Queue ListDoubts(Archive& archive, const QueueFilter& filter, std::string_view after, size_t limit);

}  // namespace diwan
