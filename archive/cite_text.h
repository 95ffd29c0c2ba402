// Look-up for programs: citations in a text of theirs, or one that they took apart themselves.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "archive/resolve.h"

namespace diwan {

enum class LookUp { kOne, kSeveral, kNone, kNotLookedUp, kTooMany };

// A citation that was looked up.
struct LookedUp {
  Citation citation;
  size_t begin = 0;  // code points of the text
  size_t end = 0;
  LookUp result = LookUp::kNone;
  std::vector<std::pair<Record, MatchKind>> matches;  // best first, at most kMostShown
  bool more = false;                                  // there are others
};
inline constexpr size_t kMostShown = 20;

// Every citation of `text`, in order; those beyond `most` are kTooMany, and not looked up. `language` "ara" or "fas",
// else it is told by the letters. Time grows with the length of the text.
std::vector<LookedUp> LookUpText(Archive& archive, std::string_view text, std::string_view language, size_t most);

// One citation; kNotLookedUp when it has no number.
LookedUp LookUpCitation(Archive& archive, Citation citation);

// "decision 45/2018", as far as it is said.
std::string NormalCitation(const Citation& citation);

}  // namespace diwan
