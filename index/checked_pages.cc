// Walks all documents where Xapian does not itself ask for certain ones.
#include "index/checked_pages.h"

namespace diwan {

void CheckedPages::init(const Xapian::Database& database) {
  database_ = database;
  at_ = 0;
}

void CheckedPages::next(double min_weight) { skip_to(at_ + 1, min_weight); }

void CheckedPages::skip_to(Xapian::docid document, double /*min_weight*/) {
  at_ = document;
  while (!at_end() && !Has(at_)) ++at_;
}

bool CheckedPages::check(Xapian::docid document, double /*min_weight*/) {
  at_ = document;
  return at_end() || Has(document);
}

bool CheckedPages::at_end() const { return at_ > database_.get_lastdocid(); }
Xapian::docid CheckedPages::get_docid() const { return at_; }
Xapian::doccount CheckedPages::get_termfreq_min() const { return 0; }
Xapian::doccount CheckedPages::get_termfreq_est() const { return database_.get_doccount(); }
Xapian::doccount CheckedPages::get_termfreq_max() const { return database_.get_doccount(); }

}  // namespace diwan
