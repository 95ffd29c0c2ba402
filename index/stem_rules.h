// The stemmers of the two languages, for index/stem.cc alone.
#pragma once

#include "index/stem.h"

namespace diwan {

Stems ArabicStems(std::u32string_view word);   // a word without ZWNJ
Stems PersianStems(std::u32string_view word);  // a word that may have it

}  // namespace diwan
