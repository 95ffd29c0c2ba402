// Source bytes on their way from the store to a worker: step 3 in the life of a page.
#include "archive/spool.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"

namespace diwan {
namespace {

constexpr uint64_t kInMemory = 64U << 20;

void WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      throw Error(ErrorCode::kUnavailable, fmt::format("no room to unpack a source file: {}", strerror(errno)));
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace

OwnedFd SpoolSource(const Store& store, const SourceFile& source, const std::filesystem::path& spool) {
  const bool small = source.size <= kInMemory;
  OwnedFd file(small ? memfd_create("diwan-source", MFD_CLOEXEC)
                     : open(spool.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file.valid()) {
    throw Error(ErrorCode::kUnavailable, fmt::format("a source file can't be unpacked: {}", strerror(errno)));
  }
  store.ReadSource(source.digest, [&](std::string_view piece) {
    WriteAll(file.get(), piece);
    return true;
  });
  return file;
}

OwnedFd SpoolBytes(std::string_view bytes) {
  OwnedFd file(memfd_create("diwan-image", MFD_CLOEXEC));
  if (!file.valid()) {
    throw Error(ErrorCode::kUnavailable, fmt::format("an image can't be unpacked: {}", strerror(errno)));
  }
  WriteAll(file.get(), bytes);
  return file;
}

}  // namespace diwan
