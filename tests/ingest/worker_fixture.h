// For tests of worker processes: source files that say how the worker shall behave, and the worker to go with them.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/id.h"
#include "ingest/owned_fd.h"
#include "ingest/worker.h"

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

inline WorkerOptions Misbehaving() {
  WorkerOptions options;
  options.program = DIWAN_MISBEHAVING_WORKER;
  options.page_deadline = std::chrono::seconds(kSanitizedTest ? 20 : 10);
  options.max_memory = 256 << 20;
  return options;
}

// A worker that was given a file with the wish `wish`.
struct WishedWorker {
  explicit WishedWorker(const std::string& wish, const WorkerOptions& options = Misbehaving())
      : file(wish), worker(options) {
    probe = worker.Open(file.fd());
  }
  // The process that reads page `number`.
  pid_t Pid(int number = 1) { return std::stoi(worker.Read(number, "ara").page.engine.substr(4)); }

  TempFile file;
  Worker worker;
  SourceProbe probe;
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
