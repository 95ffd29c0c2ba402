// Stemming, the same for a page and for a query: the door to the stemmers of the two languages.
#include "index/stem.h"

#include <algorithm>

#include "index/stem_rules.h"

namespace diwan {

Stems StemsOfWord(std::u32string_view word, Language language) {
  constexpr char32_t kZwnj = 0x200C;
  if (language == Language::kPersian) return PersianStems(word);
  if (word.find(kZwnj) == std::u32string_view::npos) return ArabicStems(word);
  std::u32string joined(word);
  joined.erase(std::remove(joined.begin(), joined.end(), kZwnj), joined.end());
  return ArabicStems(joined);
}

std::u32string Stem(std::u32string_view word, Language language) { return StemsOfWord(word, language).first; }

}  // namespace diwan
