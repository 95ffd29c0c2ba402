// How records come by their level of access, and what becomes of it.
#include <gmock/gmock.h>

#include "archive/edit_fields.h"
#include "archive/export.h"
#include "archive/fetch.h"
#include "archive/ingest.h"
#include "archive/manifest.h"
#include "archive/merge.h"
#include "archive/split.h"
#include "archive/verify.h"
#include "tests/archive/archive_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Viewer kInternal{.level = AccessLevel::kInternal, .bodies = {}};

class LevelsTest : public ArchiveTest {
 protected:
  LevelsTest() { Open(); }

  Record Get(const std::string& name) { return FetchRecord(*archive_, name); }

  Edit From(const std::string& name, const std::string& why = "") {
    return {.record = name, .version = Get(name).version, .actor = "test", .why = why};
  }

  void Set(const std::string& name, const std::string& field, const std::string& value) {
    EditFields(*archive_, From(name), {{.action = FieldAction::kSet, .name = field, .value = value, .was = ""}});
  }
};

TEST_F(LevelsTest, ComeAndGoWithImports) {
  const std::string lines = R"({"external_id":"a","access":"public","title":"x","pages":["one"]})"
                            "\n"
                            R"({"external_id":"b","title":"y","pages":["two"]})"
                            "\n"
                            R"({"external_id":"c","access":"confidential","title":"z","pages":["three"]})"
                            "\n";
  EXPECT_EQ(ImportText(lines).imported, 3U);
  EXPECT_EQ(Get("a").access, AccessLevel::kPublic);
  EXPECT_EQ(Get("b").access, AccessLevel::kInternal);
  EXPECT_EQ(Export(*archive_, {}).lines, lines);
  EXPECT_EQ(ImportText(R"({"external_id":"c","title":"w","pages":["four"]})").replaced, 1U);
  EXPECT_EQ(Get("c").access, AccessLevel::kConfidential);
  EXPECT_EQ(ImportText(R"({"external_id":"d","access":"secret","pages":["five"]})").failed, 1U);
  EXPECT_THAT(Verify(*archive_, {}).problems, IsEmpty());
}

TEST_F(LevelsTest, OfWhichNothingIsSaidAreTheArchivesOwn) {
  archive_.reset();
  Archive archive(dir_, {.usual_access = AccessLevel::kConfidential});
  std::istringstream line(R"({"external_id":"a","pages":["one"]})");
  Import(archive, line, "test");
  EXPECT_EQ(FetchRecord(archive, "a").access, AccessLevel::kConfidential);
}

TEST_F(LevelsTest, AreSetByPersonsWithAVersion) {
  ImportText(R"({"external_id":"a","pages":["one"]})");
  Set("a", "access", "confidential");
  EXPECT_EQ(Get("a").access, AccessLevel::kConfidential);
  EXPECT_EQ(Get("a").version, 2);
  const auto history = archive_->store().History(Get("a").id, 0, 1, 9);
  ASSERT_THAT(history, SizeIs(1));
  EXPECT_EQ(history[0].replaced_by.action, "field.set");
  EXPECT_THAT(history[0].replaced_by.detail, HasSubstr("confidential"));
  EXPECT_EQ(CodeOf([&] { Set("a", "access", "secret"); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] {
              EditFields(*archive_, From("a"),
                         {{.action = FieldAction::kRemove, .name = "access", .value = "", .was = ""}});
            }),
            ErrorCode::kInvalid);
}

TEST_F(LevelsTest, TheStricterOneStaysInAMerge) {
  ImportText(R"({"external_id":"goes","access":"confidential","body":"court","title":"t","pages":["one"]})"
             "\n"
             R"({"external_id":"stays","access":"public","pages":["two"]})"
             "\n"
             R"({"external_id":"other","body":"council","pages":["three"]})"
             "\n");
  EXPECT_EQ(CodeOf([&] { MergeRecord(*archive_, From("goes", "x"), "other"); }), ErrorCode::kInvalid);
  EXPECT_EQ(Get("other").access, AccessLevel::kInternal);
  MergeRecord(*archive_, From("goes", "x"), "stays");
  EXPECT_EQ(Get("stays").access, AccessLevel::kConfidential);
  Archive seen = archive_->SeenBy(kInternal);
  EXPECT_EQ(CodeOf([&] { FetchRecord(seen, "goes"); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { FetchRecord(seen, "stays"); }), ErrorCode::kNotFound);
}

TEST_F(LevelsTest, BothPartsOfASplitKeepIt) {
  auto writer = archive_->store().NewSource();
  writer->Append("%PDF");
  Record record{.id = NewId(), .external_id = "file", .state = RecordState::kComplete};
  record.page_count = 2;
  record.source = writer->Finish();
  record.access = AccessLevel::kConfidential;
  record.fields = {{.name = "body", .value = "court", .printed = "court", .state = FieldState::kConfirmed}};
  ChangeSet changes{.records = {record}};
  for (const int number : {1, 2}) {
    Page page{.record_id = record.id, .number = number};
    page.text = "text";
    changes.pages.push_back({.page = page, .image = {}});
  }
  changes.sources = {{.digest = record.source, .size = 4, .record_id = record.id}};
  changes.audit = {{.at = 1, .actor = "test", .action = "record.create", .subject = record.id}};
  archive_->Commit(changes);
  const SplitRecords split = SplitRecord(*archive_, From("file", "x"), 2);
  EXPECT_EQ(AudienceOf(split.after), AudienceOf(record));
  EXPECT_EQ(AudienceOf(split.before), AudienceOf(record));
  const Viewer court{.level = AccessLevel::kInternal, .bodies = {FoldedBody("court")}};
  Archive seen = archive_->SeenBy(court);
  EXPECT_EQ(FetchSource(seen, "file").digest, record.source);
  Set(split.after.id, "body", "another court");
  EXPECT_EQ(CodeOf([&] { FetchSource(seen, "file"); }), ErrorCode::kNotFound);
  EXPECT_EQ(FetchRecord(seen, "file").id, record.id);
}

TEST_F(LevelsTest, AreColumnsOfManifests) {
  std::istringstream csv("file,access\na.pdf,confidential\nb.pdf,\n");
  const Manifest manifest = ReadManifest(csv, ManifestForm::kCsv, "ara");
  ASSERT_EQ(manifest.problem_count, 0U);
  EXPECT_EQ(manifest.rows.at(0).description.access, AccessLevel::kConfidential);
  EXPECT_FALSE(manifest.rows.at(1).description.access);
  std::istringstream wrong("file,السرية\na.pdf,hidden\n");
  EXPECT_EQ(ReadManifest(wrong, ManifestForm::kCsv, "ara").problem_count, 1U);
}

// What waits to be read has the level of its row before there is a record.
TEST_F(LevelsTest, HoldBeforeAFileIsRead) {
  const std::string batch = OpenBatch(*archive_, "box", "test").id;
  const auto receive = [&](const std::string& bytes, std::optional<AccessLevel> access) {
    Delivery delivery{.batch_id = batch, .file_name = "a.pdf", .actor = "test"};
    if (access) delivery.row = Description{.file = {}, .external_id = {}, .fields = {}, .access = access};
    std::istringstream in(bytes);
    return Receive(*archive_, delivery, in);
  };
  const BatchEntry secret = receive("%PDF-1.4 one", AccessLevel::kConfidential);
  receive("nothing that is known", AccessLevel::kConfidential);
  receive("%PDF-1.4 two", std::nullopt);
  EXPECT_EQ(archive_->store().GetJob(secret.record_id)->access, AccessLevel::kConfidential);
  Archive seen = archive_->SeenBy(kInternal);
  EXPECT_THAT(seen.store().ListJobs(), SizeIs(1));
  const BatchAccount account = AccountOf(seen, batch);
  EXPECT_EQ(account.received, 1U);
  EXPECT_EQ(account.quarantined, 0U);
  EXPECT_EQ(AccountOf(*archive_, batch).received, 3U);
  EXPECT_EQ(CodeOf([&] { Verify(seen, {}); }), ErrorCode::kDenied);
}

}  // namespace
}  // namespace diwan
