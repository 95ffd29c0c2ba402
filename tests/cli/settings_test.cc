// The table of settings: where a value comes from, and what is said of one that can't be.
#include "cli/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/error.h"
#include "program.h"

namespace diwan {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using Variables = std::map<std::string, std::string>;

SettingSources Sources(const std::filesystem::path& file, const Variables& variables = {},
                       std::map<std::string_view, std::string> flags = {}) {
  const auto look = [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  return {.file = file, .variable = look, .flags = std::move(flags)};
}

std::string FaultOf(const SettingSources& sources) {
  try {
    ReadSettings(sources);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalid);
    return error.what();
  }
  return "";
}

class SettingsTest : public testing::Test {
 protected:
  std::filesystem::path File(const std::string& toml) const { return folder_.Write("diwan.toml", toml); }
  std::string FaultIn(const std::string& toml) const { return FaultOf(Sources(File(toml))); }
  TempFolder folder_;
};

TEST_F(SettingsTest, AFlagGoesBeforeAVariableBeforeTheFileBeforeTheDefault) {
  const auto file =
      File("[limits]\nconnections = 10\nidle_seconds = 10\n\nbody_bytes = 1_000_000\n[server]\nlisten = \"a:1\"\n");
  const auto read = ReadSettings(Sources(
      file, {{"DIWAN_LIMITS_CONNECTIONS", "20"}, {"DIWAN_SERVER_LISTEN", "b:2"}, {"DIWAN_LIMITS_IDLE_SECONDS", ""}},
      {{"server.listen", "c:3"}, {"workers", ""}}));
  EXPECT_EQ(read.values.listen, "c:3");
  EXPECT_EQ(read.values.connections, 20);
  EXPECT_EQ(read.values.idle_seconds, 10);
  EXPECT_EQ(read.values.body_bytes, 1'000'000);
  EXPECT_EQ(read.values.workers, Settings::UsualWorkers());
  EXPECT_EQ(read.from.at("server.listen"), "--listen");
  EXPECT_EQ(read.from.at("limits.connections"), "DIWAN_LIMITS_CONNECTIONS");
  EXPECT_EQ(read.from.at("limits.idle_seconds"), file.string() + ":3");
  EXPECT_EQ(read.from.at("limits.body_bytes"), file.string() + ":5");
  EXPECT_EQ(read.from.count("workers"), 0U);
}

TEST_F(SettingsTest, WhatCanNotBeIsToldWithFileLineKeyAndWhatCould) {
  const std::string file = (folder_.path() / "diwan.toml").string();
  const struct {
    const char* toml;
    const char* fault;
  } kRows[] = {
      {"[server]\nlisen = \"x:1\"\n", "FILE:2: there is no setting 'server.lisen'; is 'server.listen' meant?"},
      {"listen = \"x:1\"\n", "FILE:1: there is no setting 'listen'; is 'server.listen' meant?"},
      {"\n[limit]\nconnections = 9\n",
       "FILE:3: there is no setting 'limit.connections'; is 'limits.connections' meant?"},
      {"[limits]\nconnections = \"9\"\n", "FILE:2: limits.connections: is a number from 8 to 100000, not a text"},
      {"[limits]\nconnections = 7\n", "FILE:2: limits.connections: is a number from 8 to 100000, not 7"},
      {"[limits]\nconnections = 9.0\n",
       "FILE:2: limits.connections: is a number from 8 to 100000, not a number with a point"},
      {"access = \"secret\"\n", "FILE:1: access: is one of public, internal, confidential, not 'secret'"},
      {"access = \"public|internal\"\n",
       "FILE:1: access: is one of public, internal, confidential, not 'public|internal'"},
      {"access = true\n", "FILE:1: access: is one of public, internal, confidential, not true or false"},
      {"archive = 2020-01-01\n", "FILE:1: archive: is a path, not a date"},
      {"[server]\nlisten = \"8080\"\n", "FILE:2: server.listen: '8080' is no HOST:PORT"},
      {"[server]\nlisten = \"a:65536\"\n", "FILE:2: server.listen: 'a:65536' is no HOST:PORT"},
      {"[server]\ntrusted_proxies = \"::1\"\n", "FILE:2: server.trusted_proxies: is a list of texts, not a text"},
      {"[server]\ntrusted_proxies = [1]\n",
       "FILE:2: server.trusted_proxies: is a list of texts, not a list that has not only texts"},
      {"[server]\ntrusted_proxies = [\"::1\", \"10/8\"]\n",
       "FILE:2: server.trusted_proxies: '10/8' is no address and no network, as 10.0.0.0/8 is one"},
      {"[server]\nkey = \"k\"\n", "server.certificate and server.key (--certificate and --key) go together"},
      {"acess = 1\nwokers = 1\n",
       "FILE:1: there is no setting 'acess'; is 'access' meant?; FILE:2: there is no setting 'wokers'; is 'workers' "
       "meant?"},
  };
  for (const auto& row : kRows) {
    std::string wanted = row.fault;
    for (size_t at = wanted.find("FILE"); at != std::string::npos; at = wanted.find("FILE"))
      wanted.replace(at, 4, file);
    EXPECT_EQ(FaultIn(row.toml), wanted);
  }
  EXPECT_THAT(FaultIn("a = 1\na = 2\n"), HasSubstr(file + ":2: "));
  EXPECT_THAT(FaultIn("[server\n"), HasSubstr(file + ":1: "));
  EXPECT_THAT(FaultIn(std::string("access = \"\xFF\"\n")), HasSubstr(file + ":1: "));
  EXPECT_NE(FaultIn("x = " + std::string(50'000, '[')), "");
  EXPECT_EQ(FaultOf(Sources("", {{"DIWAN_WORKERS", "many"}})),
            "DIWAN_WORKERS: workers: is a number from 0 to 256, not 'many'");
  EXPECT_EQ(FaultOf(Sources("", {}, {{"workers", "-1"}})), "--workers: workers: is a number from 0 to 256, not -1");
  EXPECT_THROW(ReadSettings(Sources(folder_.path() / "none.toml")), Error);
  EXPECT_THROW(ReadSettings(Sources(folder_.path())), Error);
  EXPECT_THROW(ReadSettings(Sources(File(std::string(2U << 20, '#')))), Error);
}

TEST_F(SettingsTest, ListsAndPathsAreReadWhereTheyStand) {
  const auto read =
      ReadSettings(Sources(File("archive = \"papers\"\n[server]\ncertificate = \"/a.pem\"\nkey = \"b.pem\"\n"),
                           {{"DIWAN_SERVER_TRUSTED_PROXIES", "10.0.0.0/8,::1"}}));
  EXPECT_EQ(read.values.archive, (folder_.path() / "papers").string());
  EXPECT_EQ(read.values.certificate, "/a.pem");
  EXPECT_EQ(read.values.key, (folder_.path() / "b.pem").string());
  EXPECT_THAT(read.values.trusted_proxies, testing::ElementsAre("10.0.0.0/8", "::1"));
}

TEST(Settings, TheTableHoldsTogether) {
  std::set<std::string> variables;
  for (const Setting& setting : SettingTable()) {
    SCOPED_TRACE(setting.name);
    EXPECT_THAT(std::string(setting.name), MatchesRegex("([a-z]+\\.)?[a-z_]+"));
    EXPECT_TRUE(variables.insert(VariableOf(setting)).second);
    EXPECT_FALSE(setting.what.empty());
    // What is so by default can be said.
    if (setting.name == "archive") continue;
    std::string value = FormatSetting(setting, Settings());
    if (value.front() == '"') value = value.substr(1, value.size() - 2);
    if (value == "[]") continue;
    EXPECT_NO_THROW(ReadSettings(Sources("", {{VariableOf(setting), value}})));
  }
}

TEST(Settings, StandInTheDocumentAsTheyAre) {
  const std::string document = ReadFile(DIWAN_CONFIGURATION_DOCS);
  EXPECT_THAT(document, HasSubstr(SettingRows())) << SettingRows();
}

TEST(Settings, TheExampleIsRight) {
  const std::string document = ReadFile(DIWAN_CONFIGURATION_DOCS);
  const size_t begin = document.find("```toml\n");
  ASSERT_NE(begin, std::string::npos);
  const TempFolder folder;
  const auto file = folder.Write("a.toml", document.substr(begin + 8, document.find("```", begin + 8) - begin - 8));
  EXPECT_EQ(FaultOf(Sources(file)), "");
}

TEST(Settings, VariablesThatAreNoneOfOursAreTold) {
  setenv("DIWAN_SERVER_LISEN", "x:1", 1);
  EXPECT_THAT(UnknownVariables(),
              testing::Contains("the variable DIWAN_SERVER_LISEN is no setting; is DIWAN_SERVER_LISTEN meant?"));
  unsetenv("DIWAN_SERVER_LISEN");
}

TEST_F(SettingsTest, TheProgramShowsWhatIsInForceAndChecksFiles) {
  const std::string file = File("workers = 3\n[server]\nlisten = \"127.0.0.1:0\"\n").string();
  const Ended shown = RunProgram({"config", "show", "--config", file, "--archive", "/x/y"}, folder_.path());
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("server.listen"), HasSubstr("\"127.0.0.1:0\""), HasSubstr(file + ":3"),
                               HasSubstr("\"/x/y\""), HasSubstr("--archive"), HasSubstr("default")));
  EXPECT_THAT(RunProgram({"--config", file, "config", "show", "--json"}, folder_.path()).out,
              HasSubstr(R"({"setting":"workers","value":3,"from":")"));
  EXPECT_EQ(RunProgram({"config", "check", file}, folder_.path()).status, 0);
  const std::string bad = folder_.Write("bad.toml", "wrkers = 3\n").string();
  const Ended checked = RunProgram({"config", "check", bad}, folder_.path());
  EXPECT_EQ(checked.status, 2);
  EXPECT_THAT(checked.err, HasSubstr("bad.toml:1: there is no setting 'wrkers'; is 'workers' meant?"));
  EXPECT_EQ(RunProgram({"serve", "--config", bad, "--archive", (folder_.path() / "a").string()}, folder_.path()).status,
            2);
}

TEST_F(SettingsTest, EveryCommandFindsTheArchiveOfTheFile) {
  const std::string file = File("archive = \"papers\"\naccess = \"public\"\n").string();
  ASSERT_EQ(RunProgram({"init", "--config", file}, folder_.path()).status, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "papers"));
  const std::string line = R"({"external_id":"a","pages":["x"]})";
  const auto lines = folder_.Write("lines.jsonl", line + "\n").string();
  ASSERT_EQ(RunProgram({"import", lines, "--config", file}, folder_.path()).status, 0);
  EXPECT_THAT(RunProgram({"show", "a", "--json", "--config", file}, folder_.path()).out,
              HasSubstr(R"("access":"public")"));
}

}  // namespace
}  // namespace diwan
