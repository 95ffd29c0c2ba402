// A typeface that shows nothing: what the text under a page's image is set in. Inside api/ only.
#pragma once

#include <string>

namespace diwan {

// A TrueType file with two empty glyphs, each half as wide as it is high.
std::string GlyphlessFont();

// Gives every character the second of these: a stream for CIDToGIDMap.
std::string GlyphlessMap();

// What characters the codes are, for ToUnicode: each is its own UTF-16 unit.
std::string GlyphlessToUnicode();

}  // namespace diwan
