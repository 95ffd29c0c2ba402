// Guards the store's folder: a store is never made among other files, nor over the rest of a damaged one.
#include "store/folder.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/error.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

// What RocksDB writes before CURRENT: a process that died while making a store may leave these.
constexpr std::array<std::string_view, 4> kBeforeCurrent = {"LOCK", "LOG", "IDENTITY", "MANIFEST-"};

bool MayPrecedeCurrent(const std::string& name) {
  return name.ends_with(".dbtmp") ||
         std::ranges::any_of(kBeforeCurrent, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

[[noreturn]] void Deny(const fs::path& path, std::string_view why) {
  throw Error(ErrorCode::kDenied, fmt::format("the store's folder can't be used: {}: {}; check its owner and "
                                              "permissions, or choose another",
                                              path.string(), why));
}

void RequireAccess(const fs::path& path, int mode) {
  if (::access(path.c_str(), mode) != 0) Deny(path, std::error_code(errno, std::generic_category()).message());
}

void MakeFolder(const fs::path& dir) {
  std::error_code failure;
  fs::create_directory(dir, failure);
  if (!failure) fs::permissions(dir, fs::perms::owner_all, failure);
  if (failure) Deny(dir, failure.message());
}

}  // namespace

FolderState PrepareFolder(const fs::path& dir) {
  std::error_code failure;
  const fs::file_status status = fs::status(dir, failure);
  if (status.type() == fs::file_type::not_found)
    MakeFolder(dir);
  else if (failure)
    Deny(dir, failure.message());
  else if (!fs::is_directory(status))
    Deny(dir, "is not a folder");
  RequireAccess(dir, R_OK | W_OK | X_OK);

  bool has_current = false;
  std::string stranger;
  for (const fs::directory_entry& entry : fs::directory_iterator(dir, failure)) {
    const std::string name = entry.path().filename().string();
    if (name == "CURRENT")
      has_current = true;
    else if (!MayPrecedeCurrent(name))
      stranger = name;
    if (name == "LOCK" || name == "CURRENT") RequireAccess(entry.path(), R_OK | W_OK);
  }
  if (failure) Deny(dir, failure.message());
  if (has_current) return FolderState::kHoldsDatabase;
  if (stranger.empty()) return FolderState::kEmpty;
  throw Error(ErrorCode::kCorrupt, fmt::format("{} holds {} but no whole store; choose an empty folder, or restore "
                                               "the archive from a backup",
                                               dir.string(), stranger));
}

}  // namespace diwan
