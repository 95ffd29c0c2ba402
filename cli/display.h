// How text looks on a terminal: its width in cells, what in it must not reach a terminal, and how right-to-left text
// is kept from moving its neighbours. Any thread may call.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace diwan {

// Cells that `utf8` takes: 0 for combining marks, ZWNJ and bidi controls, 2 for East Asian wide letters, 1 otherwise.
size_t DisplayWidth(std::string_view utf8);

// `utf8` made safe to show: control characters, ill-formed bytes and bidi overrides become U+FFFD; in one line white
// space controls become spaces. Text of the archive is written by strangers and must not drive the terminal.
std::string CleanLine(std::string_view utf8);
// The same, with line ends, tabs and form feeds kept.
std::string CleanText(std::string_view utf8);

// `utf8` between U+2068 and U+2069 (first strong isolate) when it has right-to-left letters, so that numbers and Latin
// words beside it stay where they are; else as it is.
std::string Isolate(std::string_view utf8);

// The beginning of `utf8` that fits `cells`, with … at its end when something was cut.
std::string Shorten(std::string_view utf8, size_t cells);

}  // namespace diwan
