// The archive's local socket: who may use it, where it lies, what becomes of what a dead process left. And the clients.
#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "api/local_socket.h"
#include "api_fixture.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

using std::filesystem::path;

template <typename Call>
ErrorCode CodeOf(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kInternal;
}

class LocalTest : public ApiTest {
 protected:
  path Socket() const { return dir_ / "socket"; }
};

TEST_F(LocalTest, IsForItsOwnerAndGoesWithTheServer) {
  auto server = ListenLocal(*archive_);
  EXPECT_EQ(server->address(), Socket().string());
  struct stat status = {};
  ASSERT_EQ(::stat(Socket().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  ConnectLocal(dir_);
  server.reset();
  EXPECT_FALSE(std::filesystem::exists(Socket()));
  EXPECT_EQ(CodeOf([this] { ConnectLocal(dir_); }), ErrorCode::kUnavailable);
}

TEST_F(LocalTest, ReplacesTheSocketOfADeadProcess) {
  ::close(ListenOnLocalSocket(dir_, 1));
  ASSERT_TRUE(std::filesystem::exists(Socket()));
  EXPECT_EQ(CodeOf([this] { ConnectLocal(dir_); }), ErrorCode::kUnavailable);
  const auto server = ListenLocal(*archive_);
  ConnectLocal(dir_);
}

TEST_F(LocalTest, LeavesAloneWhatIsNoSocket) {
  std::ofstream(Socket()) << "someone's notes";
  EXPECT_EQ(CodeOf([this] { ListenLocal(*archive_); }), ErrorCode::kUnavailable);
  EXPECT_EQ(std::filesystem::file_size(Socket()), 15U);
}

TEST_F(LocalTest, WorksWherePathsAreLongerThanASocketAddress) {
  const path deep = dir_ / std::string(100, 'a') / std::string(100, 'b');
  std::filesystem::create_directories(deep);
  Archive archive(deep / "archive", {.create = true});
  const auto server = ListenLocal(archive);
  EXPECT_TRUE(std::filesystem::is_socket(deep / "archive" / "socket"));
  Request request{.path = "/v1/stats"};
  EXPECT_EQ(nlohmann::json::parse(ConnectLocal(deep / "archive")->Send(request).body)["records"], 0);
}

TEST_F(LocalTest, TheSystemTellsWhoAsks) {
  const auto server = ListenLocal(*archive_);
  Request request{.method = "POST", .path = "/v1/batches", .caller = {.actor = "local:somebody else"}};
  EXPECT_EQ(ConnectLocal(dir_)->Send(request).status, 201);
  std::string actor;
  for (const AuditEntry& entry : archive_->store().Audit(0, 100)) actor = entry.actor;
  EXPECT_EQ(actor, "local:" + UserName(::geteuid()));
}

TEST_F(LocalTest, ClosesOnAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  const auto server = ListenLocal(*archive_);
  std::filesystem::permissions(dir_, std::filesystem::perms(0755));
  std::filesystem::permissions(Socket(), std::filesystem::perms(0666));
  constexpr uid_t kNobody = 65534;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) ::_exit(3);
    const int socket = ConnectToLocalSocket(dir_);
    constexpr std::string_view kRequest = "GET /v1/health HTTP/1.1\r\n\r\n";
    char byte = 0;
    const bool answered =
        ::write(socket, kRequest.data(), kRequest.size()) > 0 && ::read(socket, &byte, sizeof(byte)) > 0;
    ::_exit(answered ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(UserName, IsANameOrANumber) {
  EXPECT_EQ(UserName(0), "root");
  EXPECT_EQ(UserName(3999999), "3999999");
}

TEST(ConnectHttp, RefusesWhatIsNoUrl) {
  for (const char* url :
       {"", "localhost:80", "https://", "http://", "http://user:pw@host/", "ftp://x", "http://[::1"}) {
    EXPECT_EQ(CodeOf([url] { ConnectHttp(url); }), ErrorCode::kInvalid) << url;
  }
}

TEST(ConnectHttp, NobodyThere) {
  const auto client = ConnectHttp("http://127.0.0.1:1");
  Request request{.path = "/v1/health"};
  EXPECT_EQ(CodeOf([&] { client->Send(request); }), ErrorCode::kUnavailable);
}

TEST_F(LocalTest, Ipv6) {
  std::unique_ptr<Server> server;
  try {
    server = ListenTcp(*archive_, "[::1]:0");
  } catch (const Error& error) {
    GTEST_SKIP() << "no IPv6 here: " << error.what();
  }
  Request request{.path = "/v1/health"};
  EXPECT_EQ(ConnectHttp("http://" + server->address())->Send(request).status, 200);
}

TEST_F(LocalTest, KeptConnectionSurvivesTheServersRestart) {
  auto server = ListenLocal(*archive_);
  const auto client = ConnectLocal(dir_);
  Request request{.path = "/v1/health"};
  server.reset();
  EXPECT_EQ(CodeOf([&] { client->Send(request); }), ErrorCode::kUnavailable);
  server = ListenLocal(*archive_);
  EXPECT_EQ(client->Send(request).status, 200);
  server.reset();
  server = ListenLocal(*archive_);
  EXPECT_EQ(client->Send(request).status, 200);
}

TEST_F(LocalTest, SinkTakesTheBodyOfASuccessOnly) {
  const auto server = ListenLocal(*archive_);
  const auto in_process = ConnectInProcess(*archive_);
  const auto local = ConnectLocal(dir_);
  for (Client* client : {in_process.get(), local.get()}) {
    std::string taken;
    const std::function<void(std::string_view)> sink = [&taken](std::string_view piece) { taken += piece; };
    Request request{.path = "/v1/records/" + scan_id_ + "/source"};
    EXPECT_TRUE(client->Send(request, &sink).body.empty());
    EXPECT_EQ(taken, source_bytes_);
    taken.clear();
    request.path = "/v1/nothing";
    EXPECT_FALSE(client->Send(request, &sink).body.empty());
    EXPECT_TRUE(taken.empty());
  }
}

}  // namespace
}  // namespace diwan
