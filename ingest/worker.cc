// The parent's client of one worker process: asks for pages, bounds their time, and starts a fresh process after a
// loss. In the life of a page this is where a hostile file can cost no more than that page's attempt.
#include "ingest/worker.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <type_traits>

#include "core/error.h"
#include "ingest/channel.h"
#include "ingest/models.h"
#include "ingest/protocol.h"
#include "ingest/worker_process.h"

namespace diwan {
namespace {

using std::chrono::steady_clock;

// A source as it is lent to workers.
struct Lent {
  OwnedFd file;       // read only
  uint64_t size = 0;  // bytes
};

// A description of its own: a worker can neither write through it nor move the caller's offset.
Lent LendReadOnly(int fd) {
  struct stat about {};
  if (fstat(fd, &about) != 0) throw Error(ErrorCode::kInternal, "is no open file");
  if (!S_ISREG(about.st_mode)) throw Error(ErrorCode::kInvalid, "is not a regular file");
  Lent lent{.file = OwnedFd(open(fmt::format("/proc/self/fd/{}", fd).c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)),
            .size = static_cast<uint64_t>(about.st_size)};
  if (!lent.file.valid() && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
    lent.file = OwnedFd(fcntl(fd, F_DUPFD_CLOEXEC, 0));
  }
  if (!lent.file.valid()) throw Error(ErrorCode::kDenied, "can't be opened for reading only; check its permissions");
  return lent;
}

}  // namespace

class Worker::Impl {
 public:
  explicit Impl(WorkerOptions options) : options_(std::move(options)) {}

  SourceProbe Open(int fd) {
    source_.reset();
    source_ = LendReadOnly(fd);
    BeginCall();
    return OpenSourceInWorker();
  }

  PageReading Read(const ReadRequest& request) {
    if (!source_) throw Error(ErrorCode::kInternal, "no file was given to the worker");
    if (pages_read_ >= options_.max_pages) EndProcess();
    BeginCall();
    if (!source_is_open_) OpenSourceInWorker();
    return ReadInWorker(request);
  }

  std::string Cut(const ImageCut& cut) {
    if (!source_) throw Error(ErrorCode::kInternal, "no file was given to the worker");
    BeginCall();
    if (!source_is_open_) OpenSourceInWorker();
    Frame image = Ask(FrameType::kCut, Encode(cut), -1, FrameType::kImage);
    Believe([&] { CheckCutImage(image.payload); });
    return std::move(image.payload);
  }

  void Cancel() {
    const std::lock_guard lock(process_mutex_);
    cancelled_ = true;
    if (process_) process_->Kill();
  }

 private:
  // A process that is there, its bounds, and the time that this call has.
  void BeginCall() {
    EnsureProcess();
    process_->Bound(options_.max_memory + source_->size, options_.page_deadline + std::chrono::seconds(2));
    deadline_ = steady_clock::now() + options_.page_deadline;
    last_deadline_ = steady_clock::now() + options_.most_waiting;
    starved_ = process_->Starved();
  }

  // Waits for an answer. The time in which the process waited for a processor is added to its own: on a machine with
  // other work no page must be given up for it.
  void AwaitAnswer() {
    constexpr std::chrono::milliseconds kWorthWaiting{100};
    pollfd answer{.fd = process_->socket(), .events = POLLIN, .revents = 0};
    while (true) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - steady_clock::now());
      if (left.count() > 0) {
        if (poll(&answer, 1, static_cast<int>(left.count())) > 0) return;
        continue;  // a signal came, or it is late now
      }
      const auto starved = process_->Starved();
      const auto more = std::chrono::duration_cast<steady_clock::duration>(starved - starved_);
      starved_ = starved;
      if (more < kWorthWaiting || deadline_ >= last_deadline_) return;
      deadline_ = std::min(steady_clock::now() + more, last_deadline_);
    }
  }

  void EnsureProcess() {
    {
      const std::lock_guard lock(process_mutex_);
      if (cancelled_) throw Error(ErrorCode::kUnavailable, "was stopped");
      if (process_ && process_->Running()) return;
    }
    EndProcess();
    const ReadOptions read = WithInstalledModels(options_.read);
    auto started = std::make_unique<WorkerProcess>(
        FindWorkerProgram(options_.program),
        std::vector<std::string>{"--tessdata", read.tessdata.string(), "--models", read.models->string(), "--numbers",
                                 read.numbers->string(), "--lines", read.lines->string()});
    const std::lock_guard lock(process_mutex_);
    process_ = std::move(started);
    if (cancelled_) process_->Kill();
  }

  SourceProbe OpenSourceInWorker() {
    source_is_open_ = false;
    const Frame answer = Ask(FrameType::kOpen, Encode(options_.read.limits), source_->file.get(), FrameType::kProbe);
    const SourceProbe probe = Believe([&] { return DecodeProbe(answer.payload, options_.read.limits); });
    source_is_open_ = true;
    return probe;
  }

  PageReading ReadInWorker(const ReadRequest& request) {
    const Frame page = Ask(FrameType::kRead, Encode(request), -1, FrameType::kPage);
    Frame image = Receive(FrameType::kImage);
    ++pages_read_;
    return Believe(
        [&] { return DecodeReading(page.payload, std::move(image.payload), request, options_.read.limits); });
  }

  Frame Ask(FrameType question, const std::string& payload, int file, FrameType wanted) {
    if (!SendFrame(process_->socket(), question, payload, file)) Lose("");
    return Receive(wanted);
  }

  Frame Receive(FrameType wanted) {
    AwaitAnswer();
    Received received = ReceiveFrame(process_->socket(), deadline_, TakeFile::kNo);
    switch (received.arrival) {
      case Arrival::kFrame:
        break;
      case Arrival::kClosed:
        Lose("");
      case Arrival::kLate:
        Lose(fmt::format("took longer than {} s", options_.page_deadline.count()));
      case Arrival::kMalformed:
        Lose("sent what is no answer");
    }
    if (received.frame.type == FrameType::kError) throw Believe([&] { return DecodeError(received.frame.payload); });
    if (received.frame.type != wanted) Lose("sent what is no answer");
    return std::move(received.frame);
  }

  // Decodes an answer. A worker whose answer is wrong is not asked again.
  template <typename Decode>
  std::invoke_result_t<Decode> Believe(Decode decode) {
    try {
      return decode();
    } catch (const Error& error) {
      Lose(fmt::format("sent a wrong answer: {}", error.what()));
    }
  }

  // Gives the process up, for `reason`, or for the way in which it ended when that is "".
  [[noreturn]] void Lose(const std::string& reason) {
    const std::string end = EndProcess();
    if (cancelled_) throw Error(ErrorCode::kUnavailable, "was stopped");
    throw Error(ErrorCode::kUnavailable, reason.empty() ? end : reason);
  }

  std::string EndProcess() {
    const std::lock_guard lock(process_mutex_);
    std::string end = process_ ? process_->End() : "";
    process_.reset();
    source_is_open_ = false;
    pages_read_ = 0;
    return end;
  }

  const WorkerOptions options_;
  std::optional<Lent> source_;
  bool source_is_open_ = false;  // in the running process
  int pages_read_ = 0;           // by the running process
  steady_clock::time_point deadline_;
  steady_clock::time_point last_deadline_;  // whatever the machine has to do
  std::chrono::nanoseconds starved_{};      // as the process told when the deadline was set

  // Held while process_ is replaced or its end is awaited, so that Cancel never signals another process's number.
  std::mutex process_mutex_;
  std::unique_ptr<WorkerProcess> process_;
  std::atomic<bool> cancelled_ = false;
};

Worker::Worker(WorkerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Worker::~Worker() = default;
SourceProbe Worker::Open(int fd) { return impl_->Open(fd); }
PageReading Worker::Read(int number, const std::string& language) {
  return impl_->Read({.number = number, .language = language});
}
std::string Worker::Cut(const ImageCut& cut) { return impl_->Cut(cut); }
void Worker::Cancel() { impl_->Cancel(); }

}  // namespace diwan
