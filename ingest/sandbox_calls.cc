// The system calls that a worker may make while it reads pages: one table. Everything else ends the process.
// How the table was found: docs/decisions/0004-recognition-in-sandboxed-processes.md.
#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "ingest/sandbox.h"

namespace diwan {
namespace {

constexpr const char* kAllowed[] = {
    // memory; mmap and mprotect have rules of their own
    "brk", "munmap", "mremap", "madvise", "mincore",
    // descriptors that are open, and files that Landlock lets through for reading
    "read", "readv", "pread64", "lseek", "close", "fstat", "newfstatat", "stat", "lstat", "statx", "fstatfs", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd", "fadvise64", "poll", "ppoll",
    // the answers, and what libraries say on /dev/null
    "recvmsg", "recvfrom", "sendto", "write", "writev",
    // time, scheduling and identity
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "sched_yield",
    "sched_getaffinity", "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "times",
    "uname", "sysinfo", "getrandom", "getrlimit", "futex", "set_robust_list",
    // signals and the end
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "exit", "exit_group",
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    "pipe2",  // how the sanitizers ask whether memory can be read
#endif
};

// Refused with an error, because a library tries it and goes on without: fontconfig, for one, would write its cache.
struct Refused {
  const char* name;
  int error;
};
constexpr Refused kRefused[] = {
    {"ioctl", ENOTTY},  // isatty of a stream
    {"rseq", ENOSYS},     {"prctl", EPERM},   {"sched_setaffinity", EPERM}, {"mkdir", EACCES},
    {"mkdirat", EACCES},  {"unlink", EACCES}, {"unlinkat", EACCES},         {"rename", EACCES},
    {"renameat", EACCES}, {"link", EACCES},   {"linkat", EACCES},           {"symlink", EACCES},
    {"chmod", EACCES},    {"fchmod", EACCES}, {"ftruncate", EACCES},        {"utimensat", EACCES},
};

// Allowed while the bits `mask` of argument `index` are `value`.
struct Conditional {
  const char* name;
  unsigned index;
  uint64_t mask;
  uint64_t value;
};
constexpr uint64_t kInt = 0xffffffff;  // the kernel looks at no more of an int
constexpr uint64_t kPointer = ~uint64_t{0};
constexpr uint64_t kWriting[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
constexpr uint64_t kAnyWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
constexpr Conditional kConditional[] = {
    {"openat", 2, kAnyWriting, 0},  // also where there is no Landlock
    {"open", 1, kAnyWriting, 0},
    {"mmap", 2, PROT_EXEC, 0},  // libraries are loaded before the walls go up
    {"mprotect", 2, PROT_EXEC, 0},
    {"fcntl", 1, kInt, F_GETFD},
    {"fcntl", 1, kInt, F_SETFD},
    {"fcntl", 1, kInt, F_GETFL},
    {"fcntl", 1, kInt, F_DUPFD_CLOEXEC},
    {"prlimit64", 2, kPointer, 0},  // asking, not setting: the parent sets the limits
};

// Collects the failures of the filter's rules, so that the table above reads without branches.
class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
    constexpr uint32_t kBinaryTree = 2;  // found in a few steps, not one by one
    Note(seccomp_attr_set(context_, SCMP_FLTATR_CTL_OPTIMIZE, kBinaryTree));
  }
  ~Filter() { seccomp_release(context_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void Add(uint32_t action, const char* name) {
    Note(seccomp_rule_add_array(context_, action, Number(name), 0, nullptr));
  }
  void AddIf(uint32_t action, const Conditional& rule) {
    const scmp_arg_cmp test{.arg = rule.index, .op = SCMP_CMP_MASKED_EQ, .datum_a = rule.mask, .datum_b = rule.value};
    Note(seccomp_rule_add_array(context_, action, Number(rule.name), 1, &test));
  }
  // 0, or the negative error number of what failed first.
  int Load() {
    if (error_ == 0) error_ = seccomp_load(context_);
    return error_;
  }

 private:
  // A call that this architecture doesn't have gets a number that never matches.
  static int Number(const char* name) { return seccomp_syscall_resolve_name(name); }
  void Note(int result) {
    if (result < 0 && error_ == 0) error_ = result;
  }

  scmp_filter_ctx context_;
  int error_ = 0;
};

}  // namespace

std::string ConfineSystemCalls() {
  Filter filter;
  for (const char* name : kAllowed) filter.Add(SCMP_ACT_ALLOW, name);
  for (const Refused& call : kRefused) filter.Add(SCMP_ACT_ERRNO(call.error), call.name);
  for (const Conditional& call : kConditional) filter.AddIf(SCMP_ACT_ALLOW, call);
  for (const uint64_t bit : kWriting) {
    filter.AddIf(SCMP_ACT_ERRNO(EACCES), {"openat", 2, bit, bit});
    filter.AddIf(SCMP_ACT_ERRNO(EACCES), {"open", 1, bit, bit});
  }
  const auto self = static_cast<uint64_t>(getpid());  // abort() signals its own process
  filter.AddIf(SCMP_ACT_ALLOW, {"tgkill", 0, kInt, self});
  filter.AddIf(SCMP_ACT_ALLOW, {"kill", 0, kInt, self});
  const int error = filter.Load();
  return error == 0 ? "" : std::strerror(-error);
}

}  // namespace diwan
