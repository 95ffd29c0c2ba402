// Before a page has a life in the archive it is a file in somebody's folder: found here, in the order in which a person
// would leaf through it, and opened so that nothing that lies there can make us hang.
#include "cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ext/stdio_filebuf.h>
#include <set>
#include <system_error>

#include "core/error.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

using FolderKey = std::pair<dev_t, ino_t>;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string ErrorText(int error) { return std::generic_category().message(error); }

// The length of the digits at the beginning of `text`, and how many of them are leading zeros.
std::pair<size_t, size_t> DigitRun(std::string_view text) {
  const size_t length = std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin();
  return {length, std::min(text.find_first_not_of('0'), length)};
}

class Walker {
 public:
  explicit Walker(const std::vector<fs::path>& left_out) {
    for (const fs::path& folder : left_out) {
      struct stat status {};
      if (stat(folder.c_str(), &status) == 0) entered_.emplace(status.st_dev, status.st_ino);
    }
  }

  void Visit(const fs::path& path, const std::string& name) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      walk.problems.push_back(fmt::format("{}: {}", path.string(), ErrorText(errno)));
    } else if (S_ISREG(status.st_mode)) {
      walk.files.push_back({path, name});
    } else if (!S_ISDIR(status.st_mode)) {
      walk.problems.push_back(fmt::format("{}: is no regular file and was left out", path.string()));
    } else if (entered_.emplace(status.st_dev, status.st_ino).second) {
      VisitFolder(path, name);
    }
  }

  Walk walk;

 private:
  void VisitFolder(const fs::path& path, const std::string& name) {
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entries(path, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
      names.push_back(entries->path().filename().string());
    }
    if (error) walk.problems.push_back(fmt::format("{}: {}", path.string(), error.message()));
    std::sort(names.begin(), names.end(), NaturalLess);
    for (const std::string& entry : names) {
      if (!entry.starts_with('.')) Visit(path / entry, fmt::format("{}/{}", name, entry));
    }
  }

  std::set<FolderKey> entered_;
};

}  // namespace

bool NaturalLess(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a;
  const std::string_view whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (IsDigit(a.front()) && IsDigit(b.front())) {
      const auto [length_a, zeros_a] = DigitRun(a);
      const auto [length_b, zeros_b] = DigitRun(b);
      const std::string_view value_a = a.substr(zeros_a, length_a - zeros_a);
      const std::string_view value_b = b.substr(zeros_b, length_b - zeros_b);
      if (value_a.size() != value_b.size()) return value_a.size() < value_b.size();
      if (value_a != value_b) return value_a < value_b;
      a.remove_prefix(length_a);
      b.remove_prefix(length_b);
    } else {
      if (a.front() != b.front()) {
        return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
      }
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;  // "01" and "1" are different names
}

Walk FindFiles(const std::vector<std::string>& arguments, const std::vector<fs::path>& left_out) {
  Walker walker(left_out);
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    const fs::path last = path.has_filename() ? path.filename() : path.parent_path().filename();
    const bool nameless = last.empty() || last == "." || last == "..";
    walker.Visit(path, (nameless ? fs::absolute(path).lexically_normal().filename() : last).string());
  }
  return std::move(walker.walk);
}

struct OpenFile::State {
  int fd = -1;
  struct stat status {};
  std::unique_ptr<__gnu_cxx::stdio_filebuf<char>> buffer;  // owns fd once made
  std::unique_ptr<std::istream> stream;
};

OpenFile::OpenFile(const fs::path& path, Openable openable) : state_(std::make_unique<State>()) {
  const bool regular = openable == Openable::kRegularFile;
  // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | (regular ? O_NONBLOCK : 0));
  if (fd < 0) {
    const ErrorCode code = errno == ENOENT                     ? ErrorCode::kNotFound
                           : errno == EACCES || errno == EPERM ? ErrorCode::kDenied
                                                               : ErrorCode::kInvalid;
    throw Error(code, fmt::format("{}: {}", path.string(), ErrorText(errno)));
  }
  state_->fd = fd;
  state_->buffer = std::make_unique<__gnu_cxx::stdio_filebuf<char>>(fd, std::ios::in | std::ios::binary, 1 << 16);
  const bool known = fstat(fd, &state_->status) == 0;
  if (!known || (regular ? !S_ISREG(state_->status.st_mode) : S_ISDIR(state_->status.st_mode))) {
    throw Error(ErrorCode::kInvalid, fmt::format("{}: is no {}file", path.string(), regular ? "regular " : ""));
  }
  state_->stream = std::make_unique<std::istream>(state_->buffer.get());
}

OpenFile::~OpenFile() = default;

std::istream& OpenFile::stream() { return *state_->stream; }

uint64_t OpenFile::size() const { return static_cast<uint64_t>(state_->status.st_size); }

bool OpenFile::changed() const {
  struct stat now {};
  const struct stat& then = state_->status;
  return fstat(state_->fd, &now) != 0 || now.st_size != then.st_size || now.st_mtim.tv_sec != then.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != then.st_mtim.tv_nsec;
}

OutputFile::OutputFile(std::string path, bool replace, std::ostream& standard_output)
    : path_(std::move(path)), replace_(replace), standard_output_(standard_output) {}

OutputFile::~OutputFile() {
  if (!opened_ || closed_ || path_ == "-") return;
  std::error_code ignored;
  fs::remove(path_, ignored);
}

void OutputFile::Open() {
  if (path_ == "-") {
    opened_ = true;
    return;
  }
  const int fd = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (replace_ ? O_TRUNC : O_EXCL), 0666);
  if (fd < 0 && errno == EEXIST) {
    throw Error(ErrorCode::kInvalid, fmt::format("{} is there already; --force writes over it", path_));
  }
  if (fd < 0) throw Error(ErrorCode::kDenied, fmt::format("{} can't be written: {}", path_, ErrorText(errno)));
  close(fd);
  opened_ = true;
  file_.open(path_, std::ios::binary | std::ios::trunc);
}

void OutputFile::Write(std::string_view bytes) {
  if (!opened_) Open();
  (path_ == "-" ? standard_output_ : file_).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void OutputFile::Close() {
  if (!opened_) Open();
  if (path_ == "-") return;
  file_.close();
  if (file_.fail()) throw Error(ErrorCode::kUnavailable, fmt::format("{} could not be written whole", path_));
  closed_ = true;
}

}  // namespace diwan
