// Words that are printed as one, with ZWNJ or without, or as two: آیین‌نامه, آیین نامه, آییننامه. Which of them
// the archive has tells what a question means.
#pragma once

#include <xapian.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/analysis.h"

namespace diwan {

// What the archive has for the words of one question, each looked up once. The database must outlive it. One thread.
// Methods throw Xapian::Error.
class Compounds {
 public:
  // Two words as the one that the archive also prints; nothing in it where there is none.
  struct OneWord {
    std::set<std::string> stems;  // terms that the archive has
    std::string surface;          // its term, "" when the archive has it not
  };

  explicit Compounds(const Xapian::Database& database) : database_(database) {}

  // A word typed without the ZWNJ that the archive prints in it, or without the space, is what it would be with it.
  TextWord WithPieces(const TextWord& typed);

  // With ZWNJ or joined. Where one of the two says nothing by itself, as in پیش نویس, only what the archive prints with
  // ZWNJ is taken for one: به شهر is not بهشهر.
  const OneWord& Joined(const TextWord& first, const TextWord& second);

  // The stems of all words that Joined() found.
  std::set<std::string> JoinedStems() const;

 private:
  std::string PrintedPieces(const std::string& surface) const;
  std::vector<std::string> PiecesOf(const TextWord& word) const;
  bool AreTwoWords(std::u32string_view first, std::u32string_view second) const;
  OneWord LookUpJoined(const TextWord& first, const TextWord& second) const;

  const Xapian::Database& database_;
  std::map<std::string, std::vector<std::string>> pieces_;               // by surface
  std::map<std::pair<std::u32string, std::u32string>, OneWord> joined_;  // by the two as folded
};

}  // namespace diwan
