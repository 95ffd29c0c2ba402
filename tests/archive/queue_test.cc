// What persons are asked to look at, and what becomes of it when they take a decision back.
#include "archive/queue.h"

#include <gmock/gmock.h>

#include "archive/correct_words.h"
#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/take_back.h"
#include "archive_fixture.h"

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class QueueTest : public ArchiveTest {
 protected:
  QueueTest() { Open(); }

  // A record of one page, "قرار رقم 45 سنة", whose fields were read and whose words were read as surely as told.
  Record Add(const std::string& name, std::vector<float> words, std::vector<Field> fields, NumberState number = {}) {
    Record record{.id = NewId(), .external_id = name, .state = RecordState::kComplete, .page_count = 1};
    record.fields = std::move(fields);
    record.created_at = record.changed_at = NowMillis();
    Page page{.record_id = record.id, .number = 1, .width = 400, .height = 100, .origin = TextOrigin::kOcr};
    const std::vector<const char*> texts = {"قرار", "رقم", "45", "سنة"};
    for (size_t i = 0; i < texts.size(); ++i) {
      const Box box{static_cast<int>(300 - 100 * i), 0, 90, 20};
      page.words.push_back({.text = texts[i], .box = box, .confidence = words[i]});
    }
    page.words[2].number = number;
    page.text = JoinWords(page.words);
    ChangeSet changes;
    changes.records = {record};
    changes.pages = {{.page = page, .image = ""}};
    changes.audit = {{.at = NowMillis(), .actor = "test", .action = "record.create", .subject = record.id}};
    archive_->WaitIndexed(archive_->Commit(changes));
    return record;
  }

  // "external id: value" of each, and the cursor where there is more.
  std::vector<std::string> Listed(const QueueFilter& filter, std::string& after, size_t limit = 20) {
    const Queue queue = ListDoubts(*archive_, filter, after, limit);
    std::vector<std::string> listed;
    for (const Doubt& doubt : queue.doubts) {
      const bool word = filter.kind == DoubtKind::kWords;
      listed.push_back(doubt.record.external_id + ": " + (word ? doubt.word.text : doubt.field.value));
    }
    after = queue.next;
    return listed;
  }

  std::vector<std::string> All(const QueueFilter& filter) {
    std::string after;
    return Listed(filter, after);
  }

  Edit EditOf(const std::string& record, int version) {
    return {.record = record, .version = version, .actor = "user:sara", .why = ""};
  }
};

Field Proposed(const char* name, const char* value, float confidence) {
  Field field{.name = name, .value = value, .printed = value, .origin = FieldOrigin::kOcr, .confidence = confidence};
  field.page = 1;
  field.begin = 16;  // "45"
  field.end = 18;
  return field;
}

TEST_F(QueueTest, NumbersThenOtherFieldsEachUntilConfirmed) {
  const Record a = Add("a", {99, 99, 99, 99}, {Proposed("number", "45", 60), Proposed("title", "السوق", 95)});
  Add("b", {99, 99, 99, 99}, {Proposed("date", "2019-03-12", 96)});
  EXPECT_THAT(All({.kind = DoubtKind::kNumbers}), ElementsAre("a: 45", "b: 2019-03-12"));
  EXPECT_THAT(All({.kind = DoubtKind::kNumbers, .least = 95}), ElementsAre("b: 2019-03-12"));
  EXPECT_THAT(All({.kind = DoubtKind::kFields}), ElementsAre("a: السوق"));
  const Queue queue = ListDoubts(*archive_, {}, "", 1);
  EXPECT_THAT(queue.doubts.front().boxes, ElementsAre(Box{100, 0, 90, 20}));
  EXPECT_EQ(queue.doubts.front().passage, "قرار رقم 45 سنة");
  EditFields(*archive_, EditOf("a", a.version), {{.action = FieldAction::kConfirm, .name = "number"}});
  EXPECT_THAT(All({}), ElementsAre("b: 2019-03-12"));
}

TEST_F(QueueTest, GoesOnWhereItEnded) {
  for (const char* name : {"a", "b", "c"}) Add(name, {99, 40, 99, 60}, {Proposed("number", "45", 60)});
  std::string after;
  EXPECT_THAT(Listed({}, after, 2), ElementsAre("a: 45", "b: 45"));
  EXPECT_THAT(Listed({}, after, 2), ElementsAre("c: 45"));
  EXPECT_EQ(after, "");
  const QueueFilter words{.kind = DoubtKind::kWords};
  EXPECT_THAT(Listed(words, after, 2), ElementsAre("a: رقم", "a: سنة", "b: رقم", "b: سنة"));
  EXPECT_THAT(Listed(words, after, 2), ElementsAre("c: رقم", "c: سنة"));
  EXPECT_EQ(after, "");
  EXPECT_EQ(CodeOf([&] { ListDoubts(*archive_, words, "nowhere", 2); }), ErrorCode::kInvalid);
}

TEST_F(QueueTest, OfAPageUnsureNumbersGoFirst) {
  Add("a", {40, 99, 99, 99}, {}, NumberState::kUnsure);
  EXPECT_THAT(All({.kind = DoubtKind::kWords}), ElementsAre("a: 45", "a: قرار"));
}

TEST_F(QueueTest, WhatIsForOthersIsNotThere) {
  const Record a = Add("a", {40, 99, 99, 99}, {Proposed("number", "45", 60)});
  EditFields(*archive_, EditOf("a", a.version),
             {{.action = FieldAction::kSet, .name = "access", .value = "confidential"}});
  Archive inside = archive_->SeenBy({.level = AccessLevel::kInternal, .bodies = {}});
  EXPECT_THAT(ListDoubts(inside, {}, "", 20).doubts, IsEmpty());
  EXPECT_THAT(ListDoubts(inside, {.kind = DoubtKind::kWords}, "", 20).doubts, IsEmpty());
  EXPECT_THAT(All({}), ElementsAre("a: 45"));
}

TEST_F(QueueTest, AConfirmationIsTakenBackAndMadeAgain) {
  const Record a = Add("a", {99, 99, 99, 99}, {Proposed("number", "45", 60)});
  EditFields(*archive_, EditOf("a", a.version), {{.action = FieldAction::kSet, .name = "number", .value = "46/2018"}});
  const Record back = TakeBackFields(*archive_, EditOf("a", a.version + 1));
  EXPECT_EQ(back.fields, a.fields);
  EXPECT_EQ(back.version, a.version + 2) << "nothing of the history is lost";
  EXPECT_EQ(TakeBackFields(*archive_, EditOf("a", back.version)).Value("number"), "46/2018");
  EXPECT_THROW(TakeBackFields(*archive_, EditOf("a", back.version)), Conflict);
}

TEST_F(QueueTest, ACorrectionIsTakenBackAndFoundAsBefore) {
  Add("a", {99, 99, 99, 99}, {});
  CorrectWords(*archive_, EditOf("a", 1), 1, {{.first = 0, .last = 0, .text = "قرارات المجلس"}});
  const Page back = TakeBackWords(*archive_, EditOf("a", 2), 1);
  EXPECT_EQ(back.text, "قرار رقم 45 سنة\n");
  EXPECT_EQ(back.version, 3);
  EXPECT_EQ(FetchPage(*archive_, "a", 1), back);
  archive_->WaitIndexed(archive_->store().LastSequence());
  EXPECT_THAT(Found("exact:المجلس"), IsEmpty());
}

TEST_F(QueueTest, OnlyTheLastChangeIsTakenBack) {
  const Record a = Add("a", {99, 99, 99, 99}, {Proposed("number", "45", 60)});
  EXPECT_EQ(CodeOf([&] { TakeBackFields(*archive_, EditOf("a", a.version)); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { TakeBackWords(*archive_, EditOf("a", 1), 1); }), ErrorCode::kInvalid);
  EditFields(*archive_, EditOf("a", a.version), {{.action = FieldAction::kConfirm, .name = "number"}});
  CorrectWords(*archive_, EditOf("a", 1), 1, {{.first = 0, .last = 0, .text = "القرار"}});
  const int version = FetchRecord(*archive_, "a").version;
  EXPECT_EQ(CodeOf([&] { TakeBackFields(*archive_, EditOf("a", version)); }), ErrorCode::kInvalid)
      << "a change of words came between";
}

}  // namespace
}  // namespace diwan
