// Tells Arabic from Persian by what a first reading gave.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace diwan {

// "ara" or "fas" by stop words, letters and prefixes of `text` (UTF-8, read with either model); nothing when there is
// too little to tell. Any thread may call.
std::optional<std::string> GuessLanguage(std::string_view text);

}  // namespace diwan
