// ALTO 4: pages with their words and boxes, as libraries and archives exchange them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan {

// One ALTO document of `pages`, measured in pixels of their access images; `file_name` names what was read ("" for
// unknown). Every id is unique in the document. Pages without words (imported text) are there, empty. Any thread may
// call.
std::string AltoOf(const std::vector<Page>& pages, std::string_view file_name = "");

}  // namespace diwan
