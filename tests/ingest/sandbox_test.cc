// The walls around a worker, tried from inside, and what happens where a wall can't be had.
#include "ingest/sandbox.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>

#include "tests/ingest/misbehaving.h"

namespace diwan {
namespace {

// Runs `body` in a process of its own and returns its exit status, or 1000 + the signal that ended it.
int InChild(const std::function<int()>& body) {
  const pid_t pid = fork();
  if (pid == 0) _exit(body());
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool HasLandlock() {
  return InChild([] { return EnterSandbox({}).landlock_abi > 0 ? 1 : 0; }) == 1;
}

TEST(Sandbox, RefusesQuietly) {
  struct Row {
    const char* attempt;
    int error;
    bool needs_landlock;
  };
  constexpr Row kRows[] = {
      {"read-passwd", EACCES, true},  {"read-itself", EACCES, true}, {"list-root", EACCES, true},
      {"write-fonts", EACCES, false}, {"write-null", EACCES, false}, {"make-folder", EACCES, false},
      {"truncate", EACCES, false},
  };
  const bool has_landlock = HasLandlock();
  for (const Row& row : kRows) {
    if (row.needs_landlock && !has_landlock) continue;
    WishedWorker wished(std::string(row.attempt) + " 1");
    EXPECT_EQ(wished.worker.Read(1, "ara").page.engine, std::strerror(row.error)) << row.attempt;
  }
}

TEST(Sandbox, LetsWhatReadingNeedsThrough) {
  WishedWorker wished("read-fonts 1");
  EXPECT_EQ(wished.worker.Read(1, "ara").page.engine, "allowed");
}

TEST(Sandbox, EndsWhatNoReadingNeeds) {
  for (const char* attempt : {"socket", "connect", "execve", "fork", "thread", "ptrace", "mount", "io_uring", "bpf",
                              "kill-parent", "set-limit", "executable-memory"}) {
    WishedWorker wished(std::string(attempt) + " 1");
    const auto error = ErrorOf([&] { wished.worker.Read(1, "ara"); });
    ASSERT_TRUE(error) << attempt;
    EXPECT_EQ(error->code(), ErrorCode::kUnavailable) << attempt;
    EXPECT_NE(std::string(error->what()).find("sandbox"), std::string::npos) << attempt << ": " << error->what();
  }
}

TEST(Sandbox, ReportsBothWalls) {
  EXPECT_EQ(InChild([] {
              const SandboxReport report = EnterSandbox({"/usr/share/fonts", "/nowhere"});
              return report.seccomp && report.for_people.find("seccomp allow-list") != std::string::npos ? 0 : 1;
            }),
            0);
}

TEST(Sandbox, RefusesWritingWithoutLandlockToo) {
  EXPECT_EQ(InChild([] {
              if (!ConfineSystemCalls().empty()) return 1;
              if (open("/etc/hostname", O_RDONLY) < 0) return 2;
              for (const int flags : {O_WRONLY, O_RDWR, O_RDONLY | O_CREAT, O_RDONLY | O_TRUNC}) {
                if (open("/tmp/diwan-escaped", flags, 0600) >= 0 || errno != EACCES) return 3;
              }
              return 0;
            }),
            0);
}

// A container that refuses both walls: the process goes on and says so.
TEST(Sandbox, GoesOnWhereItIsRefused) {
  EXPECT_EQ(InChild([] {
              scmp_filter_ctx container = seccomp_init(SCMP_ACT_ALLOW);
              seccomp_rule_add(container, SCMP_ACT_ERRNO(EOPNOTSUPP), SCMP_SYS(landlock_create_ruleset), 0);
              seccomp_rule_add(container, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(seccomp), 0);
              seccomp_rule_add(container, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1,
                               SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
              if (seccomp_load(container) != 0) return 1;
              const SandboxReport report = EnterSandbox({"/usr/share/fonts"});
              if (report.landlock_abi != 0 || report.seccomp) return 2;
              return report.for_people.find("files: not confined") != std::string::npos &&
                             report.for_people.find("system calls: not confined") != std::string::npos
                         ? 0
                         : 3;
            }),
            0);
}

// Landlock alone must hold too: reading elsewhere and writing inside the readable folders.
TEST(Sandbox, LandlockStandsWithoutSeccomp) {
  if (!HasLandlock()) GTEST_SKIP() << "this kernel has no Landlock";
  TempFile inside("x");
  EXPECT_EQ(InChild([&] {
              scmp_filter_ctx container = seccomp_init(SCMP_ACT_ALLOW);
              seccomp_rule_add(container, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(seccomp), 0);
              seccomp_rule_add(container, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1,
                               SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
              if (seccomp_load(container) != 0) return 1;
              if (EnterSandbox({inside.path()}).seccomp) return 2;
              if (open(inside.path().c_str(), O_RDONLY) < 0) return 3;
              if (open(inside.path().c_str(), O_WRONLY) >= 0 || errno != EACCES) return 4;
              if (open("/etc/passwd", O_RDONLY) >= 0 || errno != EACCES) return 5;
              if (truncate(inside.path().c_str(), 0) == 0) return 6;
              return 0;
            }),
            0);
}

}  // namespace
}  // namespace diwan
