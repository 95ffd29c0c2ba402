// Starting and ending worker processes: the parent's side of the wall behind which pages are decoded.
#include "ingest/worker_process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sched.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <system_error>

#include "core/error.h"

namespace diwan {
namespace {

// Address space is what a sanitizer's shadow memory takes without limit, and its reports come on stderr.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

// Nothing of the caller's environment reaches a worker. Tesseract reads the thread limit only as a process starts.
constexpr const char* kEnvironment[] = {"OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8", nullptr};

std::string SystemMessage(int error) { return std::generic_category().message(error); }

// What posix_spawn does in the child before the program runs. It never allocates there, which a fork in a program
// of many threads could not do either.
class SpawnPlan {
 public:
  explicit SpawnPlan(int child_socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_adddup2(&actions_, child_socket, kWorkerSocket);
    posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    if (!kSanitized) posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, kWorkerSocket + 1);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    // A group of its own: Ctrl-C at the terminal is for the parent, which lets the running page end.
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // The error number, 0 when the program runs.
  int Run(const std::filesystem::path& program, const std::vector<std::string>& arguments, pid_t& pid) const {
    std::vector<char*> argv = {const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, argv.data(),
                       const_cast<char* const*>(kEnvironment));
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::string DescribeSignal(int signal) {
  switch (signal) {
    case SIGXCPU:
      return "used too much processor time";
    case SIGSYS:
      return fmt::format("tried what its sandbox forbids (signal {})", SIGSYS);
    case SIGKILL:
      return fmt::format("was killed (signal {}); the machine may be short of memory", SIGKILL);
    default:
      return fmt::format("crashed (signal {})", signal);
  }
}

std::string DescribeEnd(int status) {
  if (WIFSIGNALED(status)) return DescribeSignal(WTERMSIG(status));
  if (WEXITSTATUS(status) == kExitOutOfMemory) return "ran out of memory";
  return fmt::format("ended with status {}", WEXITSTATUS(status));
}

std::chrono::seconds ProcessorTime(pid_t pid) {
  clockid_t clock = 0;
  timespec used{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return std::chrono::seconds(0);
  return std::chrono::seconds(used.tv_sec + 1);
}

// Of this process's executable.
std::filesystem::path OwnFolder() {
  std::error_code failure;
  return std::filesystem::read_symlink("/proc/self/exe", failure).parent_path();
}

}  // namespace

WorkerProcess::WorkerProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw Error(ErrorCode::kInternal, fmt::format("no socket for a worker: {}", SystemMessage(errno)));
  }
  socket_ = OwnedFd(ends[0]);
  const OwnedFd child_socket(ends[1]);
  const int error = SpawnPlan(child_socket.get()).Run(program, arguments, pid_);
  if (error != 0) {
    pid_ = -1;
    throw Error(error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kDenied,
                fmt::format("{} can't be started: {}", program.string(), SystemMessage(error)));
  }
}

WorkerProcess::~WorkerProcess() { End(); }

bool WorkerProcess::Running() {
  if (pid_ > 0 && waitpid(pid_, &status_, WNOHANG) != 0) pid_ = -1;
  return pid_ > 0;
}

void WorkerProcess::Bound(uint64_t memory, std::chrono::seconds cpu) {
  if (pid_ <= 0) return;
  const auto bound = [&](auto resource, rlim_t value) {
    rlimit limit{};
    if (prlimit(pid_, resource, nullptr, &limit) != 0) return;
    limit.rlim_cur = std::min(value, limit.rlim_max);
    prlimit(pid_, resource, &limit, nullptr);
  };
  if (!kSanitized) bound(RLIMIT_AS, memory);
  bound(RLIMIT_CPU, static_cast<rlim_t>((ProcessorTime(pid_) + cpu).count()));
}

std::chrono::nanoseconds WorkerProcess::Starved() const {
  // Run time, time in the queue of those that could run, and turns (the kernel's Documentation/scheduler/sched-stats).
  std::ifstream statistics(fmt::format("/proc/{}/schedstat", pid_));
  int64_t ran = 0;
  int64_t waited = 0;
  statistics >> ran >> waited;
  return std::chrono::nanoseconds(statistics ? waited : 0);
}

void WorkerProcess::Kill() {
  if (pid_ > 0) kill(pid_, SIGKILL);
}

// A process that ended by itself keeps its own status: a kill changes nothing about one that is on its way out.
std::string WorkerProcess::End() {
  Kill();
  while (pid_ > 0) {
    if (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
  }
  return DescribeEnd(status_);
}

std::filesystem::path FindWorkerProgram(const std::filesystem::path& given) {
  if (!given.empty()) return given;
  std::error_code failure;
  const std::filesystem::path here = OwnFolder();
  for (const char* place : {"diwan-worker", "../libexec/diwan/diwan-worker"}) {
    const std::filesystem::path program = here / place;
    if (std::filesystem::exists(program, failure)) return program;
  }
  throw Error(
      ErrorCode::kNotFound,
      fmt::format("diwan-worker is neither in {} nor in ../libexec/diwan beside it; install it there", here.string()));
}

}  // namespace diwan
