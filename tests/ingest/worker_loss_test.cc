// Each way in which a hostile file can take a worker down costs the page's attempt and nothing else: the caller gets
// kUnavailable with the reason, and the next page is read by a fresh process.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/ingest/misbehaving.h"

namespace diwan {
namespace {

using std::chrono::steady_clock;

struct Loss {
  std::string wish;    // on page 2
  std::string reason;  // part of the message
  bool in_sanitizer = true;
};

void PrintTo(const Loss& loss, std::ostream* out) { *out << loss.wish; }

class WorkerLoss : public testing::TestWithParam<Loss> {
 protected:
  void SetUp() override {
    if (kSanitizedTest && !GetParam().in_sanitizer) GTEST_SKIP() << "a sanitizer has its own way with this";
  }

  static WorkerOptions Impatient() {
    WorkerOptions options = Misbehaving();
    options.page_deadline = std::chrono::seconds(1);
    return options;
  }
};

TEST_P(WorkerLoss, CostsOnePage) {
  WishedWorker wished(GetParam().wish + " 2", GetParam().reason == "1 s" ? Impatient() : Misbehaving());
  const pid_t before = wished.Pid(1);
  const auto error = ErrorOf([&] { wished.worker.Read(2, "ara"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kUnavailable);
  EXPECT_NE(std::string(error->what()).find(GetParam().reason), std::string::npos) << error->what();
  EXPECT_NE(wished.Pid(3), before);
}

TEST(Worker, TellsALossOnOpeningToo) {
  WorkerOptions options = Misbehaving();
  options.page_deadline = std::chrono::seconds(1);
  Worker worker(options);
  for (const char* wish : {"exit 0", "hang 0", "garbage 0"}) {
    const TempFile file(wish);
    const auto error = ErrorOf([&] { worker.Open(file.fd()); });
    ASSERT_TRUE(error) << wish;
    EXPECT_EQ(error->code(), ErrorCode::kUnavailable) << wish;
  }
  const TempFile other("fine 1");
  EXPECT_EQ(worker.Open(other.fd()).pages, 3);
}

INSTANTIATE_TEST_SUITE_P(
    Each, WorkerLoss,
    testing::Values(Loss{"crash", "signal 11", false}, Loss{"abort", "signal 6", false}, Loss{"exit", "status 9"},
                    Loss{"hang", "1 s"}, Loss{"spin", "1 s"}, Loss{"allocate", "out of memory", false},
                    Loss{"allocate-noexcept", "out of memory", false}, Loss{"close-socket", "signal 9"},
                    Loss{"garbage", "no answer"}, Loss{"half-a-frame", "1 s"}, Loss{"huge-frame", "no answer"},
                    Loss{"wrong-frame", "no answer"}, Loss{"wrong-error", "wrong answer"}, Loss{"deep-page", ""}));

TEST(Worker, KeepsToItsDeadline) {
  WorkerOptions options = Misbehaving();
  options.page_deadline = std::chrono::seconds(1);
  WishedWorker wished("hang 2", options);
  const auto begin = steady_clock::now();
  EXPECT_TRUE(ErrorOf([&] { wished.worker.Read(2, "ara"); }));
  const auto took = steady_clock::now() - begin;
  EXPECT_GE(took, std::chrono::milliseconds(900));
  EXPECT_LT(took, std::chrono::seconds(5));
}

// Four on one processor: half a second of work takes two.
TEST(Worker, IsGivenTheTimeThatOthersHadTheProcessor) {
  cpu_set_t all;
  ASSERT_EQ(sched_getaffinity(0, sizeof all, &all), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; CPU_COUNT(&one) == 0; ++cpu) {
    if (CPU_ISSET(cpu, &all)) CPU_SET(cpu, &one);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  std::atomic<bool> over = false;
  std::vector<std::thread> others;
  for (int i = 0; i < 3; ++i) {
    others.emplace_back([&over] {
      setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);  // a worker's
      while (!over) {
      }
    });
  }
  WorkerOptions options = Misbehaving();
  options.page_deadline = std::chrono::seconds(1);
  WishedWorker wished("busy 1", options);
  const auto error = ErrorOf([&] { EXPECT_EQ(wished.worker.Read(1, "ara").page.engine, "done"); });
  over = true;
  for (std::thread& other : others) other.join();
  sched_setaffinity(0, sizeof all, &all);
  EXPECT_FALSE(error) << error->what();
}

TEST(Worker, OutlivesAFileCutShort) {
  WishedWorker wished("last-byte 1 " + std::string(100'000, 'z'));
  EXPECT_EQ(wished.worker.Read(1, "ara").page.engine, "z");
  std::filesystem::resize_file(wished.file.path(), 4096);
  const auto error = ErrorOf([&] { wished.worker.Read(1, "ara"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kUnavailable);
  EXPECT_EQ(wished.worker.Read(1, "ara").page.engine, "z");  // the last byte of what is left
}

TEST(Worker, PassesHonestErrorsOnAndLives) {
  WishedWorker wished("throw-error 2");
  const pid_t before = wished.Pid(1);
  const auto error = ErrorOf([&] { wished.worker.Read(2, "ara"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kCorrupt);
  EXPECT_STREQ(error->what(), "page is  damaged");  // one line
  EXPECT_EQ(wished.Pid(3), before);

  WishedWorker other("throw-other 2");
  const auto internal = ErrorOf([&] { other.worker.Read(2, "ara"); });
  ASSERT_TRUE(internal);
  EXPECT_EQ(internal->code(), ErrorCode::kInternal);
}

TEST(Worker, TellsWhyItCanNotStart) {
  TempFile file("fine 1");
  for (const auto& [program, code] :
       {std::pair("/nowhere/diwan-worker", ErrorCode::kNotFound), std::pair("/etc/hostname", ErrorCode::kDenied)}) {
    WorkerOptions options = Misbehaving();
    options.program = program;
    Worker worker(options);
    const auto error = ErrorOf([&] { worker.Open(file.fd()); });
    ASSERT_TRUE(error) << program;
    EXPECT_EQ(error->code(), code);
    EXPECT_NE(std::string(error->what()).find(program), std::string::npos) << error->what();
  }
}

TEST(Worker, RefusesWhatIsNoFile) {
  Worker worker(Misbehaving());
  EXPECT_EQ(ErrorOf([&] { worker.Read(1, "ara"); })->code(), ErrorCode::kInternal);
  EXPECT_EQ(ErrorOf([&] { worker.Open(-1); })->code(), ErrorCode::kInternal);
  const OwnedFd folder(open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  EXPECT_EQ(ErrorOf([&] { worker.Open(folder.get()); })->code(), ErrorCode::kInvalid);
}

}  // namespace
}  // namespace diwan
