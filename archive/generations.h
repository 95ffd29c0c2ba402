// Generations of the index: folders `gen-N` of which the file CURRENT names the one in use. A new one is built beside
// the old; the switch is one atomic rename.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace diwan {

// One generation in use. When it was replaced, its folder is removed as soon as nobody holds it any more.
class Generation {
 public:
  explicit Generation(std::filesystem::path dir) : dir_(std::move(dir)) {}
  ~Generation();
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  const std::filesystem::path& dir() const { return dir_; }
  void MarkReplaced() { replaced_ = true; }

 private:
  std::filesystem::path dir_;
  bool replaced_ = false;
};

// The generation that CURRENT in `index_dir` names, or a first one, made current, when there is none. Removes the
// leftovers of a rebuild that was not finished. Throws kUnavailable when the disk fails.
std::shared_ptr<Generation> OpenCurrent(const std::filesystem::path& index_dir);

// A folder for the generation after `current`; not current yet, and empty.
std::shared_ptr<Generation> NextGeneration(const std::filesystem::path& index_dir, const Generation& current);

// Makes `next` the current one, synced.
void MakeCurrent(const std::filesystem::path& index_dir, const Generation& next);

}  // namespace diwan
