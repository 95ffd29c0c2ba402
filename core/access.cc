// Levels by name, and who sees what.
#include "core/access.h"

#include <algorithm>
#include <array>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"public", "internal", "confidential"};
constexpr size_t kMaxBodyBytes = 200;

}  // namespace

bool SeesAll(const Viewer& viewer) { return viewer.level == AccessLevel::kConfidential; }

bool Sees(const Viewer& viewer, const Audience& audience) {
  if (audience.level <= viewer.level) return true;
  if (audience.level != AccessLevel::kConfidential || audience.body.empty()) return false;
  return std::ranges::find(viewer.bodies, audience.body) != viewer.bodies.end();
}

std::string FoldedBody(std::string_view name) {
  std::string body;
  for (const char32_t c : FromUtf8(FoldToUtf8(name))) {
    const bool blank = c <= U' ' || c == U'\u00A0';
    if (!blank) {
      body += ToUtf8(std::u32string(1, c));
    } else if (!body.empty() && body.back() != ' ') {
      body += ' ';
    }
  }
  body = CutAtCodePoint(body, kMaxBodyBytes);
  if (!body.empty() && body.back() == ' ') body.pop_back();
  return body;
}

std::string KeyOf(const Audience& audience) {
  std::string key(NameOf(audience.level));
  if (audience.level == AccessLevel::kConfidential && !audience.body.empty()) key += "/" + audience.body;
  return key;
}

Audience AudienceOfKey(std::string_view key) {
  const std::string_view name = key.substr(0, key.find('/'));
  const auto level = AccessLevelNamed(name);
  if (!level) return {.level = AccessLevel::kConfidential, .body = ""};
  return {.level = *level, .body = std::string(key.substr(std::min(name.size() + 1, key.size())))};
}

std::string_view NameOf(AccessLevel value) { return kNames[static_cast<size_t>(value)]; }

std::optional<AccessLevel> AccessLevelNamed(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<AccessLevel>(found - kNames.begin());
}

}  // namespace diwan
