// Which words meet in a stem and which don't, by rows: word_pairs.inc.
#include "index/stem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "core/fold.h"
#include "index/analysis.h"
#include "index/lexicon.h"
#include "index/word_lists.h"

namespace diwan {
namespace {

#include "word_pairs.inc"

std::vector<std::string> Split(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return out;
}

std::vector<std::string> StemsIn(std::string_view text, Language language) {
  std::vector<std::string> out;
  for (const TextWord& word : Analyse(text).words) {
    for (std::string& stem : StemsOf(word, language)) out.push_back(std::move(stem));
  }
  return out;
}

bool Meet(std::string_view one, std::string_view other, Language language) {
  const std::vector<std::string> stems = StemsIn(one, language);
  const std::vector<std::string> others = StemsIn(other, language);
  return std::find_first_of(stems.begin(), stems.end(), others.begin(), others.end()) != stems.end();
}

struct Count {
  int pairs = 0;
  int meeting = 0;
};

// Says which pairs are not as they should be.
Count CountPairs(std::string_view lines, Language language, bool wanted) {
  Count count;
  for (const std::string& line : Split(lines, "\n")) {
    const std::vector<std::string> words = Split(line, " = ");
    for (size_t i = 1; i < words.size(); ++i) {
      const bool meet = Meet(words[0], words[i], language);
      ++count.pairs;
      count.meeting += meet ? 1 : 0;
      if (meet != wanted) std::cout << (wanted ? "apart: " : "met: ") << words[0] << " = " << words[i] << "\n";
    }
  }
  std::cout << count.meeting << " of " << count.pairs << " meet\n";
  return count;
}

TEST(StemPairs, BelongTogether) {
  for (const auto& [lines, language] :
       {std::pair(kArabicTogether, Language::kArabic), std::pair(kPersianTogether, Language::kPersian)}) {
    const Count count = CountPairs(lines, language, true);
    EXPECT_GE(count.pairs, 200);
    EXPECT_GE(count.meeting * 100, count.pairs * 98);
  }
}

TEST(StemPairs, StayApart) {
  for (const auto& [lines, language] :
       {std::pair(kArabicApart, Language::kArabic), std::pair(kPersianApart, Language::kPersian)}) {
    const Count count = CountPairs(lines, language, false);
    EXPECT_GE(count.pairs, 100);
    EXPECT_EQ(count.meeting, 0);
  }
}

// Each member of each family under each clitic that it may have.
TEST(Lexicon, FamiliesUnderClitics) {
  int families = 0;
  for (const std::string_view list : {kSharedFamilies, kArabicFamilies}) {
    for (const std::string& line : Split(list, "\n")) {
      const std::vector<std::string> members = Split(line, " ");
      families += members.size() > 1 ? 1 : 0;
      const std::string stem = FoldToUtf8(members[0]);
      for (const std::string& member : members) {
        for (const std::string_view before : {"", "ال", "وال", "بال", "لل", "و", "كال", "وبال"}) {
          const std::string word = std::string(before) + member;
          const bool short_one = before == "و" && FromUtf8(FoldToUtf8(member)).size() < 5;
          const std::vector<std::string> stems = StemsIn(word, Language::kArabic);
          if (stems.empty() || short_one) continue;  // a stop word
          EXPECT_EQ(stems[0], stem) << word;
        }
      }
    }
  }
  EXPECT_GE(families, 300);
}

TEST(Lexicon, NoWordIsInTwoFamilies) {
  for (const Language language : {Language::kArabic, Language::kPersian}) {
    for (const auto& [word, stem] : Lexicon::Of(language).Clashes()) {
      ADD_FAILURE() << ToUtf8(word) << " is also of " << ToUtf8(stem);
    }
  }
}

TEST(Lexicon, NamesStayWhole) {
  for (const std::string_view name : {"فاطمة", "حسين", "عثمان", "سليمان", "تهران", "عمان", "مروان", "ياسين", "بالي"}) {
    for (const Language language : {Language::kArabic, Language::kPersian}) {
      EXPECT_EQ(StemsIn(name, language).at(0), FoldToUtf8(name)) << name;
    }
    for (const std::string_view before : {"و", "ب", "ل", "ول"}) {
      EXPECT_EQ(StemsIn(std::string(before).append(name), Language::kArabic).at(0), FoldToUtf8(name)) << before << name;
    }
  }
}

// A plural that may be of two singulars meets both; they don't meet.
TEST(Stem, PluralOfTwoSingulars) {
  EXPECT_TRUE(Meet("تكسيات", "تكسي", Language::kArabic));
  EXPECT_TRUE(Meet("ركلات", "ركلة", Language::kArabic));
  EXPECT_TRUE(Meet("ركلات", "ركل", Language::kArabic));
  EXPECT_FALSE(Meet("ركلة", "ركل", Language::kArabic));
}

// Words after a می that stands by itself are verbs, the same words elsewhere are not.
TEST(Stem, VerbAfterMi) {
  EXPECT_TRUE(Meet("می روند", "می‌رود", Language::kPersian));
  EXPECT_FALSE(Meet("روند", "می‌رود", Language::kPersian));
  EXPECT_FALSE(Meet("می. روند", "می‌رود", Language::kPersian));
}

}  // namespace
}  // namespace diwan
