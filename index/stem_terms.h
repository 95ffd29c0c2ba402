// The terms by which a word is found in the pages of a language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/analysis.h"

namespace diwan {

// kArabicPrefix or kPersianPrefix.
std::string_view StemPrefix(Language language);

// The terms of StemsOf(word, language).
std::vector<std::string> StemTermsOf(const TextWord& word, Language language);

}  // namespace diwan
