// The body that a heading names in several lines: `بلدية بيروت` above `المجلس البلدي`.
#pragma once

#include <optional>
#include <string>

#include "ingest/fields_page.h"

namespace diwan {

struct HeadedBody {
  std::string value;  // the council's name with its town, as docs/fields.md has it
  size_t first = 0;   // tokens [first, last), in which both are named
  size_t last = 0;
  float sure = 1;  // falls with look-alikes
};

// The first that the head names so, which ends at the token `head_end`; no value when there is none.
std::optional<HeadedBody> BodyOfHeading(FieldPage& page, size_t head_end);

}  // namespace diwan
