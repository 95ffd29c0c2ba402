// Who may see what of an archive's records.
#pragma once

#include <string>
#include <vector>

namespace diwan {

// How far a record may be seen, the widest first.
enum class AccessLevel { kPublic, kInternal, kConfidential };

// What one reader may see. A record beyond it is, for that reader, as if it did not exist.
struct Viewer {
  AccessLevel level = AccessLevel::kConfidential;  // records up to this one are seen
  std::vector<std::string> bodies;                 // folded names; confidential records of these are seen, too
  bool operator==(const Viewer&) const = default;
};

}  // namespace diwan
