// Prefixes and endings as tables, and the taking off. For the two stemmers alone.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace diwan {

struct Affix {
  std::u32string_view letters;
  size_t keep = 0;                // how many letters must remain
  std::u32string_view instead{};  // what an ending is replaced by
};

inline bool EndsIn(std::u32string_view word, std::u32string_view letters) {
  return word.size() >= letters.size() && word.substr(word.size() - letters.size()) == letters;
}

inline bool Fits(std::u32string_view word, const Affix& ending) {
  return word.size() >= ending.letters.size() + ending.keep && EndsIn(word, ending.letters);
}

// Takes the first of `rows` off that `word` begins with; false when none does.
inline bool TakePrefix(std::u32string_view& word, std::span<const Affix> rows) {
  for (const Affix& row : rows) {
    if (word.size() < row.letters.size() + row.keep || word.substr(0, row.letters.size()) != row.letters) continue;
    word.remove_prefix(row.letters.size());
    return true;
  }
  return false;
}

// The same for an ending, and without what is put in its place.
inline bool TakeEnding(std::u32string_view& word, std::span<const Affix> rows) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Affix& r) { return Fits(word, r); });
  if (row == rows.end()) return false;
  word.remove_suffix(row->letters.size());
  return true;
}

}  // namespace diwan
