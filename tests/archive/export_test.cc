// Export: what goes out comes in again as the same, to the byte.
#include "archive/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/merge.h"
#include "archive/relate.h"
#include "archive/removal.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

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

// A line with every field that there is, twice where a record has several, in letters that have to be escaped or must
// not be.
std::string FullLine() {
  Json line = {{"file", "صندوق 12.tif"}, {"external_id", "ق/45 \"أ\""}};
  for (const std::string_view name : KnownFieldNames()) {
    line[std::string(name)] = {"=قيمة \"أولى\"\r\nوسطر ثان\t؛ " + std::string(name), "٤٥/٢٠١٨"};
    if (!HasSeveralValues(name)) line[std::string(name)] = line[std::string(name)][0];
  }
  line["year"] = "لسنة 2018";
  line["number"] = "=(45)\t/ أ";
  line["type"] = "قرار =\"أولى\"\r\nوسطر ثان\t؛";
  line["session"] = "=١٧ \"أولى\"\r\nوسطر ثان\t؛";
  line["language"] = "fas";
  line["date"] = "۱۴۰۲/۰۵/۱۲";
  line["session_date"] = "٥ رمضان ١٤٤٥ هـ";
  line["pages"] = {"صفحة أولى\nسطر\n", "", "page \"3\" \xE2\x80\xA8 \xF0\x9F\x93\x9C"};
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
  EXPECT_EQ(full.fields.size(), KnownFieldNames().size() + std::ranges::count_if(KnownFieldNames(), HasSeveralValues));
}

// An archive in which persons said one of everything.
class SaidTest : public ExportTest {
 protected:
  void SetUp() override {
    StartAnewWith(
        "{\"external_id\":\"a\",\"number\":\"5/2017\",\"pages\":[\"بلدية السلط\\nقرار رقم (77) لسنة 2018\\nالتاريخ: "
        "1/2/2018\\n"
        "قرر المجلس إلغاء القرار رقم 5 لسنة 2016 وتعديل القرار رقم 6 لسنة 2016.\\n\"]}\n"
        "{\"title\":\"بلا اسم\",\"pages\":[\"نص\"]}\n"
        "{\"external_id\":\"held\",\"signatory\":[\"أحمد\",\"ليلى\"],\"pages\":[\"نص\"]}\n"
        "{\"external_id\":\"copy\",\"type\":\"decision\",\"pages\":[\"نص\"]}\n"
        "{\"external_id\":\"copy of a copy\",\"pages\":[\"نص\"]}\n"
        "{\"external_id\":\"gone\",\"pages\":[\"نص\"]}\n");
    nameless_ = archive_->store().ListRecords("", 2).at(1).id;
    EditFields(*archive_, EditOf("a"),
               {{.action = FieldAction::kSet, .name = "number", .value = "٧٨/٢٠١٨"},
                {.action = FieldAction::kConfirm, .name = "date"},
                {.action = FieldAction::kRemove, .name = "body"}});
    EditFields(*archive_, EditOf("held"), {{.action = FieldAction::kRemove, .name = "signatory", .was = "ليلى"}});
    JudgeCitation(*archive_, EditOf("a"), 0, CitationState::kRejected);
    AddRelation(*archive_, EditOf("a"), {.relation = CitedRelation::kAmends, .to = nameless_, .article = "3"});
    AddRelation(*archive_, EditOf(nameless_), {.relation = CitedRelation::kImplements, .to = "copy"});
    AddRelation(*archive_, EditOf(nameless_), {.relation = CitedRelation::kRepeals, .to = "gone"});
    HoldRecord(*archive_, EditOf("held"), true);
    MergeRecord(*archive_, EditOf("copy of a copy"), "copy");
    MergeRecord(*archive_, EditOf("copy"), "held");
    DeleteRecord(*archive_, EditOf("gone"));
  }

  Edit EditOf(const std::string& record) {
    const int version = FetchRecord(*archive_, record, Gone::kShow).version;
    return {.record = record, .version = version, .actor = "test", .why = "seen on paper"};
  }
  Record Shown(const std::string& record) { return FetchRecord(*archive_, record, Gone::kShow); }

  std::string nameless_;
};

TEST_F(SaidTest, WhatPersonsSaidComesInAgainWithItsMarks) {
  const std::string first = All({.deleted = true});
  const Record a = Shown("a");
  StartAnewWith(first);
  EXPECT_EQ(All({.limit = 2, .deleted = true}), first);
  EXPECT_THAT(Shown("a").fields, UnorderedElementsAreArray(a.fields)) << "each with its origin, state and place";
  EXPECT_THAT(Shown("a").removed, ElementsAre(RemovedValue{.name = "body", .value = ""}));
  ASSERT_TRUE(Shown("held").hold && Shown("gone").deleted);
  EXPECT_EQ(Shown("held").hold->who, "test");
  EXPECT_EQ(Shown("gone").deleted->why, "seen on paper");
  EXPECT_EQ(CodeOf([&] { DeleteRecord(*archive_, EditOf("held")); }), ErrorCode::kDenied);
  EXPECT_EQ(FollowMerges(archive_->store(), Shown("copy of a copy")).id, Shown("held").id);
  EXPECT_THAT(Shown("held").merged, UnorderedElementsAre(Shown("copy").id, Shown("copy of a copy").id));
  const auto cited = archive_->store().GetCitations(Shown("a").id)->citations;
  ASSERT_EQ(cited.size(), 3U);
  EXPECT_EQ(cited[0].state, CitationState::kRejected);
  EXPECT_EQ(cited[1].state, CitationState::kProposed);
  EXPECT_EQ(cited[2].target, Shown(nameless_).id) << "under the id that it had before";
  EXPECT_EQ(cited[2].article, "3");
  EXPECT_EQ(archive_->store().WrongNumberEntries(), 0U);
}

TEST_F(SaidTest, WithoutDeletedRecordsRelationsNameThoseThatAreThere) {
  const std::string first = All();
  EXPECT_THAT(first, HasSubstr("{\"relation\":\"implements\",\"to\":\"held\"}"));
  EXPECT_THAT(first, Not(HasSubstr("gone")));
  StartAnewWith(first);
  EXPECT_EQ(All(), first);
  EXPECT_EQ(CodeOf([&] { Export(*archive_, {.query = "x", .deleted = true}); }), ErrorCode::kInvalid);
  for (const char* said : {"relations", "removed", "judged", "hold", "origin"}) {
    EXPECT_THAT(All({.text = false}), Not(HasSubstr(said))) << "as a manifest takes it";
  }
}

// In the archive that it came from, an export changes nothing that persons said, and makes no second record.
TEST_F(SaidTest, AnExportIsNoSecondArchive) {
  const std::string first = All();
  const uint64_t records = archive_->store().Totals().records;
  const ImportReport report = ImportText(first);
  EXPECT_EQ(report.replaced, 2U);
  ASSERT_EQ(report.problems.size(), 1U) << "the one under a legal hold";
  EXPECT_EQ(archive_->store().Totals().records, records);
  EXPECT_EQ(archive_->store().GetCitations(Shown("a").id)->citations.size(), 3U);
}

TEST_F(ExportTest, WhatCantBeSaidIsToldWithItsLine) {
  StartAnewWith("");
  const char* const kWrong[] = {
      R"("relations":[{"relation":"likes","to":"x"}])",
      R"("relations":[{"relation":"amends"}])",
      R"("relations":{"relation":"amends","to":"x"})",
      R"("removed":[{"name":"colour"}])",
      R"("hold":{"why":"","who":"x","at":"2020-01-01T00:00:00.000Z"})",
      R"("hold":{"why":"x","who":"x","at":"2020-13-01T00:00:00.000Z"})",
      R"("merged_into":"x")",
      R"("judged":[{"state":"proposed","kind":"decision","relation":"amends"}])",
      R"("judged":[{"state":"rejected","kind":"decision","relation":"amends","begin":5,"end":1}])",
      R"("number":{"value":"5","printed":"5","origin":"nobody","state":"confirmed"})",
      R"("number":{"value":"5","printed":"5","origin":"person","state":"confirmed","page":1,"begin":0,"end":99})",
      R"("number":{"value":"","printed":"5","origin":"person","state":"confirmed"})",
      R"("number":{"value":"5","printed":"5","origin":"person","state":"confirmed","confidence":101})",
      R"("title":"a","title":"b")",
      R"("date":"31/4/2019")",
      R"("number":"بلا رقم")",
      "\"title\":\"a\xE2\x80\xAE"
      "b\"",
  };
  std::string lines;
  for (const char* wrong : kWrong) lines += fmt::format("{{{},\"pages\":[\"x\"]}}\n", wrong);
  lines += R"({"relations":[{"relation":"amends","to":"nobody"}],"pages":["x"]})";
  const ImportReport report = ImportText(lines);
  EXPECT_EQ(report.imported, 1U);
  ASSERT_EQ(report.problems.size(), std::size(kWrong) + 1);
  for (size_t i = 0; i < report.problems.size(); ++i) EXPECT_EQ(report.problems[i].line, i + 1);
  EXPECT_THAT(report.problems.back().reason, HasSubstr("nobody"));
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
