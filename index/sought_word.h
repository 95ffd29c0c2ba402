// A word of a question as it is looked for: itself, and what a recogniser may have made of it.
#pragma once

#include <xapian.h>

#include <span>
#include <string>
#include <vector>

#include "index/analysis.h"
#include "index/likeness.h"

namespace diwan {

// A word weighs by its stem; that it also stands in the very form typed adds this much. This and the factors of guesses
// were measured: docs/measurements.md.
inline constexpr double kSurfaceWeight = 0.5;

struct SoughtWord {
  std::string surface;
  std::vector<std::string> stems;  // terms
  std::vector<LikeTerm> alike;     // the likeliest first
  Xapian::doccount pages = 0;      // that have the most frequent of its stems
};

// Looks `word` up in the vocabulary. Throws Xapian::Error.
SoughtWord Seek(const Xapian::Database& database, const TextWord& word);

// How much it says that a page has the word: the logarithm of pages by pages that have it.
double Rarity(const Xapian::Database& database, const SoughtWord& word);

// How badly the archive's text is read as far as these words tell, from 0 for sound text to 1 for bad copies. Told by
// the pages of rare words that differ from one of them by dots, beside the pages of the words themselves: a frequent
// word has hardly any such neighbours in sound text, and many where it is often misread.
double Badness(const std::vector<SoughtWord>& words);

// What a page that has the look-alike is worth, as a factor of the word's weight: less for what differs by more, and
// for what is itself a frequent word; more in bad copies.
double GuessFactor(const SoughtWord& word, const LikeTerm& like, double badness);

// The look-alikes that a match takes: the likeliest, more in bad copies. Lives as long as `word`.
std::span<const LikeTerm> LikelyAlike(const SoughtWord& word, double badness);

// The likeliest look-alikes by their factors, those of one factor as one word. Empty when there are none.
Xapian::Query GuessQuery(const SoughtWord& word, double badness);

}  // namespace diwan
