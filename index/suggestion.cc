// Which words of a question are corrected. A word that no page has was mistyped, or is the reader's own: what looks
// like it is offered where it is near. A word that pages have is sound until the archive says very clearly that it is
// not.
#include "index/suggestion.h"

#include <algorithm>
#include <cmath>

#include "core/date_words.h"
#include "core/fold.h"
#include "index/frequent_terms.h"
#include "index/pages.h"
#include "index/query_fields.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

// How far a correction may be from the word, in LikenessDistance: one letter of near shape, or two wrong dots; of a
// longer word that no page has, any one letter.
constexpr double kNear = 0.7;
constexpr double kOneLetter = 1.0;
constexpr size_t kLongWord = 5;  // letters

constexpr size_t kShortest = 4;  // of a word whose every letter is tried, and the longest
constexpr size_t kLongest = 20;

constexpr double kTimesMorePages = 100;        // than a word that pages have
constexpr Xapian::doccount kEnoughPages = 10;  // that make a word sound, whatever looks like it
constexpr double kDistanceCost = 4.0;          // how much a unit of distance lowers what pages speak for
constexpr size_t kMostCorrections = 4;

// The names of months and fields have their sense where they stand, however rare they are on pages.
bool IsOfTheLanguage(const std::string& word) {
  const std::u32string letters = FromUtf8(word);
  const auto month = ReadMonth(letters, 0);
  return FindQueryField(word) != nullptr || (month && month->end == letters.size());
}

// Between the stem as it stands on pages and the word or one of its stems; more than `most` when it is more. What is
// run together with the word, or stands behind a badly read article, is far from it.
double Distance(const SoughtWord& word, const LikeTerm& like, double most) {
  const std::u32string stem = FromUtf8(std::string_view(like.term).substr(1));
  double least = LikenessDistance(FromUtf8(word.surface), stem, most);
  for (const std::string& own : word.stems) {
    least = std::min(least, LikenessDistance(FromUtf8(std::string_view(own).substr(1)), stem, most));
  }
  return least;
}

struct Better {
  std::string surface;  // "" where there is none
  Xapian::doccount pages = 0;
};

// The most frequent word of the archive that differs from the typed one by one letter of like shape, ending and all.
Better OneLetterOff(const Xapian::Database& database, const std::string& typed) {
  Better best;
  std::u32string letters = FromUtf8(typed);
  if (letters.size() < kShortest || letters.size() > kLongest) return best;
  for (char32_t& letter : letters) {
    const char32_t own = letter;
    for (const char32_t other : LettersLike(own)) {
      letter = other;
      std::string surface = ToUtf8(letters);
      const Xapian::doccount pages = database.get_termfreq(MakeTerm(kSurfacePrefix, surface));
      if (pages > best.pages) best = {std::move(surface), pages};
    }
    letter = own;
  }
  return best;
}

// `pages` have the word in its own spelling or another form of it.
const LikeTerm* Likeliest(const SoughtWord& word, Xapian::doccount pages) {
  const bool any_letter = pages == 0 && FromUtf8(word.surface).size() >= kLongWord;
  const double most = any_letter ? kOneLetter : kNear;
  const LikeTerm* best = nullptr;
  double best_score = 0;
  for (const LikeTerm& like : word.alike) {
    if (like.pages < kTimesMorePages * pages) continue;
    const double distance = Distance(word, like, most);
    const double score = std::log(1.0 + like.pages) - kDistanceCost * distance;
    if (distance > most || (best != nullptr && score <= best_score)) continue;
    best = &like;
    best_score = score;
  }
  return best;
}

bool HasStem(const std::string& surface, const std::string& stem_term) {
  const AnalysedText text = Analyse(surface);
  if (text.words.size() != 1) return false;
  const Language language = stem_term.compare(0, 1, kArabicPrefix) == 0 ? Language::kArabic : Language::kPersian;
  const std::vector<std::string> stems = StemTermsOf(text.words.front(), language);
  return std::find(stems.begin(), stems.end(), stem_term) != stems.end();
}

// The archive's word for a stem: the most frequent one, with the typed word's article where that exists.
std::string WordOf(const Xapian::Database& database, const std::string& stem_term, const std::string& typed) {
  constexpr size_t kMostLettersMore = 3;  // an ending, not another word
  const std::string stem = stem_term.substr(1);
  const bool article = typed.rfind("ال", 0) == 0 || typed.rfind("لل", 0) == 0;
  for (const std::string_view before : {"ال", ""}) {
    if (!article && !before.empty()) continue;
    const std::string begin = MakeTerm(kSurfacePrefix, std::string(before) + stem);
    const size_t longest = FromUtf8(begin).size() + kMostLettersMore;
    const auto found = MostFrequentTerms(database, begin, 1, [&](const std::string& term) {
      return FromUtf8(term).size() <= longest && HasStem(term.substr(kSurfacePrefix.size()), stem_term);
    });
    if (!found.empty()) return found.front().term.substr(kSurfacePrefix.size());
  }
  return "";
}

// Of a word that `pages` have, what was meant; "" where nothing is better. What differs by one letter of the whole word
// is surer than what has a like stem, unless far fewer pages have it.
std::string BetterWord(const Xapian::Database& database, const SoughtWord& word, Xapian::doccount pages) {
  constexpr double kSurer = 10;
  if (pages > kEnoughPages) return "";
  Better whole = OneLetterOff(database, word.surface);
  if (whole.pages < kTimesMorePages * pages) whole = {};
  const LikeTerm* like = Likeliest(word, pages);
  if (like == nullptr || like->pages <= kSurer * whole.pages) return whole.surface;
  std::string other = WordOf(database, like->term, word.surface);
  return other.empty() ? whole.surface : other;
}

}  // namespace

std::vector<IndexCorrection> Corrections(const Xapian::Database& database, std::string_view typed,
                                         const std::vector<SoughtWord>& words) {
  std::vector<IndexCorrection> out;
  AnalysedText text;
  for (const SoughtWord& word : words) {
    if (out.size() == kMostCorrections) break;
    if (IsOfTheLanguage(word.surface)) continue;
    const Xapian::doccount pages = std::max(word.pages, database.get_termfreq(MakeTerm(kSurfacePrefix, word.surface)));
    const std::string better = BetterWord(database, word, pages);
    if (better.empty() || better == word.surface) continue;
    if (text.words.empty()) text = Analyse(typed);
    const auto is_word = [&](const TextWord& at) { return at.surface == word.surface; };
    // Of several, one may stand in a quotation or behind a minus.
    if (std::count_if(text.words.begin(), text.words.end(), is_word) != 1) continue;
    const auto place = std::find_if(text.words.begin(), text.words.end(), is_word);
    out.push_back(
        {place->begin, place->end, better, SomePagesWith(database, MakeTerm(kSurfacePrefix, better), kSamplePages)});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace diwan
