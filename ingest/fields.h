// What a record's text says of it: its fields, and the other papers that it cites. Pages' texts in, proposals out; the
// rules are data (ingest/rules/*.rules; docs/fields.md tells their form). Nothing here reads pictures or keeps
// anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// Where something stands.
struct TextPlace {
  int page = 1;      // from 1, in the order given
  size_t begin = 0;  // bytes of that page's text
  size_t end = 0;
  bool operator==(const TextPlace&) const = default;
};

// A proposal for a field of the record. docs/fields.md has the table of names and normal forms.
struct FoundField {
  std::string name;
  std::string value;    // normal form
  std::string printed;  // as it stands on the page
  TextPlace place;
  float confidence = 0;  // 0..1; falls with letters read otherwise, with doubtful stretches, with rivals
};

enum class CitedKind { kDecision, kRuling, kLaw, kDecree, kRegulation, kCircular, kLetter, kCase };
enum class CitedRelation { kRefersTo, kAmends, kRepeals, kReplaces, kImplements };

// A mention of another paper. Digits are as read; what is not said is empty.
struct FoundCitation {
  CitedKind kind = CitedKind::kDecision;
  CitedRelation relation = CitedRelation::kRefersTo;
  std::string number;   // Latin digits, without the year
  std::string year;     // Latin digits: "2019", or "45" of a judicial year
  std::string date;     // ISO 8601, where the mention has the paper's day
  std::string body;     // council or court, as printed
  std::string title;    // the words that name a law: "شهرداری" of قانون شهرداری
  std::string article;  // "12"; "3,5" of several
  std::string clause;   // a part of the article, as printed: تبصره ۲
  std::string printed;
  TextPlace place;
  float confidence = 0;  // 0..1
};

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

// Stable names, as rules, documents and programs write them: "decision", "refers_to".
std::string_view NameOf(CitedKind value);
std::string_view NameOf(CitedRelation value);
std::optional<CitedKind> CitedKindOfName(std::string_view name);
std::optional<CitedRelation> CitedRelationOfName(std::string_view name);

}  // namespace diwan
