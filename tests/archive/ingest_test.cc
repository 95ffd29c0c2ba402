// From received bytes to found pages, with the real worker, the real engine and the sample papers.
#include "archive/ingest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>

#include "archive/correct_words.h"
#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/reading_pool.h"
#include "archive/recognize.h"
#include "archive/reread.h"
#include "archive/verify.h"
#include "archive_fixture.h"
#include "core/digest.h"

namespace diwan {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string ReadFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Paper {
  fs::path file;
  nlohmann::json truth;
};

// The sample papers with their ground truth, in the order of their names.
std::vector<Paper> Papers() {
  std::vector<Paper> papers;
  for (const auto& entry : fs::directory_iterator(DIWAN_PAPERS_DIR)) {
    const fs::path truth = entry.path().string() + ".truth.json";
    if (fs::exists(truth)) papers.push_back({entry.path(), nlohmann::json::parse(ReadFile(truth))});
  }
  std::ranges::sort(papers, {}, &Paper::file);
  return papers;
}

// A sample of one page, so that a test is quick.
Paper SmallPaper() {
  for (const Paper& paper : Papers()) {
    if (paper.truth["pages"].size() == 1) return paper;
  }
  return {};
}

class IngestTest : public ArchiveTest {
 protected:
  BatchEntry Bring(const fs::path& file, const std::string& batch = "") {
    std::ifstream in(file, std::ios::binary);
    return Receive(*archive_, {.batch_id = batch, .file_name = file.filename(), .actor = "test"}, in);
  }

  BatchEntry BringBytes(const std::string& bytes, const ReceiveLimits& limits = {}) {
    std::istringstream in(bytes);
    return Receive(*archive_, {.file_name = "bytes", .actor = "test"}, in, limits);
  }

  // Waits until nothing of the batch waits, and tells its account.
  BatchAccount Finished(const std::string& batch) {
    for (int i = 0; i < 9600; ++i) {  // workers are nice: beside a build they are slow
      BatchAccount account = AccountOf(*archive_, batch);
      if (account.waiting == account.stalled) return account;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "the batch did not finish";
    return AccountOf(*archive_, batch);
  }

  void WaitIndexed() { archive_->WaitIndexed(archive_->store().LastSequence()); }
};

TEST_F(IngestTest, EveryPaperIsStoredAndFoundByItsWords) {
  Open(2);
  const std::string batch = OpenBatch(*archive_, "papers", "test").id;
  std::map<std::string, std::string> record_of;
  const std::vector<Paper> papers = Papers();
  ASSERT_GE(papers.size(), 14U);
  for (const Paper& paper : papers) record_of[paper.file.filename()] = Bring(paper.file, batch).record_id;
  const BatchAccount account = Finished(batch);
  EXPECT_EQ(account.received, papers.size());
  for (const BatchEntry& entry : account.entries) EXPECT_EQ(entry.reason, "") << entry.file_name;
  EXPECT_EQ(account.stored, papers.size());
  EXPECT_EQ(account.failed_pages, 0U);
  WaitIndexed();
  for (const Paper& paper : papers) {
    const std::string& id = record_of[paper.file.filename()];
    const Record record = FetchRecord(*archive_, id);
    EXPECT_EQ(record.page_count, static_cast<int>(paper.truth["pages"].size())) << paper.file;
    EXPECT_EQ(record.state, RecordState::kComplete);
    EXPECT_EQ(Sha256Hex(ReadFile(paper.file)), record.source);
    for (int n = 1; n <= record.page_count; ++n) {
      std::string query;
      for (const auto& word : paper.truth["pages"][n - 1]["words"]) query += word.get<std::string>() + " ";
      const Answer answer = Search(*archive_, {.text = query, .limit = 1});
      ASSERT_THAT(answer.hits, SizeIs(1)) << paper.file << " page " << n << ": " << query;
      EXPECT_EQ(answer.hits[0].record_id, id) << paper.file << " page " << n << ": " << query;
      EXPECT_EQ(answer.hits[0].page, n) << paper.file << ": " << query;
      EXPECT_THAT(answer.hits[0].boxes, testing::Not(IsEmpty())) << paper.file << " page " << n;
      EXPECT_GT(FetchImage(*archive_, id, n).bytes.size(), 1000U);
    }
  }
  // What the papers say of themselves was read from their pages, each value where it stands.
  int numbered = 0;
  for (const auto& [file, id] : record_of) {
    const Record record = FetchRecord(*archive_, id);
    EXPECT_TRUE(archive_->store().GetCitations(id).has_value()) << file;
    numbered += record.Find("number") == nullptr ? 0 : 1;
    for (const Field& field : record.fields) {
      EXPECT_EQ(field.origin, FieldOrigin::kOcr) << file << ' ' << field.name;
      EXPECT_EQ(field.state, FieldState::kProposed) << file << ' ' << field.name;
      if (field.name == "language") continue;
      const std::string text = FetchPage(*archive_, id, field.page).text;
      EXPECT_EQ(text.substr(field.begin, field.end - field.begin), field.printed) << file << ' ' << field.name;
    }
  }
  EXPECT_GE(numbered, 3);
  // Read from paper, too, spellings of a word are one word and digit sets are one set.
  for (const auto& same : std::vector<std::vector<std::string>>{{"الأرصفة", "الارصفه", "اَلأَرْصِفَة", "الأرصـــفة"},
                                                                {"456/1402", "٤٥٦/١٤٠٢", "۴۵۶/۱۴۰۲"}}) {
    const std::set<std::string> found = Found(same[0]);
    EXPECT_THAT(found, testing::Not(IsEmpty())) << same[0];
    for (const std::string& other : same) EXPECT_EQ(Found(other), found) << other;
  }
  EXPECT_THAT(Verify(*archive_, {}).problems, IsEmpty());
}

TEST_F(IngestTest, TheSameBytesAreADuplicate) {
  Open(1);
  const Paper paper = SmallPaper();
  const BatchEntry first = Bring(paper.file);
  EXPECT_EQ(first.outcome, Outcome::kWaiting);
  const BatchEntry second = Bring(paper.file);
  EXPECT_EQ(second.outcome, Outcome::kDuplicate);
  EXPECT_EQ(second.record_id, first.record_id);
  EXPECT_EQ(Finished(second.batch_id).duplicate, 1U);
  EXPECT_EQ(Finished(first.batch_id).stored, 1U);
  EXPECT_EQ(FetchStats(*archive_).totals.records, 1U);
}

TEST_F(IngestTest, SourceComesBackToTheByte) {
  Open(1);
  const Paper paper = SmallPaper();
  const BatchEntry entry = Bring(paper.file);
  Finished(entry.batch_id);
  std::string bytes;
  StreamSource(*archive_, FetchSource(*archive_, entry.record_id).digest, [&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  EXPECT_EQ(bytes, ReadFile(paper.file));
}

TEST_F(IngestTest, WhatCannotBeAFileOfOursIsRefusedAtTheDoor) {
  Open();
  EXPECT_EQ(BringBytes("").outcome, Outcome::kQuarantined);
  EXPECT_EQ(BringBytes("\x7f"
                       "ELF\x02\x01 and so on")
                .outcome,
            Outcome::kQuarantined);
  EXPECT_EQ(BringBytes("plain text").outcome, Outcome::kQuarantined);
  const std::string png = ReadFile(SmallPaper().file);
  const BatchEntry large = BringBytes(png, {.max_file_bytes = 100});
  EXPECT_EQ(large.outcome, Outcome::kQuarantined);
  EXPECT_THAT(large.reason, HasSubstr("100"));
  EXPECT_EQ(FetchStats(*archive_).totals.bytes, 0U);
  EXPECT_EQ(AccountOf(*archive_, large.batch_id).quarantined, 1U);
  std::istringstream in("x");
  EXPECT_EQ(CodeOf([&] { Receive(*archive_, {.language = "klingon"}, in); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { Receive(*archive_, {.batch_id = NewId()}, in); }), ErrorCode::kNotFound);
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(IngestTest, HostileFilesAreSetAsideAndTheRestGoesOn) {
  Open(2);
  const std::string batch = OpenBatch(*archive_, "hostile", "test").id;
  size_t sent = 0;
  for (const auto& entry : fs::directory_iterator(DIWAN_HOSTILE_DIR)) {
    if (!entry.is_regular_file()) continue;
    Bring(entry.path(), batch);
    ++sent;
  }
  ASSERT_GE(sent, 10U);
  const BatchEntry good = Bring(SmallPaper().file, batch);
  const BatchAccount account = Finished(batch);
  EXPECT_EQ(account.received, sent + 1);
  EXPECT_EQ(account.received, account.stored + account.duplicate + account.quarantined);
  EXPECT_EQ(FetchRecord(*archive_, good.record_id).state, RecordState::kComplete);
  for (const BatchEntry& entry : account.entries) {
    if (entry.outcome != Outcome::kQuarantined) continue;
    EXPECT_THAT(entry.reason, testing::Not(IsEmpty())) << entry.file_name;
    EXPECT_EQ(entry.reason.find('\n'), std::string::npos) << entry.file_name;
  }
  EXPECT_THAT(Verify(*archive_, {}).problems, IsEmpty());
}

TEST_F(IngestTest, AStopInTheMiddleLosesNothing) {
  const std::vector<Paper> papers = Papers();
  const auto longest = std::ranges::max_element(papers, {}, [](const Paper& p) { return p.truth["pages"].size(); });
  const int pages = static_cast<int>(longest->truth["pages"].size());
  ASSERT_GE(pages, 2);
  Open(1);
  const BatchEntry entry = Bring(longest->file);
  ASSERT_TRUE(Eventually([&] { return !archive_->store().PageNumbers(entry.record_id).empty(); }));
  Open(0);  // the rest waits
  EXPECT_LT(archive_->store().PageNumbers(entry.record_id).size(), static_cast<size_t>(pages));
  EXPECT_EQ(AccountOf(*archive_, entry.batch_id).waiting, 1U);
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
  const int64_t first_read = archive_->store().GetPage(entry.record_id, 1)->read_at;
  Open(2);
  const BatchAccount account = Finished(entry.batch_id);
  EXPECT_EQ(account.stored, 1U);
  EXPECT_EQ(account.pages, static_cast<uint64_t>(pages));
  EXPECT_EQ(archive_->store().GetPage(entry.record_id, 1)->read_at, first_read);  // not read again
  EXPECT_EQ(Verify(*archive_, {}).problem_count, 0U);
}

TEST_F(IngestTest, SendingABoxAgainTellsItsBadSheetsAgain) {
  Open(0);
  const fs::path hostile = DIWAN_HOSTILE_DIR;
  const std::string first = OpenBatch(*archive_, "stopped", "test").id;
  const std::string again = OpenBatch(*archive_, "the same again", "test").id;
  for (const std::string& batch : {first, again}) {
    for (const char* name : {"truncated.tif", "many-pages.tif", "loop.pdf"}) Bring(hostile / name, batch);
    Bring(SmallPaper().file, batch);
  }
  EXPECT_EQ(AccountOf(*archive_, again).waiting, 4U);
  Open(2);
  for (const std::string& batch : {first, again}) {
    const BatchAccount account = Finished(batch);
    EXPECT_EQ(account.quarantined, 2U);
    EXPECT_EQ(account.stored + account.duplicate, 2U);
    EXPECT_EQ(account.failed_pages, 2999U);
    for (size_t i = 0; i < 3; ++i) EXPECT_NE(account.entries[i].reason, "") << account.entries[i].file_name;
  }
}

TEST_F(IngestTest, AFullDiskPostponesAFileAndKeepsIt) {
  Open(0);
  const BatchEntry entry = Bring(SmallPaper().file);
  std::atomic<int> commits = 0;  // full for a moment only: no page may be given up for that
  const auto full = [&](const ChangeSet& changes) {
    if (commits++ == 0) throw Error(ErrorCode::kUnavailable, "the disk is full");
    archive_->Commit(changes);
  };
  ReadingPoolOptions options{.workers = 1, .spool = dir_};
  options.worker.program = DIWAN_WORKER_PROGRAM;
  {
    ReadingPool pool(archive_->store(), full, options);
    ASSERT_TRUE(Eventually([&] { return !pool.StalledReason(entry.record_id).empty(); }));
    EXPECT_EQ(pool.StalledReason(entry.record_id), "the disk is full");
  }
  EXPECT_EQ(archive_->store().ListJobs().size(), 1U);
  Open(1);
  EXPECT_EQ(Finished(entry.batch_id).stored, 1U);
  EXPECT_EQ(Finished(entry.batch_id).failed_pages, 0U);
}

TEST_F(IngestTest, AFaultOfTheInstallationIsNotBlamedOnTheFile) {
  Open(0);
  const BatchEntry entry = Bring(SmallPaper().file);
  ReadingPoolOptions no_program{.workers = 1, .spool = dir_};
  no_program.worker.program = dir_ / "no-such-worker";
  ReadingPoolOptions no_models{.workers = 1, .spool = dir_};
  no_models.worker.program = DIWAN_WORKER_PROGRAM;
  no_models.worker.read.tessdata = "/nonexistent";
  for (const ReadingPoolOptions& options : {no_program, no_models}) {
    ReadingPool pool(
        archive_->store(), [&](const ChangeSet& changes) { archive_->Commit(changes); }, options);
    EXPECT_TRUE(Eventually([&] { return !pool.StalledReason(entry.record_id).empty(); }));
  }
  Open(1);
  EXPECT_EQ(Finished(entry.batch_id).stored, 1U);
}

TEST_F(IngestTest, WhatAPersonCorrectedStaysWhenThePageIsReadAgain) {
  Archive& archive = Open(1);
  const BatchEntry entry = Bring(SmallPaper().file);
  Finished(entry.batch_id);
  const Store& store = archive.store();
  const Page read = *store.GetPage(entry.record_id, 1);
  ASSERT_GT(read.words.size(), 3U);
  const size_t middle = read.words.size() / 2;
  Edit edit{.record = entry.record_id, .version = read.version, .actor = "test", .why = "seen"};
  const Page corrected = CorrectWords(archive, edit, 1, {{.first = middle, .last = middle, .text = "مصححة"}});
  edit.version = store.GetRecord(entry.record_id)->version;
  EditFields(archive, edit, {{.action = FieldAction::kSet, .name = "title", .value = "عنوان"}});
  edit.version = store.GetRecord(entry.record_id)->version;
  QueueReading(archive, edit, 0);
  ASSERT_TRUE(Eventually([&] { return !store.GetJob(entry.record_id); }));
  const Page again = *store.GetPage(entry.record_id, 1);
  EXPECT_EQ(again.version, 3);
  EXPECT_GT(again.read_at, read.read_at);
  EXPECT_EQ(again.text, corrected.text);
  EXPECT_EQ(again.words, corrected.words);
  EXPECT_TRUE(store.GetImage(entry.record_id, 1));
  EXPECT_EQ(store.GetRecord(entry.record_id)->Value("title"), "عنوان");
  EXPECT_EQ(store.GetRecord(entry.record_id)->state, RecordState::kComplete);
  WaitIndexed();
  EXPECT_THAT(Found("\"مصححة\""), SizeIs(1));
  EXPECT_THAT(Verify(archive, [](uint64_t, uint64_t) {}).problems, IsEmpty());
}

TEST_F(IngestTest, AReadingThatWasAskedForOutlivesAStop) {
  Open(1);
  const BatchEntry entry = Bring(SmallPaper().file);
  Finished(entry.batch_id);
  Archive& archive = Open(0);
  const Record record = *archive.store().GetRecord(entry.record_id);
  QueueReading(archive, {.record = record.id, .version = record.version, .actor = "test", .why = {}}, 1);
  Archive& again = Open(1);
  ASSERT_TRUE(Eventually([&] { return !again.store().GetJob(record.id); }));
  EXPECT_EQ(again.store().GetPage(record.id, 1)->version, 2);
  EXPECT_EQ(again.store().GetRecord(record.id)->version, record.version + 2);
  EXPECT_THAT(Verify(again, [](uint64_t, uint64_t) {}).problems, IsEmpty());
}

TEST_F(IngestTest, RecognitionWithoutAnArchive) {
  const Paper paper = SmallPaper();
  WorkerOptions options;
  options.program = DIWAN_WORKER_PROGRAM;
  int pages = 0;
  RecognizeFile(paper.file, options, "auto", [&](const PageReading& reading) {
    ++pages;
    EXPECT_GT(reading.page.words.size(), 20U);
    EXPECT_EQ(reading.page.failure, "");
  });
  EXPECT_EQ(pages, 1);
  const auto sink = [](const PageReading&) {};
  EXPECT_EQ(CodeOf([&] { RecognizeFile(dir_ / "none", options, "auto", sink); }), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf([&] { RecognizeFile("/dev/null", options, "auto", sink); }), ErrorCode::kInvalid);
}

}  // namespace
}  // namespace diwan
