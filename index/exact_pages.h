// Words to the letter. The index has folded words only: where they stand, the page's text is compared.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/analysis.h"
#include "index/page_texts.h"

namespace diwan {

// Where `exact` (ExactForm of successive words) stands in the text analysed: the first word of each place.
std::vector<size_t> FindExact(std::string_view utf8, const AnalysedText& text, const std::vector<std::string>& exact);

// What was compared for one question, and how much may still be.
struct ExactReading {
  static constexpr size_t kMostTexts = 5000;
  size_t texts_left = kMostTexts;
  bool cut = false;  // pages beyond that were taken for others
  std::unordered_map<std::string, std::unordered_map<Xapian::docid, bool>> known;  // by the exact words
};

// The pages whose text has the words to the letter. To be asked only of pages that other terms found. `texts` and
// `reading` must outlive the query.
class ExactPages : public Xapian::PostingSource {
 public:
  ExactPages(const std::vector<std::string>& exact, const PageTexts& texts, ExactReading& reading);

  ExactPages* clone() const override;  // so that one query may be asked at two places of another
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
  bool Has(Xapian::docid document);
  bool Compare(Xapian::docid document);

  const std::vector<std::string> exact_;
  const PageTexts& texts_;
  ExactReading& reading_;
  std::unordered_map<Xapian::docid, bool>& known_;
  Xapian::Database database_;
  Xapian::docid at_ = 0;
};

}  // namespace diwan
