// Words to the letter. The index has folded words only: where they stand, the page's text is compared.
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/analysis.h"
#include "index/checked_pages.h"
#include "index/page_texts.h"

namespace diwan {

// Where `exact` (ExactForm of successive words) stands in the text analysed: the first word of each place.
std::vector<size_t> FindExact(std::string_view utf8, const AnalysedText& text, const std::vector<std::string>& exact);

// What was compared for one question, and how much may still be.
struct ExactReading {
  static constexpr size_t kMostTexts = 5000;
  size_t texts_left = kMostTexts;
  bool cut = false;  // pages beyond that were taken for others
  // By the exact words and the UUID of the part that has the documents.
  std::unordered_map<std::string, std::unordered_map<Xapian::docid, bool>> known;
};

// The pages whose text has the words to the letter. `texts` and `reading` must outlive the query.
class ExactPages : public CheckedPages {
 public:
  ExactPages(const std::vector<std::string>& exact, const PageTexts& texts, ExactReading& reading);

  ExactPages* clone() const override;  // so that one query may be asked at two places of another
  void init(const Xapian::Database& database) override;

 private:
  bool Has(Xapian::docid document) override;
  bool Compare(Xapian::docid document);

  const std::vector<std::string> exact_;
  const PageTexts& texts_;
  ExactReading& reading_;
  std::unordered_map<Xapian::docid, bool>* known_ = nullptr;  // of the part that is asked
};

}  // namespace diwan
