// Widths and cleaning are tables of code point ranges: small enough to read, and the same on every terminal.
#include "cli/display.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/fold.h"

namespace diwan {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// In order, for the search in Contains.
constexpr auto kZeroWidth = std::to_array<Range>(
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},  {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
     {0x0610, 0x061A}, {0x061C, 0x061C}, {0x064B, 0x065F},  {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4},
     {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0898, 0x089F},  {0x08CA, 0x08E1}, {0x08E3, 0x08FF}, {0x1AB0, 0x1AFF},
     {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},  {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
     {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}});

constexpr auto kWide = std::to_array<Range>({{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0x33FF},
                                             {0x3400, 0x4DBF},
                                             {0x4E00, 0x9FFF},
                                             {0xA000, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0xFFE0, 0xFFE6},
                                             {0x1F300, 0x1FAFF},
                                             {0x20000, 0x3FFFD}});

// C0, DEL and C1; line and paragraph separators; embeddings, overrides and isolates, which could undo ours.
constexpr auto kUnsafe = std::to_array<Range>(
    {{0x0000, 0x001F}, {0x007F, 0x009F}, {0x2028, 0x2029}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFFF9, 0xFFFB}});

constexpr auto kRightToLeft = std::to_array<Range>(
    {{0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}});

bool Contains(std::span<const Range> ranges, char32_t letter) {
  const auto* const at = std::lower_bound(ranges.data(), ranges.data() + ranges.size(), letter,
                                          [](const Range& range, char32_t value) { return range.last < value; });
  return at != ranges.data() + ranges.size() && at->first <= letter;
}

size_t WidthOf(char32_t letter) {
  if (letter < 0x300) return 1;
  if (Contains(kZeroWidth, letter)) return 0;
  return Contains(kWide, letter) ? 2 : 1;
}

std::string Clean(std::string_view utf8, std::u32string_view kept, std::u32string_view to_space) {
  std::u32string text = FromUtf8(utf8);
  for (char32_t& letter : text) {
    if (kept.find(letter) != kept.npos) continue;
    if (to_space.find(letter) != to_space.npos) letter = U' ';
    if (Contains(kUnsafe, letter)) letter = U'\uFFFD';
  }
  return ToUtf8(text);
}

}  // namespace

size_t DisplayWidth(std::string_view utf8) {
  size_t width = 0;
  for (const char32_t letter : FromUtf8(utf8)) width += WidthOf(letter);
  return width;
}

std::string CleanLine(std::string_view utf8) { return Clean(utf8, U"", U"\t\n\v\f\r\u2028\u2029"); }

std::string CleanText(std::string_view utf8) { return Clean(utf8, U"\t\n\f", U"\r"); }

std::string Isolate(std::string_view utf8) {
  const std::u32string text = FromUtf8(utf8);
  const bool right_to_left =
      std::any_of(text.begin(), text.end(), [](char32_t letter) { return Contains(kRightToLeft, letter); });
  return right_to_left ? "\u2068" + std::string(utf8) + "\u2069" : std::string(utf8);
}

std::string Shorten(std::string_view utf8, size_t cells) {
  if (DisplayWidth(utf8) <= cells) return std::string(utf8);
  if (cells == 0) return "";
  std::u32string kept;
  size_t width = 0;
  for (const char32_t letter : FromUtf8(utf8)) {
    if (width + WidthOf(letter) > cells - 1) break;
    width += WidthOf(letter);
    kept += letter;
  }
  return ToUtf8(kept) + "…";
}

}  // namespace diwan
