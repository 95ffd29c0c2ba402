// Lines of text that strangers wrote: each of a bounded length.
#pragma once

#include <istream>
#include <string>

namespace diwan {

// Reads to the next line end, which is not part of `line`. False at the end of `in`. Of a line of more than `limit`
// bytes the beginning comes back, with `too_long` set. Throws kUnavailable when `in` fails.
bool ReadLine(std::istream& in, size_t limit, std::string& line, bool& too_long);

// The text with a blank in the place of each control character but white space: what one parts stays parted.
std::string WithoutControls(std::string text);

}  // namespace diwan
