// Candidates for the fields of a record, and which of them stand for it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "ingest/fields.h"

namespace diwan {

constexpr float kRival = 0.7F;  // of the confidence, where another candidate gainsays

// What fills no field but keeps others from it.
constexpr std::string_view kNoField = "_";

struct FieldCandidate {
  size_t rank = 0;  // lower goes before
  FoundField field;
  std::optional<PrintedDate> date;  // of a field that is one
};

// Those that stand, by rank, then by place; kNoField among them. What one field took, another can't have. Another
// candidate for a field lowers the confidence of the chosen one, unless it says the same; of two dates for one day, the
// one of a calendar whose tables agree is chosen.
std::vector<FoundField> ChooseFields(std::vector<FieldCandidate> candidates);

}  // namespace diwan
