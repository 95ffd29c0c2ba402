// What a store promised holds after the process was killed, and when the disk is full.
#include <fcntl.h>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "tests/store/raw_store.h"
#include "tests/store/store_testing.h"

namespace diwan {
namespace {

constexpr int kCanNotDoThat = 77;

// Starts the victim; with `out`, its standard output goes there.
pid_t Start(std::vector<std::string> args, int out = -1) {
  args.insert(args.begin(), STORE_VICTIM);
  std::vector<char*> argv;
  for (std::string& arg : args) argv.push_back(arg.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (out >= 0) posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  pid_t child = -1;
  EXPECT_EQ(posix_spawn(&child, STORE_VICTIM, &actions, nullptr, argv.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

struct Acknowledged {
  int number = 0;
  std::string record_id;
  std::string digest;
};

// Runs the victim until it has acknowledged `commits`, and `more` longer; returns all that it acknowledged before it
// was killed.
std::vector<Acknowledged> RunAndKill(const std::filesystem::path& dir, unsigned seed, int number, int commits,
                                     std::chrono::microseconds more) {
  std::array<int, 2> ends{};
  EXPECT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t child = Start({"commit", dir.string(), std::to_string(seed), std::to_string(number)}, ends[1]);
  close(ends[1]);
  std::string text;
  std::array<char, 4096> buffer{};
  const auto read_some = [&] {
    const ssize_t n = read(ends[0], buffer.data(), buffer.size());
    text.append(buffer.data(), static_cast<size_t>(std::max<ssize_t>(n, 0)));
    return n > 0;
  };
  while (std::ranges::count(text, '\n') < commits && read_some()) continue;
  std::this_thread::sleep_for(more);
  kill(child, SIGKILL);
  while (read_some()) continue;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the victim ended by itself: " << status;
  std::vector<Acknowledged> told;
  std::istringstream lines(text);
  for (Acknowledged one; lines >> one.number >> one.record_id >> one.digest;) told.push_back(one);
  return told;
}

// A commit is there whole or not at all: record and pages bear the same number.
void ExpectWhole(const Store& store, const Acknowledged& told) {
  const auto record = store.GetRecord(told.record_id);
  ASSERT_TRUE(record) << told.number;
  EXPECT_GE(std::stoi(record->file_name), told.number);
  EXPECT_TRUE(store.GetSource(told.digest));
  const std::vector<int> numbers = store.PageNumbers(record->id);
  ASSERT_EQ(static_cast<int>(numbers.size()), record->page_count);
  for (const int number : numbers) EXPECT_EQ(store.GetPage(record->id, number)->engine, record->file_name);
}

TEST(Crash, AcknowledgedCommitsAreThereAndWhole) {
  const TempFolder folder;
  std::mt19937 random(42);
  std::vector<Acknowledged> all;
  uint64_t last = 0;
  for (unsigned round = 0; round < 12; ++round) {
    const int commits = static_cast<int>(round % 4 == 0 ? 0 : random() % 12);  // 0: killed while it opens, too
    const std::chrono::microseconds more(random() % 80000);
    const int number = all.empty() ? 1 : all.back().number + 2;  // one may have been stored and not told
    for (Acknowledged& one : RunAndKill(folder.Store(), round, number, commits, more)) all.push_back(std::move(one));
    const Store store(folder.Store());
    for (const Acknowledged& told : all) ExpectWhole(store, told);
    EXPECT_EQ(Faults(store), std::vector<std::string>());
    EXPECT_GE(store.LastSequence(), last);
    last = store.LastSequence();
  }
  EXPECT_GT(all.size(), 10U) << "too few commits to tell anything";
  size_t pages = 0;
  {
    const Store store(folder.Store());
    pages = store.Totals().pages;
  }
  const RawStore raw(folder.Store());
  EXPECT_EQ(raw.All("uploads").size(), 0U);
  EXPECT_EQ(raw.All("pages").size(), pages);
  EXPECT_EQ(raw.All("images").size(), pages);
  std::set<std::string> uploads;
  for (const auto& [digest, upload] : raw.All("chunks_of")) uploads.insert(upload);
  for (const auto& [key, bytes] : raw.All("chunks")) EXPECT_TRUE(uploads.contains(key.substr(0, 16)));
}

// How the victim ended that ran out of disk: what it does there, on which kind of small disk.
int FullDisk(const std::string& what, const std::string& kind) {
  const TempFolder folder;
  const pid_t child = Start({what, folder.path().string(), kind});
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << status;
  return WEXITSTATUS(status);
}

TEST(FullDisk, IsToldAndNothingStoredIsLost) {
  const int end = FullDisk("fill", "tmpfs");
  if (end == kCanNotDoThat) GTEST_SKIP() << "no right to mount a small disk here";
  EXPECT_EQ(end, 0);
}

TEST(FullDisk, CommitsGoOnWhenThereIsRoomAgain) {
  const int end = FullDisk("heal", "tmpfs");
  if (end == kCanNotDoThat) GTEST_SKIP() << "no right to mount a small disk here";
  EXPECT_EQ(end, 0);
}

TEST(FullDisk, FilesThatMayNotGrowAreToldToo) { EXPECT_EQ(FullDisk("fill", "limit"), 0); }

TEST(Crash, AStoreHeldByAnotherProcessIsBusy) {
  const TempFolder folder;
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t child = Start({"commit", folder.Store().string(), "1", "1"}, ends[1]);
  close(ends[1]);
  char byte = 0;
  EXPECT_EQ(read(ends[0], &byte, 1), 1);  // its first commit
  EXPECT_EQ(CodeOf([&] { const Store store(folder.Store()); }), "busy");
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ends[0]);
  EXPECT_EQ(CodeOf([&] { const Store store(folder.Store()); }), "none");
}

}  // namespace
}  // namespace diwan
