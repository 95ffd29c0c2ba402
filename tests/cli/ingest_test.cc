// `diwan ingest` as people run it, on pages that are quick to read: blank ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "blank_tiff.h"
#include "program.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class IngestTest : public testing::Test {
 protected:
  Ended Diwan(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--archive", archive_.string()});
    return RunProgram(arguments, folder_.path());
  }
  Json Stats() { return Json::parse(Diwan({"stats", "--json"}).out); }
  std::string Box() const { return (folder_.path() / "box").string(); }

  TempFolder folder_;
  std::filesystem::path archive_ = folder_.path() / "archive";
};

TEST_F(IngestTest, TakesTheGoodAndTellsOfTheBad) {
  folder_.Write("box/1.tif", BlankTiff(200, 200, 1));
  folder_.Write("box/sub/2.tif", BlankTiff(200, 200, 2));
  folder_.Write("box/sub/again.tif", BlankTiff(200, 200, 1));
  folder_.Write("box/empty.tif", "");
  folder_.Write("box/program.tif", std::string("\x7F") + "ELF and more");
  folder_.Write("box/evil\033[2J.tif", "no image");
  ASSERT_EQ(mkfifo((folder_.path() / "box/fifo").c_str(), 0600), 0);
  const Ended ended = Diwan({"ingest", Box(), "--json", "--workers", "2", "--label", "صندوق"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  for (const char* name : {"empty.tif", "program.tif", "fifo", "made a new archive"}) {
    EXPECT_THAT(ended.err, HasSubstr(name));
  }
  EXPECT_THAT(ended.err, Not(HasSubstr("\033")));
  const Json account = Json::parse(ended.out);
  EXPECT_EQ(account["label"], "صندوق");
  EXPECT_EQ(account["received"], 6);
  EXPECT_EQ(account["stored"], 2);
  EXPECT_EQ(account["duplicate"], 1);
  EXPECT_EQ(account["quarantined"], 3);
  EXPECT_EQ(account["waiting"], 0);
  EXPECT_EQ(account["entries"][0]["file_name"], "box/1.tif");
  EXPECT_EQ(Stats()["pages"], 2);
  EXPECT_EQ(Stats()["pages_searchable"], 2);
}

TEST_F(IngestTest, TheSameCommandAgainBringsInNothingTwice) {
  folder_.Write("box/1.tif", BlankTiff(200, 200, 1));
  EXPECT_EQ(Diwan({"ingest", Box()}).status, 0);
  const Ended again = Diwan({"ingest", Box()});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("1 duplicate"));
  EXPECT_EQ(Stats()["records"], 1);
}

TEST_F(IngestTest, NothingToTakeIsTold) {
  const Ended ended = Diwan({"ingest", (folder_.path() / "none").string()});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("none"));
}

TEST_F(IngestTest, ASourceAndAnImageComeBack) {
  const std::string bytes = BlankTiff(200, 200, 7);
  folder_.Write("box/1.tif", bytes);
  const Json account = Json::parse(Diwan({"ingest", Box(), "--json"}).out);
  const std::string record = account["entries"][0]["record"];
  const std::string copy = (folder_.path() / "copy.tif").string();
  EXPECT_EQ(Diwan({"show", record, "--source", copy}).status, 0);
  EXPECT_EQ(ReadFile(copy), bytes);
  EXPECT_EQ(Diwan({"show", record, "--source", copy}).status, 2);
  EXPECT_EQ(Diwan({"show", record, "--source", copy, "--force"}).status, 0);
  EXPECT_EQ(Diwan({"show", record, "--source", "-"}).out, bytes);
  EXPECT_GT(Diwan({"show", record, "1", "--image", "-"}).out.size(), 100U);
  for (const auto& of : {std::vector<std::string>{"show", record}, {"show", record, "1"}}) {
    std::vector<std::string> arguments = of;
    arguments.insert(arguments.end(), {"--pdf", "-"});
    const std::string pdf = Diwan(arguments).out;
    EXPECT_TRUE(pdf.starts_with("%PDF-") && pdf.ends_with("%%EOF\n"));
  }
  const std::string missing = (folder_.path() / "missing").string();
  EXPECT_EQ(Diwan({"show", record, "9", "--image", missing}).status, 3);
  EXPECT_FALSE(std::filesystem::exists(missing));
}

TEST_F(IngestTest, CtrlCStopsCleanlyAndTheSameCommandGoesOn) {
  for (int i = 0; i < 12; ++i) folder_.Write("box/" + std::to_string(i) + ".tif", BlankTiff(1200, 1600, i));
  {
    Program ingest({"ingest", Box(), "--workers", "1", "--archive", archive_.string()}, folder_.path());
    ASSERT_TRUE(ingest.WaitForMessage("made a new archive"));
    ingest.Signal(SIGINT);
    const Ended ended = ingest.Wait();
    EXPECT_EQ(ended.status, 130) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("stopped"));
  }
  const Ended again = Diwan({"ingest", Box()});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(Stats()["records"], 12);
  EXPECT_EQ(Stats()["pages"], 12);
  EXPECT_EQ(Diwan({"verify"}).status, 0);
}

TEST_F(IngestTest, OthersAreAnsweredMeanwhile) {
  for (int i = 0; i < 8; ++i) folder_.Write("box/" + std::to_string(i) + ".tif", BlankTiff(1200, 1600, i));
  Program ingest({"ingest", Box(), "--workers", "1", "--archive", archive_.string()}, folder_.path());
  ASSERT_TRUE(ingest.WaitForMessage("made a new archive"));
  const Ended search = Diwan({"search", "قرار", "--json"});
  EXPECT_EQ(search.status, 0) << search.err;
  EXPECT_EQ(ingest.Wait().status, 0);
  EXPECT_EQ(Stats()["pages"], 8);
}

TEST_F(IngestTest, OcrTellsWhatItReadsWith) {
  const Ended settings = RunProgram({"ocr", "--settings"}, folder_.path());
  EXPECT_EQ(settings.status, 0) << settings.err;
  EXPECT_THAT(settings.out, HasSubstr("ara.traineddata"));
  EXPECT_THAT(settings.out, HasSubstr("numbers.onnx"));
  const Json json = Json::parse(RunProgram({"ocr", "--settings", "--json"}, folder_.path()).out);
  EXPECT_EQ(json["models"]["fas"]["own"], false);
  EXPECT_EQ(json["models"]["fas"]["sha256"].get<std::string>().size(), 64U);
  EXPECT_EQ(json["number_sure_from"], 0.99);
}

TEST_F(IngestTest, OcrReadsWithoutAnArchive) {
  const std::string page = folder_.Write("1.tif", BlankTiff(200, 200, 1)).string();
  const std::string bad = folder_.Write("bad.tif", "no image").string();
  const Ended ended = RunProgram({"ocr", bad, page, "--json"}, folder_.path());
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("bad.tif"));
  EXPECT_EQ(Json::parse(ended.out)["number"], 1);
  EXPECT_EQ(Json::parse(ended.out)["doubtful"], 0);
  EXPECT_THAT(RunProgram({"ocr", page, "--alto"}, folder_.path()).out, HasSubstr("<alto"));
  EXPECT_THAT(RunProgram({"ocr", page, "--hocr"}, folder_.path()).out, HasSubstr("ocr_page"));
}

}  // namespace
}  // namespace diwan
