// Where a search reads what stands on pages: the index has no texts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace diwan {

// What stands on a page, or nothing when it is gone.
using PageTexts = std::function<std::optional<std::string>(std::string_view record_id, int page)>;

}  // namespace diwan
