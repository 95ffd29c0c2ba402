// A source file's bytes as an open file, for a worker that may open none itself.
#pragma once

#include <filesystem>
#include <string_view>

#include "store/store.h"

namespace diwan {

// An open file; closed at the end.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Copies the source's bytes from the store into a file without a name: in memory when they are few, else in `spool`.
// Throws as Store::ReadSource, and kUnavailable when there is no room.
FileDescriptor SpoolSource(const Store& store, const SourceFile& source, const std::filesystem::path& spool);

}  // namespace diwan
