// Stems with the prefix of their language.
#include "index/stem_terms.h"

#include "index/schema.h"

namespace diwan {

std::string_view StemPrefix(Language language) {
  return language == Language::kArabic ? kArabicPrefix : kPersianPrefix;
}

std::vector<std::string> StemTermsOf(const TextWord& word, Language language) {
  std::vector<std::string> terms = StemsOf(word, language);
  for (std::string& term : terms) term = MakeTerm(StemPrefix(language), term);
  return terms;
}

}  // namespace diwan
