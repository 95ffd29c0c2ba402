// Words grouped for the XML formats, between a stored page and its ALTO or hOCR.
#include "api/page_layout.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

void Extend(Box& box, const Box& by, bool first) {
  if (first) {
    box = by;
    return;
  }
  const int right = std::max(box.x + box.width, by.x + by.width);
  const int bottom = std::max(box.y + box.height, by.y + by.height);
  box.x = std::min(box.x, by.x);
  box.y = std::min(box.y, by.y);
  box.width = right - box.x;
  box.height = bottom - box.y;
}

bool IsXmlChar(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
}

std::u32string_view EntityOf(char32_t c) {
  switch (c) {
    case '&':
      return U"&amp;";
    case '<':
      return U"&lt;";
    case '>':
      return U"&gt;";
    case '"':
      return U"&quot;";
    case '\'':
      return U"&#39;";
    default:
      return {};
  }
}

}  // namespace

std::vector<BlockOfLines> LayoutOf(const Page& page) {
  std::vector<BlockOfLines> blocks;
  const Word* before = nullptr;
  for (const Word& word : page.words) {
    const bool new_block = before == nullptr || word.block != before->block;
    if (new_block) blocks.emplace_back();
    BlockOfLines& block = blocks.back();
    const bool new_line = new_block || word.line != before->line;
    if (new_line) block.lines.emplace_back();
    LineOfWords& line = block.lines.back();
    Extend(line.box, word.box, new_line);
    Extend(block.box, word.box, new_block);
    line.words.push_back(&word);
    before = &word;
  }
  return blocks;
}

std::string XmlEscape(std::string_view utf8) {
  std::u32string escaped;
  for (const char32_t c : FromUtf8(utf8)) {
    if (const std::u32string_view entity = EntityOf(c); !entity.empty()) {
      escaped += entity;
    } else if (IsXmlChar(c)) {
      escaped += c;
    }
  }
  return ToUtf8(escaped);
}

std::string_view LanguageTag(std::string_view language) {
  if (language == "ara") return "ar";
  if (language == "fas") return "fa";
  return "";
}

}  // namespace diwan
