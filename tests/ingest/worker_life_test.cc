// The life of worker processes: started, used again, replaced, stopped, and never left behind.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <iterator>
#include <thread>

#include "tests/ingest/misbehaving.h"

namespace diwan {
namespace {

using std::chrono::milliseconds;

// Whether the process is there and no zombie.
bool Lives(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string id, name, state;
  return stat >> id >> name >> state && state != "Z" && state != "X";
}

bool EndsSoon(pid_t pid) {
  for (int i = 0; i < 500 && Lives(pid); ++i) std::this_thread::sleep_for(milliseconds(10));
  return !Lives(pid);
}

bool HasChildren() {
  siginfo_t child{};
  return waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0;
}

size_t OpenDescriptors() {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

TEST(WorkerLife, OneProcessReadsManyPagesAndFiles) {
  WishedWorker wished("fine 1");
  EXPECT_EQ(wished.probe.pages, 3);
  EXPECT_EQ(wished.probe.kind, MediaKind::kPng);
  const PageReading reading = wished.worker.Read(2, "ara");
  EXPECT_EQ(reading.page.number, 2);
  EXPECT_EQ(reading.page.text, "قرار\n");
  EXPECT_EQ(reading.image, "\xff\xd8\xff and the rest");
  EXPECT_GT(reading.page.read_at, 0);
  const pid_t pid = wished.Pid(1);
  TempFile other("throw-error 3");
  wished.worker.Open(other.fd());
  EXPECT_EQ(wished.Pid(2), pid);
  EXPECT_TRUE(ErrorOf([&] { wished.worker.Read(3, "ara"); }));  // it is the other file
}

TEST(WorkerLife, IsReplacedAfterSomePages) {
  WorkerOptions options = Misbehaving();
  options.max_pages = 2;
  WishedWorker wished("fine 1", options);
  const pid_t first = wished.Pid(1);
  EXPECT_EQ(wished.Pid(2), first);
  const pid_t second = wished.Pid(3);
  EXPECT_NE(second, first);
  EXPECT_FALSE(Lives(first));
  EXPECT_EQ(wished.Pid(1), second);
}

TEST(WorkerLife, KilledBetweenPagesCostsNothing) {
  WishedWorker wished("fine 1");
  const pid_t first = wished.Pid(1);
  kill(first, SIGKILL);
  ASSERT_TRUE(EndsSoon(first));
  EXPECT_NE(wished.Pid(2), first);
}

TEST(WorkerLife, KilledDuringAPageCostsThatPage) {
  WishedWorker wished("hang 2");
  const pid_t first = wished.Pid(1);
  std::thread killer([&] {
    std::this_thread::sleep_for(milliseconds(100));
    kill(first, SIGKILL);
  });
  const auto error = ErrorOf([&] { wished.worker.Read(2, "ara"); });
  killer.join();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kUnavailable);
  EXPECT_NE(wished.Pid(3), first);
}

TEST(WorkerLife, CancelEndsARunningCallAndEveryLaterOne) {
  WishedWorker wished("hang 2");
  const pid_t pid = wished.Pid(1);
  std::thread canceller([&] {
    std::this_thread::sleep_for(milliseconds(100));
    wished.worker.Cancel();
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto running = ErrorOf([&] { wished.worker.Read(2, "ara"); });
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  canceller.join();
  const auto later = ErrorOf([&] { wished.worker.Read(1, "ara"); });
  const auto opening = ErrorOf([&] { wished.worker.Open(wished.file.fd()); });
  for (const auto& error : {running, later, opening}) {
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::kUnavailable);
    EXPECT_STREQ(error->what(), "was stopped");
  }
  EXPECT_FALSE(Lives(pid));
}

TEST(WorkerLife, LeavesNoDescriptorAndNoZombie) {
  { WishedWorker warm_up("fine 1"); }
  const size_t before = OpenDescriptors();
  {
    WishedWorker wished("exit 2");
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(ErrorOf([&] { wished.worker.Read(2, "ara"); }));
  }
  EXPECT_EQ(OpenDescriptors(), before);
  EXPECT_FALSE(HasChildren());
}

TEST(WorkerLife, InheritsNothing) {
  setenv("DIWAN_TEST_SECRET", "1", 1);
  const int leaking = open("/etc/passwd", O_RDONLY);  // not close-on-exec
  WishedWorker descriptors("descriptors 1");
  EXPECT_EQ(descriptors.worker.Read(1, "ara").page.engine, "0 1 2 3 ");
  close(leaking);
  WishedWorker environment("environment 1");
  EXPECT_EQ(environment.worker.Read(1, "ara").page.engine, "OMP_THREAD_LIMIT=1 LC_ALL=C.UTF-8 ");
  unsetenv("DIWAN_TEST_SECRET");
}

TEST(WorkerLife, RunsBehindItsParentAndOutOfReachOfCtrlC) {
  WishedWorker wished("fine 1");
  const pid_t pid = wished.Pid(1);
  EXPECT_GE(getpriority(PRIO_PROCESS, static_cast<id_t>(pid)), getpriority(PRIO_PROCESS, 0) + 5);
  EXPECT_NE(getpgid(pid), getpgid(0));
}

TEST(WorkerLife, OutlivesTheThreadThatStartedIt) {
  WishedWorker wished("fine 1");  // not started by this thread
  Worker worker(Misbehaving());
  std::string first;
  std::thread([&] {
    worker.Open(wished.file.fd());
    first = worker.Read(1, "ara").page.engine;
  }).join();
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(worker.Read(2, "ara").page.engine, first);
}

// Whether idle or in the middle of a page.
TEST(WorkerLife, EndsWithItsKilledParent) {
  for (const char* wish : {"fine 2", "spin 2"}) {
    int pipe_ends[2];
    ASSERT_EQ(pipe2(pipe_ends, O_CLOEXEC), 0);
    const OwnedFd from(pipe_ends[0]);
    const pid_t parent = fork();
    ASSERT_GE(parent, 0);
    if (parent == 0) {
      WishedWorker wished(wish);
      const pid_t pid = wished.Pid(1);
      if (write(pipe_ends[1], &pid, sizeof pid) != sizeof pid) _exit(1);
      wished.worker.Read(2, "ara");
      for (;;) pause();
    }
    close(pipe_ends[1]);
    pid_t worker = 0;
    ASSERT_EQ(read(from.get(), &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
    std::this_thread::sleep_for(milliseconds(100));
    EXPECT_TRUE(Lives(worker));
    kill(parent, SIGKILL);
    waitpid(parent, nullptr, 0);
    EXPECT_TRUE(EndsSoon(worker)) << wish;
  }
}

}  // namespace
}  // namespace diwan
