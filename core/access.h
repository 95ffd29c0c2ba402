// Who may see what of an archive's records. All of it is pure; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diwan {

// How far a record may be seen, the widest first. Stored as numbers: add at the end, never change.
enum class AccessLevel { kPublic, kInternal, kConfidential };

// What one reader may see. A record beyond it is, for that reader, as if it did not exist.
struct Viewer {
  AccessLevel level = AccessLevel::kConfidential;  // records up to this one are seen
  std::vector<std::string> bodies;                 // FoldedBody of each; confidential records of these are seen, too
  bool operator==(const Viewer&) const = default;
};

// Whom a record is for.
struct Audience {
  AccessLevel level = AccessLevel::kInternal;
  std::string body;  // FoldedBody of a confidential record's body, where somebody said it; else ""
  bool operator==(const Audience&) const = default;
};

// Whether nothing is hidden from the viewer, and whether what is for `audience` is not.
bool SeesAll(const Viewer& viewer);
bool Sees(const Viewer& viewer, const Audience& audience);

// The same for all spellings of a body's name: folded, one space between words, at most 200 bytes.
std::string FoldedBody(std::string_view name);

// "public", "internal", "confidential" or "confidential/BODY"; and back. Both are on disk. What is no such text is for
// those alone who see everything.
std::string KeyOf(const Audience& audience);
Audience AudienceOfKey(std::string_view key);

// "public", "internal", "confidential"; and back, without a value for any other text.
std::string_view NameOf(AccessLevel value);
std::optional<AccessLevel> AccessLevelNamed(std::string_view name);

}  // namespace diwan
