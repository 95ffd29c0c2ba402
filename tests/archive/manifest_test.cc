// Manifests: what spreadsheet programs write is read, and everything that is wrong is told with its line.
#include "archive/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "archive/csv.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Manifest Csv(const std::string& text, std::string_view language = "auto") {
  std::istringstream in(text);
  return ReadManifest(in, ManifestForm::kCsv, language);
}

Manifest JsonLines(const std::string& text) {
  std::istringstream in(text);
  return ReadManifest(in, ManifestForm::kJsonLines, "auto");
}

// "name=value (printed)" of each field.
std::vector<std::string> FieldsOf(const Description& description) {
  std::vector<std::string> fields;
  for (const Field& field : description.fields) {
    fields.push_back(fmt::format("{}={} ({})", field.name, field.value, field.printed));
  }
  return fields;
}

// "line: reason" of each problem.
std::vector<std::string> ProblemsOf(const Manifest& manifest) {
  std::vector<std::string> problems;
  for (const auto& problem : manifest.problems) problems.push_back(fmt::format("{}: {}", problem.line, problem.reason));
  return problems;
}

// The same list as different programs write it.
TEST(Manifest, EveryUsualCsvIsRead) {
  const std::vector<std::string> kSame = {
      "file,number,title,signatory,signatory\na.tif,45/2018,\"x, \"\"y\"\"\nz\",m,n\nb.tif,7,t,,\n",
      "\xEF\xBB\xBF"
      "file;number;title;signatory;signatory\r\na.tif;45/2018;\"x, \"\"y\"\"\nz\";m;n\r\nb.tif;7;t;;\r\n",
      "file\tnumber\ttitle\tsignatory\tsignatory\ra.tif\t45/2018\t\"x, \"\"y\"\"\nz\"\tm\tn\rb.tif\t7\tt\t\t",
      "sep=;\r\nFile; Number ;TITLE;signatory;signatory;;\r\n\r\na.tif;45/2018;\"x, \"\"y\"\"\nz\";m;n;;\r\n"
      ";;;;;;\r\nb.tif;7;t;;;;",
      "الملف;رقم;الموضوع;توقيع;توقيع\na.tif;45/2018;\"x, \"\"y\"\"\nz\";m;n\nb.tif;7;t; ;\n",
  };
  for (const std::string& text : kSame) {
    const Manifest manifest = Csv(text);
    ASSERT_THAT(ProblemsOf(manifest), IsEmpty()) << text;
    ASSERT_THAT(manifest.rows, SizeIs(2)) << text;
    EXPECT_EQ(manifest.rows[0].description.file, "a.tif");
    EXPECT_THAT(FieldsOf(manifest.rows[0].description),
                ElementsAre("number=45/2018 (45/2018)", "title=x, \"y\"\nz (x, \"y\"\nz)", "signatory=m (m)",
                            "signatory=n (n)"))
        << text;
    EXPECT_THAT(FieldsOf(manifest.rows[1].description), ElementsAre("number=7 (7)", "title=t (t)")) << text;
  }
  EXPECT_EQ(Csv(kSame[0]).rows[1].line, 4U);  // a line end in a cell counts
  EXPECT_EQ(Csv(kSame[1]).rows[1].line, 4U);
}

TEST(Manifest, AFieldIsConfirmedAndComesFromTheManifest) {
  const Manifest manifest = Csv("file,number\na.tif,١٢\n");
  ASSERT_THAT(manifest.rows, SizeIs(1));
  const Field field = manifest.rows[0].description.fields.at(0);
  EXPECT_EQ(field.origin, FieldOrigin::kManifest);
  EXPECT_EQ(field.state, FieldState::kConfirmed);
  EXPECT_EQ(field.confidence, 100);
}

struct NormalRow {
  const char* name;
  const char* given;
  const char* language;
  const char* value;
};

TEST(Manifest, ValuesHaveOneNormalForm) {
  const NormalRow kRows[] = {
      {"number", "٤٥/٢٠١٨", "ara", "45/2018"},
      {"number", "۴۵/۱۳۹۷", "fas", "45/1397"},
      {"number", "١٤٦ لسنة ٢٠١٨", "ara", "146/2018"},
      {"number", "القرار رقم 147 لسنة 2018", "ara", "147/2018"},
      {"number", "(151) لسنة 2018", "ara", "151/2018"},
      {"number", "152/٢٠١٨م", "ara", "152/2018"},
      {"number", "153 لسنة 1439 هـ", "ara", "153/1439"},
      {"number", "۱۵۴ سال ۱۳۹۷", "fas", "154/1397"},
      {"number", "155 مكرر لسنة 2018", "ara", "155 مكرر/2018"},
      {"number", "رقم 156/2018", "ara", "156/2018"},
      {"number", "رقم156 لعام2018", "ara", "156/2018"},
      {"number", "رقم: 150 / 2018", "ara", "150/2018"},
      {"number", "عشرة لسنة 2018", "ara", "10/2018"},
      {"number", "7 لسنة 67 قضائية", "ara", "7/67"},
      {"number", "م/159/2018", "ara", "م/159/2018"},
      {"number", "145/ص", "ara", "145/ص"},
      {"number", "12/3/ه", "ara", "12/3/ه"},
      {"number", "1/م", "ara", "1/م"},
      {"number", "القرار رقم ١٬٢٣٤", "ara", "1234"},
      {"session", "السابعة عشرة بعد المئة", "ara", "117"},
      {"session", "١٧", "ara", "17"},
      {"type", "عقد إيجار", "ara", "عقد إيجار"},
      {"year", "١٤٤٥", "ara", "1445"},
      {"year", "٦٧", "ara", "67"},
      {"money", "٣٥٠ دينار", "ara", "350 دينار"},
      {"date", "2019-03-12", "ara", "2019-03-12"},
      {"date", "١٢/٠٣/٢٠١٩", "ara", "2019-03-12"},
      {"date", "12 مارس 2019", "ara", "2019-03-12"},
      {"date", "۱۴۰۲/۰۵/۱۲", "fas", "2023-08-03"},
      {"date", "٥ رمضان ١٤٤٥ هـ", "ara", "2024-03-15"},
      {"date", "٥ رمضان ١٤٤٥ هـ الموافق ١٥ مارس ٢٠٢٤", "ara", "2024-03-15"},
      {"date", "15/3/2024 م الموافق 5/9/1445 هـ", "ara", "2024-03-15"},
      {"date", "2019", "ara", "2019"},
      {"title", "٤٥", "ara", "٤٥"},
      {"title", " ' x", "ara", " ' x"},
  };
  for (const NormalRow& row : kRows) {
    const Manifest manifest = Csv(fmt::format("file,{},language\na,\"{}\",{}\n", row.name, row.given, row.language));
    ASSERT_THAT(ProblemsOf(manifest), IsEmpty()) << row.given;
    const Field field = manifest.rows.at(0).description.fields.at(0);
    EXPECT_EQ(field.value, row.value) << row.given;
    EXPECT_EQ(field.printed, row.given);
  }
  // A list of Persian papers need not say it in each row.
  EXPECT_EQ(Csv("file,date\na,1402/05/12\n", "fas").rows.at(0).description.fields.at(0).value, "2023-08-03");
}

struct WrongRow {
  std::string text;
  uint64_t line;
  const char* says;
};

TEST(Manifest, WhatIsWrongIsToldWithItsLine) {
  const WrongRow kRows[] = {
      {"", 1, "heading"},
      {"number\n7\n", 1, "file"},
      {"file,colour\na,red\n", 1, "colour"},
      {"file,number,id\na,1,2\n", 1, "\"id\""},
      {"file,file\na,b\n", 1, "twice"},
      {"file,number\n,7\n", 2, "no file"},
      {"file,number\na,1\n\na,2\n", 4, "line 2"},
      {"file,external_id\na,x\nb,x\n", 3, "line 2"},
      {"file,number\na\n", 2, "1 cells"},
      {"file,number\na,1,2\n", 2, "3 cells"},
      {"file,date\na,31/02/2019\n", 2, "date"},
      {"file,date\na,12/13/14/15\n", 2, "date"},
      {"file,date\na,غير معروف\n", 2, "date"},
      {"file,session_date\na,32/02/1402\n", 2, "session_date"},
      {"file,date\na,5 رمضان 1445 هـ الموافق 20 مارس 2024\n", 2, "different days"},
      {"file,year\na,قديم\n", 2, "year"},
      {"file,year\na,20199\n", 2, "year"},
      {"file,year\na,0\n", 2, "year"},
      {"file,year\na,201\n", 2, "year"},
      {"file,number,year\na,45/2018,2019\n", 2, "year"},
      {"file,number,year\na,45 مكرر/2018,2019\n", 2, "year"},
      {"file,number\na,-4\n", 2, "below zero"},
      {"file,type\na,xyz\n", 2, "type"},
      {"file,session\na,abc\n", 2, "session"},
      {"file,session_date\na,1445/13/1\n", 2, "session_date"},
      {"file,language\na,arabic\n", 2, "language"},
      {"file,title\na," + std::string(4097, 'x') + "\n", 2, "4096"},
      {"file,external_id\na," + std::string(513, 'x') + "\n", 2, "512"},
      {"file,title\na,\xC7\xE1\xDE\xD1\xC7\xD1\n", 2, "UTF-8"},
      {std::string("file,title\na,b\0c\n", 17), 2, "NUL"},
      {"file,title\na,\"never closed\nb,x\n", 2, "quotation"},
      {"file,title\na,5\" pipe\n", 2, "quotation"},
      {"file,title\na,\"x\"y\n", 2, "quotation"},
      {"file,title\na,\"" + std::string(2U << 20, 'x'), 2, "long"},
      {std::string("\xFF\xFE") + "f\0i\0l\0e\0", 1, "CSV UTF-8"},
      {std::string("f\0i\0l\0e\0", 8), 1, "CSV UTF-8"},
      {"file,number,رقم\na,1,2\n", 1, "number twice"},
      {"file,number\na,164 و165/2018\n", 2, "45/2018"},
      {"file,number\na,45 2018\n", 2, "45/2018"},
      {"file,number\na,45 بشأن الأسواق\n", 2, "45/2018"},
  };
  for (const WrongRow& row : kRows) {
    const Manifest manifest = Csv(row.text);
    ASSERT_GE(manifest.problem_count, 1U) << row.text.substr(0, 80);
    EXPECT_EQ(manifest.problems[0].line, row.line) << row.text.substr(0, 80);
    EXPECT_THAT(manifest.problems[0].reason, HasSubstr(row.says)) << row.text.substr(0, 80);
    EXPECT_LT(manifest.problems[0].reason.size(), 500U);
  }
}

TEST(Manifest, AYearMayBeSaidWithItsNumberToo) {
  for (const char* row : {"45/2018,2018", "1445/2019,1445", "1445/2019,2019", "45,2018", "2315/67,67"}) {
    EXPECT_THAT(ProblemsOf(Csv(std::string("file,number,year\na,") + row + "\n")), IsEmpty()) << row;
  }
}

// What an export states of a person is held to the same; what was read may be anything.
TEST(Manifest, AStatedValueIsOneThatCanBe) {
  const auto line = [](const char* name, const char* value, const char* origin, const char* state) {
    return nlohmann::json::parse(fmt::format(R"({{"{}":{{"value":"{}","printed":"{}","origin":"{}","state":"{}"}}}})",
                                             name, value, value, origin, state));
  };
  EXPECT_THROW(ReadDescription(line("year", "0", "person", "confirmed"), "ara"), Error);
  EXPECT_THROW(ReadDescription(line("type", "xyz", "manifest", "confirmed"), "ara"), Error);
  EXPECT_THROW(ReadDescription(line("session_date", "1445/13/1", "person", "confirmed"), "ara"), Error);
  EXPECT_NO_THROW(ReadDescription(line("year", "0", "ocr", "proposed"), "ara"));
  EXPECT_NO_THROW(ReadDescription(line("session_date", "2024-03-15", "person", "confirmed"), "ara"));
}

TEST(Manifest, AFieldWithOneValueIsGivenOnce) {
  for (const char* name : {"number", "date", "body", "type", "year", "court"}) {
    const Manifest twice = JsonLines(fmt::format(R"({{"file":"a","{}":["2018","2019"]}})", name));
    EXPECT_THAT(ProblemsOf(twice), ElementsAre(AllOf(HasSubstr("1: "), HasSubstr(name), HasSubstr("one")))) << name;
  }
  EXPECT_THAT(ProblemsOf(JsonLines(R"({"file":"a","number":["45/2018"]})")), IsEmpty());
}

TEST(Manifest, ANumberWithLettersHoldsItsYear) {
  for (const Manifest& manifest :
       {Csv("file,number\na,155 مكرر لسنة 2018\n"), JsonLines(R"({"file":"a","number":"155 مكرر لسنة 2018"})")}) {
    ASSERT_THAT(manifest.rows, SizeIs(1));
    EXPECT_THAT(FieldsOf(manifest.rows[0].description), ElementsAre("number=155 مكرر/2018 (155 مكرر لسنة 2018)"));
  }
}

TEST(Manifest, AllErrorsAreToldUpToABound) {
  EXPECT_THAT(ProblemsOf(Csv("file,date,year\na,x,y\nb,1/1/2019,z\n")),
              ElementsAre(HasSubstr("2: date"), HasSubstr("2: year"), HasSubstr("3: year")));
  std::string many = "file,date\n";
  for (int i = 0; i < 500; ++i) many += fmt::format("f{},never\n", i);
  EXPECT_EQ(Csv(many).problem_count, 500U);
  EXPECT_THAT(Csv(many).problems, SizeIs(kMaxManifestProblemsTold));
}

TEST(Manifest, JsonLinesAreReadAsStrictly) {
  const Manifest good = JsonLines(
      "\xEF\xBB\xBF"
      R"({"file":"a.tif","external_id":"x","number":45,"signatory":["m","n"],"date":"١٢/٠٣/٢٠١٩"})"
      "\n\n"
      R"({"file":"b.tif"})");
  EXPECT_THAT(ProblemsOf(good), IsEmpty());
  ASSERT_THAT(good.rows, SizeIs(2));
  EXPECT_THAT(FieldsOf(good.rows[0].description),
              ElementsAre("number=45 (45)", "date=2019-03-12 (١٢/٠٣/٢٠١٩)", "signatory=m (m)", "signatory=n (n)"));
  EXPECT_EQ(good.rows[0].description.external_id, "x");
  EXPECT_EQ(good.rows[1].line, 3U);

  const Manifest bad = JsonLines(
      "no json\n[1]\n{\"file\":\"a\",\"colour\":\"red\"}\n{\"number\":\"7\"}\n"
      "{\"file\":\"a\",\"date\":\"31/02/2019\"}\n{\"file\":\"a\",\"title\":[1.5]}\n"
      "{\"file\":\"a\",\"title\":\"x\",\"title\":\"y\"}\n{\"file\":\"a\",\"pages\":[\"x\"]}\n"
      "{\"file\":\"a\",\"title\":\"\xC7\"}\n{\"file\":\"a\"}\n{\"file\":\"a\"}\n");
  EXPECT_THAT(
      ProblemsOf(bad),
      ElementsAre(HasSubstr("1: "), HasSubstr("2: "), HasSubstr("colour"), HasSubstr("no file"), HasSubstr("date"),
                  HasSubstr("title"), HasSubstr("twice"), HasSubstr("import"), HasSubstr("9: "), HasSubstr("line 10")));
}

// A row travels as JSON from the command to the archive, and must say the same there.
TEST(Description, GoesThroughJsonUnchanged) {
  const Manifest manifest =
      Csv("file,title,signatory,signatory,date,language\na,\"=x\n\"\"y\"\"\",m,n,1402/05/12,fas\n");
  ASSERT_THAT(ProblemsOf(manifest), IsEmpty());
  const Description& row = manifest.rows.at(0).description;
  const Description back = ReadStrictDescription(DescriptionJson(row).dump(), "auto");
  EXPECT_EQ(DescriptionJson(back).dump(), DescriptionJson(row).dump());
  for (const Field& field : row.fields) EXPECT_THAT(back.fields, testing::Contains(field));
}

TEST(Csv, WhatIsWrittenIsReadBack) {
  std::mt19937 random(5);  // NOLINT(cert-msc51-cpp): the same cells every time
  constexpr std::string_view kPieces[] = {"=",  "+",  "-",  "@",    "'", "\"", ",", ";",
                                          "\t", "\r", "\n", "\r\n", " ", "ق",  "x"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> cells = {"file"};  // so that no row is empty
    for (size_t i = 0; i < 4; ++i) {
      std::string& cell = cells.emplace_back();
      for (size_t n = random() % 5; n > 0; --n) cell += kPieces[random() % std::size(kPieces)];
    }
    std::vector<std::string> guarded;
    for (const std::string& cell : cells) guarded.push_back(GuardedCell(cell));
    std::istringstream in("a,b,c,d,e\r\n" + CsvRow(guarded));
    CsvReader csv(in);
    std::vector<std::string> read;
    ASSERT_TRUE(csv.Next(read));
    ASSERT_TRUE(csv.Next(read));
    for (std::string& cell : read) cell = BareCell(cell);
    ASSERT_EQ(read, cells);
    EXPECT_FALSE(csv.Next(read));
  }
}

TEST(Csv, NoCellIsAFormula) {
  for (const char* cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''-1"}) {
    EXPECT_EQ(GuardedCell(cell), std::string("'") + cell);
    EXPECT_EQ(BareCell(GuardedCell(cell)), cell);
  }
  for (const char* cell : {"", "'", "'x", "''", "x=1", "قرار", " =1", "5-3"}) {
    EXPECT_EQ(GuardedCell(cell), cell);
    EXPECT_EQ(BareCell(cell), cell);
  }
}

}  // namespace
}  // namespace diwan
