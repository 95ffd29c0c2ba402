// What persons said stays when a page or a text is read again; and what others change in between is not lost.
#include <gmock/gmock.h>

#include "archive/citations.h"
#include "archive/correct_words.h"
#include "archive/edit_fields.h"
#include "archive/fetch.h"
#include "archive/history.h"
#include "archive/identifier.h"
#include "archive/merge.h"
#include "archive/read_again.h"
#include "archive/relate.h"
#include "archive/removal.h"
#include "archive/reread.h"
#include "archive/split.h"
#include "archive/verify.h"
#include "archive_fixture.h"
#include "store/keys.h"
#include "tests/store/raw_store.h"

namespace diwan {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Word At(const char* text, Box box, int line = 0) { return {.text = text, .box = box, .confidence = 60, .line = line}; }

// One line of three words from right to left, and one below it.
Page ReadPage(std::vector<const char*> texts) {
  const std::vector<Box> boxes = {{300, 0, 90, 20}, {200, 0, 90, 20}, {100, 0, 90, 20}, {300, 40, 90, 20}};
  Page page{.number = 1, .width = 400, .height = 100};
  for (size_t i = 0; i < texts.size(); ++i) page.words.push_back(At(texts[i], boxes[i], i < 3 ? 0 : 1));
  page.text = JoinWords(page.words);
  return page;
}

std::string TextAfter(const Page& before, Page now) { return KeepCorrections(before, std::move(now)).text; }

TEST(KeepCorrections, APersonsWordStandsWhereItWasReadAgain) {
  const Page before = WithCorrections(ReadPage({"قرار", "رقم", "45", "سنة"}), {{.first = 2, .last = 2, .text = "46"}});
  EXPECT_EQ(TextAfter(before, ReadPage({"قرر", "رقم", "48", "سنه"})), "قرر رقم 46\nسنه\n");
  const Page kept = KeepCorrections(before, ReadPage({"قرار", "رقم", "48", "سنة"}));
  EXPECT_TRUE(kept.words[2].corrected);
  EXPECT_EQ(kept.words[2].first_reading, "45");
  EXPECT_EQ(kept.words[2].confidence, 100);
  EXPECT_EQ(KeepCorrections(kept, ReadPage({"a", "b", "c", "d"})).text, "a b 46\nd\n") << "and once more";
}

TEST(KeepCorrections, PartedAndJoinedWordsStayAsTheyWereSaid) {
  const Page parted = WithCorrections(ReadPage({"قرار", "رقم45", "في"}), {{.first = 1, .last = 1, .text = "رقم 45"}});
  EXPECT_EQ(parted.text, "قرار رقم 45 في\n");
  EXPECT_EQ(TextAfter(parted, ReadPage({"قرار", "رقم48", "في"})), "قرار رقم 45 في\n");
  const Page joined = WithCorrections(ReadPage({"قر", "ار", "في"}), {{.first = 0, .last = 1, .text = "قرار"}});
  EXPECT_EQ(joined.text, "قرار في\n");
  EXPECT_EQ(joined.words[0].box, (Box{200, 0, 190, 20}));
  EXPECT_EQ(TextAfter(joined, ReadPage({"قر", "أر", "في"})), "قرار في\n");
}

TEST(KeepCorrections, AWordThatIsNotReadAnyMoreComesBackInItsPlace) {
  Page before = WithCorrections(ReadPage({"قرار", "رقم", "45", "سنة"}), {{.first = 1, .last = 1, .text = "عدد"}});
  Page now = ReadPage({"قرار", "رقم", "45", "سنة"});
  now.words.erase(now.words.begin() + 1);
  EXPECT_EQ(TextAfter(before, now), "قرار عدد 45\nسنة\n");
  now.words.clear();
  EXPECT_EQ(TextAfter(before, now), "عدد\n");
}

TEST(KeepCorrections, AnImageOfAnotherSizeIsTheSamePaper) {
  const Page before = WithCorrections(ReadPage({"قرار", "رقم", "45"}), {{.first = 2, .last = 2, .text = "46"}});
  Page now = ReadPage({"قرار", "رقم", "48"});
  now.width *= 2;
  now.height *= 2;
  for (Word& word : now.words) word.box = {word.box.x * 2, word.box.y * 2, word.box.width * 2, word.box.height * 2};
  const Page kept = KeepCorrections(before, now);
  EXPECT_EQ(kept.text, "قرار رقم 46\n");
  EXPECT_EQ(kept.words[2].box, (Box{200, 0, 180, 40}));
}

TEST(KeepCorrections, APageThatNobodyCorrectedIsAsRead) {
  const Page now = ReadPage({"قرر", "رقم", "48"});
  EXPECT_EQ(KeepCorrections(ReadPage({"قرار", "رقم", "45"}), now), now);
}

TEST(KeepDecisions, WhatWasSaidOfACitationIsSaidOfItAgain) {
  const auto mention = [](const char* number, size_t begin, CitationState state = CitationState::kProposed) {
    return Citation{
        .number = number, .year = "2018", .place = {.page = 1, .begin = begin, .end = begin + 5}, .state = state};
  };
  RecordCitations before{.record_id = "r",
                         .citations = {mention("7", 10, CitationState::kRejected), mention("8", 50),
                                       mention("9", 90, CitationState::kConfirmed)}};
  before.citations.push_back({.relation = CitedRelation::kAmends, .target = "t", .state = CitationState::kConfirmed});
  const RecordCitations read{.record_id = "r", .citations = {mention("7", 90), mention("7", 12), mention("8", 50)}};
  const RecordCitations now = KeepDecisions(before, read);
  ASSERT_THAT(now.citations, SizeIs(5));
  EXPECT_EQ(now.citations[0].state, CitationState::kProposed) << "the same paper, mentioned elsewhere";
  EXPECT_EQ(now.citations[1].state, CitationState::kRejected);
  EXPECT_EQ(now.citations[2].state, CitationState::kProposed);
  EXPECT_EQ(now.citations[3].number, "9") << "not read any more, and confirmed";
  EXPECT_EQ(now.citations[3].place.end, 0U);
  EXPECT_EQ(now.citations[4].target, "t");
}

constexpr const char* kDecision =
    R"({"external_id":"d","language":"ara","pages":["بلدية السلط\nقرار رقم (45) لسنة 2018\nالتاريخ: 12/03/2018\n)"
    R"(الموضوع: أكشاك السوق\nقرر المجلس تعديل القرار رقم 12 لسنة 2015.\n","صفحة ثانية"]})";

class ArchiveChanges : public ArchiveTest {
 protected:
  ArchiveChanges() {
    Open();
    ImportText(kDecision);
  }

  std::string ImportedId(const std::string& name) {
    ImportText(
        fmt::format(R"({{"external_id":"{}","type":"decision","date":"2021-01-01","pages":["نص {}"]}})", name, name));
    return FetchRecord(*archive_, name).id;
  }
  // Takes the record's first version from under a closed archive.
  void DropPast(const std::string& id) const { RawStore(dir_ / "store").Delete("history", VersionKey(id, 0, 1)); }

  Record Now() { return FetchRecord(*archive_, "d", Gone::kShow); }
  Edit FromNow(std::string why = "seen") {
    return {.record = "d", .version = Now().version, .actor = "test", .why = std::move(why)};
  }
  std::vector<std::string> Problems() {
    return Verify(*archive_, [](uint64_t, uint64_t) {}).problems;
  }
  Page Correct(std::vector<WordEdit> edits) {
    const int version = archive_->store().GetPage(Now().id, 1)->version;
    return CorrectWords(*archive_, {.record = "d", .version = version, .actor = "test", .why = {}}, 1,
                        std::move(edits));
  }
  // The index of a word of imported text, as white space parts it.
  size_t IndexOf(std::string_view word) {
    std::istringstream text(*archive_->store().GetPageText(Now().id, 1));
    std::string each;
    for (size_t i = 0; text >> each; ++i) {
      if (each == word) return i;
    }
    ADD_FAILURE() << "no such word";
    return 0;
  }
};

TEST_F(ArchiveChanges, FieldsAndCitationsFollowACorrectedText) {
  EXPECT_EQ(Now().Value("number"), "45/2018");
  const size_t number = IndexOf("(45)");
  const Page page = Correct({{.first = number, .last = number, .text = "(54)"},
                             {.first = IndexOf("12"), .last = IndexOf("12"), .text = "13"}});
  EXPECT_THAT(page.text, HasSubstr("قرار رقم (54) لسنة 2018\nالتاريخ"));
  EXPECT_EQ(page.version, 2);
  EXPECT_EQ(Now().Value("number"), "54/2018");
  EXPECT_EQ(Now().version, 2);
  const RecordCitations cited = *archive_->store().GetCitations(Now().id);
  ASSERT_THAT(cited.citations, SizeIs(1));
  EXPECT_EQ(cited.citations[0].number, "13");
  archive_->WaitIndexed(archive_->store().LastSequence());
  EXPECT_THAT(Found("number:54/2018"), SizeIs(1));
  EXPECT_THAT(Found("number:45/2018"), IsEmpty());
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ArchiveChanges, WhatAPersonSaidOfFieldsStaysWhenTheTextIsReadAgain) {
  EditFields(*archive_, FromNow(),
             {{.action = FieldAction::kConfirm, .name = "body"},
              {.action = FieldAction::kSet, .name = "title", .value = "السوق"},
              {.action = FieldAction::kRemove, .name = "date"}});
  EXPECT_EQ(Now().Find("date"), nullptr);
  Correct({{.first = 0, .last = 0, .text = "مدينة"}});
  const Record now = Now();
  EXPECT_EQ(now.Value("title"), "السوق");
  EXPECT_EQ(now.Find("date"), nullptr) << "a removed value does not come back";
  const Field* body = now.Find("body");
  ASSERT_NE(body, nullptr);
  EXPECT_EQ(body->value, "بلدية السلط");
  EXPECT_EQ(body->state, FieldState::kConfirmed);
  EXPECT_EQ(body->end, 0U) << "its words stand there no more";
  EXPECT_EQ(now.Value("number"), "45/2018");
  EditFields(*archive_, FromNow(), {{.action = FieldAction::kSet, .name = "date", .value = "12/03/2018"}});
  EXPECT_EQ(Now().Value("date"), "2018-03-12");
  EXPECT_THAT(Now().removed, IsEmpty());
}

TEST_F(ArchiveChanges, AYearFollowsTheNumberThatAPersonGave) {
  EXPECT_EQ(Now().Value("year"), "2018");
  EditFields(*archive_, FromNow(), {{.action = FieldAction::kSet, .name = "number", .value = "7/2020"}});
  EXPECT_EQ(Now().Value("number"), "7/2020");
  EXPECT_EQ(Now().Find("year"), nullptr);
}

TEST_F(ArchiveChanges, AnImportKeepsWhatPersonsSaid) {
  EditFields(*archive_, FromNow(), {{.action = FieldAction::kSet, .name = "title", .value = "السوق"}});
  AddRelation(*archive_, FromNow(), {.relation = CitedRelation::kRefersTo, .to = ImportedId("other")});
  EXPECT_EQ(ImportText(kDecision).replaced, 1U);
  EXPECT_EQ(Now().Value("title"), "السوق");
  EXPECT_EQ(archive_->store().GetCitations(Now().id)->citations.back().relation, CitedRelation::kRefersTo);
  HoldRecord(*archive_, FromNow("case"), true);
  EXPECT_EQ(ImportText(kDecision).failed, 1U);
  HoldRecord(*archive_, FromNow("over"), false);
  DeleteRecord(*archive_, FromNow("twice"));
  EXPECT_EQ(ImportText(kDecision).failed, 1U);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ArchiveChanges, AnEarlierPaperEndsNoLaterOne) {
  ImportedId("later");
  for (const CitedRelation relation : {CitedRelation::kAmends, CitedRelation::kRepeals, CitedRelation::kReplaces}) {
    EXPECT_EQ(CodeOf([&] { AddRelation(*archive_, FromNow(), {.relation = relation, .to = "later"}); }),
              ErrorCode::kInvalid);
  }
  AddRelation(*archive_, {.record = "later", .version = 1, .actor = "test", .why = {}},
              {.relation = CitedRelation::kRepeals, .to = "d"});
}

TEST_F(ArchiveChanges, AConfirmedNumberKeepsItsYear) {
  EditFields(*archive_, FromNow(), {{.action = FieldAction::kConfirm, .name = "number"}});
  Correct({{.first = IndexOf("أكشاك"), .last = IndexOf("أكشاك"), .text = "باعة"}});
  EXPECT_EQ(Now().Value("number"), "45/2018");
  EXPECT_EQ(Now().Value("year"), "2018");
}

TEST_F(ArchiveChanges, AnImportKeepsWhatPersonsConfirmedOrRemoved) {
  const auto line = [](std::string_view number) {
    return fmt::format(R"({{"external_id":"r","number":"{}","signatory":["أ","ب"],"pages":["نص"]}})", number);
  };
  const auto now = [this] { return FetchRecord(*archive_, "r"); };
  const auto edit = [&](const FieldEdit& each) {
    EditFields(*archive_, {.record = "r", .version = now().version, .actor = "test", .why = {}}, {each});
  };
  ImportText(line("5/2018"));
  ImportText(line("6/2018"));
  EXPECT_EQ(now().Value("number"), "6/2018") << "nobody said anything of it yet";
  edit({.action = FieldAction::kConfirm, .name = "number"});
  edit({.action = FieldAction::kAdd, .name = "signatory", .value = "ج"});
  EXPECT_EQ(ImportText(line("6/2018")).failed, 0U);
  const ImportReport other = ImportText(line("50/2018"));
  EXPECT_EQ(now().Value("number"), "6/2018");
  EXPECT_EQ(other.replaced, 1U);
  ASSERT_THAT(other.problems, SizeIs(1));
  EXPECT_EQ(other.problems[0].line, 1U);
  EXPECT_THAT(other.problems[0].reason, AllOf(HasSubstr("50/2018"), HasSubstr("6/2018")));
  EXPECT_EQ(std::ranges::count(now().fields, "signatory", &Field::name), 3) << "those of the row stay beside it";

  edit({.action = FieldAction::kRemove, .name = "number"});
  edit({.action = FieldAction::kRemove, .name = "signatory", .was = "أ"});
  const ImportReport removed = ImportText(line("6/2018"));
  EXPECT_EQ(now().Find("number"), nullptr);
  EXPECT_EQ(std::ranges::count(now().fields, "signatory", &Field::name), 2);
  ASSERT_THAT(removed.problems, SizeIs(1));
  EXPECT_THAT(removed.problems[0].reason, HasSubstr("removed"));
  edit({.action = FieldAction::kSet, .name = "number", .value = "7/2018"});
  EXPECT_EQ(now().Value("number"), "7/2018");
}

TEST_F(ArchiveChanges, AYearStaysWithTheNumberThatAPersonConfirmed) {
  ImportText(R"({"external_id":"r","number":"5","year":"2018","pages":["نص"]})");
  EditFields(*archive_, {.record = "r", .version = 1, .actor = "test", .why = {}},
             {{.action = FieldAction::kConfirm, .name = "number"}});
  for (const char* line :
       {R"({"external_id":"r","number":"50","year":"2019","pages":["نص"]})", R"({"external_id":"r","pages":["نص"]})"}) {
    ImportText(line);
    const Record now = FetchRecord(*archive_, "r");
    EXPECT_EQ(now.Value("number"), "5") << line;
    EXPECT_EQ(now.Value("year"), "2018") << line;
  }
}

TEST_F(ArchiveChanges, ANumberAsPrintedIsFound) {
  ImportText(R"({"external_id":"r","number":"155 مكرر لسنة 2018","pages":["نص"]})");
  const std::string id = FetchRecord(*archive_, "r").id;
  const auto finds = [&](std::string_view number, std::string_view year) {
    const std::vector<Record> found = FindByNumber(*archive_, number, year, {}, 10);
    return found.size() == 1 && found[0].id == id;
  };
  EXPECT_TRUE(finds("155 مكرر", "2018"));
  EXPECT_TRUE(finds("155 مكرر/2018", ""));
  EXPECT_TRUE(finds("155 مكرر لسنة 2018", ""));
  EXPECT_FALSE(finds("155", "2018"));
  const auto set = [&](const char* value) {
    EditFields(*archive_, {.record = "r", .version = FetchRecord(*archive_, "r").version, .actor = "test", .why = {}},
               {{.action = FieldAction::kSet, .name = "number", .value = value}});
  };
  set("القرار رقم (١٥٦ مكرر) لسنة ٢٠١٩م");
  EXPECT_TRUE(finds("156 مكرر", "2019"));
  EXPECT_EQ(FetchRecord(*archive_, "r").Find("year"), nullptr);
  set("عشرة لسنة 2017");
  EXPECT_TRUE(finds("10", "2017"));
  EXPECT_TRUE(finds("عشرة", ""));
  EXPECT_EQ(FetchRecord(*archive_, "r").Find("year"), nullptr);
  EXPECT_EQ(CodeOf([&] { finds("abc", ""); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] { set("164 و165/2018"); }), ErrorCode::kInvalid);
}

TEST_F(ArchiveChanges, ControlCharactersInATextPartWords) {
  ImportText(R"({"external_id":"r","pages":["رقم 5\u00000 لسنة\n\u001f"]})");
  EXPECT_EQ(*archive_->store().GetPageText(FetchRecord(*archive_, "r").id, 1), "رقم 5 0 لسنة\n ");
}

TEST_F(ArchiveChanges, TheSameImportKeepsCorrectedWords) {
  Correct({{.first = IndexOf("أكشاك"), .last = IndexOf("أكشاك"), .text = "باعة"}});
  Correct({{.first = IndexOf("السوق"), .last = IndexOf("السوق"), .text = "المدينة"}});
  const std::string corrected = *archive_->store().GetPageText(Now().id, 1);
  for (int times = 0; times < 2; ++times) {
    ImportText(kDecision);
    EXPECT_EQ(*archive_->store().GetPageText(Now().id, 1), corrected);
    EXPECT_EQ(Found("باعة"), std::set<std::string>{"d/1"});
  }
  ImportText(R"({"external_id":"d","pages":["نص آخر"]})");
  EXPECT_EQ(*archive_->store().GetPageText(Now().id, 1), "نص آخر") << "another text takes the page's place";
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ArchiveChanges, ASplitSharesTheDecisions) {
  JudgeCitation(*archive_, FromNow(), 0, CitationState::kRejected);
  const SplitRecords split = SplitRecord(*archive_, FromNow("two"), 2);
  EXPECT_EQ(split.before.page_count, 1);
  EXPECT_EQ(split.after.page_count, 1);
  EXPECT_EQ(split.after.first_page, 2);
  EXPECT_EQ(archive_->store().GetCitations(split.before.id)->citations[0].state, CitationState::kRejected);
  EXPECT_THAT(archive_->store().GetCitations(split.after.id)->citations, IsEmpty());
  EXPECT_EQ(PageVersion(*archive_, "d", 2, 1).text, "صفحة ثانية");
  const History history = HistoryOf(*archive_, "d", 0, 1, 100);
  ASSERT_THAT(history.versions, SizeIs(3));
  EXPECT_EQ(history.versions[2].made_by.action, "record.split");
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ArchiveChanges, MergesAreFollowedToTheirEnd) {
  const std::string b = ImportedId("b");
  const std::string c = ImportedId("c");
  const std::string citing = ImportedId("citing");
  const auto edit = [&](const std::string& record) {
    return Edit{.record = record, .version = FetchRecord(*archive_, record).version, .actor = "test", .why = "same"};
  };
  AddRelation(*archive_, edit(citing), {.relation = CitedRelation::kRepeals, .to = "d"});
  MergeRecord(*archive_, edit("d"), b);
  MergeRecord(*archive_, edit(b), c);
  EXPECT_EQ(FollowMerges(archive_->store(), Now()).id, c);
  EXPECT_THAT(FetchRecord(*archive_, c).merged, ElementsAre(b, Now().id));
  ASSERT_THAT(CitationsTo(*archive_, c, 10).citations, SizeIs(1)) << "what names the first names the last";
  EXPECT_EQ(CitationsOf(*archive_, citing).at(0).resolution.matches.at(0).record_id, c);
  EXPECT_THAT(Problems(), IsEmpty());
  RestoreRecord(*archive_, {.record = b, .version = FetchRecord(*archive_, b).version, .actor = "test", .why = {}});
  EXPECT_THAT(FetchRecord(*archive_, c).merged, IsEmpty());
  EXPECT_EQ(FollowMerges(archive_->store(), Now()).id, b);
  EXPECT_THAT(Problems(), IsEmpty());
}

// d into b, b into c, and then d is no copy after all.
TEST_F(ArchiveChanges, WhatLeavesAChainLeavesAllOfIt) {
  const std::string b = ImportedId("b");
  const std::string c = ImportedId("c");
  const auto edit = [&](const std::string& record) {
    return Edit{.record = record,
                .version = FetchRecord(*archive_, record, Gone::kShow).version,
                .actor = "test",
                .why = "same"};
  };
  MergeRecord(*archive_, edit("d"), b);
  MergeRecord(*archive_, edit(b), c);
  ASSERT_NE(FetchRecord(*archive_, c).Find("body"), nullptr) << "lent by the first";
  RestoreRecord(*archive_, edit("d"));
  EXPECT_THAT(FetchRecord(*archive_, c).merged, ElementsAre(b));
  EXPECT_THAT(FetchRecord(*archive_, b).merged, IsEmpty());
  EXPECT_EQ(FetchRecord(*archive_, c).Find("body"), nullptr);
  const SplitRecords split = SplitRecord(*archive_, edit("d"), 2);
  MergeRecord(*archive_, edit(split.after.id), c);
  MergeRecord(*archive_, edit("d"), c);
  RestoreRecord(*archive_, edit(b));
  EXPECT_THAT(FetchRecord(*archive_, c).merged, ElementsAre(split.after.id, Now().id));
  for (const std::string& id : FetchRecord(*archive_, c).merged) {
    EXPECT_EQ(FollowMerges(archive_->store(), FetchRecord(*archive_, id)).id, c);
  }
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ArchiveChanges, ANumberWithoutItsYearDoesNotKeepTheOldOne) {
  ImportText(R"({"external_id":"n","type":"decision","body":"بلدية السلط","number":"12/2018","pages":["x"]})"
             "\n"
             R"({"external_id":"y","type":"decision","body":"بلدية السلط","number":"12","year":"2018","pages":["x"]})");
  const auto set = [&](const std::string& record, const std::string& number) {
    const Edit edit{.record = record, .version = FetchRecord(*archive_, record).version, .actor = "test", .why = {}};
    return EditFields(*archive_, edit, {{.action = FieldAction::kSet, .name = "number", .value = number}});
  };
  const auto name = [&](const std::string& record) { return NameGivenTo(FetchRecord(*archive_, record)).identifier; };
  EXPECT_EQ(name("n"), "decision/بلدية السلط/2018/12");
  EXPECT_THAT(set("n", "45").note, HasSubstr("2018"));
  EXPECT_EQ(name("n"), "") << "of no year that anybody said";
  EXPECT_THAT(set("y", "45").note, HasSubstr("'year'"));
  EXPECT_EQ(name("y"), "decision/بلدية السلط/2018/45");
  EXPECT_THAT(set("y", "46/2019").note, HasSubstr("2019"));
  EXPECT_EQ(name("y"), "decision/بلدية السلط/2019/46");
  EXPECT_EQ(FetchRecord(*archive_, "y").Find("year"), nullptr);
  EXPECT_EQ(set("y", "47/2019").note, "");
  EXPECT_EQ(set("y", "عشرة").record.Value("number"), "10");
  EXPECT_EQ(CodeOf([&] { set("y", "رقم"); }), ErrorCode::kInvalid);
  EXPECT_EQ(CodeOf([&] {
              set("y",
                  "4\xE2\x80\xAE"
                  "5");
            }),
            ErrorCode::kInvalid);
  EXPECT_EQ(set("y",
                "\xE2\x80\x8F"
                "45/2019")
                .record.Value("number"),
            "45/2019")
      << "marks of direction are no part of it";
}

TEST_F(ArchiveChanges, VerifyTellsOfAGapInTheHistory) {
  Record record = Now();
  ChangeSet changes;
  record.hold = Mark{};
  changes.records = {record};
  changes.audit = {{.action = "x", .subject = record.id}};
  archive_->Commit(changes);
  EXPECT_THAT(Problems(), IsEmpty());
  archive_.reset();
  DropPast(record.id);
  Open();
  EXPECT_THAT(Problems(), ElementsAre(HasSubstr("versions before it")));
}

}  // namespace
}  // namespace diwan
