// A source file's bytes as an open file, for a worker that may open none itself.
#pragma once

#include <filesystem>
#include <string_view>

#include "ingest/owned_fd.h"
#include "store/store.h"

namespace diwan {

// Copies the source's bytes from the store into a file without a name: in memory when they are few, else in `spool`.
// Throws as Store::ReadSource, and kUnavailable when there is no room.
OwnedFd SpoolSource(const Store& store, const SourceFile& source, const std::filesystem::path& spool);

// The same of bytes that are here, in memory.
OwnedFd SpoolBytes(std::string_view bytes);

}  // namespace diwan
