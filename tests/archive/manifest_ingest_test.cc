// Scans with a row of a manifest, read by the real worker: what the row says stands, whatever the paper says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "archive/edit_fields.h"
#include "archive/export.h"
#include "archive/fetch.h"
#include "archive/ingest.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class ManifestIngestTest : public ArchiveTest {
 protected:
  // A sample that says its own number.
  static fs::path Paper() { return fs::path(DIWAN_PAPERS_DIR) / "street-lighting-123-2019.pdf"; }

  BatchEntry Bring(const std::string& row, const std::string& name = "paper.tif") {
    std::ifstream in(Paper(), std::ios::binary);
    Delivery delivery{.file_name = name, .actor = "test"};
    if (!row.empty()) delivery.row = ReadStrictDescription(row, "auto");
    return Receive(*archive_, delivery, in);
  }

  Record Read(const BatchEntry& entry) {
    EXPECT_TRUE(Eventually([&] { return AccountOf(*archive_, entry.batch_id).waiting == 0; }));
    return FetchRecord(*archive_, entry.record_id);
  }

  static std::vector<const Field*> Named(const Record& record, std::string_view name) {
    std::vector<const Field*> fields;
    for (const Field& field : record.fields) {
      if (field.name == name) fields.push_back(&field);
    }
    return fields;
  }
};

TEST_F(ManifestIngestTest, WhatIsReadNeverGoesBeforeTheRow) {
  Open(1);
  const Record record =
      Read(Bring(R"({"external_id":"x1","number":"٩٩٩٩/١٩٥٠","signatory":["أ","ب"],"language":"ara"})"));
  EXPECT_EQ(record.external_id, "x1");
  ASSERT_EQ(Named(record, "number").size(), 1U);
  EXPECT_EQ(record.Find("number")->value, "9999/1950");
  EXPECT_EQ(record.Find("number")->printed, "٩٩٩٩/١٩٥٠");
  EXPECT_EQ(record.Find("number")->origin, FieldOrigin::kManifest);
  EXPECT_EQ(record.Find("number")->state, FieldState::kConfirmed);
  EXPECT_EQ(Named(record, "signatory").size(), 2U);
  EXPECT_EQ(Named(record, "language").size(), 1U);
  // What the row leaves open is read, and proposed.
  EXPECT_TRUE(std::ranges::any_of(record.fields, [](const Field& f) { return f.origin == FieldOrigin::kOcr; }));
  archive_->WaitIndexed(archive_->store().LastSequence());
  EXPECT_EQ(Found("number:9999/1950").size(), 1U);
}

TEST_F(ManifestIngestTest, ARowWaitsWithItsFile) {
  Open(0);
  const BatchEntry entry = Bring(R"({"external_id":"x1","number":"7/1950"})");
  EXPECT_FALSE(Bring(R"({"external_id":"x1","number":"7/1950"})").row_left);
  EXPECT_TRUE(Bring(R"({"external_id":"x1","number":"8/1950"})").row_left);
  Open(1);
  const Record record = Read(entry);
  EXPECT_EQ(record.external_id, "x1");
  EXPECT_EQ(record.Value("number"), "7/1950");
}

TEST_F(ManifestIngestTest, ABetterRowTakesThePlaceOfTheOneBefore) {
  Open(1);
  const Record read = Read(Bring(""));
  ASSERT_NE(read.Find("number"), nullptr);
  EXPECT_EQ(read.Find("number")->origin, FieldOrigin::kOcr);
  const BatchEntry again = Bring(R"({"number":"7/1950","title":"أول","session":"3"})");
  EXPECT_EQ(again.outcome, Outcome::kDuplicate);
  EXPECT_FALSE(again.row_left);
  Record record = FetchRecord(*archive_, again.record_id);
  EXPECT_EQ(record.Value("number"), "7/1950");
  ASSERT_EQ(Named(record, "number").size(), 1U);
  EXPECT_EQ(record.page_count, read.page_count);

  // What a person gave stays; what the new row does not say any more goes, and the text is asked again.
  for (Field& field : record.fields) {
    if (field.name == "title") field.origin = FieldOrigin::kPerson;
  }
  ChangeSet changes;
  changes.records.push_back(record);
  changes.audit.push_back({.action = "test"});
  archive_->Commit(changes);
  Bring(R"({"external_id":"x1","title":"ثان"})");
  record = FetchRecord(*archive_, "x1");
  EXPECT_EQ(record.Value("title"), "أول");
  ASSERT_EQ(Named(record, "title").size(), 1U);
  EXPECT_EQ(record.Value("number"), read.Value("number"));
  EXPECT_EQ(record.Value("session"), read.Value("session"));

  // The same row again changes nothing.
  const uint64_t before = archive_->store().LastSequence();
  Bring(R"({"external_id":"x1","title":"ثان"})");
  EXPECT_EQ(archive_->store().LastSequence(), before);
}

TEST_F(ManifestIngestTest, ARowTakesBackNothingThatAPersonSaid) {
  Open(1);
  const std::string id = Read(Bring(R"({"number":"7/1950","title":"أول"})")).id;
  EditFields(*archive_, {.record = id, .version = FetchRecord(*archive_, id).version, .actor = "test", .why = {}},
             {{.action = FieldAction::kConfirm, .name = "number"}, {.action = FieldAction::kRemove, .name = "title"}});
  const BatchEntry again = Bring(R"({"number":"8/1950","title":"أول","session":"4"})");
  const Record record = FetchRecord(*archive_, id);
  EXPECT_EQ(record.Value("number"), "7/1950");
  EXPECT_EQ(record.Find("title"), nullptr);
  EXPECT_EQ(record.Value("session"), "4");
  EXPECT_TRUE(again.row_left);
  EXPECT_THAT(again.reason, AllOf(HasSubstr("8/1950"), HasSubstr("removed")));
}

TEST_F(ManifestIngestTest, ARowThatCanNotBeTakenIsTold) {
  Open(1);
  const Record record = Read(Bring(R"({"external_id":"x1","number":"7/1950"})"));
  const BatchEntry other = Bring(R"({"number":"8/1950"})", "other.tif");  // blank sheets have the same bytes
  EXPECT_TRUE(other.row_left);
  EXPECT_THAT(other.reason, HasSubstr("name"));
  EXPECT_TRUE(archive_->store().GetEntry(other.batch_id, other.number)->row_left);
  EXPECT_EQ(FetchRecord(*archive_, record.id).Value("number"), "7/1950");
  ImportText(R"({"external_id":"x2","pages":["نص"]})");
  EXPECT_EQ(CodeOf([&] { Bring(R"({"external_id":"x2"})"); }), ErrorCode::kInvalid);
  EXPECT_EQ(FetchRecord(*archive_, record.id).external_id, "x1");
}

// Two files wait, and a third record takes the name of one of them meanwhile.
TEST_F(ManifestIngestTest, AnExternalIdIsNobodyElses) {
  Open(0);
  const BatchEntry entry = Bring(R"({"external_id":"x1","number":"7/1950"})");
  ImportText(R"({"external_id":"x1","pages":["نص"]})");
  Open(1);
  const Record record = Read(entry);
  EXPECT_EQ(record.external_id, "");
  EXPECT_EQ(record.Value("number"), "7/1950");
  const BatchEntry settled = AccountOf(*archive_, entry.batch_id).entries.at(0);
  EXPECT_TRUE(settled.row_left);
  EXPECT_THAT(settled.reason, HasSubstr("x1"));
}

}  // namespace
}  // namespace diwan
