// Light stemming, the same for a page and for a query. Arabic follows Larkey's light10, with the one-letter proclitics
// that it leaves; Persian takes verbal prefixes, plurals, comparatives and possessives off, by ZWNJ where it stands and
// by length where the word is written joined. The order of the rows is the order of trying, and the minimum lengths are
// what keeps short words whole.
#include "index/stem.h"

#include <algorithm>
#include <array>
#include <span>

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200C;

struct Affix {
  std::u32string_view letters;
  size_t keep;  // how many letters must remain
};

// Arabic. The letters are the folded ones: ة is ه, ى is ي, آ أ إ are ا.
constexpr Affix kArticles[] = {{U"وال", 2}, {U"بال", 2}, {U"كال", 2}, {U"فال", 2}, {U"ال", 2}, {U"لل", 2}};
constexpr Affix kProclitics[] = {{U"ب", 4}, {U"ل", 4}, {U"ف", 4}, {U"س", 4}, {U"ك", 4}};
constexpr Affix kArabicEndings[] = {{U"ها", 2}, {U"ان", 2}, {U"ات", 2}, {U"ون", 2},
                                    {U"ين", 2}, {U"يه", 2}, {U"ه", 2},  {U"ي", 2}};

// Persian. Folding made ی into ي and ک into ك.
constexpr Affix kVerbPrefixes[] = {{U"نمي\u200C", 2}, {U"مي\u200C", 2}};
constexpr Affix kApartEndings[] = {  // after a ZWNJ
    {U"هايشان", 2}, {U"هايمان", 2}, {U"هايتان", 2}, {U"هايش", 2}, {U"هايم", 2}, {U"هايت", 2}, {U"هايي", 2}, {U"هاي", 2},
    {U"ها", 2},     {U"ترينها", 2}, {U"ترين", 2},   {U"تري", 2},  {U"تر", 2},   {U"اي", 2},   {U"اند", 2},  {U"ايم", 2},
    {U"ايد", 2},    {U"ام", 2},     {U"اش", 2},     {U"ات", 2},   {U"شان", 2},  {U"مان", 2},  {U"تان", 2},  {U"ي", 2}};
constexpr Affix kJoinedPlurals[] = {{U"هايشان", 3}, {U"هايمان", 3}, {U"هايش", 3}, {U"هايي", 3},
                                    {U"هاي", 3},    {U"ها", 3},     {U"ترين", 3}, {U"تر", 3}};
constexpr Affix kJoinedEndings[] = {{U"يان", 4}, {U"ان", 4}, {U"ات", 4}, {U"شان", 4}, {U"اش", 4}, {U"ي", 3}, {U"ه", 3}};

bool TakePrefix(std::u32string_view& word, std::span<const Affix> rows) {
  for (const Affix& row : rows) {
    if (word.size() < row.letters.size() + row.keep || word.substr(0, row.letters.size()) != row.letters) continue;
    word.remove_prefix(row.letters.size());
    return true;
  }
  return false;
}

bool TakeEnding(std::u32string_view& word, std::span<const Affix> rows) {
  for (const Affix& row : rows) {
    if (word.size() < row.letters.size() + row.keep) continue;
    if (word.substr(word.size() - row.letters.size()) != row.letters) continue;
    word.remove_suffix(row.letters.size());
    return true;
  }
  return false;
}

bool TakeEndingApart(std::u32string_view& word) {
  const size_t border = word.rfind(kZwnj);
  if (border == std::u32string_view::npos || border < 2) return false;
  const std::u32string_view ending = word.substr(border + 1);
  for (const Affix& row : kApartEndings) {
    if (row.letters != ending) continue;
    word = word.substr(0, border);
    return true;
  }
  return false;
}

std::u32string WithoutZwnj(std::u32string_view word) {
  std::u32string out(word);
  out.erase(std::remove(out.begin(), out.end(), kZwnj), out.end());
  return out;
}

std::u32string ArabicStem(std::u32string_view word) {
  const std::u32string joined = WithoutZwnj(word);
  std::u32string_view stem = joined;
  if (stem.size() >= 4 && stem.front() == U'و') stem.remove_prefix(1);
  TakePrefix(stem, kArticles);
  TakePrefix(stem, kProclitics);
  for (const Affix& ending : kArabicEndings) TakeEnding(stem, {&ending, 1});  // each once, in this order
  return std::u32string(stem);
}

std::u32string PersianStem(std::u32string_view word) {
  TakePrefix(word, kVerbPrefixes);
  if (TakeEndingApart(word)) TakeEndingApart(word);  // کتاب‌ها‌یی
  const std::u32string joined = WithoutZwnj(word);
  std::u32string_view stem = joined;
  TakeEnding(stem, kJoinedPlurals);
  TakeEnding(stem, kJoinedEndings);
  return std::u32string(stem);
}

}  // namespace

std::u32string Stem(std::u32string_view word, Language language) {
  return language == Language::kArabic ? ArabicStem(word) : PersianStem(word);
}

}  // namespace diwan
