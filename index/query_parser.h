// The query language: text that a reader typed becomes a tree. Nothing that is typed is an error; what can't be meant
// as typed is mended, with a note. docs/search.md tells the language to users.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/query_fields.h"
#include "index/query_leaves.h"

namespace diwan {

enum class NodeKind {
  kNothing,  // only at the root
  kWords,    // any of `leaves`
  kPhrase,   // the words of `phrase`, in this order
  kField,    // a value of `field`
  kAny,      // side by side: any of the children, but all of its fields, and none of its NOTs
  kAnd,
  kOr,
  kNot,  // one child
};

struct QueryNode {
  NodeKind kind = NodeKind::kNothing;
  std::string text;                   // kWords, kPhrase, kField: as typed
  std::vector<Leaf> leaves;           // kWords; kField of text and numbers
  AnalysedText phrase;                // kPhrase; kField with quoted text
  const QueryField* field = nullptr;  // kField
  std::vector<DayRange> days;         // kField of a date
  std::vector<QueryNode> children;    // kAny, kAnd, kOr, kNot
};

struct ParsedQuery {
  QueryNode root;
  std::vector<std::string> notes;  // what was mended or left out, one line each
};

// The limits of one question. What is beyond is left out, with a note.
inline constexpr size_t kMaxQueryBytes = 4096;
inline constexpr size_t kMaxQueryWords = 128;
inline constexpr size_t kMaxQueryDepth = 20;   // brackets within brackets
inline constexpr size_t kMaxQueryParts = 256;  // words, phrases, brackets, operators

// Never throws for what is typed. Any thread may call.
ParsedQuery ParseQuery(std::string_view typed);

// The tree in one line, for tests and for explaining: words folded, numbers as #123/2019, days as @2019-03-12, phrases
// in quotation marks, side by side in [], AND, OR and NOT in ().
std::string Describe(const QueryNode& node);

}  // namespace diwan
