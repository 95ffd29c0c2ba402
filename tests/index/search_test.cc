// What is found: the same for every spelling, for every digit set, for every calendar.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "index_fixture.h"

namespace diwan {
namespace {

using Search = IndexFixture;

struct Row {
  std::string query;
  std::string expected;
};

TEST_F(Search, SpellingVariantsAreOne) {
  // In each row every spelling must find every other.
  const std::vector<std::vector<std::string>> rows = {
      {"أسواق", "اسواق", "إسواق", "آسواق", "ٱسواق", "أَسْوَاقٌ", "أســواق"},
      {"مستشفى", "مستشفي", "مستشفی"},
      {"مكتب", "مکتب", "ڪتب مكتب"},
      {"بلدية", "بلديه", "بلدیة", "بَلَدِيَّة"},
      {"مسؤول", "مسوول"},
      {"لجنة", "لجنه", "ﻟﺠﻨﺔ"},
      {"لائحة", "لايحة", "ﻻئحة", "لَائِحَة"},
      {"نامه‌ها", "نامهها", "نامه ها"},
      {"شهرداری", "شهرداري", "شهرداری\u200F", "\u202Bشهرداری\u202C"},
      {"Règlement", "reglement", "REGLEMENT"},
      {"مقررات", "المقررات", "والمقررات", "بالمقررات"},
  };
  std::vector<std::string> texts;
  for (const auto& row : rows) {
    for (const std::string& spelling : row) texts.push_back("نص فيه " + spelling + " وبعده كلام");
  }
  IndexTexts(texts);
  size_t first = 1;
  for (const auto& row : rows) {
    for (const std::string& spelling : row) {
      const std::string found = " " + Found(spelling) + " ";
      for (size_t i = 0; i < row.size(); ++i) {
        const std::string name = " r" + std::to_string(first + i) + " ";
        EXPECT_NE(found.find(name), std::string::npos) << spelling << " does not find " << row[i];
      }
    }
    first += row.size();
  }
}

TEST_F(Search, NumbersInThreeDigitSetsAreOne) {
  IndexTexts({"قرار رقم 123/2019", "قرار رقم ١٢٣/٢٠١٩", "مصوبه شماره ۱۲۳/۲۰۱۹", "قرار رقم ١٢٣ لسنة ٢٠١٩",
              "قرار رقم 123 / 2019", "قرار رقم 0123-2019", "قرار 123 في 2020", "قرار 2019 فقط", "مبلغ ١٬٢٣٤ دينارا",
              "مبلغ 1,234", "مبلغ 1234", "123 لشهر من 2019"});
  const std::string all = "r1 r12 r2 r3 r4 r5 r6";  // r12 has both parts, apart: the last one found
  for (const char* query : {"123/2019", "١٢٣/٢٠١٩", "۱۲۳/۲۰۱۹", "123-2019", "123 / 2019", "00123/2019"}) {
    EXPECT_EQ(Found(query), all) << query;
    EXPECT_EQ(Ask(query).hits.back().record_id, "r12") << query;
    EXPECT_EQ(Found("\"" + std::string(query) + "\""), "r1 r2 r3 r4 r5 r6") << query;
  }
  for (const char* query : {"رقم ١٢٣ لسنة ٢٠١٩", "رقم (123) لسنة 2019"}) {
    const IndexAnswer answer = Ask(query);
    ASSERT_GE(answer.hits.size(), 6U);
    for (size_t i = 0; i < 6; ++i) EXPECT_NE(all.find(answer.hits[i].record_id), std::string::npos) << query;
  }
  for (const char* query : {"1234", "1,234", "١٬٢٣٤", "۱۲۳۴"}) EXPECT_EQ(Found(query), "r10 r11 r9") << query;
  for (const char* query : {"123", "١٢٣", "۱۲۳"}) EXPECT_EQ(Found(query), "r1 r12 r2 r3 r4 r5 r6 r7") << query;
}

TEST_F(Search, ANumberIsFoundInTheOtherOrder) {
  IndexTexts({"قرار رقم 123/2019", "قرار رقم 2019/123", "قرار 123 في 2019", "رقم 2019/2018", "Decision 123 of 2019",
              "رقم 123\u20112019"});
  for (const char* query : {"2019/123", "123/2019", "٢٠١٩-١٢٣", "123 of 2019"}) {
    EXPECT_EQ(Found(query), "r1 r2 r3 r5 r6") << query;
    EXPECT_EQ(Ask(query).hits.back().record_id, "r3") << query;
  }
  EXPECT_EQ(Found("2018/2019"), "r4");
  EXPECT_EQ(Found("\"2019/123\""), "r2");
}

// What is no day is found as it is printed.
TEST_F(Search, ImpossibleDates) {
  IndexTexts({"في 31/02/2019 اجتمع", "في 28/02/2019 اجتمع", "في ٣١ فبراير ٢٠١٩"});
  {
    IndexWriter writer(Dir());
    const Record record = MakeRecord("dated", {{"date", "31/02/2019"}});
    const Page page = MakePage(record, 1, "نص");
    writer.Put({&record, &page});
    writer.Commit(2);
  }
  for (const char* query : {"31/02/2019", "٣١/٢/٢٠١٩", "31-02-2019", "2019/02/31"}) {
    EXPECT_EQ(Found(query), "dated r1") << query;
  }
  EXPECT_EQ(Found("31 فبراير 2019 AND 31"), "dated r1 r3");
}

TEST_F(Search, Operators) {
  IndexTexts({"سوق الخضار", "سوق الذهب", "رسوم الذهب", "رسوم"});
  const std::vector<Row> rows = {
      {"سوق", "r1 r2"},
      {"سوق رسوم", "r1 r2 r3 r4"},
      {"سوق AND الذهب", "r2"},
      {"سوق OR الذهب", "r1 r2 r3"},
      {"الذهب NOT سوق", "r3"},
      {"الذهب -سوق", "r3"},
      {"-سوق", "r3 r4"},
      {"NOT سوق", "r3 r4"},
      {"(سوق OR رسوم) AND الذهب", "r2 r3"},
      {"سوق AND NOT الذهب", "r1"},
      {"\"سوق الخضار\" OR \"رسوم الذهب\"", "r1 r3"},
      {"-\"سوق الذهب\"", "r1 r3 r4"},
      {"سوق NOT (خضار OR ذهب)", ""},
      {"لاشيء", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Found(row.query), row.expected) << row.query;
}

TEST_F(Search, Phrases) {
  IndexTexts({"سوق الخضار المركزي", "الخضار في سوق", "سوق كبير الخضار", "آیین‌نامه مالی",
              "آیین نامه مالی", "آییننامه مالی", "قرار رقم 123/2019 بشأن", "سوق، الخضار"});
  const std::vector<Row> rows = {
      {"\"سوق الخضار\"", "r1 r8"},
      {"\"سوق  الخضار\"", "r1 r8"},
      {"\"سُوق الخُضار\"", "r1 r8"},
      {"\"الخضار سوق\"", ""},
      {"\"آیین‌نامه مالی\"", "r4 r5 r6"},
      {"\"آیین نامه مالی\"", "r4 r5"},
      {"\"رقم ١٢٣/٢٠١٩ بشأن\"", "r7"},
      {"\"الخضار المركزي\"", "r1"},
      {"\"المركزية\"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Found(row.query), row.expected) << row.query;
}

TEST_F(Search, StopWordsCountOnlyAlone) {
  IndexTexts({"من المجلس", "من السوق", "رسوم"});
  EXPECT_EQ(Found("من السوق"), "r2");
  EXPECT_EQ(Found("من"), "r1 r2");
  EXPECT_EQ(Found("\"من السوق\""), "r2");
}

TEST_F(Search, DaysInAnyCalendar) {
  // 12 March 2019 is 21 Esfand 1397, and 5 Rajab 1440 by Umm al-Qura.
  IndexTexts({"في 12/03/2019 اجتمع", "في ١٢ مارس ٢٠١٩ اجتمع", "در تاریخ ۲۱ اسفند ۱۳۹۷ تشکیل شد",
              "في ٥ رجب ١٤٤٠ هـ اجتمع", "في 12/04/2019 اجتمع", "في سنة 2019"});
  for (const char* query : {"12/03/2019", "2019-03-12", "١٢ مارس ٢٠١٩", "۲۱ اسفند ۱۳۹۷"}) {
    EXPECT_EQ(Found(query), "r1 r2 r3 r4") << query;
  }
  EXPECT_EQ(Found("date:2019-03-12"), "r1 r2 r3 r4");
  EXPECT_EQ(Found("date:2019-03"), "r1 r2 r3 r4");
  EXPECT_EQ(Found("date:2019-04"), "r5");
  EXPECT_EQ(Found("date:2019"), "r1 r2 r3 r4 r5");
  EXPECT_EQ(Found("date:2018..2020"), "r1 r2 r3 r4 r5");
  EXPECT_EQ(Found("date:2020..2021"), "");
  EXPECT_EQ(Found("اجتمع date:2019-04"), "r5");
}

TEST_F(Search, FieldsOfTheRecordOnEachPage) {
  {
    IndexWriter writer(Dir());
    Record decision = MakeRecord("d1", {{"type", "decision"},
                                        {"title", "تنظيم سوق الخضار"},
                                        {"number", "123/2019"},
                                        {"date", "2019-03-12"},
                                        {"body", "بلدية رام الله"},
                                        {"language", "ara"}});
    decision.external_id = "EXT-7";
    decision.page_count = 2;
    Record minutes = MakeRecord("m1", {{"type", "minutes"}, {"title", "صورتجلسه شورا"}, {"date", "2020"}});
    const std::vector<Page> pages = {MakePage(decision, 1, "نص أول"), MakePage(decision, 2, "نص ثان"),
                                     MakePage(minutes, 1, "متن بازار", "fas")};
    writer.Put({&decision, &pages[0]});
    writer.Put({&decision, &pages[1]});
    writer.Put({&minutes, &pages[2]});
    writer.Commit(1);
  }
  const std::vector<Row> rows = {
      {"type:decision", "d1+1"},
      {"نوع:decision", "d1+1"},
      {"title:سوق", "d1+1"},
      {"موضوع:أسواق title:السوق", "d1+1"},
      {"title:\"سوق الخضار\"", "d1+1"},
      {"title:\"تنظيم الخضار\"", ""},
      {"عنوان:شورا", "m1"},
      {"number:123/2019", "d1+1"},
      {"number:2019/123", "d1+1"},
      {"رقم:١٢٣/٢٠١٩", "d1+1"},
      {"شماره:۱۲۳", "d1+1"},
      {"123/2019", "d1+1"},
      {"سوق", "d1+1"},
      {"body:بلدية", "d1+1"},
      {"جهة:\"رام الله\"", "d1+1"},
      {"language:ar", "d1+1"},
      {"زبان:فارسی", "m1"},
      {"id:ext-7", "d1+1"},
      {"external_id:EXT-7", "d1+1"},
      {"id:m1", "m1"},
      {"date:2019", "d1+1"},
      {"date:2019-03-12", "d1+1"},
      {"date:2020-06", "m1"},
      {"date:2019..2020", "d1+1 m1"},
      {"date:2021", ""},
      {"type:decision type:minutes", "d1+1 m1"},
      {"type:decision AND type:minutes", ""},
      {"type:decision أول", "d1"},
      {"type:decision -أول", "d1/2"},
      {"title:أول", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(Found(row.query), row.expected) << row.query;
}

TEST_F(Search, TitlesAndExactFormsWeighMore) {
  {
    IndexWriter writer(Dir());
    const Record plain = MakeRecord("r1");
    const Record titled = MakeRecord("r2", {{"title", "السوق"}});
    const Page plain_page = MakePage(plain, 1, "السوق واحد اثنان ثلاثة");
    const Page titled_page = MakePage(titled, 1, "خمسة واحد اثنان ثلاثة");
    writer.Put({&plain, &plain_page});
    writer.Put({&titled, &titled_page});
    writer.Commit(1);
  }
  EXPECT_EQ(Ask("السوق").hits.at(0).record_id, "r2");
}

// Which page shows a record whose title has the word.
TEST_F(Search, ARecordIsShownByAPageThatHasTheWordOrByItsFirst) {
  {
    IndexWriter writer(Dir());
    const auto put = [&](const std::string& id, const std::vector<std::string>& pages) {
      Record record = MakeRecord(id, {{"title", "رسوم السوق"}});
      record.page_count = static_cast<int>(pages.size());
      for (size_t i = 0; i < pages.size(); ++i) {
        const Page page = MakePage(record, static_cast<int>(i) + 1, pages[i]);
        writer.Put({&record, &page});
      }
    };
    put("blank", {"قرر المجلس أن تكون رسوم السوق", "", "توقيع"});
    put("first", {"قرر المجلس ما يأتي بعد المداولة", "", "توقيع"});
    put("later", {"", "قرر المجلس ما يأتي في شأن المداولة والأسواق في المدينة وما حولها من القرى", "توقيع"});
    writer.Commit(1);
  }
  EXPECT_EQ(Found("رسوم"), "blank+2 first+2 later+2");
  EXPECT_EQ(Found("السوق المداولة"), "blank+2 first+2 later/2+2");
  EXPECT_EQ(Found("\"رسوم السوق\""), "blank+2 first+2 later+2");
}

TEST_F(Search, AStemOfTheOtherLanguageWeighsNoMoreForBeingRare) {
  {
    IndexWriter writer(Dir());
    const auto put = [&](const std::string& id, const std::string& text, const std::string& language) {
      const Record record = MakeRecord(id);
      const Page page = MakePage(record, 1, text, language);
      writer.Put({&record, &page});
    };
    for (int i = 10; i < 50; ++i) put("a" + std::to_string(i), "رسوم المجلس البلدي في المدينة", "ara");
    for (int i = 10; i < 90; ++i) put("n" + std::to_string(i), "قرر المجلس البلدي في المدينة", "ara");
    put("p1", "سند رسمی", "fas");
    writer.Commit(1);
  }
  const IndexAnswer answer = Ask("رسوم");
  ASSERT_EQ(answer.hits.size(), 41U);
  EXPECT_EQ(answer.hits.back().record_id, "p1");
}

TEST_F(Search, TheNumberAskedForComesBeforeItsPartsWithMoreWords) {
  IndexTexts({"القرار رقم 61/2016 الصادر بتاريخ 15/11/1384 قرار", "مصوبه شماره ۶۱/۱۳۸۴ شورا", "القرار القرار"});
  EXPECT_EQ(Ask("القرار رقم 61 لعام 1384").hits.at(0).record_id, "r2");
}

TEST_F(Search, ExactFormsWeighMore) {
  IndexTexts({"قرارات كثيرة", "قرار كثيرة"});
  EXPECT_EQ(Ask("قرار").hits.at(0).record_id, "r2");
  EXPECT_EQ(Ask("قرارات").hits.at(0).record_id, "r1");
}

TEST_F(Search, TotalIsExactAndPagesFollowEachOther) {
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) texts.push_back(i % 2 == 0 ? "سوق" : "رسوم");
  IndexTexts(texts);
  const IndexAnswer first = Ask("سوق", 0, 10);
  EXPECT_EQ(first.total, 250U);
  ASSERT_EQ(first.hits.size(), 10U);
  std::set<std::string> records;  // which all weigh the same
  for (uint32_t offset = 0; offset < 250; offset += 10) {
    for (const IndexHit& hit : Ask("سوق", offset, 10).hits) records.insert(hit.record_id);
  }
  EXPECT_EQ(records.size(), 250U);
  EXPECT_EQ(Ask("سوق", 0, 0).total, 250U);
  EXPECT_TRUE(Ask("سوق", 4'000'000'000U, 4'000'000'000U).hits.empty());
}

TEST_F(Search, MixedLanguagesAreFoundByOneQuestion) {
  {
    IndexWriter writer(Dir());
    Record record = MakeRecord("r1");
    record.page_count = 3;
    const Page arabic = MakePage(record, 1, "المقررات البلدية", "ara");
    const Page persian = MakePage(record, 2, "مقررات‌ها شهری", "fas");
    const Page guessed = MakePage(record, 3, "در این شهر مقررات‌های تازه تصویب شد");
    for (const Page* page : {&arabic, &persian, &guessed}) writer.Put({&record, page});
    writer.Commit(1);
  }
  EXPECT_EQ(Found("مقررات"), "r1/2+2");
}

TEST_F(Search, NotesTellWhatWasMended) {
  IndexTexts({"سوق"});
  EXPECT_THAT(Ask("سوق AND").notes, ::testing::SizeIs(1));
  EXPECT_EQ(Ask("سوق AND").total, 1U);
  EXPECT_THAT(Ask("سوق").notes, ::testing::IsEmpty());
  EXPECT_THAT(Ask("").notes, ::testing::SizeIs(1));
}

}  // namespace
}  // namespace diwan
