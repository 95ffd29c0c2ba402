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
  bool text = true;       // with the texts of the pages
  bool proposed = false;  // also values that nobody gave or confirmed
};

struct ExportedLines {
  std::string lines;  // JSON lines as Import takes them, each with its line end
  std::string next;   // the `after` of what comes next; "" at the end
};

// Records in the order of their making: as many as `limit` and a few MiB of text allow, one at least. A line has, as
// far as they are known, "file", "external_id", the fields of docs/fields.md in one order, and "pages"; a field is
// given in the form of which an import makes the same value. What is imported into an empty archive is exported from it
// again in the same bytes; so are fields and external ids of scans that were ingested with such lines as their
// manifest. A query leaves out what is found by guess alone. Throws kInvalid for another limit or what is no id,
// kTooLarge for a query of more than 1,000 bytes, or one that finds more than 10,000 records.
ExportedLines Export(Archive& archive, const ExportRequest& request);

}  // namespace diwan
