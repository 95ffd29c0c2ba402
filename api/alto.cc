// Our own ALTO writer (the engine's repeats ids over pages): the last step of `diwan ocr --alto` and of a page asked
// for as application/alto+xml.
#include "api/alto.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "api/page_layout.h"
#include "api/version.h"

namespace diwan {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::string_view kHead =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance")"
    R"( xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-2.xsd")"
    R"( SCHEMAVERSION="4.2">
<Description>
<MeasurementUnit>pixel</MeasurementUnit>
)";

std::string Place(const Box& box) {
  return fmt::format(R"(HPOS="{}" VPOS="{}" WIDTH="{}" HEIGHT="{}")", box.x, box.y, box.width, box.height);
}

std::string LangAttribute(std::string_view language) {
  const std::string_view tag = LanguageTag(language);
  return tag.empty() ? "" : fmt::format(R"( LANG="{}")", tag);
}

double Share(double percent) { return std::clamp(percent / 100, 0.0, 1.0); }

// The gap between two words, whichever of them is on the left: of no width when they touch or overlap.
Box GapBetween(const Box& one, const Box& other) {
  const Box& left = one.x <= other.x ? one : other;
  const Box& right = one.x <= other.x ? other : one;
  const int begin = left.x + left.width;
  return {.x = begin, .y = one.y, .width = std::max(0, right.x - begin), .height = one.height};
}

void WriteDescription(Out& out, const std::vector<Page>& pages, std::string_view file_name) {
  if (!file_name.empty()) {
    fmt::format_to(out, "<sourceImageInformation><fileName>{}</fileName></sourceImageInformation>\n",
                   XmlEscape(file_name));
  }
  const std::string engine = pages.empty() ? "" : pages.front().engine;
  fmt::format_to(out, R"(<Processing ID="READING"><processingCategory>contentGeneration</processingCategory>)");
  if (!engine.empty()) {
    fmt::format_to(out, "<processingStepSettings>{}</processingStepSettings>", XmlEscape(engine));
  }
  fmt::format_to(out,
                 "<processingSoftware><softwareName>Diwan</softwareName><softwareVersion>{}</softwareVersion>"
                 "</processingSoftware></Processing>\n</Description>\n",
                 kVersion);
}

// What ALTO has no attribute for.
void WriteTags(Out& out) {
  fmt::format_to(out, "<Tags>\n");
  for (const NumberState state : {NumberState::kSure, NumberState::kUnsure}) {
    fmt::format_to(out, "<OtherTag ID=\"number_{0}\" TYPE=\"number\" LABEL=\"{0}\"/>\n", NameOf(state));
  }
  fmt::format_to(out, "</Tags>\n");
}

std::string TagsAttribute(const Word& word) {
  return word.number == NumberState::kNone ? "" : fmt::format(R"( TAGREFS="number_{}")", NameOf(word.number));
}

void WriteAlternative(Out& out, std::string_view purpose, std::string_view text) {
  fmt::format_to(out, "<ALTERNATIVE PURPOSE=\"{}\">{}</ALTERNATIVE>", purpose, XmlEscape(text));
}

void WriteLine(Out& out, const LineOfWords& line, const std::string& id) {
  fmt::format_to(out, "<TextLine ID=\"{}\" {}>\n", id, Place(line.box));
  for (size_t i = 0; i < line.words.size(); ++i) {
    const Word& word = *line.words[i];
    if (i > 0) fmt::format_to(out, "<SP {}/>\n", Place(GapBetween(line.words[i - 1]->box, word.box)));
    fmt::format_to(out, "<String ID=\"{}_w{}\"{} {} WC=\"{:.2f}\" CONTENT=\"{}\">", id, i + 1, TagsAttribute(word),
                   Place(word.box), Share(word.confidence), XmlEscape(word.text));
    for (const std::string& alternative : word.alternatives) WriteAlternative(out, "other reading", alternative);
    if (!word.first_reading.empty()) WriteAlternative(out, "first reading", word.first_reading);
    fmt::format_to(out, "</String>\n");
  }
  fmt::format_to(out, "</TextLine>\n");
}

// `id` carries the page's place in the document, not its number: two files read by one command both have a page 1.
void WritePage(Out& out, const Page& page, const std::string& id) {
  const Box whole{.width = page.width, .height = page.height};
  fmt::format_to(out, "<Page ID=\"{}\" PHYSICAL_IMG_NR=\"{}\" WIDTH=\"{}\" HEIGHT=\"{}\" PC=\"{:.3f}\">\n", id,
                 page.number, page.width, page.height, Share(page.confidence));
  fmt::format_to(out, "<PrintSpace {}>\n", Place(whole));
  int block_number = 0;
  for (const BlockOfLines& block : LayoutOf(page)) {
    const std::string block_id = fmt::format("{}_b{}", id, ++block_number);
    fmt::format_to(out, "<ComposedBlock ID=\"{0}\" {1}>\n<TextBlock ID=\"{0}_t\" {1}{2}>\n", block_id, Place(block.box),
                   LangAttribute(page.language));
    int line_number = 0;
    for (const LineOfWords& line : block.lines) WriteLine(out, line, fmt::format("{}_l{}", block_id, ++line_number));
    fmt::format_to(out, "</TextBlock>\n</ComposedBlock>\n");
  }
  fmt::format_to(out, "</PrintSpace>\n</Page>\n");
}

}  // namespace

std::string AltoOf(const std::vector<Page>& pages, std::string_view file_name) {
  std::string document(kHead);
  Out out = std::back_inserter(document);
  WriteDescription(out, pages, file_name);
  WriteTags(out);
  fmt::format_to(out, "<Layout>\n");
  int place = 0;
  for (const Page& page : pages) WritePage(out, page, fmt::format("p{}", ++place));
  fmt::format_to(out, "</Layout>\n</alto>\n");
  return document;
}

}  // namespace diwan
