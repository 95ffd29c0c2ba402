#include "cli/display.h"

#include <gtest/gtest.h>

#include "cli/console.h"

namespace diwan {
namespace {

TEST(DisplayTest, WidthCountsCellsNotLetters) {
  const struct {
    const char* text;
    size_t cells;
  } kCases[] = {
      {"", 0},
      {"abc", 3},
      {"قرار", 4},
      {"قَرَارٌ", 4},              // tashkeel takes no cell
      {"می\u200Cشود", 5},       // nor ZWNJ
      {"\u2068قرار\u2069", 4},  // nor isolates
      {"e\u0301", 1},           // nor a combining accent
      {"\u0670ا", 1},           // nor a superscript alef
      {"١٢٣/٢٠١٩", 8},
      {"市政", 4},  // wide
      {"\xFF", 1},  // ill-formed: shown as U+FFFD
  };
  for (const auto& c : kCases) EXPECT_EQ(DisplayWidth(c.text), c.cells) << c.text;
}

TEST(DisplayTest, NothingThatDrivesATerminalIsLeft) {
  const struct {
    std::string text;
    std::string line;
  } kCases[] = {
      {"\033[2Jx", "\uFFFD[2Jx"},
      {"a\tb\nc", "a b c"},
      {"\u009B31m", "\uFFFD31m"},  // C1, one byte CSI in UTF-8
      {"\x9B"
       "31m",
       "\uFFFD31m"},                       // and ill-formed
      {"\u202Egpj.exe", "\uFFFDgpj.exe"},  // override
      {"\u2069x", "\uFFFDx"},              // would end our isolate
      {std::string("a\0b", 3), "a\uFFFDb"},
      {"\x7F", "\uFFFD"},
      {"قَرار می\u200Cشود", "قَرار می\u200Cشود"},
  };
  for (const auto& c : kCases) EXPECT_EQ(CleanLine(c.text), c.line);
  EXPECT_EQ(CleanText("a\n\tb\f\033"), "a\n\tb\f\uFFFD");
}

TEST(DisplayTest, OnlyRightToLeftTextIsIsolated) {
  EXPECT_EQ(Isolate("abc 123"), "abc 123");
  EXPECT_EQ(Isolate("قرار 123"), "\u2068قرار 123\u2069");
  EXPECT_EQ(Isolate(""), "");
}

TEST(DisplayTest, ShortensToCells) {
  EXPECT_EQ(Shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(Shorten("abcdef", 4), "abc…");
  EXPECT_EQ(Shorten("市政府", 4), "市…");
  EXPECT_EQ(Shorten("abc", 0), "");
}

TEST(ConsoleTest, ColumnsStandStraightWhateverTheScript) {
  const Table table{{{"NAME", "N", "END"}, {"قَرار", "12", "x"}, {"abcdef", "3", "y"}}, {1}};
  EXPECT_EQ(Format(table),
            "NAME     N  END\n"
            "\u2068قَرار\u2069    12  x\n"
            "abcdef   3  y\n");
}

TEST(ConsoleTest, CellsOfATableAreClean) { EXPECT_EQ(Format({{{"a\033[1mb\nc"}}, {}}), "a\uFFFD[1mb c\n"); }

}  // namespace
}  // namespace diwan
