// What a JSON text may not be, whoever reads it: a parser would take the last of two members of one name, and grow with
// the depth of a text.
#pragma once

#include <string_view>

namespace diwan {

inline constexpr size_t kMaxJsonDepth = 32;  // of objects and arrays in each other

// Throws kInvalid where an object of `json` has two members of one name, or it is nested deeper than kMaxJsonDepth; the
// message goes on from what the text is called. Says nothing of what is no JSON. Any thread may call; safe for hostile
// bytes.
void CheckMembers(std::string_view json);

}  // namespace diwan
