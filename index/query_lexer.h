// The marks of the query language. Part of index/query_parser.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/query_fields.h"

namespace diwan {

enum class TokenKind {
  kWord,
  kPhrase,
  kField,  // with its value, or before a kOpen that begins its value
  kOpen,
  kClose,
  kAnd,
  kOr,
  kNot,
  kMinus,  // what follows is unwanted
  kPlus,   // what follows must be there
  kNear,
};

struct QueryToken {
  TokenKind kind = TokenKind::kWord;
  std::string text;                   // of a word, a phrase, a field's value
  const QueryField* field = nullptr;  // of a kField
  bool quoted = false;                // a field's value was
  uint32_t distance = 0;              // of a kNear; behind a quotation, the words that may stand between
};

// The tokens of `typed`: at most kMaxQueryParts, with brackets that close, at most kMaxQueryDepth deep. Adds to
// `notes` what was mended.
std::vector<QueryToken> LexQuery(std::string_view typed, std::vector<std::string>& notes);

}  // namespace diwan
