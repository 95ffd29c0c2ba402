// A page as the Xapian document that is found for it.
#pragma once

#include <xapian.h>

#include <string>
#include <utility>
#include <vector>

#include "index/index.h"

namespace diwan {

struct PageDocument {
  Xapian::Document document;
  // Words with ZWNJ, their ZWNJ taken out, and their pieces, by spaces: آييننامه and "آيين نامه".
  std::vector<std::pair<std::string, std::string>> compounds;
};

// Every term in it is one that Xapian takes. Throws kInvalid for an id or a page number that can't be a key, and
// nothing else for what a page holds.
PageDocument MakeDocument(const IndexedPage& page);

}  // namespace diwan
