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
      {"۱۴۰۲/ص/۱۲۳", "", "ص/123|1402"},
      {"۱۴۰۲/ص/۱۲۳", "1402", "ص/123|1402"},
      // Letters and year: a year is one only where digits are left beside it.
      {"م/٢١", "٢٠٢٠", "م/21|2020"},
      {"م/٢١/٢٠٢٠", "", "م/21|2020"},
      {"م/21/2020", "2020", "م/21|2020"},
      {"145/ص/2020", "", "145/ص|2020"},
      {"145/ص/2020", "2019", "145/ص/2020|2019"},
      {"145/2020/ص", "", "145/ص|2020"},
      {"221/هيئة مدنية/2022", "", "221/هييهمدنيه|2022"},
      {"۱۳۰۲/ب", "", "1302/ب|"},
      {"۱۳۰۲/ب", "1400", "1302/ب|1400"},
      {"ب/1302/1400", "", "ب/1302/1400|"},
      {"12/3/2019", "", "12/3/2019|"},
      // مكرر makes another number, however it is written.
      {"45 مكرر", "2018", "45/مكرر|2018"},
      {"45مكرر/2018", "", "45/مكرر|2018"},
      {"٤٥ مكررًا", "٢٠١٨", "45/مكرر|2018"},
      {"(45) مكررة", "2018", "45/مكرر|2018"},
      {"۴۵ مکرر", "", "45/مكرر|"},
      {"45 bis", "2018", "45/مكرر|2018"},
      {"45 Bis/2018", "", "45/مكرر|2018"},
      {"45/2018 مكرر", "", "45/مكرر|2018"},
      {"45 مكرر أ", "2018", "45/مكرر/ا|2018"},
      {"45 مكررا (أ)", "2018", "45/مكرر/ا|2018"},
      {"45 مكرر 02", "", "45/مكرر/2|"},
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
  EXPECT_EQ(Normal("1302/ب", "", NumberRole::kCase), "1302/ب|");
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
