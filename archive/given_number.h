// A paper's number as people give it: `القرار رقم (١٤٦) لسنة ٢٠١٨م`, `146/2018`, `عشرة`. Pure; any thread may call.
#pragma once

#include <string>
#include <string_view>

namespace diwan {

struct GivenNumber {
  std::string value;    // normal form: Latin digits, then '/' and the year where one is said in words; letters as given
  std::string problem;  // why it is no number of one paper, with the way out; "" when it is
};
GivenNumber ReadGivenNumber(std::string_view given);

}  // namespace diwan
