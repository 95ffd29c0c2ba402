// What a record's text says of it and of other papers: read when its last page is stored, or when it comes as text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/citation.h"
#include "core/record.h"
#include "ingest/fields.h"

namespace diwan {

// Of a record's text no more is read than this, so that no paper holds up others: of each page its beginning; of many
// pages the first, and the last, where a paper is signed.
inline constexpr size_t kMostPageText = 256U << 10;  // bytes
inline constexpr size_t kMostRecordText = 8U << 20;
inline constexpr size_t kMostCitations = 10'000;

// Whether the field was read from the record's text, and nobody gave or confirmed it: reading anew makes it anew. Not
// the language, which is told from the pages.
bool IsOfText(const Field& field);

// Takes the pages of one record, then reads them. One thread.
class TextReader {
 public:
  // REQUIRES: pages come in order. Copies what it needs.
  void Add(const Page& page);

  // Gives `record` the fields that are read, proposed, in place of those that were read before. What a manifest or a
  // person gave, or a person confirmed, stays, and nothing is added to it; but where a paper has several values of a
  // name (HasSeveralValues), those that persons said nothing of are added to theirs. What a person removed does not
  // come back. Returns the record's citations.
  RecordCitations ReadInto(Record& record) const;

 private:
  struct Taken {
    int number = 0;
    std::string text;
    std::vector<ReadStretch> stretches;
  };
  std::vector<Taken> pages_;
  size_t bytes_ = 0;
  bool full_ = false;  // the last of pages_ stands for itself and for all after those before it
};

}  // namespace diwan
