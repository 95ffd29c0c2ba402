// What ALTO and hOCR share: a page's words as blocks of lines, and text that is safe inside XML. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"

namespace diwan {

struct LineOfWords {
  Box box;  // around its words
  std::vector<const Word*> words;
};

struct BlockOfLines {
  Box box;  // around its lines
  std::vector<LineOfWords> lines;
};

// The words of `page`, which must outlive the result, in reading order.
std::vector<BlockOfLines> LayoutOf(const Page& page);

// For element content and quoted attributes: markup escaped, characters that XML 1.0 forbids left out, bytes that are
// not UTF-8 as U+FFFD.
std::string XmlEscape(std::string_view utf8);

// "ar" for "ara", "fa" for "fas", "" else: as xml:lang and LANG want it.
std::string_view LanguageTag(std::string_view language);

}  // namespace diwan
