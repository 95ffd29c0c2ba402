#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <sstream>

#include "archive/archive.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "core/error.h"
#include "core/id.h"
#include "program.h"

namespace diwan {
namespace {

using testing::HasSubstr;

struct Said {
  int status = -1;
  std::string out;
  std::string err;
};

Said Play(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = RunDiwan(arguments, Console{.out = out, .err = err});
  return {status, out.str(), err.str()};
}

TEST(ExitStatusTest, EachCodeHasTheStatusOfTheTable) {
  const std::pair<ErrorCode, int> kTable[] = {
      {ErrorCode::kInvalid, 2},     {ErrorCode::kNotFound, 3}, {ErrorCode::kDenied, 4},
      {ErrorCode::kBusy, 5},        {ErrorCode::kTooLarge, 6}, {ErrorCode::kCorrupt, 7},
      {ErrorCode::kUnavailable, 8}, {ErrorCode::kInternal, 9}, {ErrorCode::kConflict, 10}};
  for (const auto& [code, status] : kTable) EXPECT_EQ(ExitStatusOf(code), status) << CodeName(code);
}

TEST(CommandsTest, WrongUsageIsStatusTwoAndSaysNothingOnStandardOutput) {
  const std::vector<std::vector<std::string>> kCases = {
      {},
      {"serch"},
      {"search"},
      {"search", "x", "--limit", "0"},
      {"search", "x", "--limit", "many"},
      {"search", "x", "--limit", "1001"},
      {"search", "x", "--no-such-option"},
      {"search", "--queries", "q.tsv"},
      {"search", "--trec", "run"},
      {"search", "--queries", "q.tsv", "--trec", "run", "x"},
      {"search", "--queries", "q.tsv", "--trec", "run", "--facets"},
      {"search", "--queries", "q.tsv", "--trec", "run", "--sort", "newest"},
      {"search", "x", "--sort", "score"},
      {"suggest"},
      {"suggest", "x", "--limit", "51"},
      {"related"},
      {"cite"},
      {"cite", "x", "--file", "y"},
      {"cite", "x", "--language", "eng"},
      {"related", "ID", "--limit", "0"},
      {"correct", "ID", "1", "WORD"},
      {"correct", "ID", "first", "WORD", "TEXT"},
      {"set", "ID", "number"},
      {"relate", "ID", "amends"},
      {"merge", "ID", "OTHER"},
      {"split", "ID", "1", "--why", "x"},
      {"delete", "ID"},
      {"hold", "ID"},
      {"history"},
      {"help", "serch"},
      {"show"},
      {"show", "ID", "minus"},
      {"show", "ID", "--text", "--alto"},
      {"show", "ID", "--json", "--image", "x"},
      {"show", "ID", "--pdf", "x", "--source", "y"},
      {"show", "ID", "2", "--source", "x"},
      {"ingest"},
      {"ingest", "x", "--language", "eng"},
      {"ingest", "x", "--workers", "0"},
      {"ocr"},
      {"ocr", "x", "--alto", "--json"},
      {"import"},
      {"import", "a", "b"},
      {"init", "extra"},
      {"init", "--server", "http://127.0.0.1:1"},
      {"serve", "--server", "http://127.0.0.1:1"},
      {"stats", "--archive"},
      {"--limit", "5"},
  };
  for (const auto& arguments : kCases) {
    const Said said = Play(arguments);
    EXPECT_EQ(said.status, 2) << testing::PrintToString(arguments) << said.err;
    EXPECT_EQ(said.out, "") << testing::PrintToString(arguments);
    EXPECT_NE(said.err, "") << testing::PrintToString(arguments);
  }
}

TEST(CommandsTest, EveryCommandHasItsHelp) {
  const Said all = Play({"--help"});
  EXPECT_EQ(all.status, 0);
  for (const char* name : {"init", "ingest", "search", "suggest", "related", "show", "cite", "ocr", "import", "verify",
                           "reindex", "stats", "serve", "user", "token", "audit", "version"}) {
    EXPECT_THAT(all.out, HasSubstr(name));
    const Said one = Play({name, "--help"});
    EXPECT_EQ(one.status, 0) << name;
    EXPECT_THAT(one.out, HasSubstr("--archive")) << name;
    EXPECT_EQ(one.err, "") << name;
    EXPECT_EQ(Play({"help", name}).out, one.out) << name;
    EXPECT_EQ(Play({"--archive", "x", "help", name}).out, one.out) << name;
  }
  EXPECT_EQ(Play({"help"}).out, all.out);
  EXPECT_EQ(Play({"help", "help"}).out, all.out);
}

TEST(CommandsTest, MissingThingsHaveTheirStatus) {
  const TempFolder folder;
  const std::string none = (folder.path() / "none").string();
  const struct {
    std::vector<std::string> arguments;
    int status;
  } kCases[] = {
      {{"stats", "--archive", none}, 3},        {{"search", "x", "--archive", none}, 3},
      {{"related", "../../stats"}, 3},          {{"suggest", "x", "--archive", none}, 3},
      {{"verify", "--archive", none}, 3},       {{"serve", "--listen", "127.0.0.1:0", "--archive", none}, 3},
      {{"import", none, "--archive", none}, 3}, {{"stats", "--server", "http://127.0.0.1:1"}, 8},
      {{"stats", "--server", "no url"}, 2},     {{"ocr", none}, 1},
  };
  for (const auto& c : kCases) EXPECT_EQ(Play(c.arguments).status, c.status) << testing::PrintToString(c.arguments);
  EXPECT_FALSE(std::filesystem::exists(none));
}

TEST(CommandsTest, QuestionsMayComeFromStandardInput) {
  const TempFolder folder;
  const std::string archive = (folder.path() / "archive").string();
  const std::string records = folder.Write("r.jsonl", R"({"external_id":"d","pages":["قرار السوق"]})").string();
  ASSERT_EQ(Play({"import", records, "--archive", archive}).status, 0);
  std::istringstream input("q1\tالسوق\n");
  std::streambuf* const standard_input = std::cin.rdbuf(input.rdbuf());
  const Said said = Play({"search", "--queries", "-", "--trec", "run", "--archive", archive});
  std::cin.rdbuf(standard_input);
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.out, testing::StartsWith("q1 Q0 d 1 "));
}

// An archive with a record "r" of one page that was read.
std::string ArchiveWith(const TempFolder& folder, Page page) {
  const std::string dir = (folder.path() / "archive").string();
  Archive archive(dir, ArchiveOptions{.create = true});
  ChangeSet changes;
  changes.records = {{.id = NewId(), .external_id = "r", .state = RecordState::kComplete, .page_count = 1}};
  page.record_id = changes.records[0].id;
  page.number = 1;
  page.origin = TextOrigin::kOcr;
  page.text = JoinWords(page.words);
  changes.pages = {{.page = page, .image = "x"}};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "page.read", .subject = page.record_id}};
  archive.WaitIndexed(archive.Commit(changes));
  return dir;
}

TEST(CommandsTest, UnsureNumbersAreShownWithWhatElseTheyMayBe) {
  const TempFolder folder;
  Page page;
  page.words = {{.text = "رقم", .confidence = 90}, {.text = "15", .confidence = 99}, {.text = "12", .confidence = 70}};
  page.words[1].number = NumberState::kSure;
  page.words[1].first_reading = "1S";
  page.words[2].number = NumberState::kUnsure;
  page.words[2].first_reading = "l2";
  page.words[2].alternatives = {"13", "72"};
  const std::string archive = ArchiveWith(folder, page);
  const Said shown = Play({"show", "r", "1", "--archive", archive});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(shown.out,
            "رقم 15 12\n"
            "\n"
            "UNSURE NUMBER  READ FIRST AS  OR\n"
            "12             l2             13  72\n");
  EXPECT_EQ(Play({"show", "r", "1", "--text", "--archive", archive}).out, "رقم 15 12\n");
  EXPECT_THAT(Play({"show", "r", "1", "--json", "--archive", archive}).out, HasSubstr(R"("number":"unsure")"));
  const Said record = Play({"show", "r", "--archive", archive});
  EXPECT_THAT(record.out, HasSubstr("DOUBTFUL"));
  EXPECT_THAT(record.out, HasSubstr("3         1\n")) << "words, and doubtful ones";
}

TEST(CommandsTest, APageWithoutUnsureNumbersIsItsText) {
  const TempFolder folder;
  Page page;
  page.words = {{.text = "رقم", .confidence = 90}, {.text = "15", .confidence = 99}};
  page.words[1].number = NumberState::kSure;
  EXPECT_EQ(Play({"show", "r", "1", "--archive", ArchiveWith(folder, page)}).out, "رقم 15\n");
}

TEST(CommandsTest, ResultsThatCannotBeWrittenAreAFailure) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  EXPECT_EQ(RunDiwan({"version"}, Console{.out = out, .err = err}), 8);
}

TEST(CommandsTest, MessagesAreClean) {
  const Said said = Play({"\033[2Jx"});
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.err.find('\033'), std::string::npos);
}

TEST(FindCommandWordTest, OptionsMayStandBeforeTheName) {
  const std::vector<std::string_view> names{"search", "stats"};
  const struct {
    std::vector<std::string> arguments;
    int at;
  } kCases[] = {
      {{"search", "x"}, 0},
      {{"--json", "search"}, 1},
      {{"--archive", "stats", "search"}, 2},
      {{"--archive=stats", "search"}, 1},
      {{"--server", "search", "--json", "stats"}, 3},
      {{"--limit", "5", "search", "stats"}, 2},
      {{"--json"}, -1},
      {{}, -1},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(FindCommandWord(c.arguments, names), c.at) << testing::PrintToString(c.arguments);
  EXPECT_THROW(FindCommandWord({"serch", "stats"}, names), Error);
}

constexpr Command kProbe{"probe", "for tests", nullptr};

TEST(ArgumentParserTest, WordsStayAsTheyWereTyped) {
  std::ostringstream out;
  std::vector<std::string> words;
  std::string label;
  Call call{kProbe,
            {"[a,b]", "{x}", "", "--label", "[c,d]", "a b", "--", "-x", "--json"},
            {},
            Console{.out = out, .err = out}};
  ArgumentParser parser(call);
  parser.List("WORD", words, "words");
  parser.Text("--label", label, "label");
  parser.Parse();
  EXPECT_EQ(words, (std::vector<std::string>{"[a,b]", "{x}", "", "a b", "-x", "--json"}));
  EXPECT_EQ(label, "[c,d]");
  EXPECT_FALSE(call.global.json);
}

TEST(ArgumentParserTest, NumbersHaveTheirLimits) {
  for (const char* bad : {"0", "11", "-1", "1.5", "x", "", "99999999999999999999", "5x"}) {
    std::ostringstream out;
    int64_t number = 3;
    Call call{kProbe, {"--number", bad}, {}, Console{.out = out, .err = out}};
    ArgumentParser parser(call);
    parser.Number("--number", number, 1, 10, "number");
    EXPECT_THROW(parser.Parse(), Error) << bad;
  }
}

// Sets a variable of the environment, and puts it back.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old, had_ = true;
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  ~Variable() { had_ ? setenv(name_, old_.c_str(), 1) : unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string old_;
  bool had_ = false;
};

TEST(ArchiveFolderTest, TheUsualPlaces) {
  const struct {
    const char* option;
    const char* diwan;
    const char* xdg;
    const char* home;
    const char* folder;
  } kCases[] = {
      {"given", "/d", "/x", "/h", "given"},
      {"", "/d", "/x", "/h", "/d"},
      {"", "", "/x", "/h", "/x/diwan"},
      {"", nullptr, nullptr, "/h", "/h/.local/share/diwan"},
      {"", nullptr, "", "/h", "/h/.local/share/diwan"},
      {"", nullptr, "relative", "/h", "/h/.local/share/diwan"},  // the XDG rules: to be ignored
  };
  for (const auto& c : kCases) {
    const Variable diwan("DIWAN_ARCHIVE", c.diwan);
    const Variable xdg("XDG_DATA_HOME", c.xdg);
    const Variable home("HOME", c.home);
    EXPECT_EQ(ArchiveFolder({.archive = c.option}), c.folder);
  }
}

}  // namespace
}  // namespace diwan
