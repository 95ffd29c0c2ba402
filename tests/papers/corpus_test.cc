// What the corpus promises before anything is printed: variety, distinctive words, true dates.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/calendar.h"
#include "tests/papers/paper.h"
#include "tests/papers/wording.h"

namespace diwan::papers {
namespace {

using ::testing::AnyOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct PagePlace {
  const Paper* paper;
  const PageText* page;
  std::string text;  // as its ground truth says

  std::string Name() const { return fmt::format("{} page {}", paper->file, page - paper->pages.data() + 1); }
};

std::vector<PagePlace> AllPages(int copy = 0) {
  std::vector<PagePlace> pages;
  for (const Paper& paper : Corpus()) {
    for (const PageText& page : paper.pages) pages.push_back({&paper, &page, TruthText(Word(paper, page, copy))});
  }
  return pages;
}

template <typename T>
size_t Different(T Paper::*member) {
  std::set<T> values;
  for (const Paper& paper : Corpus()) values.insert(paper.*member);
  return values.size();
}

TEST(Corpus, HasEveryKindOfPaper) {
  EXPECT_THAT(Corpus(), SizeIs(Ge(16)));
  EXPECT_THAT(AllPages(), SizeIs(Ge(14)));
  EXPECT_EQ(Different(&Paper::file), Corpus().size());
  EXPECT_EQ(Different(&Paper::language), 2);
  EXPECT_EQ(Different(&Paper::type), 5);
  EXPECT_EQ(Different(&Paper::calendar), 3);
  EXPECT_EQ(Different(&Paper::digits), 3);
  EXPECT_EQ(Different(&Paper::condition), static_cast<size_t>(Condition::kLowQuality) + 1);
  EXPECT_EQ(Different(&Paper::format), static_cast<size_t>(Format::kWebp) + 1);
}

TEST(Corpus, FormatsOfOnePageHoldOnePage) {
  for (const Paper& paper : Corpus()) {
    const std::string_view format = NameOf(paper.format);
    if (format.starts_with("tiff") || format.starts_with("pdf")) continue;
    EXPECT_THAT(paper.pages, SizeIs(1)) << paper.file;
  }
}

TEST(Corpus, DistinctiveWordsStandOnTheirPageOnly) {
  const std::vector<PagePlace> pages = AllPages();
  for (const PagePlace& page : pages) {
    for (const std::string_view word : page.page->words) {
      EXPECT_THAT(page.text, HasSubstr(word)) << page.Name();
      for (const PagePlace& other : pages) {
        if (other.page == page.page) continue;
        EXPECT_EQ(other.text.find(word), std::string::npos) << word << " of " << page.Name() << " in " << other.Name();
      }
    }
  }
}

TEST(Corpus, ReadableNumbersAreOfOnePageEach) {
  std::set<int> numbers;
  for (const PagePlace& page : AllPages()) {
    if (page.page->readable == 0) continue;
    EXPECT_TRUE(numbers.insert(page.page->readable).second) << page.Name();
  }
}

TEST(Corpus, NumbersStandWhereGroundTruthSaysInEveryCopy) {
  for (const int copy : {0, 12}) {
    for (const PagePlace& page : AllPages(copy)) {
      const Paper& paper = *page.paper;
      if (const int readable = ReadableOf(*page.page, copy); readable != 0) {
        const std::string latin = std::to_string(readable);
        EXPECT_THAT(page.text, AnyOf(HasSubstr(latin), HasSubstr(InDigits(latin, Digits::kPersian)))) << page.Name();
      }
      if (page.page != paper.pages.data()) continue;
      EXPECT_THAT(page.text, HasSubstr(InDigits(std::to_string(SerialOf(paper, copy)), paper.digits))) << page.Name();
      EXPECT_THAT(page.text, HasSubstr(InDigits(paper.printed_date, paper.digits))) << page.Name();
    }
  }
}

// Two opinions on each date: the one written in the table, and the one that the archive's calendars have.
TEST(Corpus, PrintedDatesAreTheDaysThatGroundTruthSays) {
  for (const Paper& paper : Corpus()) {
    const std::string text = TruthText(Word(paper, paper.pages.front(), 0));
    const auto names_the_day = [&](const PrintedDate& found) {
      for (int32_t day = found.days.first; day <= found.days.last; ++day) {
        if (FormatDay(day) == paper.date) return true;
      }
      return false;
    };
    EXPECT_TRUE(std::ranges::any_of(FindDates(text, paper.language == "fas"), names_the_day)) << paper.file;
  }
}

TEST(Wording, DigitsChangeOutsideBackquotesOnly) {
  EXPECT_EQ(InDigits("رقم 45 `45` 6", Digits::kArabic), "رقم ٤٥ 45 ٦");
  EXPECT_EQ(InDigits("شماره 1402/`7`", Digits::kPersian), "شماره ۱۴۰۲/7");
  EXPECT_EQ(InDigits("`12` 3", Digits::kLatin), "12 3");
}

}  // namespace
}  // namespace diwan::papers
