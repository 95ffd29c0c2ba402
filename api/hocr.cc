// The hOCR writer: the last step of `diwan ocr --hocr` and of a page asked for as text/vnd.hocr+html.
#include "api/hocr.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "api/page_layout.h"
#include "api/version.h"

namespace diwan {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>{title}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="ocr-system" content="diwan {version}" />
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_line ocrx_word" />
</head>
<body>
)";

std::string Bbox(const Box& box) {
  return fmt::format("bbox {} {} {} {}", box.x, box.y, box.x + box.width, box.y + box.height);
}

// Latin pages and pages of unknown language keep the document's direction.
std::string LanguageAttributes(std::string_view language) {
  const std::string_view tag = LanguageTag(language);
  return tag.empty() ? "" : fmt::format(R"( lang="{0}" xml:lang="{0}" dir="rtl")", tag);
}

// A string that a property can hold; hOCR has no escape for what would end it.
bool IsQuotable(std::string_view text) { return text.find_first_of("\";\\") == text.npos; }

// Other readings are properties of ours: hOCR's own elements for them stand in the word's text, where readers that do
// not know them take them for a part of it, and ask for a cost of each.
std::string WordTitle(const Word& word) {
  std::string title = fmt::format("{}; x_wconf {}", Bbox(word.box), std::lround(word.confidence));
  if (word.number != NumberState::kNone) title += fmt::format("; x_number {}", NameOf(word.number));
  std::string alternatives;
  for (const std::string& alternative : word.alternatives) {
    if (IsQuotable(alternative)) alternatives += fmt::format(" \"{}\"", alternative);
  }
  if (!alternatives.empty()) title += "; x_alternatives" + alternatives;
  if (!word.first_reading.empty() && IsQuotable(word.first_reading)) {
    title += fmt::format("; x_first_reading \"{}\"", word.first_reading);
  }
  return title;
}

void WriteLine(Out& out, const LineOfWords& line, const std::string& id) {
  fmt::format_to(out, "<span class=\"ocr_line\" id=\"{}\" title=\"{}\">", id, Bbox(line.box));
  for (size_t i = 0; i < line.words.size(); ++i) {
    const Word& word = *line.words[i];
    fmt::format_to(out, "{}<span class=\"ocrx_word\" id=\"{}_w{}\" title=\"{}\">{}</span>", i > 0 ? " " : "", id, i + 1,
                   XmlEscape(WordTitle(word)), XmlEscape(word.text));
  }
  fmt::format_to(out, "</span>\n");
}

std::string PageTitle(const Page& page, std::string_view file_name) {
  std::string title = Bbox({.width = page.width, .height = page.height});
  title += fmt::format("; ppageno {}", page.number - 1);
  if (page.dpi > 0) title += fmt::format("; scan_res {0} {0}", page.dpi);
  if (!file_name.empty() && IsQuotable(file_name)) {
    title += fmt::format("; image \"{}\"", file_name);
  }
  return title;
}

void WritePage(Out& out, const Page& page, std::string_view file_name, const std::string& id) {
  fmt::format_to(out, "<div class=\"ocr_page\" id=\"{}\" title=\"{}\"{}>\n", id, XmlEscape(PageTitle(page, file_name)),
                 LanguageAttributes(page.language));
  int block_number = 0;
  for (const BlockOfLines& block : LayoutOf(page)) {
    const std::string block_id = fmt::format("{}_b{}", id, ++block_number);
    fmt::format_to(out, "<div class=\"ocr_carea\" id=\"{}\" title=\"{}\">\n", block_id, Bbox(block.box));
    int line_number = 0;
    for (const LineOfWords& line : block.lines) WriteLine(out, line, fmt::format("{}_l{}", block_id, ++line_number));
    fmt::format_to(out, "</div>\n");
  }
  fmt::format_to(out, "</div>\n");
}

}  // namespace

std::string HocrOf(const std::vector<Page>& pages, std::string_view file_name) {
  const std::string title = file_name.empty() ? "Diwan" : XmlEscape(file_name);
  std::string document = fmt::format(kHead, fmt::arg("title", title), fmt::arg("version", kVersion));
  Out out = std::back_inserter(document);
  int place = 0;
  for (const Page& page : pages) WritePage(out, page, file_name, fmt::format("p{}", ++place));
  document += "</body>\n</html>\n";
  return document;
}

}  // namespace diwan
