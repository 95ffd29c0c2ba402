// A page as the Xapian document that is found for it.
#pragma once

#include <xapian.h>

#include "index/index.h"

namespace diwan {

// Every term in it is one that Xapian takes. Throws kInvalid for an id or a page number that can't be a key, and
// nothing else for what a page holds.
Xapian::Document MakeDocument(const IndexedPage& page);

}  // namespace diwan
