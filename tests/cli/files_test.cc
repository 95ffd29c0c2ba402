#include "cli/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/error.h"
#include "program.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> NamesOf(const Walk& walk) {
  std::vector<std::string> names;
  for (const FoundFile& file : walk.files) names.push_back(file.name);
  return names;
}

TEST(NaturalLessTest, SortsAsAPersonDoes) {
  std::vector<std::string> names{"p10",
                                 "p2",
                                 "p1",
                                 "p02",
                                 "p",
                                 "P1",
                                 "p2a",
                                 "a 10 b 3",
                                 "a 10 b 20",
                                 "a 9",
                                 "99999999999999999999998",
                                 "99999999999999999999999",
                                 "7"};
  std::sort(names.begin(), names.end(), NaturalLess);
  EXPECT_EQ(names, (std::vector<std::string>{"7", "99999999999999999999998", "99999999999999999999999", "P1", "a 9",
                                             "a 10 b 3", "a 10 b 20", "p", "p1", "p02", "p2", "p2a", "p10"}));
}

TEST(NaturalLessTest, IsAStrictWeakOrder) {
  const std::vector<std::string> names{"", "0", "00", "1", "01", "a", "a0", "a00", "a1", "a01b", "a1b", "ب", "0a"};
  for (const auto& a : names) {
    EXPECT_FALSE(NaturalLess(a, a)) << a;
    for (const auto& b : names) {
      EXPECT_EQ(a == b, NaturalLess(a, b) == NaturalLess(b, a)) << a << " " << b;
      for (const auto& c : names) {
        EXPECT_FALSE(NaturalLess(a, b) && NaturalLess(b, c) && !NaturalLess(a, c)) << a << " " << b << " " << c;
      }
    }
  }
}

TEST(FindFilesTest, GoesThroughFoldersInOrder) {
  const TempFolder folder;
  for (const char* name : {"box/2/p10.tif", "box/2/p9.tif", "box/10/a.tif", "box/.hidden/x.tif", "box/.hidden.tif"}) {
    folder.Write(name, "x");
  }
  const Walk walk = FindFiles({(folder.path() / "box").string()}, {});
  EXPECT_EQ(NamesOf(walk), (std::vector<std::string>{"box/2/p9.tif", "box/2/p10.tif", "box/10/a.tif"}));
  EXPECT_TRUE(walk.problems.empty());
}

TEST(FindFilesTest, LinksAreFollowedButNeverInCircles) {
  const TempFolder folder;
  folder.Write("box/a.tif", "x");
  folder.Write("other/b.tif", "x");
  fs::create_directory_symlink(folder.path() / "box", folder.path() / "box/loop");
  fs::create_directory_symlink(folder.path() / "other", folder.path() / "box/more");
  fs::create_symlink("nowhere", folder.path() / "box/dangling");
  const Walk walk = FindFiles({(folder.path() / "box").string() + "/"}, {});
  EXPECT_EQ(NamesOf(walk), (std::vector<std::string>{"box/a.tif", "box/more/b.tif"}));
  ASSERT_EQ(walk.problems.size(), 1U);
  EXPECT_NE(walk.problems[0].find("dangling"), std::string::npos);
}

TEST(FindFilesTest, TellsWhatItCouldNotTake) {
  const TempFolder folder;
  folder.Write("box/a.tif", "x");
  folder.Write("archive/CURRENT", "x");
  ASSERT_EQ(mkfifo((folder.path() / "box/fifo").c_str(), 0600), 0);
  const Walk walk =
      FindFiles({folder.path().string(), "/dev/null", (folder.path() / "none").string()}, {folder.path() / "archive"});
  EXPECT_EQ(walk.files.size(), 1U);
  EXPECT_EQ(walk.problems.size(), 3U);
}

TEST(FindFilesTest, AFolderThatCannotBeReadIsTold) {
  const TempFolder folder;
  folder.Write("box/closed/a.tif", "x");
  folder.Write("box/open.tif", "x");
  for (const char* open : {".", "box"}) fs::permissions(folder.path() / open, fs::perms(0755));
  fs::permissions(folder.path() / "box/closed", fs::perms::none);
  const uid_t user = geteuid();
  // root reads every folder, nobody does not
  ASSERT_EQ(user == 0 ? seteuid(65534) : 0, 0);
  const Walk walk = FindFiles({(folder.path() / "box").string()}, {});
  ASSERT_EQ(user == 0 ? seteuid(0) : 0, 0);
  fs::permissions(folder.path() / "box/closed", fs::perms::owner_all);
  EXPECT_EQ(NamesOf(walk), (std::vector<std::string>{"box/open.tif"}));
  EXPECT_EQ(walk.problems.size(), 1U);
}

ErrorCode CodeOfOpening(const fs::path& path) {
  try {
    const OpenFile file(path);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kInternal;
}

TEST(OpenFileTest, TakesOnlyRegularFilesAndNeverWaits) {
  const TempFolder folder;
  ASSERT_EQ(mkfifo((folder.path() / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(CodeOfOpening(folder.path() / "fifo"), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOfOpening(folder.path()), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOfOpening(folder.path() / "none"), ErrorCode::kNotFound);
}

TEST(OpenFileTest, ReadsAPipeWhereOneMayBe) {
  const TempFolder folder;
  const fs::path fifo = folder.path() / "fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(fifo) << "one\ntwo"; });
  std::ostringstream text;
  text << OpenFile(fifo, Openable::kAnyFile).stream().rdbuf();
  writer.join();
  EXPECT_EQ(text.str(), "one\ntwo");
  EXPECT_THROW(OpenFile(folder.path(), Openable::kAnyFile), Error);
}

TEST(OpenFileTest, SeesThatAFileWasWrittenTo) {
  const TempFolder folder;
  const fs::path path = folder.Write("a", "four");
  OpenFile file(path);
  EXPECT_EQ(file.size(), 4U);
  std::ostringstream text;
  text << file.stream().rdbuf();
  EXPECT_EQ(text.str(), "four");
  EXPECT_FALSE(file.changed());
  folder.Write("a", "longer");
  EXPECT_TRUE(file.changed());
}

TEST(OutputFileTest, NeverWritesOverAFileUnlessTold) {
  const TempFolder folder;
  const fs::path path = folder.Write("a", "old");
  std::ostringstream standard_output;
  EXPECT_THROW(OutputFile(path.string(), false, standard_output).Write("new"), Error);
  EXPECT_EQ(ReadFile(path), "old");
  OutputFile forced(path.string(), true, standard_output);
  forced.Write("new");
  forced.Close();
  EXPECT_EQ(ReadFile(path), "new");
  OutputFile("-", false, standard_output).Write("bytes");
  EXPECT_EQ(standard_output.str(), "bytes");
}

TEST(OutputFileTest, LeavesNoPartBehind) {
  const TempFolder folder;
  std::ostringstream standard_output;
  { OutputFile(folder.path() / "part", false, standard_output).Write("half"); }
  EXPECT_FALSE(fs::exists(folder.path() / "part"));
}

}  // namespace
}  // namespace diwan
