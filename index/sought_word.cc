// Finds and weighs look-alikes.
#include "index/sought_word.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/fold.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

constexpr size_t kMostAlike = 48;  // of one stem

// What counts as a misreading of a word when their share is estimated.
constexpr double kDots = 0.7;         // of LikenessDistance
constexpr double kRareBeside = 0.05;  // of the word's pages
constexpr double kFewPages = 2;
constexpr double kPrior = 10;  // pages; keeps a question of rare words from saying much

// Shares of misread pages between which text goes from sound to bad. Sound text has some rare words too.
constexpr double kSoundShare = 0.09;
constexpr double kBadShare = 0.2;

// Look-alikes of one word that a match takes, the likeliest: sound text has little use for more, and each costs time.
constexpr double kMostInSoundText = 16;
constexpr double kMostInBadCopies = 96;

struct Factors {
  double sound;
  double bad;
};
constexpr Factors kNear = {0.5, 1.0};  // wrong dots, or one letter of near shape
constexpr Factors kFar = {0.3, 0.7};
constexpr double kWordOfItsOwn = 0.4;  // more likely meant as it stands

// The odds that a recogniser misreads, per unit of distance, and what the odds of a misreading must be at least.
constexpr double kOddsOfDistance = 0.3;
constexpr double kLeastOdds = 0.1;

}  // namespace

SoughtWord Seek(const Xapian::Database& database, const TextWord& word) {
  SoughtWord sought;
  sought.surface = word.surface;
  std::vector<MeantStem> meant;
  for (const Language language : {Language::kArabic, Language::kPersian}) {
    const std::string_view prefix = StemPrefix(language);
    for (std::string& term : StemTermsOf(word, language)) {
      meant.push_back({prefix, FromUtf8(std::string_view(term).substr(prefix.size()))});
      sought.pages = std::max(sought.pages, database.get_termfreq(term));
      sought.stems.push_back(std::move(term));
    }
  }
  sought.alike = FindAlike(database, FromUtf8(word.surface), meant, kMostAlike);
  std::erase_if(sought.alike, [&](const LikeTerm& like) {
    return std::find(sought.stems.begin(), sought.stems.end(), like.term) != sought.stems.end();
  });
  std::stable_sort(sought.alike.begin(), sought.alike.end(),
                   [](const LikeTerm& a, const LikeTerm& b) { return a.distance < b.distance; });
  return sought;
}

double Rarity(const Xapian::Database& database, const SoughtWord& word) {
  return std::log((database.get_doccount() + 1.0) / (word.pages + 1.0));
}

double Badness(const std::vector<SoughtWord>& words) {
  double misread = 0;
  double all = kPrior;
  for (const SoughtWord& word : words) {
    all += word.pages;
    const double rare = std::max(kFewPages, kRareBeside * word.pages);
    for (const LikeTerm& like : word.alike) {
      if (like.distance <= kDots && like.pages <= rare) misread += like.pages;
    }
  }
  return std::clamp((misread / (misread + all) - kSoundShare) / (kBadShare - kSoundShare), 0.0, 1.0);
}

double GuessFactor(const SoughtWord& word, const LikeTerm& like, double badness) {
  const double odds = (word.pages + 1) * std::pow(kOddsOfDistance, like.distance);
  if (odds / (odds + like.pages) < kLeastOdds) return kWordOfItsOwn;
  const Factors& factors = like.distance <= kDots ? kNear : kFar;
  return factors.sound + badness * (factors.bad - factors.sound);
}

std::span<const LikeTerm> LikelyAlike(const SoughtWord& word, double badness) {
  const double most = kMostInSoundText + badness * (kMostInBadCopies - kMostInSoundText);
  return std::span(word.alike).first(std::min(word.alike.size(), static_cast<size_t>(most)));
}

Xapian::Query GuessQuery(const SoughtWord& word, double badness) {
  std::map<double, std::vector<Xapian::Query>> groups;
  for (const LikeTerm& like : LikelyAlike(word, badness)) {
    groups[GuessFactor(word, like, badness)].emplace_back(like.term);
  }
  std::vector<Xapian::Query> scaled;
  for (const auto& [factor, terms] : groups) {
    const Xapian::Query one(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
    scaled.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, one, factor);
  }
  return {Xapian::Query::OP_OR, scaled.begin(), scaled.end()};
}

}  // namespace diwan
