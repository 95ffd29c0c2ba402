// The query language: text that a reader typed becomes a tree. Nothing that is typed is an error; what can't be meant
// as typed is mended, with a note. docs/search.md tells the language to users.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/query_fields.h"
#include "index/query_leaves.h"
#include "index/query_values.h"

namespace diwan {

enum class NodeKind {
  kNothing,  // only at the root
  kWords,    // any of `leaves`
  kPhrase,   // the words of `phrase`, in this order, `distance` others between them at most
  kExact,    // the words of `phrase`, in this order and in the very spelling of `exact`
  kNear,     // two children, kPhrase or a kWords of one kWord or kBeginning, `distance` words from each other at most
  kField,    // a value of `field`
  kAny,      // side by side: any of the children, but all of its fields and kMust, and none of its NOTs
  kMust,     // one child; only in a kAny
  kAnd,
  kOr,
  kNot,  // one child
};

struct QueryNode {
  NodeKind kind = NodeKind::kNothing;
  std::string text;                   // kWords, kPhrase, kExact, kField: as typed
  std::vector<Leaf> leaves;           // kWords; kField of text and numbers
  AnalysedText phrase;                // kPhrase, kExact; kField with quoted text
  std::vector<std::string> exact;     // kExact: ExactForm of each word of `phrase`
  const QueryField* field = nullptr;  // kField
  std::vector<DayRange> days;         // kField of a date
  std::optional<NumberSpan> numbers;  // kField of numbers, where a span was typed
  uint32_t distance = 0;              // kPhrase, kNear; kField with quoted text
  std::vector<QueryNode> children;    // kNear, kAny, kMust, kAnd, kOr, kNot
};

struct ParsedQuery {
  QueryNode root;
  std::optional<SortOrder> sort;   // where the question says it
  std::vector<std::string> notes;  // what was mended or left out, one line each
};

// The limits of one question. What is beyond is left out, with a note.
inline constexpr size_t kMaxQueryBytes = 4096;
inline constexpr size_t kMaxQueryWords = 128;
inline constexpr size_t kMaxQueryDepth = 20;   // brackets within brackets
inline constexpr size_t kMaxQueryParts = 256;  // words, phrases, brackets, operators
inline constexpr size_t kMaxQueryStars = 8;    // words with a *, and spans of numbers
inline constexpr size_t kMaxQuotations = 8;    // and pairs of words with a ~ between
inline constexpr size_t kMaxQueryNotes = 10;

inline constexpr uint32_t kNearDistance = 8;  // what ~ alone says
inline constexpr uint32_t kMaxDistance = 50;

// Never throws for what is typed. Any thread may call.
ParsedQuery ParseQuery(std::string_view typed);

// The tree in one line, for tests and for explaining: words folded, numbers as #123/2019, days as @2019-03-12, phrases
// in quotation marks, side by side in [], AND, OR, NOT and ~ in ().
std::string Describe(const QueryNode& node);

// Adds a note that is not there yet, up to kMaxQueryNotes.
void AddNote(std::vector<std::string>& notes, std::string note);

}  // namespace diwan
