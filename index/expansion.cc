// Xapian's own wildcards have no limit to what they read, and can't stand beside a ~; so terms are looked up here.
#include "index/expansion.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/fold.h"
#include "index/frequent_terms.h"

namespace diwan {

Expansion Expand(const Xapian::Database& database, const std::string& begin, size_t most,
                 const std::function<bool(std::string_view rest)>& fits) {
  constexpr size_t kMostSeen = 20'000;
  Expansion out;
  const auto fits_term = [&](const std::string& term) { return fits(std::string_view(term).substr(begin.size())); };
  std::map<std::string, Xapian::doccount> found;
  size_t seen = 0;
  const auto end = database.allterms_end(begin);
  for (auto at = database.allterms_begin(begin); at != end; ++at) {
    if (++seen > kMostSeen) {
      out.cut = true;
      break;
    }
    std::string term = *at;
    if (fits_term(term)) found.emplace(std::move(term), at.get_termfreq());
  }
  if (out.cut) {
    for (FrequentTerm& term : MostFrequentTerms(database, begin, most, fits_term)) {
      found.emplace(std::move(term.term), term.pages);
    }
  }
  std::vector<std::pair<Xapian::doccount, std::string>> sorted;
  sorted.reserve(found.size());
  for (auto& [term, pages] : found) sorted.emplace_back(pages, term);
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  if (sorted.size() > most) {
    out.cut = true;
    sorted.resize(most);
  }
  for (auto& [pages, term] : sorted) out.terms.push_back(std::move(term));
  return out;
}

std::string OtherArticle(std::string_view surface) {
  constexpr std::string_view kArticle = "ال";
  constexpr size_t kShortest = 2;  // letters of a word that bears it
  const std::u32string letters = FromUtf8(surface);
  const bool arabic = std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c >= 0x620 && c <= 0x6FF; });
  if (!arabic) return "";
  if (surface.substr(0, kArticle.size()) != kArticle) {
    return letters.size() < kShortest ? "" : std::string(kArticle).append(surface);
  }
  return letters.size() < 2 + kShortest ? "" : std::string(surface.substr(kArticle.size()));
}

}  // namespace diwan
