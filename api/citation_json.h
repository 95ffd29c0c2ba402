// The JSON of citations, and a citation out of a program's JSON; docs/api.md has the shapes. Pure; any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/citations.h"
#include "archive/cite_text.h"
#include "archive/force.h"

namespace diwan {

struct PlacedCitation {
  ResolvedCitation resolved;
  std::optional<ShownPlace> place;  // none when that text is not there any more
  std::string paper;                // external id of the record that it stands in; "" when it has none
};

std::string CitationsJson(std::string_view record_id, const std::vector<PlacedCitation>& citations);
// How a list goes on.
struct ListEnd {
  bool more = false;
  std::string next;  // cursor; "" where none leads on
};
// Of citations of `record_id`.
std::string CitedByJson(std::string_view record_id, const std::vector<PlacedCitation>& citations, const ListEnd& end);
std::string StatusJson(std::string_view record_id, const ForceAnswer& answer, const Chain& chain);
std::string LookUpsJson(const std::vector<LookedUp>& found);

// The body of a look-up: a text, or a citation that was taken apart.
struct LookUpRequest {
  std::optional<std::string> text;
  std::string language;
  Citation citation;
};
inline constexpr size_t kMaxLookUpText = 64'000;    // code points
inline constexpr size_t kMaxLookUpBody = 1U << 20;  // bytes
inline constexpr size_t kMaxLookUps = 250;

// Throws kInvalid for what is no such body, kTooLarge for too long a text. Safe for hostile bytes.
LookUpRequest ReadLookUp(std::string_view body);

}  // namespace diwan
