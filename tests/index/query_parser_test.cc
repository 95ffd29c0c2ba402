// The query language, a row per rule.
#include "index/query_parser.h"

#include <gtest/gtest.h>

#include <string>

#include "core/query.h"

namespace diwan {
namespace {

struct Row {
  std::string typed;
  std::string expected;
  size_t notes = 0;
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const ParsedQuery parsed = ParseQuery(row.typed);
    EXPECT_EQ(Describe(parsed.root), row.expected) << row.typed;
    EXPECT_EQ(parsed.notes.size(), row.notes) << row.typed;
  }
}

TEST(QueryParser, Words) {
  Check({
      {"سوق", "سوق"},
      {"سوق مجلس", "سوق مجلس"},
      {"  سوق\t\nمجلس  ", "سوق مجلس"},
      {"سُوق", "سوق"},
      {"أسواق", "اسواق"},
      {"بلدية", "بلديه"},
      {"شهرداری", "شهرداري"},
      {"می‌روم", "ميروم"},
      {"سوق، مجلس.", "سوق مجلس"},
      {"قرار في المجلس", "قرار المجلس"},
      {"في", "في"},
      {"في من", "في من"},
      {"Council MEETING", "council meeting"},
      {"and or not", "not"},
      {"And Or Not", "not"},
      {"سوق and مجلس", "سوق مجلس"},
      {"سوق - مجلس", "سوق مجلس"},
      {"سوق -- مجلس", "سوق مجلس"},
      {"market-hall", "market hall"},
      {"C++", "c"},
      {"x:b", "x b"},
      {"http://example.org/x", "http example org x"},
      {"الساعة:10", "الساعه #10"},
  });
}

TEST(QueryParser, NumbersAndDates) {
  Check({
      {"123", "#123"},
      {"١٢٣", "#123"},
      {"۱۲۳", "#123"},
      {"00123", "#123"},
      {"1,234", "#1234"},
      {"١٬٢٣٤", "#1234"},
      {"12.5", "#12.5"},
      {"123/2019", "#123/2019"},
      {"١٢٣/٢٠١٩", "#123/2019"},
      {"123-2019", "#123/2019"},
      {"123 / 2019", "#123/2019"},
      {"قرار ١٢٣/٢٠١٩", "قرار #123/2019"},
      {"رقم ١٢٣ لسنة ٢٠١٩", "#123/2019"},
      {"رقم (١٢٣) لسنة ٢٠١٩", "#123/2019"},
      {"شماره ۱۲۳ سال ۱۳۹۹", "#123/1399"},
      {"2019-03-12", "@2019-03-12"},
      {"سوق 12/03/2019", "سوق @2019-03-12"},
      {"١٢ مارس ٢٠١٩", "@2019-03-12"},
      {"A4", "a4"},
  });
}

TEST(QueryParser, Phrases) {
  Check({
      {"\"سوق الخضار\"", "\"سوق الخضار\""},
      {"«سوق الخضار»", "\"سوق الخضار\""},
      {"“سوق الخضار”", "\"سوق الخضار\""},
      {"\"في السوق\"", "\"في السوق\""},
      {"\"سوق\" مجلس", "[\"سوق\" | مجلس]"},
      {"مجلس \"سوق\" بلدي", "[مجلس | \"سوق\" | بلدي]"},
      {"\"سوق الخضار", "\"سوق الخضار\"", 1},
      {"سوق \"", "سوق", 1},
      {"\"\"", "", 1},
      {"\"\" سوق", "سوق"},
      {"\"...\"", "", 1},
      {"سوق\"خضار\"", "[سوق | \"خضار\"]"},
      {"\"a AND b\"", "\"a and b\""},
      {"\"(سوق)\"", "\"سوق\""},
  });
}

TEST(QueryParser, Operators) {
  Check({
      {"سوق AND مجلس", "(سوق AND مجلس)"},
      {"سوق OR مجلس", "(سوق OR مجلس)"},
      {"سوق NOT مجلس", "(سوق AND NOT مجلس)"},
      {"سوق AND NOT مجلس", "(سوق AND NOT مجلس)"},
      {"NOT سوق", "NOT سوق"},
      {"NOT NOT سوق", "سوق"},
      {"-سوق", "NOT سوق"},
      {"---سوق", "NOT سوق"},
      {"سوق -مجلس", "[سوق | NOT مجلس]"},
      {"سوق -\"مجلس بلدي\"", "[سوق | NOT \"مجلس بلدي\"]"},
      {"سوق -(مجلس بلدي)", "[سوق | NOT مجلس بلدي]"},
      {"x b AND c d", "(x b AND c d)"},
      {"x AND y AND z", "(x AND y AND z)"},
      {"x OR y AND z", "(x OR (y AND z))"},
      {"x AND y OR z", "((x AND y) OR z)"},
      {"x OR y OR z", "(x OR y OR z)"},
      {"x y OR z", "(x y OR z)"},
      {"x NOT y NOT z", "(x AND NOT y AND NOT z)"},
      {"\u200Fسوق \u200FAND\u200F مجلس", "(سوق AND مجلس)"},
  });
}

TEST(QueryParser, Brackets) {
  Check({
      {"(سوق)", "سوق"},
      {"((سوق))", "سوق"},
      {"(سوق مجلس) بلدي", "سوق مجلس بلدي"},
      {"(x OR y) AND z", "((x OR y) AND z)"},
      {"x AND (y OR z)", "(x AND (y OR z))"},
      {"(x AND y) (z AND w)", "[(x AND y) | (z AND w)]"},
      {"()", "", 1},
      {"() سوق", "سوق"},
      {"(سوق", "سوق", 1},
      {"سوق)", "سوق", 1},
      {")سوق(", "سوق", 1},
      {"(x OR (y", "(x OR y)", 1},
      {"x AND (NOT y)", "(x AND NOT y)"},
  });
}

TEST(QueryParser, OperatorsWithNothingBesideThem) {
  Check({
      {"", "", 1},
      {"   ", "", 1},
      {"AND", "", 2},
      {"AND OR", "", 2},
      {"NOT", "", 2},
      {"x AND", "x", 1},
      {"AND x", "x", 1},
      {"x AND OR y", "(x OR y)", 1},
      {"x OR AND y", "(x OR y)", 1},
      {"x OR OR y", "(x OR y)", 1},
      {"(AND)", "", 2},
      {"x NOT", "x", 1},
      {"x -", "x"},
      {"-AND x", "x", 1},
      {"- - -", "", 1},
      {"!!! ???", "", 1},
      {"x AND ...", "x", 1},
  });
}

TEST(QueryParser, Fields) {
  Check({
      {"type:decision", "type:decision"},
      {"نوع:قرار", "type:قرار"},
      {"title:سوق", "title:سوق"},
      {"موضوع:سوق", "title:سوق"},
      {"عنوان:سوق", "title:سوق"},
      {"number:123/2019", "number:#123/2019"},
      {"رقم:١٢٣/٢٠١٩", "number:#123/2019"},
      {"شماره:۱۲۳", "number:#123"},
      {"body:بلدية", "body:بلديه"},
      {"جهة:بلدية", "body:بلديه"},
      {"نهاد:شورا", "body:شورا"},
      {"language:ar", "language:ara"},
      {"لغة:عربي", "language:ara"},
      {"زبان:فارسی", "language:fas"},
      {"id:AB-12", "id:ab-12"},
      {"external_id:AB-12", "external_id:ab-12"},
      {"date:2019-03-12", "date:2019-03-12"},
      {"تاريخ:2019-03-12", "date:2019-03-12"},
      {"تاریخ:2019-03-12", "date:2019-03-12"},
      {"title:\"سوق الخضار\"", "title:\"سوق الخضار\""},
      {"title:«سوق الخضار»", "title:\"سوق الخضار\""},
      {"number:\"123 / 2019\"", "number:#123/2019"},
      {"Type:decision", "type:decision"},
      {"type:decision سوق", "[type:decision | سوق]"},
      {"سوق -type:decision", "[سوق | NOT type:decision]"},
      {"type:decision AND سوق", "(type:decision AND سوق)"},
      {"title:سوق الخضار", "[title:سوق | الخضار]"},
      {"title: سوق", "title سوق", 1},
      {"title:(سوق)", "title:سوق"},
      {"date:سوق", "", 2},
      {"date:سوق مجلس", "مجلس", 1},
      {"title:\"\"", "", 2},
      {"title:...", "", 2},
      {"nosuch:سوق", "nosuch سوق"},
      {"رقم: ١٢٣", "#123", 1},
  });
}

TEST(QueryParser, DateFieldTakesSpans) {
  EXPECT_EQ(Describe(ParseQuery("date:2019..2021").root), "date:2019-01-01..2021-12-31");
  EXPECT_EQ(ParseQuery("date:1399").root.kind, NodeKind::kField);
}

TEST(QueryParser, NewSignsAreBounded) {
  const auto repeat = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  const auto count = [](const std::string& text, const std::string& part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  const ParsedQuery stars = ParseQuery(repeat("سوق* ", 100));
  EXPECT_EQ(count(Describe(stars.root), "*"), kMaxQueryStars);
  EXPECT_EQ(stars.notes.size(), 1U);
  const ParsedQuery spans = ParseQuery(repeat("number:1..9 OR ", 40) + "x*");
  EXPECT_EQ(count(Describe(spans.root), ".."), kMaxQueryStars);
  EXPECT_EQ(count(Describe(spans.root), "*"), 0U);
  const ParsedQuery near = ParseQuery(repeat("a ~ ", 100) + "a");
  EXPECT_EQ(count(Describe(near.root), "~"), kMaxQuotations);
  EXPECT_EQ(near.notes.size(), 1U);
  const ParsedQuery quotations = ParseQuery(repeat("\"a b\" exact:c ", 60));
  EXPECT_EQ(count(Describe(quotations.root), "\"") / 2, kMaxQuotations);
  const ParsedQuery dates = ParseQuery(repeat("date:1850..2100 OR ", 60));
  EXPECT_LE(count(Describe(dates.root), ".."), 4U);
  const ParsedQuery values = ParseQuery(repeat("date:x\ny type:… sort:z nosuch:1 number:a..b ", 20));
  EXPECT_LE(values.notes.size(), kMaxQueryNotes);
  EXPECT_EQ(ParseQuery(repeat("title:(", 100) + "x").root.kind, NodeKind::kField);
}

TEST(QueryParser, TheOrderIsNoPartOfTheTree) {
  EXPECT_EQ(ParseQuery("سوق").sort, std::nullopt);
  EXPECT_EQ(ParseQuery("سوق sort:date").sort, SortOrder::kNewest);
  EXPECT_EQ(ParseQuery("ترتيب:الأقدم سوق").sort, SortOrder::kOldest);
}

TEST(QueryParser, NotesAreOneShortLine) {
  const ParsedQuery parsed = ParseQuery("date:\"a\nb" + std::string(1000, 'x') + "\"");
  ASSERT_FALSE(parsed.notes.empty());
  EXPECT_LE(parsed.notes[0].size(), 100U);
  EXPECT_EQ(parsed.notes[0].find('\n'), std::string::npos);
}

TEST(QueryParser, Limits) {
  const std::string many_open(10'000, '(');
  const std::string many_close(10'000, ')');
  EXPECT_EQ(Describe(ParseQuery("سوق " + many_open).root), "سوق");
  EXPECT_EQ(Describe(ParseQuery(many_close + " سوق").root), "");  // beyond the cut
  std::string nested;
  for (int i = 0; i < 500; ++i) nested += "(a OR ";
  EXPECT_FALSE(ParseQuery(nested + "b").notes.empty());
  std::string words;
  for (int i = 0; i < 400; ++i) words += "w" + std::to_string(i) + " ";
  const ParsedQuery parsed = ParseQuery(words);
  EXPECT_LE(parsed.root.leaves.size(), kMaxQueryWords);
  EXPECT_FALSE(parsed.notes.empty());
  const auto notes_of = [](size_t count) {
    std::string some;
    for (size_t i = 0; i < count; ++i) some += "w" + std::to_string(i) + " ";
    return ParseQuery(some).notes.size() + 10 * ParseQuery("\"" + some + "\"").notes.size();
  };
  EXPECT_EQ(notes_of(kMaxQueryWords), 0U);
  EXPECT_EQ(notes_of(kMaxQueryWords + 1), 11U);
  EXPECT_LE(ParseQuery("\"" + words + "\"").root.phrase.words.size(), kMaxQueryWords);
  EXPECT_EQ(ParseQuery(std::string(10'000, 'x')).notes.size(), 1U);
  std::string nots;
  for (int i = 0; i < 255; ++i) nots += "NOT ";
  EXPECT_EQ(Describe(ParseQuery(nots + "x").root), "NOT x");
}

TEST(QueryParser, HostileBytes) {
  using std::string_literals::operator""s;
  Check({
      {"سوق\0مجلس"s, "سوق مجلس"},
      {"\0\0"s, "", 1},
      {"\xFF\xFEسوق\xC3"s, "سوق"},
  });
}

}  // namespace
}  // namespace diwan
