// Every scenario file, in each of the three ways to an archive, expecting the same.
#include "scenario.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace diwan {
namespace {

std::vector<std::filesystem::path> ScenarioFiles() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SCENARIO_FOLDER)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ScenarioTest : public testing::TestWithParam<std::tuple<std::filesystem::path, Way>> {};

TEST_P(ScenarioTest, HoldsInEveryWay) {
  const auto& [file, way] = GetParam();
  EXPECT_EQ(fmt::format("{}", fmt::join(RunScenario(ReadScenario(file), way), "\n")), "");
}

std::string NameOfCase(const testing::TestParamInfo<ScenarioTest::ParamType>& info) {
  const char* const ways[] = {"own_process", "local_socket", "server"};
  return std::get<0>(info.param).stem().string() + "_" + ways[static_cast<int>(std::get<1>(info.param))];
}

INSTANTIATE_TEST_SUITE_P(All, ScenarioTest,
                         testing::Combine(testing::ValuesIn(ScenarioFiles()),
                                          testing::Values(Way::kOwnProcess, Way::kLocalSocket, Way::kServer)),
                         NameOfCase);

}  // namespace
}  // namespace diwan
