// How well a question's words can be laid upon a page's letters, whatever became of its spaces, dots and endings.
#pragma once

#include <xapian.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "index/sought_word.h"

namespace diwan {

// Scores the texts of pages for one question. One thread.
class LetterFit {
 public:
  LetterFit(const Xapian::Database& database, const std::vector<SoughtWord>& words);

  // From 0; greater fits better. Each word is looked for in the page's letters, spaces left out, by approximate string
  // matching (Sellers 1980) with the costs of LikenessDistance, its own beginning and end anywhere; it gives its rarity
  // times the cube of the share of its letters that is there. Of a long question
  // the 24 rarest words are looked for, of a page the first 10,000 letters.
  double Score(std::string_view text) const;

 private:
  static constexpr size_t kMostLetters = 14;        // of a word that are looked for
  using Costs = std::array<uint8_t, kMostLetters>;  // of each of the word's letters, in hundredths

  struct Word {
    std::u32string letters;
    double rarity = 0;
    std::vector<Costs> costs;  // of a letter of the Arabic block read for each of the word's
  };

  static int LeastCost(const Word& word, const std::u32string& page);

  std::vector<Word> words_;
};

}  // namespace diwan
