// The shapes of all JSON that goes in and out, each a table of members. The contract's test compares what the server
// says with these, member by member, so a shape can't say too much or too little. Inside api/ only.
//
// A type is a word (api/schemas.cc), a shape's name, or choices "a|b"; behind it "[]" makes a list, "[4]" a list of
// four,
// "{}" an object of any names with such values, "?" allows null. A member whose name ends with "?" may be left out.
#pragma once

#include <span>
#include <string_view>

#include "api/operation.h"

namespace diwan {

struct Member {
  std::string_view name;
  std::string_view type;
  std::string_view what = "";
  std::string_view example = "";  // JSON; "" for one of the type's
};

struct Shape {
  std::string_view name;
  std::string_view what;
  UpTo<Member, 28> members;
  std::string_view begins_as = "";  // has the members of that shape first
};

inline constexpr std::string_view kRelation = "amends|repeals|replaces|implements|refers_to";

// Records, pages, what is found, citations.
std::span<const Shape> PaperShapes();
// Deliveries, changes, reports, problems.
std::span<const Shape> WorkShapes();
// Sessions, accounts, tokens, the audit trail.
std::span<const Shape> AccessShapes();

}  // namespace diwan
