// For tests of worker processes: source files, and the error of a call.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/id.h"
#include "ingest/owned_fd.h"

namespace diwan {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitizedTest = true;
#else
constexpr bool kSanitizedTest = false;
#endif

// A file that is gone when this is.
class TempFile {
 public:
  explicit TempFile(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() / ("diwan-worker-test-" + NewId())) {
    std::ofstream(path_, std::ios::binary) << bytes;
    file_ = OwnedFd(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  }
  ~TempFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int fd() const { return file_.get(); }

 private:
  std::filesystem::path path_;
  OwnedFd file_;
};

// What `call` throws; nothing when it doesn't.
inline std::optional<Error> ErrorOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

}  // namespace diwan
