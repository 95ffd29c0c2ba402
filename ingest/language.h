// Tells Arabic from Persian by what a first reading gave.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace diwan {

// "ara" or "fas" by stop words, letters and prefixes of `text` (UTF-8, read with either model); nothing when there is
// too little to tell. Any thread may call.
std::optional<std::string> GuessLanguage(std::string_view text);

// The same of a text that somebody wrote; where words don't tell, letters and digits do that only one of the two is
// written with: ی and ۴, ي and ٤.
std::optional<std::string> GuessWrittenLanguage(std::string_view text);

}  // namespace diwan
