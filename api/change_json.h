// The bodies of requests that change a record or page, and the JSON of its history; docs/api.md has the shapes. Pure;
// any thread may call; safe for hostile bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "archive/correct_words.h"
#include "archive/edit_fields.h"
#include "archive/history.h"
#include "archive/relate.h"

namespace diwan {

inline constexpr size_t kMaxChangeBody = 1U << 20;  // bytes

// Throws kInvalid for a body that CheckMembers refuses.
void CheckBodyMembers(std::string_view body);

// Each throws kInvalid for what is no such body: members that are missing, of another kind, or unknown. An empty body
// is an object without members.
struct FieldsBody {
  std::string why;
  std::vector<FieldEdit> edits;
};
FieldsBody ReadFieldsBody(std::string_view body);

struct WordsBody {
  std::string why;
  std::vector<WordEdit> edits;
};
WordsBody ReadWordsBody(std::string_view body);

struct RelationBody {
  std::string why;
  NewRelation relation;
};
RelationBody ReadRelationBody(std::string_view body);

struct StateBody {
  std::string why;
  CitationState state = CitationState::kProposed;
};
StateBody ReadStateBody(std::string_view body);

struct MergeBody {
  std::string why;
  std::string into;
};
MergeBody ReadMergeBody(std::string_view body);

// Of a split `number` is the first page that goes, of a reading the page, 0 for all.
struct PageBody {
  std::string why;
  int number = 0;
};
PageBody ReadSplitBody(std::string_view body);
PageBody ReadReadingBody(std::string_view body);

struct HoldBody {
  std::string why;
  bool on = true;
};
HoldBody ReadHoldBody(std::string_view body);

// {"why"} alone.
std::string ReadWhyBody(std::string_view body);

std::string HistoryJson(const History& history, const std::string& next);  // next: "" for the end

}  // namespace diwan
