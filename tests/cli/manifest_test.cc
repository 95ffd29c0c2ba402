// `diwan ingest` with manifests and `diwan export`, as people run them, on pages that are quick to read: blank ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "blank_tiff.h"
#include "cli/row_body.h"
#include "program.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

class ManifestTest : public testing::Test {
 protected:
  ManifestTest() {
    folder_.Write("box/1.tif", BlankTiff(200, 200, 1));
    folder_.Write("box/2.tif", BlankTiff(200, 200, 2));
    folder_.Write("box/sub/-3.tif", BlankTiff(200, 200, 3));
  }

  Ended Diwan(std::vector<std::string> arguments, const std::string& archive = "archive") {
    arguments.insert(arguments.end(), {"--archive", (folder_.path() / archive).string()});
    return RunProgram(arguments, folder_.path());
  }
  std::string Path(const std::string& name) const { return (folder_.path() / name).string(); }

  TempFolder folder_;
};

TEST_F(ManifestTest, AListBesideTheScansSaysWhatTheyAre) {
  folder_.Write("box/manifest.csv",
                "\xEF\xBB\xBF"
                "file;رقم;تاريخ;الموضوع;signatory;signatory\r\n"
                "1.tif;٤٥/٢٠١٨;١٢/٣/٢٠١٩;\"رسوم \"\"السوق\"\";\r\nوالبسطات\";أحمد;ليلى\r\n"
                "sub\\-3.tif;7;;;;\r\n");
  const Ended ended = Diwan({"ingest", Path("box"), "--json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("2.tif"));  // it has no row
  EXPECT_THAT(ended.err, Not(HasSubstr("1.tif")));
  EXPECT_EQ(Json::parse(ended.out)["received"], 3);
  const Ended exported = Diwan({"export", "--no-text"});
  EXPECT_EQ(
      exported.out,
      "{\"file\":\"1.tif\",\"title\":\"رسوم \\\"السوق\\\";\\r\\nوالبسطات\",\"number\":\"٤٥/٢٠١٨\",\"date\":\"١٢/٣/"
      "٢٠١٩\",\"signatory\":[\"أحمد\",\"ليلى\"]}\n"
      "{\"file\":\"2.tif\"}\n"
      "{\"file\":\"-3.tif\",\"number\":\"7\"}\n");
  EXPECT_THAT(Diwan({"search", "date:2019-03-12"}).out, HasSubstr("45/2018"));
}

TEST_F(ManifestTest, NothingIsBroughtInWhenTheListIsWrong) {
  struct {
    const char* manifest;
    std::vector<const char*> said;
  } const kWrong[] = {
      {"file,colour\n1.tif,red\n", {"line 1", "colour"}},
      {"file,date\n1.tif,31/02/2019\n9.tif,1/1/2019\n1.tif,1/1/2019\n", {"line 2", "line 3", "9.tif", "line 4"}},
      {"file,title\n1.tif,\"open\n2.tif,x\n", {"line 2", "quotation"}},
      {"file,title\n1.tif,\xC7\xE1\n", {"line 2", "UTF-8"}},
      {"file,number\n1.tif,1\n./1.tif,2\n", {"line 3", "line 2"}},
  };
  for (const auto& wrong : kWrong) {
    folder_.Write("box/manifest.csv", wrong.manifest);
    const Ended ended = Diwan({"ingest", Path("box")});
    EXPECT_EQ(ended.status, 2) << wrong.manifest;
    for (const char* said : wrong.said) EXPECT_THAT(ended.err, HasSubstr(said)) << wrong.manifest;
    EXPECT_FALSE(std::filesystem::exists(Path("archive"))) << wrong.manifest;
  }
  folder_.Write("box/manifest.csv", "file,number\n1.tif,1\n");
  EXPECT_EQ(Diwan({"ingest", Path("box"), "--strict"}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(Path("archive")));
  EXPECT_EQ(Diwan({"ingest", Path("box/1.tif"), "--strict"}).status, 2);  // no list at all
  EXPECT_EQ(Diwan({"ingest", Path("box"), "--manifest", Path("none.csv")}).status, 3);
}

TEST_F(ManifestTest, AListMayLieElsewhere) {
  folder_.Write("lists/box.jsonl",
                "{\"file\":\"box/1.tif\",\"number\":\"1\"}\n{\"file\":\"2.tif\",\"number\":2}\n"
                "{\"file\":\"-3.tif\",\"number\":\"3\"}\n");
  const Ended ended = Diwan({"ingest", Path("box"), "--manifest", Path("lists/box.jsonl"), "--strict"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(Diwan({"export", "--no-text"}).out,
            "{\"file\":\"1.tif\",\"number\":\"1\"}\n{\"file\":\"2.tif\",\"number\":\"2\"}\n"
            "{\"file\":\"-3.tif\",\"number\":\"3\"}\n");
}

TEST_F(ManifestTest, ANameThatSeveralFilesHaveNeedsItsFolder) {
  folder_.Write("box/sub/2.tif", BlankTiff(200, 200, 4));
  folder_.Write("list.csv", "file,number\n-3.tif,1\n2.tif,2\n");
  EXPECT_EQ(Diwan({"ingest", Path("box/sub"), Path("box/2.tif"), "--manifest", Path("list.csv")}).status, 0);
  const Ended ended = Diwan({"ingest", Path("box/sub/2.tif"), Path("box/2.tif"), "--manifest", Path("list.csv")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("line 3"));
}

TEST_F(ManifestTest, TheSameCommandAgainChangesNothingAndABetterListDoes) {
  folder_.Write("box/manifest.csv", "file,number,external_id\n1.tif,1,a\n2.tif,2,b\nsub/-3.tif,3,c\n");
  EXPECT_EQ(Diwan({"ingest", Path("box")}).status, 0);
  const std::string first = Diwan({"export"}).out;
  EXPECT_EQ(Diwan({"ingest", Path("box")}).status, 0);
  EXPECT_EQ(Diwan({"export"}).out, first);
  folder_.Write("box/manifest.csv", "file,number,external_id\n1.tif,1,a\n2.tif,22,b\nsub/-3.tif,3,c\n");
  EXPECT_EQ(Diwan({"ingest", Path("box")}).status, 0);
  EXPECT_EQ(Diwan({"export"}).out, std::regex_replace(first, std::regex("\"2\""), "\"22\""));
  // Bytes that are in the archive under another name are not spoken of by this row.
  folder_.Write("box/copy.tif", BlankTiff(200, 200, 1));
  folder_.Write("box/manifest.csv", "file,number\ncopy.tif,9\n");
  const Ended ended = Diwan({"ingest", Path("box/copy.tif"), "--manifest", Path("box/manifest.csv")});
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("copy.tif"));
  EXPECT_THAT(Diwan({"export"}).out, Not(HasSubstr("\"9\"")));
}

TEST_F(ManifestTest, CsvGoesOutAndInAgainToTheByte) {
  const std::string kValues = "\"=HYPERLINK(\"\"x\"\")\",+1,-1,'@x,\"ا\r\nب\",\" x \",\"a;b,c\"";
  folder_.Write("box/manifest.csv",
                "file,title,body,signatory,place,court,place,department,date,language,external_id,money,year\r\n"
                "1.tif," +
                    kValues +
                    ",۱۴۰۲/۰۵/۱۲,fas,\"ق/1\",٣٥٠ دينار,١٩٩٩\r\n"
                    "sub/-3.tif,,,,,,,,رمضان ١٤٤٥,,,,\r\n2.tif,,,,,,,,,,,,\r\n");
  EXPECT_EQ(Diwan({"ingest", Path("box")}).status, 0);
  const Ended first = Diwan({"export", "--format", "csv"});
  EXPECT_EQ(first.status, 0) << first.err;
  std::filesystem::remove(Path("box/manifest.csv"));
  folder_.Write("first.csv", first.out);
  const Ended again = Diwan({"ingest", Path("box"), "--manifest", Path("first.csv"), "--strict"}, "second");
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(Diwan({"export", "--format", "csv"}, "second").out, first.out);
  const std::string lines = Diwan({"export"}).out;
  EXPECT_EQ(Diwan({"export"}, "second").out, lines);
  // And as text records.
  folder_.Write("records.jsonl", lines);
  EXPECT_EQ(Diwan({"import", Path("records.jsonl")}, "third").status, 0);
  EXPECT_EQ(Diwan({"export"}, "third").out, lines);
  EXPECT_EQ(Diwan({"export", "--format", "csv"}, "third").out, first.out);
  // No cell is a formula to whoever opens it.
  EXPECT_FALSE(std::regex_search(first.out, std::regex("(^|,)\"?[-=+@]")));
  EXPECT_THAT(lines, HasSubstr("\"=HYPERLINK(\\\"x\\\")\""));
  EXPECT_THAT(lines, HasSubstr("\"@x\""));
}

// Whoever sends it looks at the place to see whether anything was taken.
TEST(ManifestRowBody, TellsItsPlaceInRowAndFile) {
  std::istringstream file("file");
  RowBody body("row\n", file);
  EXPECT_EQ(body.tellg(), 0);
  body.get();
  EXPECT_EQ(body.tellg(), 1);
  body.ignore(5);
  EXPECT_EQ(body.tellg(), 6);
}

TEST_F(ManifestTest, OverHttpItIsTheSame) {
  folder_.Write("box/manifest.csv", "file,number,title\n1.tif,45/2018,\"سوق\nx\"\n2.tif,2,\nsub/-3.tif,3,\n");
  ASSERT_EQ(Diwan({"init"}).status, 0);
  Program server({"serve", "--listen", "127.0.0.1:0", "--archive", Path("archive")}, folder_.path());
  const std::string url = server.FirstLine();
  const std::filesystem::path own = folder_.path() / "client";
  std::filesystem::create_directory(own);
  const std::vector<std::string> token = TokenFor(Path("archive"), folder_.path());
  const Ended ended = RunProgram({"ingest", Path("box"), "--server", url, token[0], token[1]}, own);
  EXPECT_EQ(ended.status, 0) << ended.err;
  const Ended exported = RunProgram({"export", "--no-text", "--server", url, token[0], token[1]}, own);
  EXPECT_EQ(exported.out,
            "{\"file\":\"1.tif\",\"title\":\"سوق\\nx\",\"number\":\"45/2018\"}\n{\"file\":\"2.tif\",\"number\":\"2\"}\n"
            "{\"file\":\"-3.tif\",\"number\":\"3\"}\n");
}

}  // namespace
}  // namespace diwan
