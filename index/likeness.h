// Words that look like each other: what a recogniser takes one for. Dots, teeth and letters of one shape are read for
// one another, letters are lost or added, words run together. Every stem of the archive's vocabulary is entered once
// under a few keys made of its letters' shapes; a question's stem is looked up under the same keys and compared.
//
// The vocabulary and not the pages bear the keys: a page costs nothing, a new word some ten small entries.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace diwan {

// A term of the vocabulary that a recogniser may have made of another.
struct LikeTerm {
  std::string term;     // with its prefix
  double distance = 0;  // 0 for the same; a wrong dot costs less than a wrong letter
  Xapian::doccount pages = 0;
};

// What it costs to read one folded letter for another: 0 for itself, 1 where nothing makes them alike.
double ReplaceCost(char32_t meant, char32_t read);

// What recognition costs to make `read` of `meant`, folded words both; more than `most` when it is more than that.
double LikenessDistance(std::u32string_view meant, std::u32string_view read, double most);

// The letters that may have been meant where the folded letter was read or typed: of its shape with other dots, or of a
// near shape. Without itself.
std::u32string LettersLike(char32_t letter);

// A word meant, and its stem in a language: folded, without ZWNJ.
struct MeantStem {
  std::string_view prefix;  // kArabicPrefix or kPersianPrefix; the terms found have it too
  std::u32string stem;
};

// The stem terms that a recogniser may have made of the folded word `word`, without `stems` themselves: the likeliest
// first, `most` at most for each stem. Throws Xapian::Error.
std::vector<LikeTerm> FindAlike(const Xapian::Database& database, std::u32string_view word,
                                const std::vector<MeantStem>& stems, size_t most);

// Enters new stems. One for a writable database; one thread.
class LikenessWriter {
 public:
  // Takes note of the document's stems that `database` has not. To be called before the document is added.
  void Note(const Xapian::WritableDatabase& database, const Xapian::Document& document);

  // Writes what was noted. To be called before the database's commit.
  void Write(Xapian::WritableDatabase& database);

 private:
  std::unordered_set<std::string> known_;                     // bounded: a cache
  std::vector<std::pair<std::string, std::string>> entries_;  // key, term
};

}  // namespace diwan
