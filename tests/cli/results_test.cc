#include "cli/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "api/json.h"

namespace diwan {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Said {
  std::string out;
  std::string err;
};

Said Play(const Query& query, const Answer& answer, bool color = false) {
  std::ostringstream out;
  std::ostringstream err;
  PrintAnswer(Console{.out = out, .err = err, .color = color}, Json::parse(SearchJson(query, answer)), query.offset);
  return {out.str(), err.str()};
}

// In the isolate that right-to-left text stands in.
std::string Isolated(const std::string& text) { return "\u2068" + text + "\u2069"; }

Hit MakeHit(const std::string& record, int page) {
  Hit hit{.record_id = record, .page = page};
  hit.fields = {{.name = "number", .value = "123/2019", .state = FieldState::kConfirmed},
                {.name = "title", .value = "تنظيم السوق", .state = FieldState::kConfirmed}};
  hit.snippet = {{"في ", false}, {"السوق", true}, {" 15 kg", false}};
  return hit;
}

TEST(ResultsTest, ARecordFoundReadsWell) {
  Answer answer{.total = 1, .hits = {MakeHit("r1", 3)}, .pages_searched = 7};
  EXPECT_EQ(Play({}, answer).out, "  1  123/2019  " + Isolated("تنظيم السوق") + "\n     r1 page 3\n     " +
                                      Isolated("في «السوق» 15 kg") + "\n\n1 record found (7 pages searched)\n");
  answer.hits[0].more_pages = 2;
  answer.hits[0].guess = true;
  answer.hits[0].external_id = "ملف 5";
  EXPECT_THAT(Play({}, answer).out, HasSubstr("     r1 page 3, 2 more pages  " + Isolated("ملف 5") + "  (by guess)\n"));
  EXPECT_THAT(Play({}, answer, true).out, HasSubstr(Isolated("في \033[1mالسوق\033[0m 15 kg")));
}

TEST(ResultsTest, WhatNobodyConfirmedIsSaid) {
  Answer answer{.total = 1, .hits = {MakeHit("r1", 3)}, .pages_searched = 7};
  EXPECT_THAT(Play({}, answer).out, testing::Not(HasSubstr("proposed")));
  answer.hits[0].fields[0].state = FieldState::kProposed;
  answer.hits[0].fields[0].confidence = 62.5;
  EXPECT_THAT(Play({}, answer).out, HasSubstr("     proposed: number 62.5 %\n"));
}

TEST(ResultsTest, PagesThatHaveNoTextAreSaid) {
  EXPECT_EQ(Play({}, {.pages_searched = 7}).err, "");
  EXPECT_THAT(Play({}, {.pages_searched = 7, .pages_without_text = 2}).err,
              HasSubstr("2 pages of the archive have no text and can't be found by words"));
}

TEST(ResultsTest, CountsAndRanksGoOn) {
  Answer answer{.total = 45, .hits = {MakeHit("r1", 1), MakeHit("r2", 1)}, .pages_searched = 1};
  const Said said = Play({.offset = 20}, answer);
  EXPECT_THAT(said.out, HasSubstr(" 21  123/2019"));
  EXPECT_THAT(said.out, HasSubstr("45 records found, 21 to 22 shown (1 page searched)\n"));
  EXPECT_THAT(Play({}, {.pages_searched = 3}).out, "no record found (3 pages searched)\n");
}

TEST(ResultsTest, FacetsAreATable) {
  Answer answer{.facets = {{"type", {{"decision", 12}, {"محضر", 3}}}, {"body", {}}, {"year", {{"2019", 15}}}}};
  EXPECT_THAT(Play({.facets = true}, answer).out, HasSubstr("FIELD  VALUE     RECORDS\n"
                                                            "type   decision       12\n"
                                                            "       " +
                                                            Isolated("محضر") +
                                                            "            3\n"
                                                            "year   2019           15\n"));
  EXPECT_THAT(Play({}, answer).out, Not(HasSubstr("FIELD")));
  EXPECT_THAT(Play({.facets = true}, {}).out, Not(HasSubstr("FIELD")));
}

TEST(ResultsTest, AnExplanationTellsWordsTermsAndMatches) {
  Answer answer{.total = 1, .hits = {MakeHit("r1", 1)}};
  answer.hits[0].matched = {"سوق", "123/2019"};
  answer.explanation = Explanation{.parsed = "السوق AND 123/2019", .words = {}};
  answer.explanation->words = {
      {.typed = "السُّوق", .folded = "السوق", .terms = {{"stem", "سوق", "ara", 9, 1}, {"surface", "السوق", "", 4, 0.3}}},
      {.typed = "فی", .folded = "في", .stop = true, .terms = {}}};
  const std::string out = Play({.explain = true}, answer).out;
  EXPECT_THAT(out, HasSubstr("understood as: " + Isolated("السوق AND 123/2019") + "\nWORD "));
  EXPECT_THAT(out, HasSubstr(Isolated("السُّوق") + "  " + Isolated("السوق") + "   stem ara      " + Isolated("سوق") +
                             "        9     1.0\n"));
  EXPECT_THAT(out, HasSubstr("surface       " + Isolated("السوق") + "      4     0.3\n"));
  EXPECT_THAT(out, HasSubstr("stop word\n"));
  EXPECT_THAT(out, HasSubstr("     matched: " + Isolated("سوق") + ", 123/2019\n"));
  EXPECT_THAT(Play({}, {}).out, Not(HasSubstr("understood")));
}

TEST(ResultsTest, SuggestionsAndNotesAreTold) {
  const Said said = Play({}, {.notes = {"a bracket was left out"}, .suggestion = "قرار المجلس"});
  EXPECT_THAT(said.out, HasSubstr("did you mean: " + Isolated("قرار المجلس") + "\n"));
  EXPECT_EQ(said.err, "note: a bracket was left out\n");
  EXPECT_THAT(Play({}, {}).out, Not(HasSubstr("did you mean")));
}

TEST(ResultsTest, NothingOfAnAnswerDrivesTheTerminal) {
  Answer answer{.total = 1, .hits = {MakeHit("r\033[2J", 1)}, .suggestion = "a\033[2J\u202Eb"};
  answer.hits[0].external_id = "\033]0;x\007";
  answer.hits[0].matched = {"\033[1m"};
  answer.facets = {{"\033[5m", {{"\u202Dx", 1}}}};
  answer.explanation = Explanation{.parsed = "\033[31m", .words = {{.typed = "\033", .folded = "\u2067", .terms = {}}}};
  const std::string out = Play({.facets = true, .explain = true}, answer).out;
  EXPECT_EQ(out.find('\033'), std::string::npos);
  for (const char* control : {"\u202D", "\u202E", "\u2067"}) EXPECT_EQ(out.find(control), std::string::npos);
}

TEST(ResultsTest, AnswersOfAnotherVersionAreNoFailure) {
  std::ostringstream out;
  const Json answer = Json::parse(
      R"({"results":[{"guess":null,"more_pages":-1,"matched":5,"snippet":[{"text":1}]}],"facets":[],"explain":"x"})");
  PrintAnswer(Console{.out = out, .err = out}, answer, 0);
  EXPECT_THAT(out.str(), HasSubstr("(no title)"));
}

}  // namespace
}  // namespace diwan
