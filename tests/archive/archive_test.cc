// Opening, importing, searching, verifying and reindexing, on text alone.
#include "archive/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "archive/cursor.h"
#include "archive/fetch.h"
#include "archive/verify.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kMarket =
    R"({"external_id":"m1","type":"decision","title":"تنظيم السوق","number":"١٢٣/٢٠١٩","date":"2019-03-12","language":"ara","pages":["قرر المجلس نقل البسطات إلى ساحة البلدية","صفحة ثانية عن الرسوم"]})";
constexpr const char* kLights =
    R"({"external_id":"l1","type":"decision","title":"روشنایی معابر","number":"۴۵/۱۴۰۲","language":"fas","pages":["چراغ‌های خیابان تعمیر می‌شود"]})";

TEST_F(ArchiveTest, OpeningSaysWhatIsWrong) {
  EXPECT_EQ(CodeOf([&] { Archive(dir_, {}); }), ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(dir_));
  fs::create_directories(dir_);
  std::ofstream(dir_ / "letter.txt") << "not an archive";
  EXPECT_EQ(CodeOf([&] { Archive(dir_, {.create = true}); }), ErrorCode::kInvalid);
  fs::remove(dir_ / "letter.txt");
  Open();
  EXPECT_EQ(CodeOf([&] { Archive(dir_, {.create = true}); }), ErrorCode::kBusy);
}

TEST_F(ArchiveTest, ImportedTextIsFoundByWordsNumberAndField) {
  Open();
  const ImportReport report = ImportText(std::string(kMarket) + "\n\n" + kLights + "\n");
  EXPECT_EQ(report.imported, 2U);
  EXPECT_EQ(report.failed, 0U);
  EXPECT_THAT(Found("البسطات"), ElementsAre("m1/1"));
  EXPECT_THAT(Found("الرسوم"), ElementsAre("m1/2"));
  EXPECT_THAT(Found("چراغهای"), ElementsAre("l1/1"));
  EXPECT_THAT(Found("number:123/2019"), SizeIs(1));  // record, of two pages
  EXPECT_THAT(Found("number:۴۵/۱۴۰۲"), ElementsAre("l1/1"));
  EXPECT_THAT(Found("قطار"), IsEmpty());
}

TEST_F(ArchiveTest, SnippetsMarkTheOriginalSpelling) {
  Open();
  ImportText(R"({"external_id":"t","pages":["قرّر المجلسُ نقلَ البسطاتِ إلى الساحة"]})");
  const Answer answer = Search(*archive_, {.text = "بسطات"});
  ASSERT_THAT(answer.hits, SizeIs(1));
  std::string marked;
  for (const SnippetPart& part : answer.hits[0].snippet) marked += part.marked ? part.text : "";
  EXPECT_EQ(marked, "البسطاتِ");
  EXPECT_EQ(answer.pages_searched, 1U);
}

TEST_F(ArchiveTest, ASuggestionIsTheQuestionInTheArchivesOwnSpelling) {
  Open();
  ImportText(R"({"external_id":"a","pages":["رسوم المُستودعات البلدية", "حراسة المستودعات ليلا"]}
{"external_id":"b","pages":["أجرة المستودعات والحدائق"]})");
  EXPECT_EQ(Search(*archive_, {.text = "رسوم  المسنودعات -سوق 2019"}).suggestion, "رسوم  المستودعات -سوق 2019");
  EXPECT_EQ(Search(*archive_, {.text = "رسوم المستودعات"}).suggestion, "");
  EXPECT_EQ(Search(*archive_, {.text = "المستودع"}).suggestion, "");
  EXPECT_EQ(Search(*archive_, {.text = "غظضث"}).suggestion, "");
}

TEST_F(ArchiveTest, BadLinesAreToldAndTheRestGoesOn) {
  Open();
  const ImportReport report = ImportText(std::string("not json\n") + kMarket +
                                         "\n[1]\n{\"pages\":[]}\n{\"pages\":[5]}\n{\"external_id\":[],\"pages\":"
                                         "[\"x\"]}\n{\"pages\":[\"\xff\"]}\n" +
                                         kLights);
  EXPECT_EQ(report.imported, 2U);
  EXPECT_EQ(report.failed, 6U);
  ASSERT_THAT(report.problems, SizeIs(6));
  EXPECT_EQ(report.problems[0].line, 1U);
  EXPECT_EQ(report.problems[1].line, 3U);
  EXPECT_EQ(report.problems[5].line, 7U);
}

TEST_F(ArchiveTest, AnExternalIdComesOnce) {
  Open();
  const std::string second = R"({"external_id":"m1","pages":["نص جديد عن الحدائق"]})";
  EXPECT_EQ(ImportText(std::string(kMarket) + "\n" + second).replaced, 1U);
  EXPECT_THAT(Found("البسطات"), IsEmpty());
  EXPECT_THAT(Found("الرسوم"), IsEmpty());  // the second page is gone with the first reading
  EXPECT_THAT(Found("الحدائق"), ElementsAre("m1/1"));
  EXPECT_EQ(ImportText(kMarket).replaced, 1U);
  EXPECT_THAT(Found("الرسوم"), ElementsAre("m1/2"));
  EXPECT_THAT(ListRecords(*archive_, "", 10), SizeIs(1));
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(ArchiveTest, WhatIsStoredBecomesSearchableByItself) {
  Open();
  Record record{.id = NewId(), .state = RecordState::kComplete, .page_count = 1};
  Page page{.record_id = record.id, .number = 1, .origin = TextOrigin::kImport, .text = "محطة القطار"};
  ChangeSet changes{.records = {record}, .pages = {{.page = page}}, .audit = {{.actor = "test", .action = "x"}}};
  archive_->Commit(changes);
  EXPECT_TRUE(Eventually([&] { return Found("القطار").size() == 1; }));
}

TEST_F(ArchiveTest, GoingOnInAnArchiveThatHasChangedIsNoted) {
  Open();
  ImportText(std::string(kMarket) + "\n" + kLights);
  Query query{.text = "البسطات OR معابر", .limit = 1};
  const Answer first = Search(*archive_, query);
  ASSERT_NE(first.next, "");
  const CursorPlace place = ReadCursor(first.next, query);
  query.offset = place.offset;
  query.applied = place.applied;
  EXPECT_THAT(Search(*archive_, query).notes, testing::IsEmpty());
  ImportText(R"({"external_id":"t","pages":["قرر المجلس نقل البسطات"]})");
  EXPECT_THAT(Search(*archive_, query).notes, ElementsAre(testing::HasSubstr("has changed")));
}

TEST_F(ArchiveTest, WhatWasImportedIsFoundAfterOpeningAgain) {
  Open();
  ImportText(kMarket);
  Open();
  EXPECT_THAT(Found("البسطات"), ElementsAre("m1/1"));
}

// A server answers before its index has caught up, and says so; a command waits.
TEST_F(ArchiveTest, AnOpeningMayLeaveTheIndexBehind) {
  for (const bool waits : {false, true}) {
    archive_.reset();
    fs::remove_all(dir_);
    fs::create_directories(dir_);
    {
      Store store(dir_ / "store");
      const std::string id = NewId();
      ChangeSet changes;
      changes.records = {{.id = id, .state = RecordState::kComplete, .page_count = 1}};
      changes.pages = {{.page = {.record_id = id, .number = 1, .text = "قرار"}}};
      changes.audit = {{.action = "test", .subject = id}};
      store.Commit(changes);
    }
    archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.catch_up = waits});
    const Stats now = FetchStats(*archive_);
    EXPECT_EQ(now.changes_waiting, waits ? 0U : 2U);
    EXPECT_EQ(now.pages_searchable, waits ? 1U : 0U);
    archive_->WaitIndexed(archive_->store().LastSequence());
    EXPECT_EQ(FetchStats(*archive_).changes_waiting, 0U);
  }
}

TEST_F(ArchiveTest, ALostIndexIsMadeAnew) {
  Open();
  ImportText(kMarket);
  archive_.reset();
  fs::remove_all(dir_ / "index");
  Open();
  EXPECT_THAT(Found("البسطات"), ElementsAre("m1/1"));
}

TEST_F(ArchiveTest, ADamagedIndexIsMadeAnew) {
  Open();
  ImportText(kMarket);
  archive_.reset();
  for (const auto& entry : fs::recursive_directory_iterator(dir_ / "index")) {
    if (!entry.is_regular_file() || entry.path().filename() == "CURRENT") continue;
    std::ofstream(entry.path(), std::ios::trunc) << "these are no longer the bytes of a database";
  }
  Open();
  EXPECT_TRUE(Eventually([&] { return Found("البسطات").size() == 1; }));
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(ArchiveTest, ReindexSwitchesWhileSearchesGoOn) {
  Open();
  std::string lines;
  for (int i = 0; i < 300; ++i) {
    lines += fmt::format("{{\"external_id\":\"r{}\",\"pages\":[\"قرار عن الحديقة رقم {}\"]}}\n", i, i);
  }
  ImportText(lines);
  std::atomic<bool> over = false;
  std::atomic<int> searches = 0;
  std::atomic<int> wrong = 0;
  std::thread searcher([&] {
    while (!over) {
      ++searches;
      if (Search(*archive_, {.text = "الحديقة"}).total != 300) ++wrong;
    }
  });
  for (int i = 0; i < 3; ++i) archive_->Reindex({});
  over = true;
  searcher.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(searches, 0);
  EXPECT_EQ(Search(*archive_, {.text = "الحديقة"}).total, 300U);
  EXPECT_TRUE(Eventually([&] {
    return std::distance(fs::directory_iterator(dir_ / "index"), fs::directory_iterator()) == 2;  // CURRENT and one
  }));
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(ArchiveTest, VerifySeesWhatTheIndexLacksAndWhatItHasTooMuch) {
  Open();
  ImportText(std::string(kMarket) + "\n" + kLights);
  const Record market = FetchRecord(*archive_, *archive_->store().RecordIdOfExternal("m1"));
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
  archive_.reset();
  for (const auto& entry : fs::directory_iterator(dir_ / "index")) {
    if (!entry.is_directory()) continue;
    IndexWriter writer(entry.path());
    writer.Remove(market.id, 2);
    const Record stranger{.id = NewId(), .page_count = 1};
    const Page page{.record_id = stranger.id, .number = 1, .text = "غريب"};
    writer.Put({.record = &stranger, .page = &page});
    writer.Commit(writer.Applied());
  }
  Open();
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 2U);
  archive_->Reindex({});
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(ArchiveTest, VerifySeesMissingBytesPagesAndRecords) {
  Open();
  ImportText(kMarket);
  const Record record{.id = NewId(), .state = RecordState::kComplete, .page_count = 2, .source = std::string(64, 'a')};
  const Page page{.record_id = record.id, .number = 1, .text = "نص"};
  archive_->Commit({.records = {record}, .pages = {{.page = page}}, .audit = {{.actor = "test", .action = "x"}}});
  EXPECT_GE(Verify(*archive_, {}).problem_count, 2U);  // a page is missing, and the source
}

TEST_F(ArchiveTest, CompletionsAreInTheArchivesOwnSpelling) {
  Open();
  ImportText(R"({"title":"تنظيمُ السوق","number":"١٢٣٤/٢٠١٩","pages":["محكمة البلديّة رقم ١٢٣٤/٢٠١٩","المَحكمة مَحكمة"]})");
  const auto texts = [&](const char* typed) {
    std::vector<std::string> found;
    for (const Completion& completion : Complete(*archive_, typed, 10)) found.push_back(completion.text);
    return found;
  };
  EXPECT_THAT(texts("مَحك"), ElementsAre("محكمة", "المحكمة"));
  EXPECT_THAT(texts("محكمة"), ElementsAre("المحكمة"));
  EXPECT_THAT(texts("في البلد"), ElementsAre("البلدية"));
  EXPECT_THAT(texts("تنظ"), testing::Contains("تنظيمُ السوق"));
  EXPECT_THAT(texts("زز"), IsEmpty());
  EXPECT_THAT(texts("123"), testing::Contains("1234/2019"));
  EXPECT_EQ(CodeOf([&] { Complete(*archive_, std::string(4097, 'x'), 10); }), ErrorCode::kInvalid);
}

TEST_F(ArchiveTest, RelatedRecordsShowHowTheirPagesBegin) {
  Open();
  ImportText(
      "{\"external_id\":\"a\",\"pages\":[\"رسوم أكشاك السوق\"]}\n"
      "{\"external_id\":\"b\",\"pages\":[\"زيادة رسوم أكشاك السوق\"]}\n{\"pages\":[\"ري الأشجار\"]}");
  const std::string id = archive_->store().RecordIdOfExternal("a").value();
  const std::vector<Hit> hits = Related(*archive_, id, 10);
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].external_id, "b");
  EXPECT_THAT(hits[0].snippet, ElementsAre(SnippetPart{"زيادة رسوم أكشاك السوق", false}));
  EXPECT_THAT(Related(*archive_, "a", 10), SizeIs(1));
  EXPECT_EQ(CodeOf([&] { Related(*archive_, NewId(), 10); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { Related(*archive_, "../x", 10); }), ErrorCode::kNotFound);
}

TEST_F(ArchiveTest, LimitsOfAQuestion) {
  Open();
  EXPECT_EQ(CodeOf([&] { Search(*archive_, {.text = std::string(5000, 'x')}); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Search(*archive_, {.text = "x", .offset = 10'000, .limit = 1}); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Search(*archive_, {.text = "x", .offset = 4'294'967'295U, .limit = 20}); }),
            ErrorCode::kInvalid);
  EXPECT_EQ(Search(*archive_, {.text = ""}).total, 0U);
}

TEST_F(ArchiveTest, ARecordHasTwoNames) {
  Open();
  const std::string uuid = NewId();
  ImportText(std::string(kMarket) + "\n{\"external_id\":\"" + uuid + "\",\"pages\":[\"نص\"]}");
  const std::string id = *archive_->store().RecordIdOfExternal("m1");
  EXPECT_EQ(FetchRecord(*archive_, "m1").id, id);
  EXPECT_EQ(FetchPage(*archive_, "m1", 2).record_id, id);
  EXPECT_EQ(FetchRecord(*archive_, uuid).external_id, uuid);
  // An id goes before an external id that looks the same.
  ImportText("{\"external_id\":\"" + id + "\",\"pages\":[\"نص\"]}");
  EXPECT_EQ(FetchRecord(*archive_, id).external_id, "m1");
}

TEST_F(ArchiveTest, ThingsThatAreNotThere) {
  Open();
  EXPECT_EQ(CodeOf([&] { FetchRecord(*archive_, "no id"); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { FetchRecord(*archive_, NewId()); }), ErrorCode::kNotFound);
  ImportText(kMarket);
  const std::string id = *archive_->store().RecordIdOfExternal("m1");
  EXPECT_EQ(FetchPage(*archive_, id, 2).number, 2);
  EXPECT_EQ(CodeOf([&] { FetchPage(*archive_, id, 3); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { FetchImage(*archive_, id, 1); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { FetchSource(*archive_, id); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { ListRecords(*archive_, "", 1001); }), ErrorCode::kInvalid);
}

}  // namespace
}  // namespace diwan
