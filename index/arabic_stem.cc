// Arabic stems. A word that the lexicon knows, under whatever clitics, gets its family's stem. Any other is stemmed
// lightly, after Larkey's light10 with the one-letter proclitics that it leaves, but ة and ي stay on where taking them
// off would make another word of it: شركة, مخالفة, عملية.
#include <algorithm>
#include <array>

#include "index/affixes.h"
#include "index/lexicon.h"
#include "index/stem_rules.h"

namespace diwan {
namespace {

using Letters = std::u32string_view;

// The letters are the folded ones: ة is ه, ى and ئ are ي, ؤ is و, آ أ إ are ا.

// What may follow a word that the lexicon knows: a pronoun; then, or alone, number, gender, case and nisba.
constexpr Affix kPronouns[] = {{U"هما", 3}, {U"كما", 3}, {U"ها", 2}, {U"هم", 2},
                               {U"هن", 2},  {U"كم", 3},  {U"نا", 2}, {U"ه", 3}};
constexpr Affix kBeforePronoun[] = {{U"ات", 2, U"ه"}, {U"ات", 4},      {U"ت", 2, U"ه"}, {U"تي", 2, U"ه"}, {U"و", 4},
                                    {U"ي", 4},        {U"و", 2, U"ء"}, {U"ي", 2, U"ء"}, {U"ا", 2, U"ي"}};
constexpr Affix kForms[] = {{U"تان", 2, U"ه"}, {U"تين", 2, U"ه"}, {U"ان", 3}, {U"ين", 3}, {U"ون", 4}, {U"ات", 2, U"ه"},
                            {U"ات", 4},        {U"يه", 4},        {U"يا", 4}, {U"ا", 3},  {U"و", 4},  {U"ي", 4}};

class KnownWord {
 public:
  explicit KnownWord(Letters word) : word_(word) {}

  // The stem, or nothing.
  Letters Stem() const {
    if (word_.size() > kLongest) return {};
    if (const Letters stem = Plain(word_); !stem.empty()) return stem;
    if (!StartsWith(0, U"و") && !StartsWith(0, U"ف")) return Clitics(0);
    if (const Letters stem = Clitics(0); !stem.empty()) return stem;
    if (word_.size() < 4) return {};
    if (const Letters stem = Plain(word_.substr(1)); !stem.empty()) return stem;
    return Clitics(1);
  }

 private:
  static constexpr size_t kLongest = 20;

  bool StartsWith(size_t at, Letters letters) const { return word_.substr(at, letters.size()) == letters; }

  Letters After(size_t start, size_t keep) const {
    return word_.size() < start + keep ? Letters() : Plain(word_.substr(start));
  }

  // The article and the proclitics that may stand before it.
  Letters Clitics(size_t at) const {
    if (StartsWith(at, U"ال")) return After(at + 2, 2);
    if (StartsWith(at, U"لل")) {
      const Letters stem = After(at + 2, 2);
      return stem.empty() ? After(at + 1, 3) : stem;  // للجنة is ل and اللجنة
    }
    const bool one = StartsWith(at, U"ب") || StartsWith(at, U"ل");
    const bool like = StartsWith(at, U"ك") || (at == 0 && StartsWith(at, U"ف"));
    if (!one && !like) return {};
    const Letters stem = StartsWith(at + 1, U"ال") ? After(at + 3, 2) : Letters();
    return stem.empty() ? After(at + 1, one ? 3 : 4) : stem;
  }

  static Letters Plain(Letters word) {
    const Lexicon& lexicon = Lexicon::Of(Language::kArabic);
    Letters stem = lexicon.Find(word);
    for (const Affix& pronoun : kPronouns) {
      if (!stem.empty()) return stem;
      if (!Fits(word, pronoun)) continue;
      const Letters bare = word.substr(0, word.size() - pronoun.letters.size());
      stem = lexicon.Find(bare);
      if (stem.empty()) stem = Without(bare, kBeforePronoun);
    }
    return stem.empty() ? Without(word, kForms) : stem;
  }

  static Letters Without(Letters word, std::span<const Affix> endings) {
    for (const Affix& ending : endings) {
      if (!Fits(word, ending)) continue;
      std::array<char32_t, kLongest> letters{};
      const size_t kept = word.size() - ending.letters.size();
      std::copy_n(word.begin(), kept, letters.begin());
      std::copy(ending.instead.begin(), ending.instead.end(), letters.begin() + static_cast<ptrdiff_t>(kept));
      const Letters stem = Lexicon::Of(Language::kArabic).Find({letters.data(), kept + ending.instead.size()});
      if (!stem.empty()) return stem;
    }
    return {};
  }

  Letters word_;
};

// The light stemmer.
constexpr Affix kArticles[] = {{U"وال", 2}, {U"بال", 2}, {U"كال", 2}, {U"فال", 2}, {U"ال", 2}, {U"لل", 2}};
constexpr Affix kProclitics[] = {{U"ب", 4}, {U"ل", 4}, {U"ف", 4}, {U"س", 4}, {U"ك", 4}};

constexpr Affix kTheirs[] = {{U"ها", 2}, {U"هم", 4}, {U"نا", 4}};
constexpr Affix kNumbers[] = {{U"ان", 3}, {U"ون", 3}, {U"ين", 3}};

void TakeFromEnd(std::u32string& stem, std::span<const Affix> rows) {
  Letters kept = stem;
  TakeEnding(kept, rows);
  stem.resize(kept.size());
}

bool TakeEndingOnce(std::u32string& stem, Letters ending, size_t keep) {
  const bool fits = Fits(stem, {ending, keep});
  if (fits) stem.resize(stem.size() - ending.size());
  return fits;
}

// Whether a word is another one without its ة: a noun of three letters (شركة), فعالة (تجارة), مفعلة (مكتبة) and
// مفاعلة (مخالفة), beside which there is a فعل, a فعال, a مفعل and a مفاعل.
bool KeepsFeminine(Letters bare) {
  if (bare.size() <= 3) return true;
  if (bare.size() == 4) return bare[2] == U'ا' || bare[0] == U'م';
  return bare.size() == 5 && bare[0] == U'م' && bare[2] == U'ا';
}

void TakeFeminine(Stems& stems) {
  std::u32string& stem = stems.first;
  const bool plural = TakeEndingOnce(stem, U"ات", 2);
  if (!plural && !TakeEndingOnce(stem, U"ه", 2)) return;
  if (stem.back() == U'ي' || !KeepsFeminine(stem)) return;
  if (plural) stems.second = stem;
  stem += U'ه';
}

// Of three letters and ي another word is made (عمل, عملي); of more, what belongs to it (حكومة, حكومي).
Stems LightStems(Letters word) {
  if (word.size() >= 4 && word.front() == U'و') word.remove_prefix(1);
  TakePrefix(word, kArticles);
  TakePrefix(word, kProclitics);
  Stems stems{std::u32string(word), {}};
  std::u32string& stem = stems.first;
  TakeFromEnd(stem, kTheirs);
  if (stem.size() >= 6 && EndsIn(stem, U"ته")) stem.pop_back();
  const bool before_pronoun = stem.size() < word.size() && stem.size() >= 4 && stem.back() == U'ت';
  if (before_pronoun && stem[stem.size() - 2] != U'ا') stem.back() = U'ه';
  TakeFromEnd(stem, kNumbers);
  TakeFeminine(stems);
  TakeEndingOnce(stem, U"ي", 4);
  return stems;
}

}  // namespace

// A light stem that happens to be a family's would take in what is not of the family: such a word stays whole.
Stems ArabicStems(Letters word) {
  if (const Letters known = KnownWord(word).Stem(); !known.empty()) return {std::u32string(known), {}};
  Stems light = LightStems(word);
  const Lexicon& lexicon = Lexicon::Of(Language::kArabic);
  if (!lexicon.Find(light.first).empty()) light.first = word;
  if (!lexicon.Find(light.second).empty()) light.second.clear();
  return light;
}

}  // namespace diwan
