// Looks words up in the vocabulary and among the compounds that the writer entered.
#include "index/compounds.h"

#include <algorithm>

#include "core/fold.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

// A word run together of two that the archive has, in letters.
constexpr size_t kMaxRunTogether = 40;
constexpr size_t kMinPiece = 2;
constexpr size_t kMinSurePiece = 3;

}  // namespace

TextWord Compounds::WithPieces(const TextWord& typed) {
  TextWord word = typed;
  if (word.number || word.stop || !word.pieces.empty()) return word;
  const auto [known, added] = pieces_.try_emplace(word.surface);
  if (added) known->second = PiecesOf(word);
  word.pieces = known->second;
  return word;
}

// By spaces, of a word that the archive prints with ZWNJ; "" for another.
std::string Compounds::PrintedPieces(const std::string& surface) const {
  const std::string key = MakeTerm(kCompoundKey, surface);
  const auto printed = database_.synonyms_begin(key);
  if (printed == database_.synonyms_end(key)) return "";
  // The entry stays when the last page that prints it goes, or goes out of the reader's sight.
  return database_.term_exists(MakeTerm(kSurfacePrefix, surface)) ? *printed : "";
}

std::vector<std::string> Compounds::PiecesOf(const TextWord& word) const {
  std::vector<std::string> pieces;
  if (const std::string printed = PrintedPieces(word.surface); !printed.empty()) {
    for (size_t at = 0; at < printed.size();) {
      const size_t space = std::min(printed.find(' ', at), printed.size());
      pieces.push_back(printed.substr(at, space - at));
      at = space + 1;
    }
    return pieces;
  }
  const std::u32string letters = FromUtf8(word.surface);
  if (letters.size() > kMaxRunTogether || database_.term_exists(MakeTerm(kSurfacePrefix, word.surface))) return pieces;
  for (const Language language : {Language::kArabic, Language::kPersian}) {
    for (const std::string& term : StemTermsOf(word, language)) {
      if (database_.term_exists(term)) return pieces;
    }
  }
  for (size_t i = kMinPiece; i + kMinPiece <= letters.size(); ++i) {
    const std::u32string_view first = std::u32string_view(letters).substr(0, i);
    const std::u32string_view second = std::u32string_view(letters).substr(i);
    if (AreTwoWords(first, second)) return {ToUtf8(first), ToUtf8(second)};
  }
  return pieces;
}

// Whether the archive has both; short ones must also stand side by side somewhere and say something.
bool Compounds::AreTwoWords(std::u32string_view first, std::u32string_view second) const {
  const std::string left = MakeTerm(kSurfacePrefix, ToUtf8(first));
  const std::string right = MakeTerm(kSurfacePrefix, ToUtf8(second));
  if (!database_.term_exists(left) || !database_.term_exists(right)) return false;
  if (std::min(first.size(), second.size()) >= kMinSurePiece) return true;
  if (IsStopWord(std::u32string(first)) || IsStopWord(std::u32string(second))) return false;
  Xapian::Enquire enquire(database_);
  enquire.set_query({Xapian::Query::OP_PHRASE, Xapian::Query(left), Xapian::Query(right)});
  return !enquire.get_mset(0, 1).empty();
}

const Compounds::OneWord& Compounds::Joined(const TextWord& first, const TextWord& second) {
  const auto [known, added] = joined_.try_emplace({first.folded, second.folded});
  if (added) known->second = LookUpJoined(first, second);
  return known->second;
}

Compounds::OneWord Compounds::LookUpJoined(const TextWord& first, const TextWord& second) const {
  if (first.number || second.number || (first.stop && second.stop)) return {};
  TextWord word;
  word.surface = first.surface + second.surface;
  const bool printed = PrintedPieces(word.surface) == first.surface + " " + second.surface;
  if ((first.stop || second.stop) && !printed) return {};
  OneWord out;
  for (const char32_t* between : {U"", U"\u200C"}) {
    word.folded = first.folded + between + second.folded;
    for (const Language language : {Language::kArabic, Language::kPersian}) {
      // Arabic has no such compounds: there two words in one are a misreading.
      if (!printed && language == Language::kArabic) continue;
      for (std::string& term : StemTermsOf(word, language)) {
        if (database_.term_exists(term)) out.stems.insert(std::move(term));
      }
    }
  }
  std::string surface = MakeTerm(kSurfacePrefix, word.surface);
  if (!out.stems.empty() && database_.term_exists(surface)) out.surface = std::move(surface);
  return out;
}

std::set<std::string> Compounds::JoinedStems() const {
  std::set<std::string> stems;
  for (const auto& [words, one] : joined_) stems.insert(one.stems.begin(), one.stems.end());
  return stems;
}

}  // namespace diwan
