// Numbers with a year of two digits: `46/18` is perhaps 46 of 2018.
#pragma once

#include <vector>

#include "core/paper_number.h"

namespace diwan {

// How the number may also be written, with two digits of its year or with four; never the number itself. Any thread may
// call.
std::vector<PaperNumber> OtherYearForms(const PaperNumber& number);

}  // namespace diwan
