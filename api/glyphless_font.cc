// The typeface of the invisible text of our PDFs: those of OpenType's tables that a PDF wants.
#include "api/glyphless_font.h"

#include <fmt/format.h>

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace diwan {
namespace {

constexpr int kUnits = 1000;  // of an em
constexpr int kWidth = 500;
constexpr int kAscent = 800;
constexpr int kDescent = -200;

void Put16(std::string& out, int value) {
  out += static_cast<char>(static_cast<unsigned>(value) >> 8U & 0xFFU);
  out += static_cast<char>(static_cast<unsigned>(value) & 0xFFU);
}

void Put32(std::string& out, uint32_t value) {
  Put16(out, static_cast<int>(value >> 16U));
  Put16(out, static_cast<int>(value & 0xFFFFU));
}

std::string Of16(std::initializer_list<int> values) {
  std::string table;
  for (const int value : values) Put16(table, value);
  return table;
}

uint32_t SumOf(const std::string& table) {
  uint32_t sum = 0;
  for (size_t i = 0; i < table.size(); ++i)
    sum += static_cast<uint32_t>(static_cast<uint8_t>(table[i])) << (24 - 8 * (i % 4));
  return sum;
}

std::string Head() {
  std::string table = Of16({1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 3, kUnits});
  table.append(16, '\0');  // made, changed
  return table +
         Of16({0, kDescent, kWidth, kAscent, 0, 8, 2, 0, 0});  // its box; style, least size, direction, short offsets
}

// Name and bytes, in the order that a font file has them.
std::vector<std::pair<std::string_view, std::string>> Tables() {
  return {
      {"glyf", std::string(4, '\0')},
      {"head", Head()},
      {"hhea", Of16({1, 0, kAscent, kDescent, 0, kWidth, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2})},
      {"hmtx", Of16({kWidth, 0, kWidth, 0})},
      {"loca", Of16({0, 0, 0})},
      {"maxp", Of16({1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0})},
  };
}

}  // namespace

std::string GlyphlessFont() {
  const auto tables = Tables();
  std::string file = Of16({1, 0, 6, 64, 2, 32});  // six tables, and how to search among them
  std::string bodies;
  const size_t begin = file.size() + tables.size() * 16;
  for (const auto& [name, bytes] : tables) {
    file += name;
    Put32(file, SumOf(bytes));
    Put32(file, static_cast<uint32_t>(begin + bodies.size()));
    Put32(file, static_cast<uint32_t>(bytes.size()));
    bodies += bytes;
    bodies.append((4 - bytes.size() % 4) % 4, '\0');
  }
  return file + bodies;
}

std::string GlyphlessMap() {
  std::string map;
  for (int code = 0; code < 0x10000; ++code) Put16(map, 1);
  return map;
}

std::string GlyphlessToUnicode() {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr int kRanges = 64;  // at once; 100 are allowed
  for (int high = 0; high < 256; ++high) {
    if (high % kRanges == 0) map += fmt::format("{} beginbfrange\n", kRanges);
    fmt::format_to(std::back_inserter(map), "<{0:02X}00> <{0:02X}FF> <{0:02X}00>\n", high);
    if ((high + 1) % kRanges == 0) map += "endbfrange\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace diwan
