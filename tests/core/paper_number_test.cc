// Numbers of papers in the form in which they are looked up.
#include "core/paper_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace diwan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "number|year", or "none".
std::string Normal(std::string_view number, std::string_view year, NumberRole role = NumberRole::kPaper) {
  const auto normal = NormalPaperNumber(role, number, year);
  return normal ? normal->number + "|" + normal->year : "none";
}

TEST(PaperNumber, EverySpellingIsOne) {
  const struct {
    const char* number;
    const char* year;
    const char* normal;
  } rows[] = {
      {"45", "2018", "45|2018"},
      {"45/2018", "", "45|2018"},
      {"2018/45", "", "45|2018"},
      {"٤٥/٢٠١٨", "", "45|2018"},
      {"۴۵-۱۳۹۸", "", "45|1398"},
      {"045 / 2018", "", "45|2018"},
      {"(45)", "٢٠١٨", "45|2018"},
      {"45/2018", "2018", "45|2018"},
      {"45", "", "45|"},
      {"1,250", "2018", "1250|2018"},
      {"145/ص", "2019", "145/ص|2019"},
      {"145-ص", "2019", "145/ص|2019"},
      {"۱۴۰۲/ص/۱۲۳", "", "1402/ص/123|"},
      {"45.2018", "", "45|2018"},
      {"12/7", "2018", "12/7|2018"},
      {"2315/67", "67", "2315|67"},
      {"0", "", "0|"},
      // Which of the two is the year can't be told.
      {"1445/2019", "", "1445|2019"},
      {"2019/1445", "", "1445|2019"},
      {"2019", "2018", "2018|2019"},
      // Nothing to look up.
      {"", "2018", "none"},
      {"(...)", "", "none"},
      {"\xFF", "", "none"},
  };
  for (const auto& row : rows) EXPECT_EQ(Normal(row.number, row.year), row.normal) << row.number << ' ' << row.year;
  EXPECT_EQ(Normal(std::string(64, '7'), ""), std::string(64, '7') + "|");
  EXPECT_EQ(Normal(std::string(65, '7'), ""), "none");
  EXPECT_EQ(Normal(std::string("1\0002", 3), ""), "12|");
}

TEST(PaperNumber, AJudicialYearIsShort) {
  EXPECT_EQ(Normal("2315/67", "", NumberRole::kCase), "2315|67");
  EXPECT_EQ(Normal("2315", "67", NumberRole::kCase), "2315|67");
  EXPECT_EQ(Normal("2315/67", ""), "2315/67|");
}

std::vector<std::string> Numbers(const std::vector<Field>& fields) {
  Record record;
  record.fields = fields;
  std::vector<std::string> out;
  for (const PaperNumber& each : NumbersOf(record)) {
    out.push_back(static_cast<char>(each.role) + (" " + each.number) + "|" + each.year);
  }
  return out;
}

TEST(PaperNumber, ARecordBearsItsNumbersInEachCalendarOfItsDate) {
  const Field number{.name = "number", .value = "45"};
  const Field date{.name = "date", .value = "2023-10-01", .printed = "١٦ ربيع الأول ١٤٤٥"};
  EXPECT_THAT(Numbers({}), IsEmpty());
  EXPECT_THAT(Numbers({date}), IsEmpty());
  EXPECT_THAT(Numbers({number}), ElementsAre("n 45|"));
  EXPECT_THAT(Numbers({number, date}), ElementsAre("n 45|1445", "n 45|2023"));
  EXPECT_THAT(Numbers({number, date, {.name = "year", .value = "1445"}}), ElementsAre("n 45|1445", "n 45|2023"));
  // Decided in one year, signed in the next: the year of the number is the one that counts.
  EXPECT_THAT(Numbers({number, date, {.name = "year", .value = "2022"}}), ElementsAre("n 45|2022"));
  EXPECT_THAT(Numbers({{.name = "number", .value = "45/2022"}, date}), ElementsAre("n 45|2022"));
  EXPECT_THAT(Numbers({{.name = "case", .value = "2315/67"}, number, date}),
              ElementsAre("c 2315|67", "n 45|1445", "n 45|2023"));
}

TEST(PaperNumber, NumbersThatLookAlikeHaveOneShape) {
  const auto shape = [](const char* number, const char* year) {
    return ShapeOf(*NormalPaperNumber(NumberRole::kPaper, number, year));
  };
  EXPECT_EQ(shape("45", "2018"), shape("40", "2017"));
  EXPECT_EQ(shape("12", "2019"), shape("13", "2016"));
  EXPECT_NE(shape("45", "2018"), shape("46", "2018"));
  EXPECT_NE(shape("45", "2018"), *NormalPaperNumber(NumberRole::kPaper, "45", "2018"));
  EXPECT_EQ(ShapeOf(*NormalPaperNumber(NumberRole::kCase, "8", "67")).role, NumberRole::kCaseShape);
}

TEST(PaperNumber, ACitationNamesOne) {
  const auto cited = [](const Citation& citation) {
    const auto number = NumberOf(citation);
    return number ? static_cast<char>(number->role) + (" " + number->number) + "|" + number->year : "none";
  };
  EXPECT_EQ(cited({.number = "45", .year = "2018"}), "n 45|2018");
  EXPECT_EQ(cited({.number = "45", .date = "2018-03-01"}), "n 45|2018");
  EXPECT_EQ(cited({.number = "45"}), "n 45|");
  EXPECT_EQ(cited({.kind = CitedKind::kCase, .number = "2315", .year = "67"}), "c 2315|67");
  EXPECT_EQ(cited({.kind = CitedKind::kLaw, .title = "شهرداری"}), "none");
}

}  // namespace
}  // namespace diwan
