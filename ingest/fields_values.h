// What a slot of a rule took, as the value of a field.
#pragma once

#include <optional>
#include <string>

#include "ingest/fields_page.h"

namespace diwan {

struct SlotValue {
  std::string value;  // normal form; "" when it is none after all
  std::string year;   // of a number that has one
  Capture where;
  float sure = 1;                   // of what was made of it, if the rule fits
  std::optional<PrintedDate> date;  // of a {date}
};

// `match` is the match that `capture` is of.
SlotValue ReadSlotValue(const FieldPage& page, const RuleMatch& match, const Capture& capture);

}  // namespace diwan
