// How what is typed may go on, in any spelling, however many words begin so.
#include "index/complete.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "index/document.h"
#include "index/frequent_terms.h"
#include "index/schema.h"
#include "index_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Completing : public IndexFixture {
 protected:
  std::vector<IndexCompletion> Complete(std::string_view typed, size_t limit = 10) {
    return CompleteLast(Xapian::Database(Dir().string()), typed, limit);
  }

  // "text pages" of each.
  std::vector<std::string> Texts(std::string_view typed, size_t limit = 10) {
    std::vector<std::string> out;
    for (const IndexCompletion& one : Complete(typed, limit)) out.push_back(fmt::format("{} {}", one.text, one.pages));
    return out;
  }

  // A record with this title, "t1" and so on, with one page.
  void IndexTitles(const std::vector<std::string>& titles) {
    IndexWriter writer(Dir());
    for (size_t i = 0; i < titles.size(); ++i) {
      const Record record = MakeRecord("t" + std::to_string(i + 1), {{"title", titles[i]}});
      const Page page = MakePage(record, 1, "");
      writer.Put({&record, &page});
    }
    writer.Commit(1);
  }

  // Ids of the records whose titles are offered.
  std::vector<std::string> Titles(std::string_view typed, size_t limit = 10) {
    std::vector<std::string> out;
    for (const IndexCompletion& one : Complete(typed, limit)) {
      if (one.kind == CompletionKind::kTitle) out.push_back(one.record_id);
    }
    return out;
  }
};

TEST_F(Completing, TheLastWordGoesOnMostFrequentFirst) {
  IndexTexts({"محكمة البلدية", "مَحْكَمَة", "محكمـه", "محكوم", "محكوم", "محل", "على", "علم"});
  EXPECT_THAT(Texts("محك"), ElementsAre("محكمه 3", "محكوم 2"));
  EXPECT_THAT(Texts("قرار مَحـك"), ElementsAre("محكمه 3", "محكوم 2"));
  EXPECT_THAT(Texts("محك", 1), ElementsAre("محكمه 3"));
  EXPECT_THAT(Texts("محل"), IsEmpty()) << "it doesn't go on";
  EXPECT_THAT(Texts("محك "), IsEmpty()) << "the word is finished";
  EXPECT_THAT(Texts("عل"), ElementsAre("علم 1")) << "على says nothing";
  for (const char* nothing : {"", " ", "؟", "زز", "\xff\xfe"}) EXPECT_THAT(Texts(nothing), IsEmpty()) << nothing;
  EXPECT_THAT(Texts("محك", 0), IsEmpty());
}

TEST_F(Completing, AWordHasSamples) {
  IndexTexts({"محكمة", "محكمة", "محكمة", "محكمة"});
  const auto found = Complete("محك");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, CompletionKind::kWord);
  EXPECT_THAT(found[0].samples, ElementsAre(Pair("r1", 1), Pair("r2", 1), Pair("r3", 1)));
}

TEST_F(Completing, Numbers) {
  IndexTexts({"قرار 12/2019", "قرار ١٢/٢٠١٩", "قرار 123/2020", "قرار 12/2018", "مادة 12"});
  const std::vector<std::string> all = {"12/2019 2", "12/2018 1", "123 1", "123/2020 1"};
  for (const char* typed : {"12", "١٢", "۱۲", "رقم ١٢"}) EXPECT_EQ(Texts(typed), all) << typed;
  for (const char* typed : {"12/", "١٢/٢٠١", "رقم 12/20", "رقم ١٢ لسنة ٢٠"}) {
    EXPECT_THAT(Texts(typed), ElementsAre("12/2019 2", "12/2018 1")) << typed;
  }
  EXPECT_EQ(Complete("12").front().kind, CompletionKind::kNumber);
  EXPECT_THAT(Texts("12 "), IsEmpty());
}

TEST_F(Completing, Titles) {
  IndexTitles({"تنظيم الأسواق البلدية", "تنظيم في الأسواق", "رسوم الأسواق", "رسوم الأسواق", "ميزانية",
               "آیین‌نامه شهرداری", "قرار رقم 12/2019"});
  struct Row {
    std::string typed;
    std::vector<std::string> records;
  };
  const std::vector<Row> rows = {
      {"تنظيم ", {"t1", "t2"}},
      {"تنظيم الا", {"t1"}},
      {"الاسوا", {"t3", "t1", "t2"}},  // of equal ones, by what follows
      {"الأسواق ", {"t1"}},
      {"رُسوم", {"t3"}},
      {"ميزانية", {"t5"}},
      {"البلد", {"t1"}},
      {"في", {}},
      {"آیین نا", {"t6"}},
      {"آیین‌نا", {"t6"}},
      {"نامه شه", {}},
      {"قرار رقم ١٢/٢٠", {"t7"}},
      {"ظيم", {}},
  };
  for (const Row& row : rows) EXPECT_EQ(Titles(row.typed), row.records) << row.typed;
  EXPECT_EQ(Complete("رسوم ").front().pages, 2U);
  for (const char* typed : {"رسوم الا", "الاسوا"}) EXPECT_EQ(Complete(typed).back().text.find('|'), std::string::npos);
  EXPECT_EQ(Complete("الأسواق البلدي").back().text, "تنظيم الاسواق البلديه");
}

TEST_F(Completing, ATitleIsOfferedOnce) {
  IndexTitles({"سوق السمك سوق اللحم"});
  EXPECT_THAT(Titles("سو"), ElementsAre("t1"));
}

TEST_F(Completing, ATitleCountsRecords) {
  const Record record = MakeRecord("t", {{"title", "سوق السمك"}});
  IndexWriter writer(Dir());
  for (const int number : {1, 2, 3}) {
    const Page page = MakePage(record, number, "");
    writer.Put({&record, &page});
  }
  writer.Commit(1);
  const auto found = Complete("سوق ا", 2);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].pages, 3U) << "the word السمك";
  EXPECT_EQ(found[1].pages, 1U);
}

TEST_F(Completing, WordsLeaveTitlesAThirdOfThePlaces) {
  IndexTitles({"سوق ا", "سوق ب", "سوق ت", "سوقا", "سوقب", "سوقت", "سوقث", "سوقج"});
  EXPECT_THAT(Titles("سو", 6), SizeIs(2));
  EXPECT_THAT(Complete("سو", 6), SizeIs(6));
  EXPECT_THAT(Titles("سو", 100), SizeIs(8));
}

TEST_F(Completing, LongTextsAreHarmless) {
  std::string word;
  for (int i = 0; i < 3000; ++i) word += "مك";
  IndexTitles({word + " " + word, std::string(5000, '\xd9'), std::string("a\0b", 3)});
  EXPECT_THAT(Titles("مكمك"), ElementsAre("t1"));
  EXPECT_THAT(Titles(word), IsEmpty());
  EXPECT_THAT(Titles("a"), ElementsAre("t3"));
}

// A vocabulary with far more words of one beginning than are looked at, the frequent ones last.
class FrequentTerms : public IndexFixture {
 protected:
  FrequentTerms() : database_(Dir().parent_path().string(), Xapian::DB_CREATE_OR_OPEN) {
    for (int i = 0; i < 6000; ++i) Add(fmt::format("قا{}", Letters(i)), 1);
    for (int i = 0; i < 12; ++i) Add(fmt::format("قي{}", Letters(i)), 16 + 10 * i);
    writer_.Write(database_);
  }

  // Unlike words of the same length.
  static std::string Letters(int number) {
    constexpr std::u32string_view kLetters = U"بتجدرسصطعفكلمنه";
    std::u32string out;
    for (int i = 0; i < 4; ++i, number /= 15) out += kLetters[static_cast<size_t>(number % 15)];
    std::string utf8;
    for (const char32_t c : out) Xapian::Unicode::append_utf8(utf8, c);
    return utf8;
  }

  void Add(const std::string& word, int pages) {
    for (int i = 0; i < pages; ++i) {
      const Record record = MakeRecord("r");
      const Page page = MakePage(record, ++pages_, word);
      const Xapian::Document document = MakeDocument({&record, &page}).document;
      writer_.Note(document);
      database_.add_document(document);
    }
  }

  std::vector<std::string> Texts(std::string_view typed, size_t limit) {
    std::vector<std::string> out;
    for (const IndexCompletion& one : CompleteLast(database_, typed, limit)) {
      out.push_back(fmt::format("{} {}", one.text, one.pages));
    }
    return out;
  }

  static std::string Frequent(int i) { return fmt::format("قي{} {}", Letters(i), 16 + 10 * i); }

  Xapian::WritableDatabase database_;
  FrequentTermsWriter writer_;
  int pages_ = 0;
};

TEST_F(FrequentTerms, AreFoundAmongAnyNumberOfWords) {
  EXPECT_THAT(Texts("ق", 3), ElementsAre(Frequent(11), Frequent(10), Frequent(9)));
  EXPECT_THAT(Texts("ق", 12), SizeIs(12));
  EXPECT_EQ(Texts("ق", 12).back(), Frequent(0));
  const auto more = Texts("ق", 20);
  ASSERT_THAT(more, SizeIs(20));
  EXPECT_EQ(more[11], Frequent(0));
  EXPECT_EQ(more[12].back(), '1');
}

TEST_F(FrequentTerms, ATermThatGrowsIsEntered) {
  for (int commit = 0; commit < 10; ++commit) {
    Add("قيام", 30);
    writer_.Write(database_);
  }
  EXPECT_THAT(Texts("ق", 2), ElementsAre("قيام 300", Frequent(11)));
}

TEST_F(FrequentTerms, ATermThatPagesWentFromIsCountedAnew) {
  const std::string term = MakeTerm(kSurfacePrefix, "قي" + Letters(11));
  for (int i = 0; i < 120; ++i) database_.delete_document(*database_.postlist_begin(term));
  EXPECT_THAT(Texts("ق", 2), ElementsAre(Frequent(10), Frequent(9)));
  database_.delete_document(term);
  EXPECT_THAT(Texts("قي", 100), SizeIs(11));
}

TEST(UsualSpelling, IsTheMostFrequentPrintedForm) {
  struct Row {
    std::string folded;
    std::vector<std::string_view> texts;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"محكمه", {"المحكمة محكمة"}, "محكمة"},
      {"محكمه", {"محكمه، محكمة", "محكمة"}, "محكمة"},
      {"محكمه", {"مَحْكَمَةٌ و محكـمة"}, "محكمة"},
      {"محكمه", {"\u202Bمحكمة\u202C"}, "محكمة"},
      {"محكمه", {"ﻣﺤﻜﻤﺔ"}, "محكمة"},
      {"محكمه", {"محكمه", "محكمة"}, "محكمه"},  // the earlier
      {"مسوول", {"مسؤول مسئول مسؤول"}, "مسؤول"},
      {"مسوول", {"مسو\u0654ول"}, "مسؤول"},
      {"نامهها", {"نامه‌ها"}, "نامه‌ها"},
      {"نامه", {"نامه‌ها"}, "نامه"},  // a piece
      {"reglement", {"Règlement"}, "Règlement"},
      {"رقم", {"رقم١٢٣"}, "رقم"},
      {"حكم", {"المحكمة حكمت الحكم"}, ""},
      {"حكم", {}, ""},
      {"", {"حكم"}, ""},
      {"حكم", {"\xff\xd9 حكم\xd9"}, "حكم"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(UsualSpelling(row.folded, row.texts), row.expected)
        << row.folded << " in " << (row.texts.empty() ? "" : row.texts[0]);
  }
}

}  // namespace
}  // namespace diwan
