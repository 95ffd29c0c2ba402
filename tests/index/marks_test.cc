// Marks fall on the right letters of the original; snippets show them in whole words.
#include <gtest/gtest.h>

#include "core/fold.h"
#include "index/index.h"
#include "index_fixture.h"

namespace diwan {
namespace {

struct Row {
  std::string query;
  std::string expected;  // the text is this without [ and ]
};

TEST(Marks, FallOnTheRightLetters) {
  const std::vector<Row> rows = {
      {"قرار", "في [القَرَارِ] الأوّل [وقــرار]"},
      {"لائحة", "نص [ﻻﺋﺤﺔ] وبعد"},
      {"الله", "رام [ﷲ] كبيرة"},
      {"مجلس", "قرّر [المجلسُ] البلديّ، [ومَجْلِس]!"},
      {"بلدية", "[البلديّة]\u200F (رام الله)"},
      {"کتاب", "این [کتاب‌های] خوب"},
      {"می‌شود", "کار [می‌شود]."},
      {"آیین‌نامه", "این [آیین‌نامه] و [آیین] و [نامه]"},
      {"123", "رقم [١٢٣] و [۱۲۳] و [123]/4"},
      {"123/2019", "رقم [١٢٣/٢٠١٩] و 2019"},
      {"123/2019", "رقم [١٢٣ لسنة ٢٠١٩] و 2019"},
      {"123/2019", "رقم [١٢٣] من سنة [٢٠١٩]"},
      {"123/2019", "سنة 2019 فقط"},
      {"2019/123", "رقم [١٢٣/٢٠١٩] و [2019/123]"},
      {"\"2019/123\"", "رقم ١٢٣/٢٠١٩ و [2019/123]"},
      {"12/03/2019", "في [١٢ مارس ٢٠١٩] وفي 12"},
      {"2019-03-12", "تاریخ [۲۱ اسفند ۱۳۹۷] است"},
      {"date:2019-03", "في [12/03/2019] و 12/05/2019"},
      {"\"سوق الخضار\"", "سوق كبير، [سوق] [الخُضار]، الخضار سوق"},
      {"\"آیین نامه مالی\"", "این [آیین‌نامه] [مالی] است"},
      {"سوق -رسوم", "[سوق] ورسوم رسوم"},
      {"سوق NOT (رسوم OR مجلس)", "[سوق] رسوم مجلس"},
      {"سوق في المدينة", "[السوق] في [المدينة] في الحي"},
      {"في", "مرة [في] ومرة على"},
      {"number:123", "رقم [123]"},
      {"title:سوق", "سوق"},
      {"type:decision", "decision"},
      {"", "سوق"},
      {"سوق", ""},
      {"council", "Councils no, [COUNCIL] yes"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Marked(row.query, WithoutBrackets(row.expected)), row.expected) << row.query;
  }
}

TEST(Marks, AreInOrderAndWithinTheText) {
  const std::string text = "قرار 12/03/2019 قرار رقم ١٢٣/٢٠١٩ \xFF قرار";
  uint32_t last = 0;
  for (const auto& [begin, end] : MarkMatches("قرار \"قرار رقم\" 12/03/2019 2019 123/2019", text)) {
    EXPECT_LE(last, begin);
    EXPECT_LT(begin, end);
    last = end;
  }
  EXPECT_LE(last, text.size());
}

std::string Snippet(const std::string& query, const std::string& text, size_t width = 240) {
  std::string out;
  for (const SnippetPart& part : MakeSnippet(text, MarkMatches(query, text), width)) {
    EXPECT_FALSE(part.text.empty());
    out += part.marked ? "[" + part.text + "]" : part.text;
  }
  return out;
}

std::string Repeat(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Snippet, ShortTextsAreWhole) {
  EXPECT_EQ(Snippet("سوق", "في السوق\nالكبير"), "في [السوق] الكبير");
  EXPECT_EQ(Snippet("سوق", "  سوق \n\n رسوم  "), "[سوق] رسوم");
  EXPECT_EQ(Snippet("سوق", "بلا شيء"), "بلا شيء");
  EXPECT_EQ(Snippet("سوق", ""), "");
  EXPECT_EQ(Snippet("سوق", " \n "), "");
}

TEST(Snippet, CutsAtWordsAroundTheBestPassage) {
  const std::string text = Repeat("كلام ", 100) + "سوق " + Repeat("كلام ", 100) + "رسوم السوق " + Repeat("كلام ", 100);
  const std::string snippet = Snippet("سوق رسوم", text, 40);
  EXPECT_NE(snippet.find("[رسوم] [السوق]"), std::string::npos) << snippet;
  EXPECT_EQ(snippet.rfind("…كلام ", 0), 0U) << snippet;
  EXPECT_EQ(snippet.substr(snippet.size() - std::string("كلام…").size()), "كلام…") << snippet;
  EXPECT_LE(FromUtf8(snippet).size(), 40U + 2 + 4);  // two ellipses and our brackets
}

TEST(Snippet, StaysWithinTheWidth) {
  for (const size_t width : {0U, 1U, 5U, 40U, 240U}) {
    for (const std::string& text :
         {Repeat("سوق ", 500), Repeat("س", 5000), "سوق" + Repeat("\u064B", 5000), Repeat("\xFF", 900)}) {
      size_t length = 0;
      for (const SnippetPart& part : MakeSnippet(text, MarkMatches("سوق", text), width))
        length += FromUtf8(part.text).size();
      EXPECT_LE(length, std::max<size_t>(width, 2) + 4) << width;
    }
  }
}

// The parts of a passage with [ ] around those that are marked.
std::string Shown(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.marked ? "[" + part.text + "]" : part.text;
  return out;
}

TEST(Snippet, AMarkOfSeveralWordsIsNeverCut) {
  // The window ends behind the mark's first word, or begins in it.
  const std::string number = "[١٢٣ لسنة ٢٠١٩]";
  for (size_t width = 34; width < 60; ++width) {
    for (const std::string& text :
         {Repeat("كلام ", 40) + "رقم ١٢٣ لسنة ٢٠١٩ " + Repeat("كلام ", 40), "رقم ١٢٣ لسنة ٢٠١٩ " + Repeat("سوق ", 40),
          Repeat("سوق كبير ", 20) + "رقم ١٢٣ لسنة ٢٠١٩"}) {
      const std::string snippet = Snippet("123/2019 سوق", text, width);
      if (snippet.find("٢٠١٩") == std::string::npos && snippet.find("١٢٣") == std::string::npos) continue;
      EXPECT_NE(snippet.find(number), std::string::npos) << width << ": " << snippet;
    }
    const std::string day = Snippet("12/03/2019", Repeat("و ", 50) + "١٢ مارس\n٢٠١٩ " + Repeat("و ", 50), width);
    EXPECT_NE(day.find("[١٢ مارس ٢٠١٩]"), std::string::npos) << width << ": " << day;
  }
}

TEST(Snippet, LongRunsAreCutBetweenWordsAndNumbers) {
  std::string run;
  for (int i = 1; i <= 60; ++i) run += "السوق،" + std::to_string(i) + "/2019،council" + std::to_string(i) + "؛";
  for (size_t width = 40; width < 80; width += 3) {
    for (const char* query : {"31/2019", "council31", "31/2019 council30", "لا شيء"}) {
      std::string snippet;
      for (const SnippetPart& part : MakeSnippet(run, MarkMatches(query, run), width)) snippet += part.text;
      std::string inside = snippet;
      if (inside.starts_with("…")) inside.erase(0, std::string("…").size());
      if (inside.ends_with("…")) inside.resize(inside.size() - std::string("…").size());
      EXPECT_NE((";" + run).find(inside), std::string::npos);
      const size_t at = run.find(inside);
      // What stands beside a cut is no letter or digit of the same word: the run's words end with ، or ؛.
      const auto ends_word = [&](size_t place) {
        return place == 0 || place == run.size() || run.substr(place - 2, 2) == "،" ||
               run.substr(place - 2, 2) == "؛" || run.substr(place, 2) == "،" || run.substr(place, 2) == "؛";
      };
      EXPECT_TRUE(ends_word(at)) << query << " " << width << ": " << snippet;
      EXPECT_TRUE(ends_word(at + inside.size())) << query << " " << width << ": " << snippet;
    }
  }
}

TEST(Snippet, WideSpacesAreSpaces) {
  const std::string text = Repeat("كلام\u00A0", 100) + "السوق\u2003الكبير\u3000" + Repeat("كلام\u202F", 100);
  const std::string snippet = Snippet("سوق", text, 40);
  EXPECT_NE(snippet.find(" [السوق] الكبير "), std::string::npos) << snippet;
  EXPECT_EQ(snippet.rfind("…كلام ", 0), 0U) << snippet;
  EXPECT_LE(FromUtf8(snippet).size(), 44U);
}

TEST(Snippet, NothingInItTurnsWhatStandsBehind) {
  const std::string text = "\u202Bفي \u2067السوق\u2069 الكبير \u202D123/2019\u202C\u202C";
  EXPECT_EQ(Snippet("سوق", text), "في [السوق] الكبير 123/2019");
  EXPECT_EQ(Snippet("سوق", "\u2067 سوق\u2069"), "[سوق]");
  // Marks that stand alone, and the joiners, are letters' spelling.
  EXPECT_EQ(Snippet("سوق", "سوق\u200F (كتاب\u200Cها)\u200E"), "[سوق]\u200F (كتاب\u200Cها)\u200E");
  EXPECT_EQ(Shown(MakeSnippet("a \u2069 b", {{2, 5}})), "a b");
}

TEST(Snippet, MixedTextIsMarkedInItsOwnOrder) {
  const std::vector<Row> rows = {
      {"excel", "ملف [Excel] رقم 15 kg بتاريخ 2019/03/12"},
      {"15", "ملف Excel رقم [15] kg بتاريخ 2019/03/12"},
      {"2019-03-12", "ملف Excel رقم 15 kg بتاريخ [2019/03/12]، ص 3"},
      {"123/2019", "Decision No. [123/2019] (القرار رقم [١٢٣/٢٠١٩]) of 3"},
      {"القرار", "Decision No. 123/2019 ([القرار] رقم ١٢٣/٢٠١٩) of 3"},
      {"1234", "المبلغ [1,234] ريال، [١٬٢٣٤] دينار"},
      {"12.5", "نسبة [12.5]% ثم [١٢٫٥]٪"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Snippet(row.query, WithoutBrackets(row.expected)), row.expected) << row.query;
  }
}

TEST(Snippet, MarksBeyondTheTextAreIgnored) {
  const auto parts = MakeSnippet("سوق", {{4, 4}, {2, 7}, {900, 901}}, 10);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_FALSE(parts[0].marked);
}

}  // namespace
}  // namespace diwan
