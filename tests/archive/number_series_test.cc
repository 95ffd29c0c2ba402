// What is missing, doubled and doubtful in one series, by the numbers alone.
#include "archive/number_series.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <sstream>

namespace diwan {
namespace {

// "3 5? 5" as papers: those with a question mark were read with doubt.
std::vector<NumberedRecord> Papers(const std::string& numbers) {
  std::vector<NumberedRecord> papers;
  std::istringstream words(numbers);
  for (std::string word; words >> word;) {
    const bool doubtful = word.back() == '?';
    papers.push_back({.number = static_cast<uint32_t>(std::stoul(word)),
                      .confidence = doubtful ? kSureConfidence - 1 : kSureConfidence});
    papers.back().id.fill(static_cast<char>('a' + papers.size()));
  }
  return papers;
}

std::string NumberOf(const NumberedRecord* paper) { return paper == nullptr ? "" : std::to_string(paper->number); }

// "1..9: missing 4-6(3,7) | doubled 2x3 | 5? fills"
std::string Told(const std::string& numbers) {
  std::vector<NumberedRecord> papers = Papers(numbers);
  const SeriesFindings found = Examine(papers);
  std::string told = fmt::format("{}..{} of {}:", found.from, found.last, found.first);
  uint64_t count = 0;
  for (const MissingNumbers& run : found.missing) {
    told += fmt::format(" missing {}-{}({},{})", run.first, run.last, NumberOf(run.before), NumberOf(run.after));
    count += run.last - run.first + 1;
  }
  EXPECT_EQ(count, found.missing_count) << numbers;
  for (const auto& same : found.doubled) {
    told += fmt::format(" doubled {}x{}{}", same.front().number, same.size(), same[1].IsSure() ? "" : "?");
  }
  for (const DoubtfulNumber& each : found.doubtful) {
    told += fmt::format(" {}? {}", each.paper->number, NameOf(each.standing));
  }
  return told;
}

TEST(NumberSeries, Findings) {
  const struct {
    const char* numbers;
    const char* told;
  } rows[] = {
      {"", "0..0 of 0:"},
      {"1 2 3", "1..3 of 1:"},
      {"3 1 2", "1..3 of 1:"},
      {"1 2 5 9", "1..9 of 1: missing 3-4(2,5) missing 6-8(5,9)"},
      // From 1 where the first is near it: by itself, or for the length of the series.
      {"10 11", "1..11 of 10: missing 1-9(,10)"},
      {"11 12", "11..12 of 11:"},
      {"20 400", "1..400 of 20: missing 1-19(,20) missing 21-399(20,400)"},
      {"21 400", "21..400 of 21: missing 22-399(21,400)"},
      {"500 502 1100", "500..1100 of 500: missing 501-501(500,502) missing 503-1099(502,1100)"},
      {"7", "1..7 of 7: missing 1-6(,7)"},
      {"77", "77..77 of 77:"},
      {"1 2 2 3 3 3", "1..3 of 1: doubled 2x2 doubled 3x3"},
      // A doubtful number neither fills a gap nor makes one, and is doubled only perhaps.
      {"1 5? 9", "1..9 of 1: missing 2-4(1,9) missing 6-8(1,9) 5? fills"},
      {"1 2? 3", "1..3 of 1: 2? fills"},
      {"1 2 90?", "1..2 of 1: 90? beyond"},
      {"4? 30 31", "30..31 of 30: 4? beyond"},
      {"4? 8 9", "1..9 of 8: missing 1-3(,8) missing 5-7(,8) 4? fills"},
      {"1 2 2?", "1..2 of 1: doubled 2x2? 2? doubles"},
      {"1 2? 2? 3", "1..3 of 1: doubled 2x2? 2? fills 2? fills"},
      {"1 2 2 2?", "1..2 of 1: doubled 2x3 2? doubles"},
      {"5? 6?", "0..0 of 0: 5? beyond 6? beyond"},
      {"1 999999999", "1..999999999 of 1: missing 2-999999998(1,999999999)"},
  };
  for (const auto& row : rows) EXPECT_EQ(Told(row.numbers), row.told) << row.numbers;
}

TEST(NumberSeries, WhatIsPlain) {
  EXPECT_EQ(PlainNumber("1"), 1U);
  EXPECT_EQ(PlainNumber("999999999"), 999'999'999U);
  for (const char* number : {"", "0", "1000000000", "99999999999999999999", "145/ص", "12/3", "-1", "+1", "1 ", "1a"}) {
    EXPECT_EQ(PlainNumber(number), std::nullopt) << number;
  }
}

}  // namespace
}  // namespace diwan
