// Records going out in the form in which they come in.
#pragma once

#include <cstdint>
#include <string>

#include "archive/archive.h"

namespace diwan {

struct ExportRequest {
  std::string query;      // what a search would find; "" for all records
  std::string after;      // a record's id: goes on behind it; "" for the beginning
  size_t limit = 500;     // records, 1 to 1,000
  bool text = true;       // with the texts of the pages, and all that persons said; else as a manifest takes it
  bool proposed = false;  // also values that nobody gave or confirmed
  bool deleted = false;   // also records that were deleted or merged into others; not of a query
};

struct ExportedLines {
  std::string lines;  // JSON lines as Import takes them, each with its line end
  std::string next;   // the `after` of what comes next; "" at the end
};

// Records in the order of their making: as many as `limit` and a few MiB of text allow, one at least. A line has, as
// far as they are known, "file", "external_id" and the fields of docs/fields.md in one order; with `text` also "pages"
// and the members of AddSaid. A field is given in the form of which an import makes the same value, state and origin;
// without `text` of which a manifest makes the value. Relations name other records by their external ids; a record
// without one that is named so has its id for it, and with `deleted` every one. What is imported into an empty archive
// is exported from it again in the same bytes; so are fields and external ids of scans that were ingested with lines
// without text as their manifest. A relation to a record that was deleted is left out without `deleted`. A query leaves
// out what is found by guess alone. Throws kInvalid for another limit, what is no id, or a query with `deleted`,
// kTooLarge for a query of more than 1,000 bytes, or one that finds more than 10,000 records.
ExportedLines Export(Archive& archive, const ExportRequest& request);

}  // namespace diwan
