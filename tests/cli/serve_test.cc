// `diwan serve`, and what commands do while it holds the archive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "program.h"

namespace diwan {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ServeTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(RunProgram({"init", "--archive", archive_}, folder_.path()).status, 0); }
  std::vector<std::string> Serve(const std::string& listen) const {
    return {"serve", "--listen", listen, "--archive", archive_};
  }

  TempFolder folder_;
  const std::string archive_ = (folder_.path() / "archive").string();
};

TEST_F(ServeTest, TellsItsAddressAndStopsOnASignal) {
  Program server(Serve("127.0.0.1:0"), folder_.path());
  const std::string address = server.FirstLine();
  EXPECT_THAT(address, StartsWith("http://127.0.0.1:"));
  EXPECT_EQ(RunProgram({"version", "--server", address}, folder_.path()).status, 0);
  EXPECT_EQ(RunProgram({"stats", "--server", address}, folder_.path()).status, 4);
  const std::vector<std::string> token = TokenFor(archive_, folder_.path());
  EXPECT_EQ(RunProgram({"stats", "--server", address, token[0], token[1]}, folder_.path()).out,
            RunProgram({"stats", "--archive", archive_}, folder_.path()).out);
  server.Signal(SIGTERM);
  const Ended ended = server.Wait();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(RunProgram({"stats", "--server", address}, folder_.path()).status, 8);
}

TEST_F(ServeTest, WarnsWhenTheNetworkCanReachIt) {
  Program server(Serve("0.0.0.0:0"), folder_.path());
  EXPECT_NE(server.FirstLine(), "");
  server.Signal(SIGTERM);
  EXPECT_THAT(server.Wait().err, HasSubstr("warning"));
}

TEST_F(ServeTest, AnAddressThatCannotBeUsedIsTold) {
  EXPECT_EQ(RunProgram(Serve("nonsense"), folder_.path()).status, 2);
  Program server(Serve("127.0.0.1:0"), folder_.path());
  const std::string address = server.FirstLine().substr(std::string("http://").size());
  const TempFolder second;
  const std::string other = (second.path() / "archive").string();
  ASSERT_EQ(RunProgram({"init", "--archive", other}, second.path()).status, 0);
  EXPECT_EQ(RunProgram({"serve", "--listen", address, "--archive", other}, second.path()).status, 8);
}

TEST_F(ServeTest, ShortCommandsAtTheSameTimeAllGetTheirAnswer) {
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      if (RunProgram({"stats", "--json", "--archive", archive_}, folder_.path()).status != 0) ++failed;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
}

}  // namespace
}  // namespace diwan
