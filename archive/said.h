// What persons said of a record besides the values of its fields, in the form in which `diwan export` writes it and
// `diwan import` takes it: members of the record's line. Any thread may call.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "archive/relate.h"
#include "core/citation.h"
#include "core/record.h"

namespace diwan {

struct Said {
  std::vector<RemovedValue> removed;
  std::vector<Citation> judged;  // citations that were read, and confirmed or rejected
  std::vector<NewRelation> relations;
  std::optional<Mark> hold;
  std::optional<Mark> deleted;
  std::string merged_into;  // as NewRelation::to; "" when it was not merged
};

// Reads "removed", "judged", "relations", "hold", "deleted" and "merged_into" of a line. Throws kInvalid for what is of
// another kind, too long or too many, or has what WhyUnseen refuses.
Said ReadSaid(const nlohmann::json& line);

// The opposite: adds those members of which there is something to say.
void AddSaid(const Said& said, nlohmann::ordered_json& line);

}  // namespace diwan
