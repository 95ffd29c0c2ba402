// Recognition without an archive.
#include "archive/recognize.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "ingest/owned_fd.h"

namespace diwan {
namespace {

// Opens without waiting for a writer, so that a pipe or a device can't hang us.
OwnedFd OpenRegular(const std::filesystem::path& file) {
  OwnedFd fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kDenied;
    throw Error(code, fmt::format("can't be opened: {}", strerror(errno)));
  }
  struct stat about {};
  if (fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    throw Error(ErrorCode::kInvalid, "is not a regular file");
  }
  if (about.st_size == 0) throw Error(ErrorCode::kInvalid, "is empty");
  return fd;
}

}  // namespace

void RecognizeFile(const std::filesystem::path& file, const WorkerOptions& options, const std::string& language,
                   const std::function<void(const PageReading&)>& sink) {
  const OwnedFd fd = OpenRegular(file);
  Worker worker(options);
  const SourceProbe probe = worker.Open(fd.get());
  for (int number = 1; number <= probe.pages; ++number) {
    PageReading reading;
    try {
      reading = worker.Read(number, language);
    } catch (const Error& e) {
      reading.page.failure = e.what();
    }
    reading.page.number = number;
    sink(reading);
  }
}

}  // namespace diwan
