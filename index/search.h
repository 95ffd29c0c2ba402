// A question from its tree to the records found.
#pragma once

#include <xapian.h>

#include "index/index.h"
#include "index/page_texts.h"
#include "index/query_parser.h"

namespace diwan {

// How terms weigh.
Xapian::BM25Weight Ranking();

// Answers `parsed`, which is `query`'s text. Throws Xapian::Error.
IndexAnswer SearchDatabase(const Xapian::Database& database, const ParsedQuery& parsed, const Query& query,
                           const PageTexts& texts);

}  // namespace diwan
