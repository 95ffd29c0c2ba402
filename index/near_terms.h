// What stands beside a ~: the search and the marks take the same words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/query_parser.h"

namespace diwan {

// The terms of a word in its forms: its surface with the article and without, and its stems, as many as a ~ can bear.
std::vector<std::string> WordTerms(const TextWord& word);

// The terms of a quotation's first word: its surface; where it is the only one, also with or without the article.
std::vector<std::string> QuotedWordTerms(const AnalysedText& quotation);

// How many places the first words of a kNear's two children may be from each other: the longer one may begin before the
// words between.
uint32_t NearWindow(const QueryNode& near);

}  // namespace diwan
