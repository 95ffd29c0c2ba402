// Badly read words: found by what they look like, marked as guesses, behind everything that is certain; and what is
// never guessed.
#include <gmock/gmock.h>

#include "core/fold.h"
#include "index_fixture.h"

namespace diwan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Guesses : public IndexFixture {
 protected:
  // "r1 r2?" in the order of the answer; a guess has a question mark.
  std::string Ordered(const std::string& text, uint32_t offset = 0, uint32_t limit = 100) {
    std::string out;
    for (const IndexHit& hit : Ask(text, offset, limit).hits) {
      out += (out.empty() ? "" : " ") + hit.record_id + (hit.guess ? "?" : "");
    }
    return out;
  }

  void Put(const std::string& id, const std::vector<std::string>& pages,
           std::vector<std::pair<std::string, std::string>> fields = {}) {
    Record record = MakeRecord(id, std::move(fields));
    record.page_count = static_cast<int>(pages.size());
    IndexWriter writer(Dir());
    for (size_t i = 0; i < pages.size(); ++i) {
      const Page page = MakePage(record, static_cast<int>(i) + 1, pages[i]);
      writer.Put({&record, &page});
    }
    writer.Commit(1);
  }
};

struct Misreading {
  std::string meant;
  std::string read;
  std::string language;
};

const std::vector<Misreading>& Misreadings() {
  static const std::vector<Misreading> rows = {
      // dots
      {"المستودعات", "المسنودعات", "ara"},
      {"الحراسة", "الخراسة", "ara"},
      {"البلديات", "التلديات", "ara"},
      {"شهرداری", "سهرداری", "fas"},
      {"پیمانکار", "بیمانکار", "fas"},
      // a letter
      {"المستودعات", "المستورعات", "ara"},
      {"الاستئناف", "الاستئناق", "ara"},
      {"دادگاهها", "دادکاهها", "fas"},
      {"مناقصه", "منافصه", "fas"},
      // a letter lost, a letter too many
      {"المستودعات", "المسودعات", "ara"},
      {"الاستئناف", "الاستئنافف", "ara"},
      {"کمیسیون", "کمسیون", "fas"},
      // the space
      {"المستودعات", "رسومالمستودعات", "ara"},
      {"المحكمة", "المحكمةالابتدائية", "ara"},
      {"شهرداری", "شهرداریمنطقه", "fas"},
      // the article
      {"المستودعات", "اامستودعات", "ara"},
      {"الحراسة", "لاحراسة", "ara"},
      {"المجلس", "االمجلس", "ara"},
  };
  return rows;
}

TEST_F(Guesses, BadlyReadWordsComeBehindTheWordItself) {
  for (const Misreading& row : Misreadings()) {
    IndexTexts({"xx yy", "xx " + row.read + " yy", "xx xx xx " + row.meant + " yy yy yy", row.read}, row.language);
    const IndexAnswer answer = Ask(row.meant);
    EXPECT_EQ(answer.total, 3U) << row.meant << " as " << row.read;
    ASSERT_THAT(answer.hits, SizeIs(3)) << row.meant << " as " << row.read;
    EXPECT_EQ(answer.hits[0].record_id, "r3") << row.meant << " as " << row.read;
    EXPECT_FALSE(answer.hits[0].guess);
    EXPECT_TRUE(answer.hits[1].guess && answer.hits[2].guess) << row.meant << " as " << row.read;
  }
}

TEST_F(Guesses, MarksAreOnTheWordAsItWasRead) {
  for (const Misreading& row : Misreadings()) {
    const std::string text = "xx " + row.read + " yy";
    IndexTexts({"xx yy", text}, row.language);
    const IndexAnswer answer = Ask(row.meant);
    const auto end = static_cast<uint32_t>(3 + row.read.size());
    EXPECT_THAT(MarkMatches(row.meant, text, answer.guessed), ElementsAre(std::pair<uint32_t, uint32_t>{3, end}))
        << row.meant << " as " << row.read;
    EXPECT_THAT(MarkMatches(row.meant, text), IsEmpty()) << row.meant << " as " << row.read;
  }
}

TEST_F(Guesses, WordsThatAreOthersAreNotGuessed) {
  IndexTexts({"قرية", "مدرسة", "سنة", "محبس", "xx"});
  for (const char* word : {"قرار", "مدير", "لجنة", "مجلس", "حكم"}) EXPECT_EQ(Ordered(word), "") << word;
}

TEST_F(Guesses, NumbersAreNeverGuessed) {
  IndexTexts({"رقم ١٢٤", "رقم 1234", "رقم 455/1402", "رقم 456/1403", "رقم 12/2019", "في ١٣ مارس ٢٠١٩", "A42"});
  for (const char* typed : {"١٢٣", "123", "456/1402", "۴۵۶/۱۴۰۲", "456 سال 1402", "number:124", "12 مارس 2019", "A4"}) {
    for (const IndexHit& hit : Ask(typed).hits) EXPECT_FALSE(hit.guess) << typed << " finds " << hit.record_id;
  }
  for (const char* typed : {"١٢٣", "123", "456/1402", "۴۵۶/۱۴۰۲"}) EXPECT_EQ(Ordered(typed), "") << typed;
}

TEST_F(Guesses, WhatIsMeantToTheLetterIsNeverGuessed) {
  Put("exact", {"xx المستودعات yy"}, {{"title", "المستودعات"}, {"type", "decision"}});
  Put("misread", {"xx المسنودعات yy"}, {{"title", "المسنودعات"}, {"type", "decizion"}});
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"المستودعات", "exact misread?"},
      {"\"المستودعات\"", "exact"},
      {"\"xx المستودعات\"", "exact"},
      {"exact:المستودعات", "exact"},
      {"title:المستودعات", "exact"},
      {"type:decision", "exact"},
      {"المستودعا*", "exact"},
      {"xx ~ المستودعات", "exact"},
      {"xx -المستودعات", "misread"},
      {"xx NOT المستودعات", "misread"},
      {"-المستودعات", "misread"},
      // Words beside them are guessed as ever.
      {"type:decision المستودعات", "exact"},
      {"type:decizion المستودعات", "misread?"},
      {"\"xx\" AND المستودعات", "exact misread?"},
      {"+المستودعات", "exact misread?"},
  };
  for (const auto& [query, expected] : rows) EXPECT_EQ(Ordered(query), expected) << query;
}

TEST_F(Guesses, FollowWhatPagesHaveNow) {
  Put("r1", {"xx المستودعات yy"});
  Put("r2", {"xx المسنودعات yy"});
  EXPECT_EQ(Ordered("المستودعات"), "r1 r2?");
  Put("r2", {"xx المستودعات yy"});  // somebody corrected it
  EXPECT_THAT(Ordered("المستودعات"), ::testing::AnyOf("r1 r2", "r2 r1"));
  EXPECT_EQ(Ordered("المسنودعات"), "r1? r2?");
  Put("r2", {"xx المستوعات yy"});
  EXPECT_EQ(Ordered("المستودعات"), "r1 r2?");
  IndexWriter writer(Dir());
  writer.Remove("r2", 1);
  writer.Commit(2);
  EXPECT_EQ(Ordered("المستودعات"), "r1");
  EXPECT_EQ(Ordered("المستوعات"), "r1?");
}

// Pages that have all the words come first; in an order by date all that have any come before the guesses.
TEST_F(Guesses, ComeBehindPagesThatHaveAllTheWords) {
  const std::string filler = "واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة ";
  IndexTexts({"المسنودعات الخراسة", filler + filler + "الحراسة " + filler, filler + "المستودعات " + filler + "الحراسة",
              "xx yy", filler, filler});
  EXPECT_THAT(Ordered("المستودعات الحراسة"), ::testing::AnyOf("r3 r2 r1?", "r3 r1? r2"));
  EXPECT_EQ(Ordered("المستودعات الحراسة sort:newest"), "r3 r2 r1?");
  EXPECT_EQ(Ordered("المستودعات OR الحراسة sort:oldest"), "r3 r2 r1?");
}

// In an archive that reads well. In a bad copy the page with nothing but misread words may well be the right one.
TEST_F(Guesses, ComeLastWherePagesHaveButSomeOfTheWords) {
  std::vector<std::string> texts(30, "رسوم المستودعات في المدينة وما حولها من القرى والبلدات");
  texts.insert(texts.end(), 30, "حراسة الحديقة");
  texts.insert(texts.begin(), "المسنودعات الخديقة");
  IndexTexts(texts);
  const IndexAnswer answer = Ask("المستودعات الحديقة");
  ASSERT_THAT(answer.hits, SizeIs(61));
  for (size_t i = 0; i < answer.hits.size(); ++i) EXPECT_EQ(answer.hits[i].guess, i == 60) << i;
}

TEST_F(Guesses, NeverBringUnwantedPagesBack) {
  // The look-alike of رسوم makes the search take pages that have all the words first.
  IndexTexts({"رسوم المدينة", "رسوم السوق", "رسوم التجار", "رسوم السوق والتجار", "رسرم المدينة"});
  EXPECT_EQ(Ordered("رسوم NOT (السوق التجار)"), "r1 r5?");
  EXPECT_EQ(Ordered("رسوم -السوق -التجار"), "r1 r5?");
}

TEST_F(Guesses, ArabicWordsRunTogetherAreGuesses) {
  IndexTexts({"رسوم السوق", "رسومالسوق"});
  EXPECT_EQ(Ordered("رسوم السوق"), "r1 r2?");
}

// The rules stem what no list knows otherwise than the list stems the word meant.
TEST_F(Guesses, FindMisreadWordsOfTheLists) {
  IndexTexts({"البلدية المدينة", "اابلدية", "المذينة"});
  EXPECT_EQ(Ordered("البلدية"), "r1 r2?");
  EXPECT_EQ(Ordered("المدينة"), "r1 r3?");
}

TEST_F(Guesses, TotalsCountRecordsWhateverTheWindow) {
  for (int i = 0; i < 120; ++i) {
    const std::string id = "m" + std::to_string(i);
    if (i % 2 == 0) {
      Put(id, {"رسوم السوق", "رسوم المدينة", "رسوم " + std::to_string(i)});
    } else {
      Put(id, {i % 3 == 0 ? "رسرم السوق" : "رسوم الطريق"});
    }
  }
  const uint64_t total = Ask("رسوم السوق", 0, 200).hits.size();
  for (const uint32_t limit : {1U, 10U, 60U}) {
    for (const SortOrder sort : {SortOrder::kRelevance, SortOrder::kNewest}) {
      Query query;
      query.text = "رسوم السوق";
      query.limit = limit;
      query.sort = sort;
      EXPECT_EQ(IndexReader(Dir()).Search(query).total, total) << limit;
    }
  }
}

TEST_F(Guesses, AreOnlyWhereTheCertainIsLittle) {
  std::vector<std::string> texts(1200, "xx المستودعات yy");
  texts.emplace_back("xx المسنودعات yy");
  IndexTexts(texts);
  EXPECT_EQ(Ask("المستودعات").total, 1200U);
  EXPECT_EQ(Ask("المسنودعات").total, 1201U);
}

TEST_F(Guesses, WindowsRunOnFromTheCertainIntoTheGuessed) {
  IndexTexts({"المستودعات", "المسنودعات", "المستودعات", "المستورعات", "المستودعات", "المسودعات"});
  const std::string all = Ordered("المستودعات");
  EXPECT_EQ(all.substr(0, 8), "r1 r3 r5");
  std::string joined;
  for (uint32_t offset = 0; offset < 6; ++offset) {
    const IndexAnswer answer = Ask("المستودعات", offset, 1);
    EXPECT_EQ(answer.total, 6U);
    ASSERT_THAT(answer.hits, SizeIs(1));
    joined += (joined.empty() ? "" : " ") + answer.hits[0].record_id + (answer.hits[0].guess ? "?" : "");
  }
  EXPECT_EQ(joined, all);
  EXPECT_EQ(Ordered("المستودعات", 2, 2), all.substr(6, 6));
}

TEST_F(Guesses, ARecordIsFoundOnceWhereOnePageIsCertain) {
  Put("both", {"xx المسنودعات yy", "xx المستودعات yy"});
  Put("guess", {"xx المسنودعات yy", "xx المستورعات yy"});
  const IndexAnswer answer = Ask("المستودعات");
  EXPECT_EQ(answer.total, 2U);
  ASSERT_THAT(answer.hits, SizeIs(2));
  EXPECT_EQ(answer.hits[0].record_id, "both");
  EXPECT_EQ(answer.hits[0].page, 2);
  EXPECT_FALSE(answer.hits[0].guess);
  EXPECT_EQ(answer.hits[1].record_id, "guess");
  EXPECT_TRUE(answer.hits[1].guess);
  EXPECT_EQ(answer.hits[1].more_pages, 1U);
}

// "Did you mean": by the archive's own words, the rest of the question left alone.
TEST_F(Guesses, AMissingWordIsCorrectedToOneThatTheArchiveHas) {
  IndexTexts({"رسوم المستودعات", "رسوم المستودعات البلدية", "رسوم الحدائق"});
  const std::string typed = "رسوم المسنودعات 2019";
  const IndexAnswer answer = Ask(typed);
  ASSERT_THAT(answer.corrections, SizeIs(1));
  const IndexCorrection& correction = answer.corrections[0];
  EXPECT_EQ(typed.substr(correction.begin, correction.end - correction.begin), "المسنودعات");
  EXPECT_EQ(correction.text, "المستودعات");
  EXPECT_THAT(correction.samples,
              ElementsAre(std::pair<std::string, int>("r1", 1), std::pair<std::string, int>("r2", 1)));
  for (const char* known : {"رسوم المستودعات", "رسوم", "المستودع", "2018", "\"المسنودعات\"", "xyzxyz", "-المسنودعات"}) {
    EXPECT_THAT(Ask(known).corrections, IsEmpty()) << known;
  }
}

// What the archive has for words that need no correction, and those that do.
TEST_F(Guesses, WordsAreCorrectedOnlyWhereTheArchiveSaysSoClearly) {
  std::vector<std::string> texts;
  const auto add = [&](const std::string& text, size_t pages) { texts.insert(texts.end(), pages, text); };
  add("عمل الموظف الكامل", 400);  // two that differ from عامل by one letter
  add("عامل", 2);
  add("المستودعات", 400);
  add("المسنودعات", 3);
  add("قرار", 1200);
  add("فرار", 11);
  add("فارس", 400);
  add("مديرية", 300);
  add("مدير", 60);
  add("العنوين", 200);
  add("مستودعات القرارات", 50);
  add("مستودعاب", 1);
  IndexTexts(texts);
  struct Row {
    std::string query;
    std::string expected;  // the words of the corrections
  };
  const std::vector<Row> rows = {
      {"المسنودعات", "المستودعات"},  // on a few pages, and one dot from what is on far more
      {"المستوذعات", "المستودعات"},
      {"المستولعات", "المستودعات"},  // no page has it: any one letter
      {"مدبر", "مدير"},              // not مديرية, which is another word
      {"مستودعاث", "مستودعات"},      // the ending misread: the word as a whole, not another with its stem
      {"القراراب", "القرارات"},
      {"عامل", ""},
      {"فرار", ""},  // on pages enough
      {"كائل", ""},  // a short word that no page has, one letter of another shape from كامل
      {"مارس", ""},
      {"مارس 2019", ""},
      {"12 مارس 2019", ""},
      {"رقم 12 لسنة 2019", ""},
      {"عنوان", ""},
      {"عنوان: المستودعات", ""},
      {"المستودعات /ليس قرار", ""},
      {"-المسنودعات المسنودعات", ""},  // it is not known which of them is shown
      {"رسومالمستودعات", ""},
  };
  for (const Row& row : rows) {
    std::string found;
    for (const IndexCorrection& correction : Ask(row.query, 0, 1).corrections) found += correction.text;
    EXPECT_EQ(found, row.expected) << row.query;
  }
}

TEST_F(Guesses, TheMonthOfADateIsNotGuessed) {
  IndexTexts({"في 12 مارس 2019", "12 في سنة 2019 مارش"});
  EXPECT_EQ(Ordered("12 مارس 2019"), "r1");
  EXPECT_THAT(Ask("12 مارس 2019").guessed, IsEmpty());
}

// The guesses that are marked and explained are those that the search took.
TEST_F(Guesses, OnlyThoseThatCountAreShown) {
  std::vector<std::string> texts(2000, "xx المستودعات yy");
  const std::u32string word = U"مستودعات";
  for (size_t at = 0; at < word.size(); ++at) {
    for (const char32_t letter : {U'ض', U'ط', U'غ', U'ه', U'خ'}) {
      std::u32string other = word;
      other[at] = letter;
      texts.push_back(ToUtf8(other));
    }
  }
  IndexTexts(texts, "ara");
  Query query;
  query.text = "مستودعات";
  query.explain = true;
  const IndexAnswer answer = IndexReader(Dir()).Search(query);
  size_t explained = 0;
  for (const ExplainedTerm& term : answer.explanation->words.at(0).terms) explained += term.kind == "guess" ? 1 : 0;
  EXPECT_EQ(explained, 16U);
  size_t marked = 0;
  for (size_t i = 2000; i < texts.size(); ++i) {
    if (!MarkMatches(query.text, texts[i], answer.guessed).empty()) ++marked;
  }
  EXPECT_EQ(marked, explained);
}

// What is looked up of one word of the question, "stem:رسوم surface:…".
std::string Explained(const IndexAnswer& answer, size_t word) {
  std::string out = answer.explanation->words.at(word).folded;
  for (const ExplainedTerm& term : answer.explanation->words.at(word).terms) {
    out += " " + term.kind + ":" + term.text;
  }
  return out;
}

TEST_F(Guesses, TheExplanationShowsWhatIsLookedUp) {
  IndexTexts({"الحدائق المدينة", "الحداائق", "رقم 123/2019"});
  Query query;
  query.text = "الحدائقالمدينة الحدائق ~ المدينة 2019/123 الحدائق";
  query.explain = true;
  const IndexAnswer answer = IndexReader(Dir()).Search(query);
  ASSERT_THAT(answer.explanation->words, SizeIs(5));
  EXPECT_THAT(Explained(answer, 0), ::testing::AllOf(::testing::StartsWith("الحدايق المدينه "), HasSubstr("stem:حديق"),
                                                     HasSubstr("stem:مدين")));
  EXPECT_THAT(Explained(answer, 1), ::testing::AllOf(HasSubstr("stem:"), ::testing::Not(HasSubstr("guess:"))));
  EXPECT_THAT(Explained(answer, 3), ::testing::StartsWith("2019/123 number:2019/123 number:123/2019 "));
  EXPECT_THAT(Explained(answer, 4), HasSubstr("guess:"));
}

}  // namespace
}  // namespace diwan
