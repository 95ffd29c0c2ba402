// Which text layers are believed: right ones in three scripts, and the ways in which they go wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/fold.h"
#include "ingest/text_layer.h"
#include "tests/ingest/reading_papers.h"

namespace diwan {
namespace {

// The words of a text, line under line on a page of A4.
TextLayer LayerOf(const std::string& text) {
  TextLayer layer;
  layer.page_width = 595;
  layer.page_height = 842;
  std::istringstream lines(text);
  double y = 60;
  int number = 0;
  for (std::string line; std::getline(lines, line); y += 24) {
    std::istringstream words(line);
    double x = 500;
    for (std::string word; words >> word; x -= 50) layer.words.push_back({word, x, y, 45, 18, number, 0});
    ++number;
  }
  return layer;
}

std::string EachWord(const std::string& text, std::u32string (*change)(const std::u32string&)) {
  std::string changed;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line); changed += "\n") {
    std::istringstream words(line);
    for (std::string word; words >> word;) changed += ToUtf8(change(FromUtf8(word))) + " ";
  }
  return changed;
}

std::u32string Reverse(const std::u32string& word) { return {word.rbegin(), word.rend()}; }
std::u32string ToForms(const std::u32string& word) {
  std::u32string forms;
  for (const char32_t c : word) forms += c >= 0x0621 && c <= 0x064a ? char32_t{0xfe80} + (c - 0x0621) * 2 : c;
  return forms;
}
std::u32string ToPrivate(const std::u32string& word) {
  std::u32string lost;
  for (const char32_t c : word) lost += c >= 0x0621 ? char32_t{0xe000} + (c & 0xff) : c;
  return lost;
}
std::u32string ApartLetters(const std::u32string& word) {
  std::u32string apart;
  for (const char32_t c : word) apart += std::u32string{c, U' '};
  return apart;
}

const char kEnglish[] =
    "The council approved the budget for the coming year and asked the committee\n"
    "to report on the condition of the roads before the end of March. Members of\n"
    "the public may inspect the minutes at the town hall during office hours.\n";
// What an English recognition makes of Arabic print.
const char kGibberish[] =
    "dlll Lalll jLa§ oLi pplaii jl§wVl AJL=Jl AJuJl JlLJJl ij4!l Jdaxi\n"
    "yll AllaaJl Sjb| kls,Jl aJ9 olalsxll pnj OxJ fIJl Jlxs)l g9 JlLxi\n"
    "cV9,LJl jjbi Xxl,sLl JlJ9 plxll gjLi gI ,ljbJl J,as Jle qlLll\n";

struct LayerCase {
  const char* name;
  std::string text;
  LayerContext context;
  bool trusted;
};

std::vector<LayerCase> Cases() {
  const std::string arabic = papers::Text(papers::Arabic());
  const std::string persian = papers::Text(papers::Persian());
  const LayerContext scan{.image_share = 1};
  const LayerContext unmapped{.unmapped = 60};
  const LayerContext upended{.upended = 150};
  return {
      {"arabic", arabic, {}, true},
      {"persian", persian, {}, true},
      {"latin", kEnglish, {}, true},
      {"arabic_with_latin", arabic + kEnglish, {}, true},
      {"arabic_under_a_scan", arabic, scan, true},
      {"arabic_reversed", EachWord(arabic, Reverse), {}, false},
      {"persian_reversed", EachWord(persian, Reverse), {}, false},
      {"presentation_forms", EachWord(arabic, ToForms), {}, false},
      {"private_use", EachWord(arabic, ToPrivate), {}, false},
      {"letters_apart", EachWord(arabic, ApartLetters), {}, false},
      {"english_reading_of_arabic", kGibberish, {}, false},
      {"unmapped_glyphs", arabic, unmapped, false},
      {"upended_glyphs", arabic, upended, false},
      {"three_words_on_a_scan", "قرار المجلس البلدي", scan, false},
      {"a_stamped_line_on_a_scan", papers::Arabic().lines[1], scan, false},
      {"signs",
       "#### %%%% $$$$ &&&& **** !!!! ???? #### %%%% $$$$ abcdefgh abcdefgh abcdefgh abcdefgh abcdefgh",
       {},
       false},
      {"nothing", "", {}, false},
  };
}

TEST(TextLayerTest, IsBelievedOrNot) {
  for (const LayerCase& layer : Cases()) {
    const LayerVerdict verdict = JudgeTextLayer(LayerOf(layer.text), layer.context);
    EXPECT_EQ(verdict.trusted, layer.trusted) << layer.name << ": " << verdict.score << " " << verdict.reason;
    EXPECT_EQ(verdict.trusted, verdict.score >= 0) << layer.name;
  }
}

}  // namespace
}  // namespace diwan
