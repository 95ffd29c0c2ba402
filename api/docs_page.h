// The API's pages for people: HTML without script, made of the route table. Pure; any thread may call.
#pragma once

#include <string>

#include "api/problem.h"

namespace diwan {

std::string DocsPage();
std::string ProblemPage(const ProblemType& type);

// What lets a browser use the pages' one style sheet, which stands in them, and nothing else.
std::string PagePolicy();

}  // namespace diwan
