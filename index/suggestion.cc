// A word is worth a correction when the archive has it on no page, or on far fewer than a word that looks like it.
#include "index/suggestion.h"

#include <algorithm>
#include <cmath>

#include "core/fold.h"
#include "index/frequent_terms.h"
#include "index/pages.h"
#include "index/schema.h"

namespace diwan {
namespace {

constexpr double kMostDistance = 1.0;   // of LikenessDistance
constexpr double kTimesMorePages = 20;  // than a word that the archive has
constexpr double kDistanceCost = 2.0;   // how much a unit of distance lowers what pages speak for
constexpr size_t kMostCorrections = 4;

const LikeTerm* Likeliest(const SoughtWord& word, double more_than) {
  const LikeTerm* best = nullptr;
  double best_score = 0;
  for (const LikeTerm& like : word.alike) {
    if (like.distance > kMostDistance || like.pages < more_than) continue;
    const double score = std::log(1.0 + like.pages) - kDistanceCost * like.distance;
    if (best != nullptr && score <= best_score) continue;
    best = &like;
    best_score = score;
  }
  return best;
}

// The archive's word for a stem: the most frequent one, with the typed word's article where that exists.
std::string WordOf(const Xapian::Database& database, std::string_view stem, const std::string& typed) {
  if (typed.rfind("ال", 0) == 0 || typed.rfind("لل", 0) == 0) {
    const auto with_article = MostFrequentTerms(database, MakeTerm(kSurfacePrefix, "ال" + std::string(stem)), 1,
                                                [](const std::string&) { return true; });
    if (!with_article.empty()) return with_article.front().term.substr(1);
  }
  const auto found = MostFrequentTerms(database, MakeTerm(kSurfacePrefix, stem), 1, [&](const std::string& term) {
    return FromUtf8(term).size() <= FromUtf8(stem).size() + 4;  // an ending and the prefix, not another word
  });
  return found.empty() ? "" : found.front().term.substr(1);
}

}  // namespace

std::vector<IndexCorrection> Corrections(const Xapian::Database& database, std::string_view typed,
                                         const std::vector<SoughtWord>& words) {
  std::vector<IndexCorrection> out;
  AnalysedText text;
  for (const SoughtWord& word : words) {
    if (out.size() == kMostCorrections) break;
    const Xapian::doccount pages = std::max(word.pages, database.get_termfreq(MakeTerm(kSurfacePrefix, word.surface)));
    const LikeTerm* like = Likeliest(word, pages == 0 ? 1 : kTimesMorePages * pages);
    if (like == nullptr) continue;
    const std::string better = WordOf(database, std::string_view(like->term).substr(1), word.surface);
    if (better.empty() || better == word.surface) continue;
    if (text.words.empty()) text = Analyse(typed);
    const auto place = std::find_if(text.words.begin(), text.words.end(),
                                    [&](const TextWord& at) { return at.surface == word.surface; });
    if (place == text.words.end()) continue;
    out.push_back(
        {place->begin, place->end, better, SomePagesWith(database, MakeTerm(kSurfacePrefix, better), kSamplePages)});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  return out;
}

}  // namespace diwan
