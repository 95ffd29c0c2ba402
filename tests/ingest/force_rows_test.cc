// What sentences of later papers leave of a decision: rows that a reader of the language can check.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "core/paper_number.h"
#include "core/record.h"
#include "ingest/fields.h"

namespace diwan {
namespace {

void Replace(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

struct Language {
  std::string code;
  std::string head, target, other;
  std::string number, year;
};
const Language kArabic = {"ara",
                          "بلدية جبيل\nقرار رقم ٩ لسنة ٢٠١٩\nتاريخ ٥/٥/٢٠١٩\n",
                          "القرار رقم ٣ لسنة ٢٠١٤",
                          "القرار رقم ٤ لسنة ٢٠١٥",
                          "3",
                          "2014"};
const Language kPersian = {"fas",
                           "شورای اسلامی شهر قم\nمصوبه شماره ۹\nمورخ ۱۳۹۸/۲/۱۵\n",
                           "مصوبه شماره ۳ مورخ ۱۳۹۳/۲/۱۵",
                           "مصوبه شماره ۴ مورخ ۱۳۹۴/۲/۱۵",
                           "3",
                           "2014"};

// One letter, as a paper that decides leaves it.
char AnswerOf(const Citation& c) {
  if (c.relation == CitedRelation::kRefersTo || c.relation == CitedRelation::kImplements) return c.unclear ? 'N' : 'F';
  if (c.confidence * 100 < kSureConfidence) return 'N';
  if (c.relation == CitedRelation::kAmends) return 'A';
  const bool part = !c.article.empty() || !c.clause.empty();
  if (c.relation == CitedRelation::kReplaces) return part ? 'A' : 'X';
  return part ? 'P' : 'R';
}

// An end counts before a doubt, a doubt before a change.
char Answer(const Language& language, const std::string& text) {
  char answer = 'F';
  constexpr std::string_view kOrder = "FAPNXR";
  for (const Citation& citation : ReadTextFields({{.text = text}}, language.code).citations) {
    const auto number = NumberOf(citation);
    if (!number || number->number != language.number || number->year != language.year) continue;
    const char one = AnswerOf(citation);
    if (kOrder.find(one) > kOrder.find(answer)) answer = one;
  }
  return answer;
}

TEST(Force, NoSentenceIsTakenForCertainThatSaysOtherwise) {
  std::ifstream rows(DIWAN_FORCE_ROWS);
  const Language* language = &kArabic;
  int count = 0;
  int wanted = 0;
  for (std::string line; std::getline(rows, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '=') {
      language = line == "= fas" ? &kPersian : &kArabic;
      continue;
    }
    const std::string right = line.substr(0, line.find(' '));
    std::string text = line.substr(line.find('|') + 2);
    Replace(text, " / ", "\n");
    Replace(text, "T", language->target);
    Replace(text, "U", language->other);
    const char answer = Answer(*language, language->head + text + "\n");
    ++count;
    wanted += answer == right[0] ? 1 : 0;
    EXPECT_TRUE(answer == 'N' || right.find(answer) != std::string::npos) << answer << " for " << line;
    EXPECT_TRUE(right.size() > 1 || answer == right[0]) << "missed, " << answer << " for " << line;
  }
  EXPECT_GE(count, 310);
  RecordProperty("rows", count);
  RecordProperty("wanted", wanted);
}

}  // namespace
}  // namespace diwan
