// Writing: what hostile pages, second writers, slow readers and full disks must not break.
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>

#include "index/schema.h"
#include "index_fixture.h"

namespace diwan {
namespace {

using Writer = IndexFixture;

void PutText(IndexWriter& writer, const std::string& id, const std::string& text) {
  const Record record = MakeRecord(id);
  const Page page = MakePage(record, 1, text);
  writer.Put({&record, &page});
}

TEST(Schema, TermsAreCutAtTheBorderOfACodePoint) {
  std::string letters;
  for (int i = 0; i < 300; ++i) letters += "ب";
  EXPECT_EQ(MakeTerm("S", letters).size(), 245U);   // 1 + 122 letters
  EXPECT_EQ(MakeTerm("XT", letters).size(), 244U);  // 2 + 121 letters
  EXPECT_EQ(MakeTerm("S", std::string("a\0b\0", 4)), "Sab");
  EXPECT_EQ(MakeTerm("S", ""), "S");
}

TEST(Schema, PageKeysComeBack) {
  const std::string key = PageKey("0190-a/b", 12);
  EXPECT_EQ(key, "0190-a/b/0000000012");
  EXPECT_EQ(ParsePageKey(key), (std::pair<std::string_view, int>{"0190-a/b", 12}));
  EXPECT_LT(PageKey("a", 2), PageKey("a", 10));
  for (const std::string& id : {std::string(), std::string("a\0b", 3), std::string(201, 'x')}) {
    EXPECT_EQ(CodeOf([&] { PageKey(id, 1); }), ErrorCode::kInvalid);
  }
  EXPECT_EQ(CodeOf([] { PageKey("a", 0); }), ErrorCode::kInvalid);
}

TEST_F(Writer, HostilePagesCostTheirNeighboursNothing) {
  std::string long_word;
  for (int i = 0; i < 3000; ++i) long_word += "ب";
  const std::string joined = "المجلسالبلديلمدينةرامالله" + std::string("قررفيجلستهالعاديةالمنعقدة");  // over 64 bytes
  const std::string with_nul("قبل\0بعد", 13);
  {
    IndexWriter writer(Dir());
    for (int i = 0; i < 100; ++i) PutText(writer, "before" + std::to_string(i), "سوق");
    PutText(writer, "long", long_word);
    PutText(writer, "latin", std::string(246, 'x'));
    PutText(writer, "joined", joined);
    PutText(writer, "nul", with_nul);
    PutText(writer, "digits", std::string(5000, '7'));
    PutText(writer, "broken", "\xFF\xC3\xE2\x80 سليم");
    Record fields = MakeRecord("fields", {{"title", long_word}, {"number", with_nul}, {"type", std::string(400, 'y')}});
    fields.external_id = std::string(1000, 'z');
    const Page page = MakePage(fields, 1, "حقول");
    writer.Put({&fields, &page});
    EXPECT_EQ(CodeOf([&] { PutText(writer, "", "سوق"); }), ErrorCode::kInvalid);
    for (int i = 0; i < 100; ++i) PutText(writer, "after" + std::to_string(i), "سوق");
    writer.Commit(7);
  }
  EXPECT_EQ(Ask("سوق").total, 200U);
  EXPECT_EQ(Found(long_word.substr(0, 2000)), "fields long");
  EXPECT_EQ(Found(std::string(246, 'x')), "latin");
  EXPECT_EQ(Found(joined), "joined");
  EXPECT_EQ(Found("قبل"), "fields nul");
  EXPECT_EQ(Found("بعد AND قبل"), "fields nul");
  EXPECT_EQ(Found(std::string(4000, '7')), "digits");
  EXPECT_EQ(Found("سليم"), "broken");
  EXPECT_EQ(Found("type:" + std::string(400, 'y')), "fields");
  EXPECT_EQ(Found("id:" + std::string(1000, 'z')), "fields");
}

TEST_F(Writer, PutReplacesAndRemoveRemoves) {
  IndexWriter writer(Dir());
  PutText(writer, "r1", "سوق");
  PutText(writer, "r1", "رسوم");
  PutText(writer, "r2", "رسوم");
  writer.Commit(1);
  EXPECT_EQ(Found("سوق"), "");
  EXPECT_EQ(Found("رسوم"), "r1 r2");
  writer.Remove("r1", 1);
  writer.Remove("nobody", 1);
  writer.Commit(2);
  EXPECT_EQ(Found("رسوم"), "r2");
  PutText(writer, "r2", "رسوم");  // a replay
  writer.Commit(2);
  EXPECT_EQ(IndexReader(Dir()).PageCount(), 1U);
}

TEST_F(Writer, OnlyCommitMakesVisible) {
  {
    IndexWriter writer(Dir());
    EXPECT_EQ(writer.Applied(), 0U);
    PutText(writer, "r1", "سوق");
    writer.Commit(5);
    EXPECT_EQ(writer.Applied(), 5U);
    PutText(writer, "r2", "سوق");
    EXPECT_EQ(Found("سوق"), "r1");
  }
  EXPECT_EQ(Found("سوق"), "r1");  // what was not committed is gone
  EXPECT_EQ(IndexReader(Dir()).Applied(), 5U);
  EXPECT_EQ(IndexWriter(Dir()).Applied(), 5U);
}

// Xapian commits by itself at 10,000 documents; inside our transaction it must not.
TEST_F(Writer, XapianNeverCommitsByItself) {
  IndexWriter writer(Dir());
  writer.Commit(3);
  for (int i = 0; i < 10'100; ++i) PutText(writer, "r" + std::to_string(i), "سوق");
  EXPECT_EQ(IndexReader(Dir()).PageCount(), 0U);
  writer.Commit(4);
  IndexReader reader(Dir());
  EXPECT_EQ(reader.PageCount(), 10'100U);
  EXPECT_EQ(reader.Applied(), 4U);
}

// Memory is bounded by committing early, with the old sequence: a crash then replays.
TEST_F(Writer, EarlyCommitKeepsTheOldSequence) {
  IndexWriter writer(Dir());
  writer.Commit(3);
  std::string text;
  while (text.size() < (size_t{9} << 20U)) text += "سوق رسوم ";
  for (int i = 0; i < 4; ++i) PutText(writer, "r" + std::to_string(i), text);
  IndexReader reader(Dir());
  EXPECT_EQ(reader.PageCount(), 4U);
  EXPECT_EQ(reader.Applied(), 3U);
}

TEST_F(Writer, ASecondWriterIsRefused) {
  const IndexWriter writer(Dir());
  EXPECT_EQ(CodeOf([&] { IndexWriter second(Dir()); }), ErrorCode::kBusy);
}

TEST_F(Writer, AReaderFollowsManyCommits) {
  IndexWriter writer(Dir());
  PutText(writer, "r0", "سوق");
  writer.Commit(1);
  IndexReader reader(Dir());
  Query query;
  query.text = "سوق";
  for (uint64_t i = 1; i <= 6; ++i) {
    for (int k = 0; k < 3; ++k) {
      PutText(writer, "r" + std::to_string(i) + "-" + std::to_string(k), "سوق");
      writer.Commit(i * 3 + static_cast<uint64_t>(k));
    }
    EXPECT_EQ(reader.Search(query).total, 1 + 3 * i);
    EXPECT_EQ(reader.PageCount(), 1 + 3 * i);
  }
}

TEST_F(Writer, EveryPageIsVisitedOnceWhileTheWriterGoesOn) {
  IndexWriter writer(Dir());
  for (int i = 1000; i < 4000; ++i) PutText(writer, "r" + std::to_string(i), "سوق");
  writer.Commit(1);
  std::vector<std::string> seen;
  IndexReader reader(Dir());
  reader.ForEachPage([&](std::string_view id, int page) {
    EXPECT_EQ(page, 1);
    seen.emplace_back(id);
    if (seen.size() % 500 != 0) return;
    for (int k = 0; k < 3; ++k) {  // blocks are used again, so the reader's snapshot goes
      for (int i = 1000; i < 4000; i += 7) PutText(writer, "r" + std::to_string(i), "رسوم");
      writer.Commit(seen.size());
    }
  });
  EXPECT_EQ(seen.size(), 3000U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST_F(Writer, MissingAndDamagedDatabases) {
  EXPECT_EQ(CodeOf([&] { IndexReader reader(Dir()); }), ErrorCode::kNotFound);
  IndexTexts({"سوق"});
  for (const auto& file : std::filesystem::directory_iterator(Dir())) {
    if (file.path().extension() != ".glass" && file.path().filename() != "iamglass") continue;
    std::ofstream(file.path(), std::ios::trunc) << "not a database at all, whatever the name says";
  }
  EXPECT_EQ(CodeOf([&] { IndexReader reader(Dir()); }), ErrorCode::kCorrupt);
  EXPECT_EQ(CodeOf([&] { IndexWriter writer(Dir()); }), ErrorCode::kCorrupt);
}

// A file size limit stands for the full disk.
TEST_F(Writer, AFailedCommitLosesTheBatchAndTheWriterButNoMore) {
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  {
    IndexWriter writer(Dir());
    PutText(writer, "r1", "سوق");
    writer.Commit(1);
    for (int i = 0; i < 2000; ++i) PutText(writer, "x" + std::to_string(i), "رسوم " + std::to_string(i * 7919));
    const rlimit small{64 * 1024, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const ErrorCode code = CodeOf([&] { writer.Commit(2); });
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_EQ(code, ErrorCode::kUnavailable);
    EXPECT_EQ(writer.Applied(), 1U);
    EXPECT_EQ(CodeOf([&] { writer.Commit(3); }), ErrorCode::kUnavailable);
    EXPECT_EQ(CodeOf([&] { PutText(writer, "r2", "سوق"); }), ErrorCode::kUnavailable);
  }
  EXPECT_EQ(Found("سوق"), "r1");
  IndexWriter again(Dir());
  EXPECT_EQ(again.Applied(), 1U);
  PutText(again, "r2", "سوق");
  again.Commit(2);
  EXPECT_EQ(Found("سوق"), "r1 r2");
}

}  // namespace
}  // namespace diwan
