// Two words near each other, in any order.
#pragma once

#include <xapian.h>

#include <array>
#include <string>
#include <vector>

#include "index/checked_pages.h"

namespace diwan {

// The pages on which a term of the one side stands beside a term of the other: at most `window` places from it, and not
// at the same place, so a word is never beside itself. Xapian's own OP_NEAR (1.4.22) misses pages where the two sides
// share places, as two forms of one word do: {2, 5} beside {5, 6}. To be asked only of pages that have both.
class NearPages : public CheckedPages {
 public:
  using Sides = std::array<std::vector<std::string>, 2>;

  NearPages(Sides sides, Xapian::termpos window);

  NearPages* clone() const override;  // so that one query may be asked at two places of another
  void init(const Xapian::Database& database) override;

 private:
  using Terms = std::vector<Xapian::PostingIterator>;

  bool Has(Xapian::docid document) override;

  const Sides sides_;
  const Xapian::termpos window_;
  std::array<Terms, 2> terms_;  // each moves on with the pages that are asked for
};

}  // namespace diwan
