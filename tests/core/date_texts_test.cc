// Dates as papers print them, from date_texts.txt, and what holds of every date found there.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/calendar.h"

namespace diwan {
namespace {

// `from` replaced by `to` wherever it stands.
std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

struct TextRow {
  bool persian = false;
  std::string text;
  std::string found;
};

TextRow ParseRow(const std::string& line) {
  const size_t text_end = line.rfind(" |");
  EXPECT_TRUE(line.starts_with("ar | ") || line.starts_with("fa | ")) << line;
  EXPECT_GT(text_end, 5U) << line;
  TextRow row{
      .persian = line.starts_with("fa"), .text = Replaced(line.substr(5, text_end - 5), "\\n", "\n"), .found = {}};
  if (text_end + 2 < line.size()) row.found = line.substr(text_end + 3);
  return row;
}

std::vector<TextRow> Rows() {
  std::vector<TextRow> rows;
  std::ifstream file(DIWAN_SOURCE_DIR "/tests/core/date_texts.txt");
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !line.starts_with("#")) rows.push_back(ParseRow(line));
  }
  return rows;
}

std::string Describe(const std::string& text, const std::vector<PrintedDate>& dates) {
  const std::map<Calendar, std::string> letters = {
      {Calendar::kGregorian, "G"}, {Calendar::kHijri, "H"}, {Calendar::kJalali, "J"}};
  std::string out;
  for (const PrintedDate& date : dates) {
    out += (out.empty() ? "[" : "; [") + text.substr(date.begin, date.end - date.begin) + "] ";
    out += letters.at(date.calendar) + std::to_string(date.year) + "-" + std::to_string(date.month) + "-" +
           std::to_string(date.day) + " " + std::to_string(std::lround(date.confidence * 100));
  }
  return Replaced(out, "\n", "\\n");
}

TEST(DateTexts, AreReadAsTheTableSays) {
  for (const TextRow& row : Rows()) {
    EXPECT_EQ(Describe(row.text, FindAllDates(row.text, row.persian)), row.found) << row.text;
  }
}

TEST(DateTexts, AreManyOfBothLanguages) {
  std::map<bool, int> counts;
  int without = 0;
  for (const TextRow& row : Rows()) {
    ++counts[row.persian];
    without += row.found.empty() ? 1 : 0;
  }
  EXPECT_GE(counts[false], 100);
  EXPECT_GE(counts[true], 50);
  EXPECT_GE(without, 30);
}

// Pages are searched by days that are wholly printed; of the others, none is among them.
TEST(DateTexts, WholeDaysAreThoseWithADayAndAYear) {
  const auto days = [](std::string_view text) { return FindDates(text, true).size(); };
  EXPECT_EQ(days("رمضان ١٤٤٥"), 0U);
  EXPECT_EQ(days("سنة ٢٠١٩"), 0U);
  EXPECT_EQ(days("98/12/21"), 0U);
  EXPECT_EQ(days("12-15 مارس 2019"), 1U);
  EXPECT_EQ(days("الاثنين 03/04/2019"), 1U);
}

// Each date's normal form is a value that a question for it finds.
TEST(NormalDate, IsReadBackAsTheSameDays) {
  int read = 0;
  for (const TextRow& row : Rows()) {
    for (const PrintedDate& date : FindAllDates(row.text, row.persian)) {
      const std::vector<DayRange> days = ParseDateQuery(NormalDate(date, row.text));
      if (days.empty()) {
        ADD_FAILURE() << row.text;
        continue;
      }
      EXPECT_GE(days.front().first, date.days.first) << row.text;
      EXPECT_LE(days.front().last, date.days.last) << row.text;
      ++read;
    }
  }
  EXPECT_GT(read, 100);
}

TEST(NormalDate, IsIsoOfADayAndLatinDigitsOfTheRest) {
  const auto normal = [](std::string_view text) {
    const auto dates = FindAllDates(text, false);
    return dates.empty() ? std::string() : NormalDate(dates.front(), text);
  };
  EXPECT_EQ(normal("في ١٢ مارس ٢٠١٩ م"), "2019-03-12");
  EXPECT_EQ(normal("٥ رمضان ١٤٤٥ هـ"), "2024-03-15");  // not the day before, which its range begins with
  EXPECT_EQ(normal("خلال رمضان ١٤٤٥ هـ."), "رمضان 1445 هـ");
  EXPECT_EQ(normal("ميزانية سنة ٢٠١٩"), "سنة 2019");
  EXPECT_EQ(normal("خرداد ۱۳۹۸ و سنة 1402"), "خرداد 1398");
  EXPECT_EQ(normal("سنة 1402؛ خرداد ۱۳۹۸"), "سنة 1402 ه.ش");  // alone it would be a Hijri year
}

}  // namespace
}  // namespace diwan
