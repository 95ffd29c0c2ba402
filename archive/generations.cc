// Which folder holds the index in use. The folders' contents are index/'s business.
#include "archive/generations.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <string>
#include <system_error>

#include "core/error.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kPrefix = "gen-";

fs::path GenerationDir(const fs::path& index_dir, uint64_t number) {
  return index_dir / fmt::format("{}{:06}", kPrefix, number);
}

// The number in "gen-000012"; 0 when `name` is no such name.
uint64_t NumberOf(const std::string& name) {
  if (!name.starts_with(kPrefix)) return 0;
  uint64_t number = 0;
  const char* end = name.data() + name.size();
  const auto result = std::from_chars(name.data() + kPrefix.size(), end, number);
  return result.ec == std::errc() && result.ptr == end ? number : 0;
}

void SyncPath(const fs::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  if (!synced) throw Error(ErrorCode::kUnavailable, fmt::format("{}: can't be written to disk", path.string()));
}

uint64_t ReadCurrent(const fs::path& index_dir) {
  std::ifstream in(index_dir / "CURRENT");
  std::string name;
  std::getline(in, name);
  return NumberOf(name);
}

void RemoveLeftovers(const fs::path& index_dir, uint64_t current) {
  for (const auto& entry : fs::directory_iterator(index_dir)) {
    const uint64_t number = NumberOf(entry.path().filename().string());
    if (number != 0 && number != current) fs::remove_all(entry.path());
  }
}

}  // namespace

Generation::~Generation() {
  if (!replaced_) return;
  std::error_code ignored;  // a leftover is removed at the next opening
  fs::remove_all(dir_, ignored);
}

std::shared_ptr<Generation> OpenCurrent(const fs::path& index_dir) {
  try {
    fs::create_directories(index_dir);
    uint64_t number = ReadCurrent(index_dir);
    if (number != 0 && !fs::is_directory(GenerationDir(index_dir, number))) number = 0;
    RemoveLeftovers(index_dir, number);
    if (number != 0) return std::make_shared<Generation>(GenerationDir(index_dir, number));
    auto first = std::make_shared<Generation>(GenerationDir(index_dir, 1));
    fs::create_directories(first->dir());
    MakeCurrent(index_dir, *first);
    return first;
  } catch (const fs::filesystem_error& e) {
    throw Error(ErrorCode::kUnavailable, fmt::format("the index folder can't be used: {}", e.what()));
  }
}

std::shared_ptr<Generation> NextGeneration(const fs::path& index_dir, const Generation& current) {
  const fs::path dir = GenerationDir(index_dir, NumberOf(current.dir().filename().string()) + 1);
  try {
    fs::remove_all(dir);
    fs::create_directories(dir);
  } catch (const fs::filesystem_error& e) {
    throw Error(ErrorCode::kUnavailable, fmt::format("a new index can't be made: {}", e.what()));
  }
  return std::make_shared<Generation>(dir);
}

void MakeCurrent(const fs::path& index_dir, const Generation& next) {
  const fs::path draft = index_dir / "CURRENT.new";
  {
    std::ofstream out(draft, std::ios::trunc);
    out << next.dir().filename().string() << '\n';
    out.flush();
    if (!out) throw Error(ErrorCode::kUnavailable, "the index can't be switched: the disk is full or fails");
  }
  SyncPath(draft);
  fs::rename(draft, index_dir / "CURRENT");
  SyncPath(index_dir);
}

}  // namespace diwan
