// `diwan user, token, audit`, the token of a command, and the first start on a terminal.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "program.h"

namespace diwan {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using Json = nlohmann::json;

class AccessProgramTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(Run({"init"}).status, 0); }
  Ended Run(std::vector<std::string> words, const std::string& input = "") {
    words.insert(words.end(), {"--archive", archive_});
    return RunWithInput(words, folder_.path(), input);
  }
  std::string Account(const std::string& name) {
    const Json list = Json::parse(Run({"user", "list", "--json"}).out);
    for (const Json& each : list["accounts"]) {
      if (each["name"] == name) return each.dump();
    }
    return "";
  }

  TempFolder folder_;
  const std::string archive_ = (folder_.path() / "archive").string();
};

TEST_F(AccessProgramTest, UsersAreAddedChangedAndDisabled) {
  const Ended added = Run({"user", "add", "Sara", "--role", "editor"}, "correct horse\n");
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_EQ(added.out, "sara: editor, level internal\n");
  EXPECT_THAT(Account("sara"), HasSubstr(R"("must_change_password":true)"));
  EXPECT_EQ(Run({"user", "add", "bad", "--role", "editor"}, "short\n").status, 2);
  EXPECT_EQ(Run({"user", "add", "bad", "--role", "editor"}, "").status, 2);
  EXPECT_EQ(Run({"user", "add", "bad"}, "correct horse\n").status, 2);
  // Nothing takes a secret as an argument, where every user of the machine would see it.
  EXPECT_EQ(Run({"user", "add", "bad", "--role", "editor", "--password", "correct horse"}).status, 2);
  EXPECT_EQ(Run({"stats", "--token", "diwan_x"}).status, 2);
  EXPECT_EQ(Run({"user", "change", "sara", "--level", "confidential", "--body", "مجلس"}).out,
            "sara: editor, level confidential, confidential of مجلس\n");
  EXPECT_THAT(Run({"user", "list"}).out, HasSubstr("has to change the password"));
  EXPECT_THAT(Run({"user", "password", "sara", "--one-time"}).out,
              MatchesRegex("sara: .*\none-time password: [a-z0-9-]{24}\n"));
  EXPECT_EQ(Run({"user", "password", "sara", "--keep"}, "another password\n").status, 0);
  EXPECT_THAT(Account("sara"), HasSubstr(R"("must_change_password":false)"));
  EXPECT_THAT(Run({"user", "disable", "sara"}).out, HasSubstr("disabled"));
  EXPECT_THAT(Run({"user", "disable", "sara", "--off"}).out, Not(HasSubstr("disabled")));
  EXPECT_EQ(Run({"user", "change", "nobody", "--role", "reader"}).status, 3);
}

TEST_F(AccessProgramTest, TokensReachTheServerByFileOrVariableAlone) {
  Program server({"serve", "--listen", "127.0.0.1:0", "--workers", "0", "--archive", archive_}, folder_.path());
  const std::string url = server.FirstLine();
  ASSERT_EQ(Run({"user", "add", "bot", "--role", "reader", "--no-password"}).status, 0);
  const Ended made = Run({"token", "add", "ci", "--account", "bot"});
  ASSERT_THAT(made.out, MatchesRegex("diwan_[0-9a-f]{64}\n"));
  const std::filesystem::path file = folder_.Write("secret", made.out);
  const auto with_file = [&] {
    return RunProgram({"stats", "--server", url, "--token-file", file.string()}, folder_.path());
  };
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  EXPECT_EQ(with_file().status, 4) << "others may read it";
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  EXPECT_EQ(with_file().status, 0);
  EXPECT_EQ(RunProgram({"verify", "--server", url, "--token-file", file.string()}, folder_.path()).status, 4);
  setenv("DIWAN_TOKEN", made.out.substr(0, made.out.size() - 1).c_str(), 1);
  EXPECT_EQ(RunProgram({"stats", "--server", url}, folder_.path()).status, 0);
  setenv("DIWAN_TOKEN", "x\r\nX: y", 1);
  EXPECT_EQ(RunProgram({"stats", "--server", url}, folder_.path()).status, 2);
  unsetenv("DIWAN_TOKEN");
  EXPECT_EQ(RunProgram({"stats", "--server", url}, folder_.path()).status, 4);
  const std::string list = Run({"token", "list"}).out;
  EXPECT_THAT(list, HasSubstr("ci"));
  EXPECT_THAT(list, Not(HasSubstr("diwan_")));
  const std::string id = Json::parse(Run({"token", "list", "--json"}).out)["tokens"][0]["id"];
  EXPECT_EQ(Run({"token", "revoke", id}).status, 0);
  EXPECT_EQ(with_file().status, 4);
}

TEST_F(AccessProgramTest, TheTrailIsListedExportedAndVerified) {
  Run({"user", "add", "bot", "--role", "reader", "--no-password"});
  EXPECT_THAT(Run({"audit", "list"}).out, HasSubstr("account.create"));
  const Ended verified = Run({"audit", "verify"});
  EXPECT_EQ(verified.status, 0);
  ASSERT_THAT(verified.out, MatchesRegex("1 entry checked: 0 problems\nhead: 1:[0-9a-f]{64}\n"));
  std::string head = verified.out.substr(verified.out.find("1:"));
  head.pop_back();
  EXPECT_THAT(Run({"audit", "export"}).out, MatchesRegex(".*account.create.*\n.*audit.export.*\n"));
  EXPECT_EQ(Run({"audit", "verify", "--head", head}).status, 0);
  head.back() = head.back() == '0' ? '1' : '0';
  EXPECT_EQ(Run({"audit", "verify", "--head", head}).status, 1);
  EXPECT_EQ(Run({"audit", "verify", "--head", "x"}).status, 2);
}

// `diwan serve` with a terminal as its standard error; what it shows there until the address is printed.
std::string ShownOnATerminal(const std::string& archive, const std::filesystem::path& out) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master);
  unlockpt(master);
  const std::string terminal = ptsname(master);
  const pid_t child = fork();
  if (child == 0) {
    dup2(open(terminal.c_str(), O_RDWR | O_NOCTTY), STDERR_FILENO);
    dup2(open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    execl(DIWAN_PROGRAM, DIWAN_PROGRAM, "serve", "--listen", "127.0.0.1:0", "--workers", "0", "--archive",
          archive.c_str(), nullptr);
    _exit(127);
  }
  for (int i = 0; i < 300 && ReadFile(out).empty(); ++i) usleep(50'000);
  kill(child, SIGTERM);
  std::string shown(4096, '\0');
  const ssize_t got = read(master, shown.data(), shown.size());
  shown.resize(got > 0 ? static_cast<size_t>(got) : 0);
  waitpid(child, nullptr, 0);
  close(master);
  return shown;
}

TEST_F(AccessProgramTest, TheFirstPasswordIsShownOnceOnATerminalAndNeverInALog) {
  {
    Program server({"serve", "--listen", "127.0.0.1:0", "--workers", "0", "--archive", archive_}, folder_.path());
    ASSERT_NE(server.FirstLine(), "");
    server.Signal(SIGTERM);
    EXPECT_THAT(server.Wait().err, HasSubstr("diwan user add"));
  }
  EXPECT_EQ(Account("administrator"), "");
  EXPECT_THAT(
      ShownOnATerminal(archive_, folder_.path() / "first"),
      MatchesRegex("made the account administrator with this password for one use: [a-z0-9-]{24}\r\n(.|\n|\r)*"));
  EXPECT_THAT(Account("administrator"), HasSubstr(R"("must_change_password":true)"));
  EXPECT_THAT(ShownOnATerminal(archive_, folder_.path() / "second"), Not(HasSubstr("password")));
}

}  // namespace
}  // namespace diwan
