// Records that were stored before the rules were what they are now.
#include "archive/read_fields.h"

#include <gmock/gmock.h>

#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/removal.h"
#include "archive/verify.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class ReadFieldsTest : public ArchiveTest {
 protected:
  // Two decisions of which, as in an archive of an older program, nothing was read but what is given.
  void SetUp() override {
    Open();
    ImportText(R"({"external_id":"a","pages":["بلدية السلط\nقرار رقم (45) لسنة 2018\nيلغى القرار رقم 12 لسنة 2015"]})"
               "\n"
               R"({"external_id":"b","title":"السوق","pages":["بلدية السلط\nقرار رقم (46) لسنة 2018\nالموضوع: آخر"]})"
               "\n");
    for (const char* name : {"a", "b"}) Forget(name);
  }

  Record Now(const std::string& name) { return FetchRecord(*archive_, name, Gone::kShow); }

  void Forget(const std::string& name) {
    ChangeSet changes;
    Record record = Now(name);
    std::erase_if(record.fields, [](const Field& field) { return field.origin == FieldOrigin::kOcr; });
    changes.records = {record};
    changes.citations = {{.record_id = record.id}};
    changes.audit = {{.actor = "test", .action = "test.forget", .subject = record.id}};
    archive_->Commit(changes);
  }

  size_t Cited(const std::string& name) { return archive_->store().GetCitations(Now(name).id)->citations.size(); }
};

TEST_F(ReadFieldsTest, AllStoredTextsAreReadWithThePresentRules) {
  EXPECT_EQ(Now("a").Value("number"), "");
  const int version = Now("a").version;
  const ReadFieldsReport report = ReadFields(*archive_, "test", "", 100);
  EXPECT_EQ(report.read, 2U);
  EXPECT_EQ(report.changed, 2U);
  EXPECT_EQ(report.next, "");
  EXPECT_EQ(Now("a").Value("number"), "45/2018");
  EXPECT_EQ(Now("a").version, version + 1);
  EXPECT_EQ(Cited("a"), 1U);
  EXPECT_EQ(Now("b").Value("number"), "46/2018");
  EXPECT_EQ(Now("b").Value("title"), "السوق") << "what a manifest said stays";
  for (const Field& field : Now("a").fields) {
    EXPECT_TRUE(field.origin != FieldOrigin::kOcr || field.state == FieldState::kProposed) << field.name;
  }
  archive_->WaitIndexed(archive_->store().LastSequence());
  EXPECT_THAT(Found("number:45/2018"), SizeIs(1));
  EXPECT_THAT(Verify(*archive_, [](uint64_t, uint64_t) {}).problems, IsEmpty());
}

TEST_F(ReadFieldsTest, WhatIsReadAsBeforeMakesNoVersion) {
  ReadFields(*archive_, "test", "", 100);
  const int version = Now("a").version;
  const uint64_t sequence = archive_->store().LastSequence();
  const ReadFieldsReport report = ReadFields(*archive_, "test", "", 100);
  EXPECT_EQ(report.read, 2U);
  EXPECT_EQ(report.changed, 0U);
  EXPECT_EQ(Now("a").version, version);
  EXPECT_EQ(archive_->store().LastSequence(), sequence);
}

TEST_F(ReadFieldsTest, ItGoesOnWhereItWasBrokenOff) {
  const ReadFieldsReport first = ReadFields(*archive_, "test", "", 1);
  EXPECT_EQ(first.read, 1U);
  EXPECT_EQ(first.next, Now("a").id);
  EXPECT_EQ(Now("b").Value("number"), "");
  const ReadFieldsReport second = ReadFields(*archive_, "test", first.next, 1);
  EXPECT_EQ(second.changed, 1U);
  EXPECT_EQ(second.next, "");
  EXPECT_EQ(Now("b").Value("number"), "46/2018");
}

TEST_F(ReadFieldsTest, WhatPersonsSaidStays) {
  EditFields(*archive_, {.record = "a", .version = Now("a").version, .actor = "test", .why = "seen"},
             {{.action = FieldAction::kSet, .name = "number", .value = "54/2018"},
              {.action = FieldAction::kSet, .name = "body", .value = "بلدية"}});
  ReadFields(*archive_, "test", "", 100);
  EXPECT_EQ(Now("a").Value("number"), "54/2018");
  EXPECT_EQ(Now("a").Value("body"), "بلدية");
  EXPECT_EQ(Now("a").Value("type"), "decision") << "the rest is read";
}

TEST_F(ReadFieldsTest, DeletedRecordsArePassedOver) {
  DeleteRecord(*archive_, {.record = "a", .version = Now("a").version, .actor = "test", .why = "twice there"});
  const ReadFieldsReport report = ReadFields(*archive_, "test", "", 100);
  EXPECT_EQ(report.read, 1U);
  EXPECT_EQ(Now("a").Value("number"), "");
}

}  // namespace
}  // namespace diwan
