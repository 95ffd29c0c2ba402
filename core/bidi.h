// Text as it looks on paper, for what keeps words by their looks. Pure.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

// The characters of one line of `logical`, in which right-to-left text leads, from left to right as they stand on
// paper. None is put in another's place: a parenthesis stays the one that it is in reading order.
std::u32string FromLeftToRight(std::u32string_view logical);

}  // namespace diwan
