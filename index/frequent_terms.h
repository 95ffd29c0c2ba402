// The most frequent of the terms that begin with given letters, without a walk over all that do.
//
// A term is entered in tiers, as keys of the database's synonyms, which several parts have together: in tier i when it
// has 16 * 4^i pages or more. Words being as unequal as they are, a tier has about four times as many terms as the
// next: so the first tier from above that has enough terms of the beginning asked for has few too many, and it has the
// most frequent ones. Only where even the lowest tier has not enough is the vocabulary itself walked, and no further
// than a fixed number of terms.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace diwan {

struct FrequentTerm {
  std::string term;
  Xapian::doccount pages = 0;
};

// The terms with most pages among those that begin with `beginning` and `fits` takes, most first, ties by term; `most`
// at most. Beginnings of words, numbers and title keys only. A vocabulary that was not entered in tiers, or terms under
// 16 pages where thousands begin so, give some of the right terms.
std::vector<FrequentTerm> MostFrequentTerms(const Xapian::Database& database, const std::string& beginning, size_t most,
                                            const std::function<bool(const std::string& term)>& fits);

// Enters terms in their tiers. One for a writable database; one thread.
class FrequentTermsWriter {
 public:
  // Takes note of the document's terms. To be called for each document that is added.
  void Note(const Xapian::Document& document);

  // Writes what was noted. To be called before the database's commit.
  void Write(Xapian::WritableDatabase& database);

 private:
  std::unordered_map<std::string, Xapian::doccount> added_;  // pages since the last Write; bounded by the commit
};

}  // namespace diwan
