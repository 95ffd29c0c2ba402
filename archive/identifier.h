// The name of a decision or ruling by which other systems know it, and the look-up of papers by their numbers. Any
// thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/resolve.h"

namespace diwan {

// "decision/BODY/YEAR/NUMBER", "ruling/COURT/YEAR/NUMBER", without slashes in its parts; "" for other papers, and where
// a part is not known or the number was read with doubt.
std::string IdentifierOf(const Record& record);

// Records that bear the number, in that year when it is not "", and fit the filter, oldest year first. `limit` 1 to
// 1,000 (kInvalid beyond). Throws kInvalid for what is no number.
std::vector<Record> FindByNumber(Archive& archive, std::string_view number, std::string_view year,
                                 const PaperFilter& filter, size_t limit);

}  // namespace diwan
