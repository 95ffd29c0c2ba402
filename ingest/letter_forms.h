// Letters that two languages share and write with different characters. Pure; any thread may call.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

// `text` with the characters of `language` ("ara" or "fas"): ی and ک in Persian, also in the Arabic words of a Persian
// page, where the models answer with either; ي and ك in Arabic. Arabic ى stays: it is a letter of its own there. They
// are the same letters in other characters; a text has as many as before.
std::string InLettersOf(std::string_view language, std::string_view text);

}  // namespace diwan
