// Whatever is typed gives an answer, soon; and a page found by its text has a mark. Seeded, so a failure comes again.
#include <chrono>
#include <random>

#include "index/query_parser.h"
#include "index_fixture.h"

namespace diwan {
namespace {

using RandomQueries = IndexFixture;
using std::string_literals::operator""s;

const std::vector<std::string> kPieces = {"سوق",
                                          "قرار",
                                          "قَرَارات",
                                          "آیین‌نامه",
                                          "می‌شود",
                                          "في",
                                          "123",
                                          "١٢٣/٢٠١٩",
                                          "12/03/2019",
                                          "2019",
                                          "لسنة",
                                          "رقم",
                                          "AND",
                                          "OR",
                                          "NOT",
                                          "-",
                                          "(",
                                          ")",
                                          "\"",
                                          "«",
                                          "»",
                                          ":",
                                          "title:",
                                          "date:",
                                          "number:",
                                          "نوع:",
                                          "2019..2021",
                                          "\xFF",
                                          "\0"s,
                                          "\u200F",
                                          "\u200C",
                                          "…",
                                          "/",
                                          "1,234",
                                          "\n",
                                          "x",
                                          "ﻻ",
                                          "ـــ",
                                          "َ",
                                          "۱۴۰۲/۰۵/۱۲",
                                          "..",
                                          "*",
                                          "~",
                                          "^",
                                          "قرار*",
                                          "سو*",
                                          "12*",
                                          "~3",
                                          "\"~5",
                                          "+",
                                          "!",
                                          "|",
                                          "&&",
                                          "/أو",
                                          "/نه",
                                          "exact:",
                                          "بالضبط:",
                                          "sort:",
                                          "ترتيب:الأقدم",
                                          "title:(",
                                          "number:1..9/2019",
                                          "date:..",
                                          "،",
                                          "‹"};

std::string RandomText(std::mt19937& random, size_t pieces) {
  std::string out;
  for (size_t i = 0; i < pieces; ++i) {
    out += kPieces[random() % kPieces.size()];
    if (random() % 3 != 0) out += ' ';
  }
  return out;
}

TEST_F(RandomQueries, NeverThrowAndTakeBoundedTime) {
  std::mt19937 random(20191203);
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back(RandomText(random, 40));
  IndexTexts(texts);
  IndexReader reader(Dir());
  for (int i = 0; i < 1500; ++i) {
    Query query;
    query.text = RandomText(random, 1 + random() % 60);
    const auto start = std::chrono::steady_clock::now();
    IndexAnswer answer;
    ASSERT_NO_THROW(answer = reader.Search(query)) << query.text;
    ASSERT_NO_THROW(MarkMatches(query.text, texts[0])) << query.text;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << query.text;
    EXPECT_LE(answer.hits.size(), answer.total);
  }
}

TEST_F(RandomQueries, ExtremeQuestionsAreAnswered) {
  IndexTexts({"سوق", "x"});
  std::string brackets(10'000, '(');
  std::string quotes(4096, '"');
  std::string nots;
  while (nots.size() < 4090) nots += "NOT ";
  std::string ors;
  while (ors.size() < 4090) ors += "a OR ";
  std::string nested;
  while (nested.size() < 4090) nested += "(a AND -(b ";
  std::string fields;
  while (fields.size() < 4080) fields += "date:1850..2100 ";
  std::string minuses;
  while (minuses.size() < 4090) minuses += "-";
  for (const std::string& query : {brackets, quotes, nots, ors, nested, fields, minuses, std::string(4096, 'x'),
                                   std::string(4096, '\0'), std::string(100'000, ')'), "NOT"s, "AND OR"s}) {
    const auto start = std::chrono::steady_clock::now();
    ASSERT_NO_THROW(Ask(query)) << query.substr(0, 40);
    ASSERT_NO_THROW(MarkMatches(query, "سوق")) << query.substr(0, 40);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << query.substr(0, 40);
  }
}

TEST_F(RandomQueries, APageFoundByItsTextHasAMark) {
  const std::vector<std::string> words = {"سوق",
                                          "قرارات",
                                          "المجلس",
                                          "آیین‌نامه",
                                          "کتابها",
                                          "123/2019",
                                          "رقم",
                                          "لسنة",
                                          "2019",
                                          "123",
                                          "في",
                                          "12/03/2019",
                                          "۲۱ اسفند ۱۳۹۷",
                                          "\"سوق قرارات\"",
                                          "AND",
                                          "بالسوق",
                                          "نامه",
                                          "آیین",
                                          "1,234",
                                          "مارس",
                                          "12",
                                          "سو*",
                                          "القرا*",
                                          "سوق ~ رقم",
                                          "\"سوق مارس\"~4"};
  std::mt19937 random(1397);
  const auto some = [&](size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i) out += words[random() % words.size()] + " ";
    return out;
  };
  for (const std::string language : {"ara", "fas", ""}) {
    std::vector<std::string> texts;
    for (int i = 0; i < 60; ++i) texts.push_back(some(6));
    IndexTexts(texts, language);
    for (int i = 0; i < 300; ++i) {
      const std::string query = some(1 + random() % 3);
      for (const IndexHit& hit : Ask(query).hits) {
        if (hit.guess) continue;
        const std::string& text = texts[std::stoul(hit.record_id.substr(1)) - 1];
        EXPECT_FALSE(MarkMatches(query, text).empty()) << query << " in " << text;
      }
    }
  }
}

}  // namespace
}  // namespace diwan
