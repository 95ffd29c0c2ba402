// ALTO and hOCR, read back with an XML parser.
#include <Poco/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/Element.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/SAX/XMLReader.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "api/alto.h"
#include "api/hocr.h"
#include "api/page_layout.h"
#include "api_fixture.h"

namespace diwan {
namespace {

using Document = Poco::AutoPtr<Poco::XML::Document>;

Document Parsed(const std::string& xml) {
  Poco::XML::DOMParser parser;
  parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
  return parser.parseString(xml);
}

// The elements of that name (ALTO), or with that class (hOCR), in order; they live as long as the document.
std::vector<Poco::XML::Element*> All(const Document& document, const std::string& name, const std::string& klass = "") {
  std::vector<Poco::XML::Element*> found;
  const Poco::AutoPtr<Poco::XML::NodeList> nodes = document->getElementsByTagName(name);
  for (unsigned long i = 0; i < nodes->length(); ++i) {
    auto* element = static_cast<Poco::XML::Element*>(nodes->item(i));
    if (klass.empty() || element->getAttribute("class") == klass) found.push_back(element);
  }
  return found;
}

std::vector<std::string> IdsOf(const Document& document, const std::string& attribute) {
  std::vector<std::string> ids;
  for (const Poco::XML::Element* element : All(document, "*")) {
    if (element->hasAttribute(attribute)) ids.push_back(element->getAttribute(attribute));
  }
  return ids;
}

// Two files read by one command: both have a page 1.
std::vector<Page> TwoPages() { return {SamplePage(), SamplePage()}; }

TEST(Alto, HasPagesBlocksLinesAndWords) {
  const Document document = Parsed(AltoOf(TwoPages(), "a&<b>.tif"));
  EXPECT_EQ(All(document, "MeasurementUnit").front()->innerText(), "pixel");
  EXPECT_EQ(All(document, "fileName").front()->innerText(), "a&<b>.tif");
  EXPECT_EQ(All(document, "Page").size(), 2U);
  EXPECT_EQ(All(document, "ComposedBlock").size(), 4U);
  EXPECT_EQ(All(document, "TextLine").size(), 6U);
  const auto words = All(document, "String");
  ASSERT_EQ(words.size(), 10U);
  EXPECT_EQ(words[4]->getAttribute("CONTENT"), "R&D<\"");
  EXPECT_EQ(words[0]->getAttribute("HPOS"), "800");
  EXPECT_EQ(words[0]->getAttribute("WIDTH"), "100");
  EXPECT_EQ(words[0]->getAttribute("WC"), "0.87");
  EXPECT_EQ(All(document, "TextBlock").front()->getAttribute("LANG"), "ar");
  const std::vector<std::string> ids = IdsOf(document, "ID");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(Alto, SpaceLiesBetweenTheWordsInEitherDirection) {
  const Document document = Parsed(AltoOf({SamplePage()}));
  const auto spaces = All(document, "SP");
  ASSERT_EQ(spaces.size(), 2U);
  EXPECT_EQ(spaces[0]->getAttribute("HPOS"), "780");  // the second word ends there, on the left of the first
  EXPECT_EQ(spaces[0]->getAttribute("WIDTH"), "20");
}

TEST(Hocr, HasPagesAreasLinesAndWords) {
  const Document document = Parsed(HocrOf(TwoPages(), "a&<b>.tif"));
  const auto pages = All(document, "div", "ocr_page");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0]->getAttribute("dir"), "rtl");
  EXPECT_EQ(pages[0]->getAttribute("lang"), "ar");
  EXPECT_EQ(pages[0]->getAttribute("title"), "bbox 0 0 1000 1400; ppageno 0; scan_res 300 300; image \"a&<b>.tif\"");
  EXPECT_EQ(All(document, "div", "ocr_carea").size(), 4U);
  EXPECT_EQ(All(document, "span", "ocr_line").size(), 6U);
  const auto words = All(document, "span", "ocrx_word");
  ASSERT_EQ(words.size(), 10U);
  EXPECT_EQ(words[0]->getAttribute("title"), "bbox 800 100 900 140; x_wconf 87");
  EXPECT_EQ(words[4]->innerText(), "R&D<\"");
  const std::vector<std::string> ids = IdsOf(document, "id");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

// SamplePage with its number read twice.
Page PageWithANumber() {
  Page page = SamplePage();
  page.words[2].number = NumberState::kUnsure;
  page.words[2].first_reading = "1<٣";
  page.words[2].alternatives = {"١٢٨", "١\"٣", "١٧٣"};
  page.words[1].number = NumberState::kSure;
  return page;
}

TEST(Alto, TellsWhatIsKnownOfNumbers) {
  const Document document = Parsed(AltoOf({PageWithANumber()}));
  const auto words = All(document, "String");
  EXPECT_FALSE(words[0]->hasAttribute("TAGREFS"));
  const std::vector<std::string> ids = IdsOf(document, "ID");
  for (const auto& [word, label] : {std::pair(words[1], "sure"), std::pair(words[2], "unsure")}) {
    const auto tags = All(document, "OtherTag");
    const auto tag = std::ranges::find(tags, word->getAttribute("TAGREFS"),
                                       [](const Poco::XML::Element* element) { return element->getAttribute("ID"); });
    ASSERT_NE(tag, tags.end());
    EXPECT_EQ((*tag)->getAttribute("LABEL"), label);
    EXPECT_EQ((*tag)->getAttribute("TYPE"), "number");
  }
  const auto others = All(document, "ALTERNATIVE");
  ASSERT_EQ(others.size(), 4U);
  std::string told;
  for (const Poco::XML::Element* other : others) {
    EXPECT_EQ(other->parentNode(), words[2]);
    told += other->getAttribute("PURPOSE") + " " + other->innerText() + "; ";
  }
  EXPECT_EQ(told, "other reading ١٢٨; other reading ١\"٣; other reading ١٧٣; first reading 1<٣; ");
}

TEST(Hocr, TellsWhatIsKnownOfNumbers) {
  const Document document = Parsed(HocrOf({PageWithANumber()}));
  const auto words = All(document, "span", "ocrx_word");
  EXPECT_EQ(words[0]->getAttribute("title"), "bbox 800 100 900 140; x_wconf 87");
  EXPECT_EQ(words[1]->getAttribute("title"), "bbox 700 102 780 142; x_wconf 87; x_number sure");
  EXPECT_EQ(
      words[2]->getAttribute("title"),
      "bbox 780 160 840 200; x_wconf 87; x_number unsure; x_alternatives \"١٢٨\" \"١٧٣\"; x_first_reading \"1<٣\"");
  EXPECT_EQ(words[2]->innerText(), "١٢٣") << "readers take all text in a word for the word";
}

TEST(Formats, WhateverAWordHoldsStaysWellFormed) {
  const std::string texts[] = {std::string("a\0b", 3), "\x01\x02", "\xFF\xFE",     "]]>", "<!--", "&#0;",
                               "\xEF\xBF\xBE",         "'\"",      "\xED\xA0\x80", "\x7F"};
  for (const std::string& text : texts) {
    Page page = SamplePage();
    page.words[0].text = text;
    page.words[0].first_reading = text;
    page.words[0].alternatives = {text};
    page.engine = text;
    EXPECT_EQ(All(Parsed(AltoOf({page}, text)), "String").size(), 5U);
    EXPECT_EQ(All(Parsed(HocrOf({page}, text)), "span", "ocrx_word").size(), 5U);
  }
}

TEST(Formats, PageWithoutWordsAndConfidenceOutOfRange) {
  EXPECT_EQ(All(Parsed(AltoOf({Page{}})), "Page").size(), 1U);
  EXPECT_EQ(All(Parsed(HocrOf({Page{}})), "div", "ocr_page").size(), 1U);
  Page page = SamplePage();
  page.words[0].confidence = 250;
  page.words[1].confidence = -3;
  const Document document = Parsed(AltoOf({page}));
  const auto words = All(document, "String");
  EXPECT_EQ(words[0]->getAttribute("WC"), "1.00");
  EXPECT_EQ(words[1]->getAttribute("WC"), "0.00");
}

TEST(Layout, BoxesGoAroundTheirWords) {
  const Page page = SamplePage();
  const auto blocks = LayoutOf(page);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].box, (Box{700, 100, 200, 100}));
  ASSERT_EQ(blocks[0].lines.size(), 2U);
  EXPECT_EQ(blocks[0].lines[0].box, (Box{700, 100, 200, 42}));
}

}  // namespace
}  // namespace diwan
