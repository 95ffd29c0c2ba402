// Xapian asks of each page that has both sides whether they stand near each other.
#include "index/near_pages.h"

#include <algorithm>
#include <utility>

namespace diwan {
namespace {

using Places = std::vector<Xapian::termpos>;

// Where any of the terms stands, in order. Moves each on to the document.
Places PlacesIn(Xapian::docid document, std::vector<Xapian::PostingIterator>& terms) {
  Places places;
  const Xapian::PostingIterator end;
  for (Xapian::PostingIterator& term : terms) {
    if (term != end) term.skip_to(document);
    if (term == end || *term != document) continue;
    places.insert(places.end(), term.positionlist_begin(), term.positionlist_end());
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

NearPages::NearPages(Sides sides, Xapian::termpos window) : sides_(std::move(sides)), window_(window) {}

NearPages* NearPages::clone() const { return new NearPages(sides_, window_); }

void NearPages::init(const Xapian::Database& database) {
  CheckedPages::init(database);
  for (size_t side = 0; side < sides_.size(); ++side) {
    terms_[side].clear();
    for (const std::string& term : sides_[side]) terms_[side].push_back(database.postlist_begin(term));
  }
}

bool NearPages::Has(Xapian::docid document) {
  const Places left = PlacesIn(document, terms_[0]);
  const Places right = PlacesIn(document, terms_[1]);
  auto from = right.begin();  // the first that is not too far before
  for (const Xapian::termpos place : left) {
    while (from != right.end() && *from + window_ < place) ++from;
    auto other = from;
    while (other != right.end() && *other == place) ++other;
    if (other != right.end() && *other <= place + window_) return true;
  }
  return false;
}

}  // namespace diwan
