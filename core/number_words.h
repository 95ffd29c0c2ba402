// Numbers written in words, as deeds, rulings and minutes write days, years, articles and amounts: `الخامس عشر`, `ألفين
// وأربع وعشرين`, `بیست و یکم`, `یکهزار و سیصد و نود و پنج`. Any thread may call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace diwan {

struct SpelledNumber {
  int64_t value = 0;  // below a million million
  size_t end = 0;     // in the folded text
};

// The longest number of which the first word begins at `at`, cardinal or ordinal, with or without the article; no value
// when that word is none. `الثالثة والعشرين` is one number, of `الثالثة والرابعة` the first is read.
// `السابعة عشرة بعد المئة` is 117.
// REQUIRES: a word begins at `at`, or `at` is the end.
std::optional<SpelledNumber> ReadSpelledNumber(std::u32string_view folded, size_t at);

}  // namespace diwan
