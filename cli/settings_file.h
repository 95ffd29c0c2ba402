// The configuration file as it stands: TOML, taken apart and not yet understood.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/settings.h"

namespace diwan {

struct FileSetting {
  std::string name;  // "section.key"
  unsigned line = 0;
  std::optional<SettingValue> value;  // none: of a type that no setting has
  std::string type;                   // of that value: "date", "array"
};

inline constexpr uint64_t kMaxSettingsFile = 1U << 20;

// In the order of their lines. Throws kNotFound where there is no such file, kTooLarge, and kInvalid with file and line
// for what is no TOML.
std::vector<FileSetting> ReadSettingsFile(const std::filesystem::path& file);

}  // namespace diwan
