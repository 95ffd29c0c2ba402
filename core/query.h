// A question to the archive and its answer, as every face of the product carries them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"

namespace diwan {

enum class SortOrder { kRelevance, kNewest, kOldest };  // by the record's date; those without one come last

// What a reader asks. Limits are checked by the use case: `text` up to 4,096 bytes, `offset` + `limit` up to 10,000.
struct Query {
  std::string text;
  uint32_t offset = 0;
  uint32_t limit = 20;
  bool snippets = true;                    // also makes the boxes
  SortOrder sort = SortOrder::kRelevance;  // what `text` says of it goes before
  bool facets = false;
  bool explain = false;
  std::optional<uint64_t> applied;  // of the answer that this goes on from: what its index had applied of the feed
};

// A run of a snippet; the marked ones matched.
struct SnippetPart {
  std::string text;
  bool marked = false;
  bool operator==(const SnippetPart&) const = default;
};

// A record found, shown by its best page.
struct Hit {
  std::string record_id;
  int page = 0;
  double score = 0;         // of this query only; greater is better
  bool guess = false;       // only words that look like those asked for; after all that have every word asked for
  uint32_t more_pages = 0;  // other pages of the record that match too
  std::string external_id;
  std::string file_name;   // of its record
  bool has_image = false;  // the page was scanned
  int page_width = 0;      // of the access image, in pixels; 0 without one
  int page_height = 0;
  std::vector<Field> fields;         // of its record
  std::vector<SnippetPart> snippet;  // in the original spelling
  std::vector<Box> boxes;            // of the matched words, in pixels of the access image
  std::vector<std::string> matched;  // with Query::explain: what matched, as ExplainedTerm::text
};

// How many of the records found have each value of a field, most first.
struct FacetValue {
  std::string value;
  uint64_t count = 0;
  bool operator==(const FacetValue&) const = default;
};
struct Facet {
  std::string field;  // "type", "body", "language", "year" (Gregorian, of the record's date)
  std::vector<FacetValue> values;
};

// One term of the index that a word of the question looks for.
struct ExplainedTerm {
  std::string kind;      // "surface", "stem", "exact", "guess", "number", "day", "field", "part"
  std::string text;      // the term as people read it: the folded word, the stem, 123/2019
  std::string language;  // "ara" or "fas" of a stem; "" for the others
  uint64_t pages = 0;    // that have it
  double weight = 0;     // factor of its score
};
struct ExplainedWord {
  std::string typed;
  std::string folded;
  bool stop = false;  // says nothing by itself
  std::vector<ExplainedTerm> terms;
};
struct Explanation {
  std::string parsed;  // the question as understood, in one line
  std::vector<ExplainedWord> words;
};

struct Answer {
  uint64_t total = 0;  // records that match; exact
  std::vector<Hit> hits;
  std::string next;  // what to ask for to go on after these: an opaque cursor; "" at the end
  uint64_t pages_searched = 0;
  uint64_t pages_without_text = 0;
  double took_ms = 0;
  std::vector<std::string> notes;          // what was mended or left out of the question, one line each
  std::string suggestion;                  // the question in words that the archive has more of; "" when there is none
  std::vector<Facet> facets;               // with Query::facets
  std::optional<Explanation> explanation;  // with Query::explain
};

enum class CompletionKind { kWord, kNumber, kTitle };
struct Completion {
  CompletionKind kind = CompletionKind::kWord;
  std::string text;    // in the archive's most usual spelling
  uint64_t pages = 0;  // that have it
};

}  // namespace diwan
