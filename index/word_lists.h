// The words that the stemmer knows, in ordinary spelling: one family a line, its words parted by spaces. Data alone;
// index/lexicon.h reads it.
#pragma once

#include <string_view>

namespace diwan {

extern const std::string_view kSharedFamilies;    // Arabic words, in Arabic and in Persian
extern const std::string_view kArabicFamilies;    // in Arabic alone
extern const std::string_view kArabicAdjectives;  // the same
extern const std::string_view kArabicNations;     // a country and what is of it
extern const std::string_view kPersianFamilies;
extern const std::string_view kPersianVerbs;  // past stem, then present stem

// Words that end, or begin, as if an affix were on them, each by itself; by spaces and lines.
extern const std::string_view kNames;  // of people and places, in both languages
extern const std::string_view kArabicWhole;
extern const std::string_view kPersianWhole;

}  // namespace diwan
