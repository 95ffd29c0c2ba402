// The sandbox of a worker: resource limits, Landlock for files and network, and the call of sandbox_calls.cc. Entered
// before the first byte of a source file is read.
#include "ingest/sandbox.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "ingest/owned_fd.h"

namespace diwan {
namespace {

constexpr rlim_t kMaxOpenFiles = 64;

// Rights that a kernel of Landlock ABI `abi` or later can take away. linux/landlock.h of Debian 12 knows ABI 2; the
// rest are numbers of the kernel's interface, which never change.
struct HandledRights {
  int abi;
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};
constexpr HandledRights kHandledRights[] = {
    {1, (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, 0, 0},  // the thirteen of ABI 1
    {2, LANDLOCK_ACCESS_FS_REFER, 0, 0},
    {3, 1ULL << 14, 0, 0},             // truncate
    {4, 0, 1ULL << 0 | 1ULL << 1, 0},  // bind and connect TCP
    {5, 1ULL << 15, 0, 0},             // ioctl of devices
    {6, 0, 0, 1ULL << 0 | 1ULL << 1},  // abstract UNIX sockets and signals to the outside
};

// The kernel's landlock_ruleset_attr of ABI 6. An older kernel takes the shorter one, or the longer one filled with 0.
struct RulesetAttributes {
  uint64_t handled_files = 0;
  uint64_t handled_network = 0;
  uint64_t scoped = 0;
};

RulesetAttributes Handled(int abi) {
  RulesetAttributes attributes;
  for (const HandledRights& rights : kHandledRights) {
    if (rights.abi > abi) break;
    attributes.handled_files |= rights.files;
    attributes.handled_network |= rights.network;
    attributes.scoped |= rights.scopes;
  }
  return attributes;
}

bool AllowReading(int ruleset, const std::filesystem::path& path) {
  const OwnedFd place(open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat about {};
  if (!place.valid() || fstat(place.get(), &about) != 0) return true;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  if (S_ISDIR(about.st_mode)) rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
  rule.parent_fd = place.get();
  return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

// The ABI of the wall that now stands. 0 when it doesn't; then errno tells why.
int ConfineFiles(const std::vector<std::filesystem::path>& readable) {
  const auto abi = static_cast<int>(syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  if (abi < 1) return 0;
  const RulesetAttributes attributes = Handled(abi);
  const OwnedFd ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  if (!ruleset.valid()) return 0;
  for (const std::filesystem::path& path : readable) {
    if (!AllowReading(ruleset.get(), path)) return 0;
  }
  return syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0 ? abi : 0;
}

}  // namespace

void LimitResources() {
  struct Bound {
    decltype(RLIMIT_CORE) resource;
    rlim_t value;
  };
  constexpr Bound kBounds[] = {{RLIMIT_FSIZE, 0}, {RLIMIT_CORE, 0}, {RLIMIT_NOFILE, kMaxOpenFiles}};
  for (const Bound& bound : kBounds) {
    const rlimit limit{.rlim_cur = bound.value, .rlim_max = bound.value};
    setrlimit(bound.resource, &limit);
  }
}

SandboxReport EnterSandbox(const std::vector<std::filesystem::path>& readable) {
  SandboxReport report;
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);  // the kernel wants it before both walls
  report.landlock_abi = ConfineFiles(readable);
  report.for_people = report.landlock_abi > 0
                          ? fmt::format("files: Landlock ABI {}, read-only\n", report.landlock_abi)
                          : fmt::format("files: not confined: Landlock: {}\n", std::strerror(errno));
  const std::string refused = ConfineSystemCalls();
  report.seccomp = refused.empty();
  report.for_people += report.seccomp ? "system calls: seccomp allow-list\n"
                                      : fmt::format("system calls: not confined: seccomp: {}\n", refused);
  return report;
}

}  // namespace diwan
