#include "cli/progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace diwan {
namespace {

TEST(ProgressTest, TheLineTellsWhatIsDoneAndWhatIsLeft) {
  const struct {
    ProgressState state;
    double speed;
    bool bar;
    const char* line;
  } kCases[] = {
      {{0, 0, 0, 0}, 0, true, "[--------------------] 0/0 pages, 0/0 files"},
      {{5, 2, 12, 24}, 24, false, "12/24 pages, 2/5 files, 24.0 pages/min, 0:45 left"},  // 6 a file, 30 expected
      {{2, 1, 10, 20}, 10, true, "[##########----------] 10/20 pages, 1/2 files, 10.0 pages/min, 1:00 left"},
      {{1, 1, 4, 4}, 60, true, "[####################] 4/4 pages, 1/1 files, 60.0 pages/min"},
      {{4, 2, 0, 0}, 0, true, "[##########----------] 0/0 pages, 2/4 files"},  // all of an older delivery
      {{1, 0, 3, 2}, 0, true, "[####################] 3/3 pages, 0/1 files"},  // never more than all
  };
  for (const auto& c : kCases) EXPECT_EQ(ProgressLine(c.state, c.speed, c.bar), c.line);
}

TEST(ProgressTest, SecondsReadAsAClock) {
  EXPECT_EQ(FormatSeconds(0), "0:00");
  EXPECT_EQ(FormatSeconds(61.4), "1:01");
  EXPECT_EQ(FormatSeconds(3723), "1:02:03");
  EXPECT_EQ(FormatSeconds(-5), "0:00");
}

TEST(ProgressTest, WithoutATerminalThereAreFewLinesAndNoControls) {
  std::ostringstream out;
  std::ostringstream err;
  const Console console{.out = out, .err = err};
  {
    Progress progress(console);
    const auto start = Progress::Time{} + std::chrono::hours(1);
    for (int second = 0; second < 60; ++second) {
      progress.Update({10, 0, static_cast<uint64_t>(second), 100}, start + std::chrono::seconds(second));
    }
    progress.Say("a.tif: is empty");
  }
  const std::string text = err.str();
  const auto lines = std::count(text.begin(), text.end(), '\n');
  EXPECT_GE(lines, 10);
  EXPECT_LE(lines, 13);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_NE(text.find("60.0 pages/min"), std::string::npos);
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressTest, OnATerminalTheBarMakesWayForLines) {
  std::ostringstream out;
  std::ostringstream err;
  const Console console{.out = out, .err = err, .err_is_terminal = true};
  {
    Progress progress(console);
    progress.Update({1, 0, 1, 2}, Progress::Time{} + std::chrono::hours(1));
    progress.Say("b\033.tif: is empty");
  }
  const std::string bar = "[##########----------] 1/2 pages, 0/1 files";
  EXPECT_EQ(err.str(), bar + "\r\033[Kb\uFFFD.tif: is empty\n" + bar + "\r\033[K");
}

}  // namespace
}  // namespace diwan
