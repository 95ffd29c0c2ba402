// hOCR 1.2: pages as XHTML with the boxes of words in it, as viewers and PDF makers read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan {

// One well-formed XHTML document of `pages`; `file_name` names what was read ("" for unknown). Every id is unique in
// the document. Pages without words (imported text) are there, empty. Any thread may call.
std::string HocrOf(const std::vector<Page>& pages, std::string_view file_name = "");

}  // namespace diwan
