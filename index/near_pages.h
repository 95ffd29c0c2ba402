// Two words near each other, in any order.
#pragma once

#include <xapian.h>

#include <array>
#include <string>
#include <vector>

namespace diwan {

// The pages on which a term of the one side stands beside a term of the other: at most `window` places from it, and not
// at the same place, so a word is never beside itself. Xapian's own OP_NEAR (1.4.22) misses pages where the two sides
// share places, as two forms of one word do: {2, 5} beside {5, 6}. To be asked only of pages that have both. One
// thread.
class NearPages : public Xapian::PostingSource {
 public:
  using Sides = std::array<std::vector<std::string>, 2>;

  NearPages(Sides sides, Xapian::termpos window);

  NearPages* clone() const override;  // so that one query may be asked at two places of another
  void init(const Xapian::Database& database) override;
  void next(double min_weight) override;
  void skip_to(Xapian::docid document, double min_weight) override;
  bool check(Xapian::docid document, double min_weight) override;
  bool at_end() const override;
  Xapian::docid get_docid() const override;
  Xapian::doccount get_termfreq_min() const override;
  Xapian::doccount get_termfreq_est() const override;
  Xapian::doccount get_termfreq_max() const override;

 private:
  using Terms = std::vector<Xapian::PostingIterator>;

  bool Has(Xapian::docid document);

  const Sides sides_;
  const Xapian::termpos window_;
  Xapian::Database database_;
  std::array<Terms, 2> terms_;  // each moves on with the pages that are asked for
  Xapian::docid at_ = 0;
};

}  // namespace diwan
