// A Xapian posting source that is asked of each page that other terms found.
#pragma once

#include <xapian.h>

namespace diwan {

// The pages for which Has() holds. Says nothing of how many: to be asked only of pages that other terms found. One
// thread.
class CheckedPages : public Xapian::PostingSource {
 public:
  void init(const Xapian::Database& database) override;
  void next(double min_weight) override;
  void skip_to(Xapian::docid document, double min_weight) override;
  bool check(Xapian::docid document, double min_weight) override;
  bool at_end() const override;
  Xapian::docid get_docid() const override;
  Xapian::doccount get_termfreq_min() const override;
  Xapian::doccount get_termfreq_est() const override;
  Xapian::doccount get_termfreq_max() const override;

 protected:
  const Xapian::Database& database() const { return database_; }

 private:
  // Asked in the order of documents; of one that may be gone, too.
  virtual bool Has(Xapian::docid document) = 0;

  Xapian::Database database_;
  Xapian::docid at_ = 0;
};

}  // namespace diwan
