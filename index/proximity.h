// How close together a question's words stand on a page.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/query_builder.h"

namespace diwan {

// Scores pages of one question. The database must outlive it. One thread.
class Proximity {
 public:
  // `words` in the order of the question.
  Proximity(const Xapian::Database& database, const std::vector<SoughtWord>& words);

  // Whether there is anything to be close: two words at least.
  bool Tells() const { return rarity_.size() > 1; }

  // From 0; greater is closer. Büttcher, Clarke and Lushman (SIGIR 2006): each word gathers, from the nearest other
  // word of the question on either side, that word's rarity over the square of the distance; what it gathered is
  // damped as BM25 damps a term's frequency.
  double Score(Xapian::docid page);

 private:
  struct Match {
    size_t word = 0;  // of the question
    double sure = 0;  // 1 for the word itself, less for a look-alike
  };
  struct Place {
    Xapian::termpos position = 0;
    Match match;
  };

  void AddPlaces(Xapian::docid page, std::string_view prefix, Xapian::TermIterator& term);

  const Xapian::Database& database_;
  std::vector<double> rarity_;                      // of each word: log of pages by pages that have it
  std::unordered_map<std::string, Match> by_stem_;  // by stem term
  std::vector<Place> places_;                       // of the page that is being scored
};

}  // namespace diwan
