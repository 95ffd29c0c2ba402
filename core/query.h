// A question to the archive and its answer, as every face of the product carries them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/record.h"

namespace diwan {

// What a reader asks. Limits are checked by the use case: `text` up to 4,096 bytes, `offset` + `limit` up to 10,000.
struct Query {
  std::string text;
  uint32_t offset = 0;
  uint32_t limit = 20;
  bool snippets = true;  // also makes the boxes
};

// A run of a snippet; the marked ones matched.
struct SnippetPart {
  std::string text;
  bool marked = false;
  bool operator==(const SnippetPart&) const = default;
};

// One page found.
struct Hit {
  std::string record_id;
  int page = 0;
  double score = 0;  // of this query only; greater is better
  std::string external_id;
  std::string file_name;             // of its record
  bool has_image = false;            // the page was scanned
  std::vector<Field> fields;         // of its record
  std::vector<SnippetPart> snippet;  // in the original spelling
  std::vector<Box> boxes;            // of the matched words, in pixels of the access image
};

struct Answer {
  uint64_t total = 0;  // pages that match; exact
  std::vector<Hit> hits;
  uint64_t pages_searched = 0;
  uint64_t pages_without_text = 0;
  double took_ms = 0;
  std::vector<std::string> notes;  // what was mended or left out of the question, one line each
};

}  // namespace diwan
