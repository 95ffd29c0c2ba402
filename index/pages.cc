// Reads the slot that has a page's key.
#include "index/pages.h"

#include "index/schema.h"

namespace diwan {

std::pair<std::string, int> PageOf(const Xapian::Document& document) {
  const std::string key = document.get_value(kKeySlot);
  const auto [record_id, page] = ParsePageKey(key);
  return {std::string(record_id), page};
}

std::vector<std::pair<std::string, int>> SomePagesWith(const Xapian::Database& database, const std::string& term,
                                                       size_t most) {
  std::vector<std::pair<std::string, int>> pages;
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end && pages.size() < most; ++at) {
    pages.push_back(PageOf(database.get_document(*at, Xapian::DOC_ASSUME_VALID)));
  }
  return pages;
}

}  // namespace diwan
