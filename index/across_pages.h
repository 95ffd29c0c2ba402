// Words of one record on different pages of it.
#pragma once

#include <xapian.h>

#include <vector>

namespace diwan {

// The pages of records of several pages, each of which has all `operands` somewhere, not necessarily on one page.
struct AcrossPages {
  // Looks at no more records than these, and at no more of their pages: where even the rarest operand is on more,
  // some are missing, and `cut` says so.
  static constexpr Xapian::doccount kMostRecords = 1000;
  static constexpr size_t kMostPages = 20'000;

  std::vector<Xapian::docid> pages;  // sorted
  bool cut = false;
};

// Two operands at least. Throws Xapian::Error.
AcrossPages FindAcrossPages(const Xapian::Database& database, std::vector<Xapian::Query> operands);

// A query for documents of the database by their numbers; without weight.
Xapian::Query TheseDocuments(const Xapian::Database& database, const std::vector<Xapian::docid>& documents);

}  // namespace diwan
