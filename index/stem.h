// Stems: a word's affixes off, and one stem for the forms of a word that a list knows. They take and give folded text
// (core/fold.h). A stem is a key to compare by, not a word: it may be no word at all, so long as the forms of one word
// share it.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

enum class Language { kArabic, kPersian };

// A word's stem; and where a plural may be of two singulars, the one in ة and the one without, that of the second.
struct Stems {
  std::u32string first;
  std::u32string second;  // mostly empty
};

// The stems of a folded word. ZWNJ may stand in it, as a border that Persian endings are told by; the stem has none.
// Words in other letters come back as they are. Never empty for a word that is not. Any thread may call.
Stems StemsOfWord(std::u32string_view word, Language language);

// The first of them.
std::u32string Stem(std::u32string_view word, Language language);

// Whether a folded word without ZWNJ says nothing by itself, in Arabic, Persian or English, also with و or ف before it.
bool IsStopWord(const std::u32string& word);

}  // namespace diwan
