// Export: what goes out comes in again as the same, to the byte.
#include "archive/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/fetch.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ExportTest : public ArchiveTest {
 protected:
  // All lines, asked for `limit` at a time.
  std::string All(ExportRequest request = {}) {
    std::string lines;
    for (;;) {
      const ExportedLines part = Export(*archive_, request);
      lines += part.lines;
      if (part.next.empty()) return lines;
      request.after = part.next;
    }
  }

  // Empties the archive and imports `lines`.
  void StartAnewWith(const std::string& lines) {
    archive_.reset();
    std::filesystem::remove_all(dir_);
    Open();
    EXPECT_THAT(ImportText(lines).problems, IsEmpty());
  }
};

// A line with every field that there is, twice each, in letters that have to be escaped or must not be.
std::string FullLine() {
  Json line = {{"file", "صندوق 12.tif"}, {"external_id", "ق/45 \"أ\""}};
  for (const std::string_view name : KnownFieldNames()) {
    line[std::string(name)] = {"=قيمة \"أولى\"\r\nوسطر ثان\t؛ " + std::string(name), "٤٥/٢٠١٨"};
  }
  line["language"] = "fas";
  line["date"] = "۱۴۰۲/۰۵/۱۲";
  line["session_date"] = "٥ رمضان ١٤٤٥ هـ";
  line["pages"] = {"صفحة أولى\nسطر\n", "", "page \"3\"\x01 \xE2\x80\xA8 \xF0\x9F\x93\x9C"};
  return line.dump() + '\n';
}

TEST_F(ExportTest, ExportImportExportIsTheSameToTheByte) {
  std::string lines = FullLine();
  for (int i = 0; i < 1200; ++i) {
    lines += fmt::format("{{\"title\":\"قرار {}\",\"number\":\"{}/2019\",\"pages\":[\"نص {}\"]}}\n", i, i, i);
  }
  lines += "{\"pages\":[\"قرار رقم (77) لسنة 2018\\nقرر المجلس إلغاء القرار رقم 5 لسنة 2016\\n\"]}\n";
  StartAnewWith(lines);
  const std::string first = All();
  EXPECT_EQ(first, lines);
  StartAnewWith(first);
  EXPECT_EQ(All({.limit = 7}), first);
  const Record full = FetchRecord(*archive_, archive_->store().ListRecords("", 1).at(0).id);
  EXPECT_EQ(full.Value("date"), "2023-08-03");
  EXPECT_EQ(full.Value("session_date"), "2024-03-15");
  EXPECT_EQ(full.file_name, "صندوق 12.tif");
  EXPECT_EQ(full.fields.size(), 2 * KnownFieldNames().size() - 3);
}

TEST_F(ExportTest, WhatNobodyConfirmedIsLeftOutUnlessAskedFor) {
  StartAnewWith("{\"pages\":[\"بلدية السلط\\nقرار رقم (77) لسنة 2018\\nقرر المجلس تنظيم السوق.\\n\"]}\n");
  ASSERT_EQ(archive_->store().ListRecords("", 1).at(0).Value("number"), "77/2018");
  EXPECT_THAT(All({.text = false}), Not(HasSubstr("number")));
  EXPECT_THAT(All({.text = false, .proposed = true}), HasSubstr("\"number\":\"77/2018\""));
}

// A value that a person mended is not lost to its printed form.
TEST_F(ExportTest, TheValueCountsMoreThanThePrintedForm) {
  StartAnewWith("{\"pages\":[\"x\"]}\n");
  Record record = archive_->store().ListRecords("", 1).at(0);
  record.fields = {{.name = "number",
                    .value = "45/2018",
                    .printed = "45/2O18",
                    .origin = FieldOrigin::kPerson,
                    .state = FieldState::kConfirmed},
                   {.name = "date",
                    .value = "2019-03-12",
                    .printed = "١٢ مارس ٢٠١٩",
                    .origin = FieldOrigin::kOcr,
                    .state = FieldState::kConfirmed}};
  ChangeSet changes;
  changes.records.push_back(record);
  changes.audit.push_back({.action = "test"});
  archive_->Commit(changes);
  EXPECT_EQ(All({.text = false}), "{\"number\":\"45/2018\",\"date\":\"١٢ مارس ٢٠١٩\"}\n");
}

TEST_F(ExportTest, AQuestionExportsWhatItFinds) {
  StartAnewWith(
      "{\"external_id\":\"a\",\"type\":\"decision\",\"pages\":[\"السوق\"]}\n"
      "{\"external_id\":\"b\",\"type\":\"letter\",\"pages\":[\"السوق\"]}\n"
      "{\"external_id\":\"c\",\"type\":\"decision\",\"pages\":[\"السوق\"]}\n");
  EXPECT_EQ(All({.query = "type:decision", .limit = 1, .text = false}),
            "{\"external_id\":\"a\",\"type\":\"decision\"}\n{\"external_id\":\"c\",\"type\":\"decision\"}\n");
  EXPECT_EQ(All({.query = "مطار"}), "");
}

TEST_F(ExportTest, LimitsAreKept) {
  StartAnewWith("");
  EXPECT_EQ(All(), "");
  EXPECT_EQ(CodeOf([&] { Export(*archive_, {.limit = 0}); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Export(*archive_, {.limit = 1001}); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Export(*archive_, {.after = "x"}); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Export(*archive_, {.query = std::string(1001, 'x')}); }), ErrorCode::kTooLarge);
}

// One answer holds no more than a few MiB, however many records were asked for.
TEST_F(ExportTest, LargeTextsComeInParts) {
  std::string lines;
  for (int i = 0; i < 3; ++i) lines += "{\"pages\":[\"" + std::string(5U << 20, 'x') + "\"]}\n";
  StartAnewWith(lines);
  EXPECT_LT(Export(*archive_, {}).lines.size(), 12U << 20);
  EXPECT_EQ(All(), lines);
}

}  // namespace
}  // namespace diwan
