// The worker's loop: one request, one answer. Nothing here decodes anything; that is the service's.
#include "ingest/serve.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "core/encoding.h"
#include "core/error.h"
#include "ingest/channel.h"
#include "ingest/protocol.h"
#include "ingest/sandbox.h"
#include "ingest/worker_process.h"

#if defined(__SANITIZE_ADDRESS__)
// Behind the walls a process can't stop itself to look for leaks, nor start a symbolizer.
extern "C" const char* __asan_default_options() { return "detect_leaks=0:symbolize=0:allocator_may_return_null=0"; }
#endif

namespace diwan {
namespace {

constexpr int kNiceness = 10;
constexpr int kExitUsage = 64;

// What the libraries read while they work, besides the models: fonts and encodings of PDF files.
constexpr const char* kReadable[] = {"/usr/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
                                     "/usr/share/poppler"};

pid_t parent = 0;

// The kernel signals the end of the parent's *thread* that started this process; that thread may go while others use
// the worker on. Only the end of the whole parent gives this process another one.
void OnParentThreadGone(int) {
  if (getppid() != parent) _exit(0);
}

void FollowParent() {
  parent = getppid();
  struct sigaction action {};
  action.sa_handler = OnParentThreadGone;
  action.sa_flags = SA_RESTART;
  sigaction(SIGHUP, &action, nullptr);
  prctl(PR_SET_PDEATHSIG, SIGHUP);
}

[[noreturn]] void OnTerminate() {
  try {
    if (std::current_exception()) std::rethrow_exception(std::current_exception());
  } catch (const std::bad_alloc&) {
    _exit(kExitOutOfMemory);
  } catch (...) {
  }
  std::abort();
}

// A file in memory as long as this lives. When another process cuts it short, a read ends this process with SIGBUS.
class MappedFile {
 public:
  explicit MappedFile(const OwnedFd& file) {
    struct stat about {};
    if (!file.valid() || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
      throw Error(ErrorCode::kInvalid, "no file came with the request");
    }
    size_ = static_cast<size_t>(about.st_size);
    if (size_ == 0) return;
    data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (data_ == MAP_FAILED && errno == ENOMEM) throw std::bad_alloc();
    if (data_ == MAP_FAILED) throw Error(ErrorCode::kUnavailable, "can't be mapped into memory");
  }
  ~MappedFile() {
    if (size_ > 0) munmap(data_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  size_t size_ = 0;
};

class Server {
 public:
  explicit Server(PageService& service) : service_(service) {}

  // False when the parent is gone or makes no sense.
  bool AnswerOne() {
    Received request = ReceiveFrame(kWorkerSocket, std::nullopt, TakeFile::kYes);
    if (request.arrival != Arrival::kFrame) return false;
    try {
      return Answer(request.frame);
    } catch (const Error& error) {
      return Send(FrameType::kError, Encode(error));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      return Send(FrameType::kError, Encode(Error(ErrorCode::kInternal, error.what())));
    }
  }

 private:
  bool Answer(const Frame& request) {
    if (request.type == FrameType::kOpen) return Send(FrameType::kProbe, Encode(Open(request)));
    if (request.type == FrameType::kCut) return SendImage(service_.Cut(DecodeImageCut(request.payload)));
    if (request.type != FrameType::kRead) return false;
    const ReadRequest wanted = DecodeReadRequest(request.payload);
    const PageReading reading = service_.Read(wanted.number, wanted.language);
    const std::string page = Encode(reading.page);
    if (page.size() > FrameLimit(FrameType::kPage) || reading.image.size() > FrameLimit(FrameType::kImage)) {
      throw Error(ErrorCode::kTooLarge, "its reading is too large to be handed over");
    }
    return Send(FrameType::kPage, page) && Send(FrameType::kImage, reading.image);
  }

  static bool SendImage(const std::string& image) {
    if (image.size() > FrameLimit(FrameType::kImage)) {
      throw Error(ErrorCode::kTooLarge, "the part of the image is too large to be handed over");
    }
    return Send(FrameType::kImage, image);
  }

  // The service keeps the old bytes until its Open has returned, so the old file goes last.
  SourceProbe Open(const Frame& request) {
    const ReadLimits limits = DecodeLimits(request.payload);
    auto file = std::make_unique<MappedFile>(request.file);
    std::swap(file, file_);
    return service_.Open(file_->bytes(), limits);
  }

  static bool Send(FrameType type, const std::string& payload) { return SendFrame(kWorkerSocket, type, payload); }

  PageService& service_;
  std::unique_ptr<MappedFile> file_;
};

struct Arguments {
  bool report_only = false;
  ReadOptions options;
};

std::optional<Arguments> ParseArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--sandbox-report") {
      arguments.report_only = true;
    } else if (argument == "--tessdata" && i + 1 < argc) {
      arguments.options.tessdata = argv[++i];
    } else if (argument == "--models" && i + 1 < argc) {
      arguments.options.models = argv[++i];
    } else if (argument == "--numbers" && i + 1 < argc) {
      arguments.options.numbers = argv[++i];
    } else if (argument == "--lines" && i + 1 < argc) {
      arguments.options.lines = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  struct stat about {};
  const bool started_by_parent = fstat(kWorkerSocket, &about) == 0 && S_ISSOCK(about.st_mode);
  if (!arguments.report_only && !started_by_parent) return std::nullopt;
  return arguments;
}

}  // namespace

int ServeParent(int argc, char** argv, PageService& service) {
  const std::optional<Arguments> arguments = ParseArguments(argc, argv);
  if (!arguments) {
    std::fputs(
        "diwan-worker is started by diwan; by hand: diwan-worker --sandbox-report [--tessdata DIR] [--models DIR] "
        "[--numbers FILE] [--lines FILE]\n",
        stderr);
    return kExitUsage;
  }
  FollowParent();
  std::set_terminate(OnTerminate);
  if (nice(kNiceness) == -1) errno = 0;  // refused: then at the parent's priority
  try {
    service.Prepare(arguments->options);
    std::vector<std::filesystem::path> readable(std::begin(kReadable), std::end(kReadable));
    readable.push_back(arguments->options.tessdata);
    if (arguments->options.models) readable.push_back(*arguments->options.models);
    if (!arguments->report_only) LimitResources();  // a report may be written to a file
    const SandboxReport report = EnterSandbox(readable);
    if (arguments->report_only) {
      std::fputs(report.for_people.c_str(), stdout);
      std::fflush(stdout);
      _exit(0);
    }
    Server server(service);
    while (server.AnswerOne()) malloc_trim(0);
  } catch (const std::bad_alloc&) {
    _exit(kExitOutOfMemory);
  }
  _exit(0);  // nothing to save, and the libraries' own ends have been seen to crash
}

}  // namespace diwan
