// What a record's text says of it: its fields, and the other papers that it cites. Pages' texts in, proposals out; the
// rules are data (ingest/rules/*.rules; docs/fields.md tells their form). Nothing here reads pictures or keeps
// anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/citation.h"

namespace diwan {

// How sure the reading of a stretch of a page's text is.
struct ReadStretch {
  size_t begin = 0;  // bytes of the page's text
  size_t end = 0;
  float confidence = 1;  // 0..1
};

// One page as it was read. What no stretch covers counts as sure. Owns nothing.
struct TextPage {
  std::string_view text;                                // UTF-8
  const std::vector<ReadStretch>* stretches = nullptr;  // in order; may be nullptr
};

// A proposal for a field of the record. docs/fields.md has the table of names and normal forms.
struct FoundField {
  std::string name;
  std::string value;     // normal form
  std::string printed;   // as it stands on the page
  TextPlace place;       // pages counted in the order given
  float confidence = 0;  // 0..1; falls with letters read otherwise, with doubtful stretches, with rivals
};

// A citation as it was found; its page is counted in the order given.
using FoundCitation = Citation;

struct TextReading {
  std::vector<FoundField> fields;        // by name, then by place
  std::vector<FoundCitation> citations;  // by place
};

// Reads a record: `pages` in order, `language` "ara" or "fas", else it is told by the letters. The head of the first
// page tells the record's own number; elsewhere a number is another paper's. Of one field 200 values are kept. Time
// grows with the length of the text. REQUIRES: each page is shorter than 4 GiB. Any thread may call.
TextReading ReadTextFields(const std::vector<TextPage>& pages, std::string_view language);

// The citations of a text that is no record: every number is another paper's. As above.
std::vector<FoundCitation> FindCitations(std::string_view text, std::string_view language);

// The words by which a paper's text says how long it is in force itself; "" when it does not, or when the day that it
// names is still to come. As above.
std::string FindTerm(std::string_view text, std::string_view language);

}  // namespace diwan
