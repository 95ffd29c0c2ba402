// Reads the places of stems.
#include "index/proximity.h"

#include <algorithm>

#include "index/schema.h"

namespace diwan {
namespace {

constexpr double kLookAlike = 0.6;
constexpr double kSaturation = 1.2;  // the k1 of that paper

}  // namespace

Proximity::Proximity(const Xapian::Database& database, const std::vector<SoughtWord>& words) : database_(database) {
  for (size_t i = 0; i < words.size(); ++i) {
    for (const std::string& stem : words[i].stems) by_stem_.emplace(stem, Match{i, 1});
    rarity_.push_back(Rarity(database, words[i]));
  }
  for (size_t i = 0; i < words.size(); ++i) {
    for (const LikeTerm& like : words[i].alike) by_stem_.emplace(like.term, Match{i, kLookAlike});
  }
}

double Proximity::Score(Xapian::docid page) {
  places_.clear();
  auto term = database_.termlist_begin(page);
  AddPlaces(page, kArabicPrefix, term);
  AddPlaces(page, kPersianPrefix, term);
  std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.position < b.position; });
  std::vector<double> gathered(rarity_.size(), 0);
  for (size_t i = 1; i < places_.size(); ++i) {
    const Place& a = places_[i - 1];
    const Place& b = places_[i];
    if (a.match.word == b.match.word || a.position == b.position) continue;
    const double distance = b.position - a.position;
    const double near = a.match.sure * b.match.sure / (distance * distance);
    gathered[a.match.word] += near * rarity_[b.match.word];
    gathered[b.match.word] += near * rarity_[a.match.word];
  }
  double score = 0;
  for (size_t i = 0; i < gathered.size(); ++i) {
    score += std::min(1.0, rarity_[i]) * gathered[i] * (kSaturation + 1) / (gathered[i] + kSaturation);
  }
  return score;
}

// From where `term` is in the page's terms on, which are in order.
void Proximity::AddPlaces(Xapian::docid page, std::string_view prefix, Xapian::TermIterator& term) {
  const Xapian::TermIterator end;
  if (term != end) term.skip_to(std::string(prefix));
  for (; term != end; ++term) {
    const std::string stem = *term;
    if (stem.compare(0, prefix.size(), prefix) != 0) return;
    const auto found = by_stem_.find(stem);
    if (found == by_stem_.end()) continue;
    const auto last = database_.positionlist_end(page, stem);
    for (auto at = database_.positionlist_begin(page, stem); at != last; ++at) {
      places_.push_back({*at, found->second});
    }
  }
}

}  // namespace diwan
