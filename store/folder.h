// The folder that holds the database, looked at before RocksDB may touch it.
#pragma once

#include <filesystem>

namespace diwan {

enum class FolderState { kEmpty, kHoldsDatabase };

// Makes `dir` when it is missing, readable by its owner only, and says what it holds. Throws kDenied when it can't be
// used, kCorrupt when it holds other files and no database: RocksDB would make a new one there, and delete what looks
// like a leftover of its own.
FolderState PrepareFolder(const std::filesystem::path& dir);

}  // namespace diwan
