// From the order in which letters lie on a line to the order in which they are read: the Unicode bidirectional
// algorithm run backwards, for a line of letters, numbers and little else.
#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "ingest/pdf_glyphs.h"
#include "ingest/script.h"

namespace diwan {
namespace {

enum class Kind { kLeft, kRight, kNumber, kSeparator, kNeutral };

Kind KindOf(std::u32string_view text) {
  for (const char32_t c : text) {
    if (IsDigit(c)) return Kind::kNumber;
    if (IsArabicLetter(c)) return Kind::kRight;
    if (IsLatinLetter(c)) return Kind::kLeft;
    if (c == '/' || c == '.' || c == ',' || c == ':' || c == 0x066b || c == 0x066c || c == 0x060c) {
      return Kind::kSeparator;
    }
  }
  return Kind::kNeutral;
}

// The nearest kind of letter at one side of `i`, or `otherwise` at the end of the line.
Kind LetterBeside(const std::vector<Kind>& kinds, size_t i, int step, Kind otherwise) {
  for (auto at = static_cast<std::ptrdiff_t>(i) + step; at >= 0 && at < static_cast<std::ptrdiff_t>(kinds.size());
       at += step) {
    const Kind kind = kinds[static_cast<size_t>(at)];
    if (kind == Kind::kLeft || kind == Kind::kRight) return kind;
  }
  return otherwise;
}

// What stands between a Latin word and the number in Latin digits on its right runs to the right with them: ISO 9001.
// That the number was written first and the word behind it looks the same, but is rarer.
void JoinNumbersToLatinWords(const std::vector<std::u32string>& line, std::vector<Kind>& kinds) {
  constexpr std::ptrdiff_t kMostBetween = 2;
  const auto is_latin_digit = [](char32_t c) { return c >= '0' && c <= '9'; };
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] != Kind::kLeft) continue;
    const auto from = kinds.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    const auto next =
        std::find_if(from, kinds.end(), [](Kind kind) { return kind != Kind::kNeutral && kind != Kind::kSeparator; });
    if (next == kinds.end() || *next != Kind::kNumber || next - from > kMostBetween) continue;
    const std::u32string& number = line[static_cast<size_t>(next - kinds.begin())];
    if (std::ranges::any_of(number, is_latin_digit)) std::fill(from, next, Kind::kLeft);
  }
}

std::vector<Kind> KindsOf(const std::vector<std::u32string>& line) {
  std::vector<Kind> kinds;
  for (const std::u32string& text : line) kinds.push_back(KindOf(text));
  // A single separator between two numbers belongs to them: 12/5/2019, 1.500.
  for (size_t i = 1; i + 1 < kinds.size(); ++i) {
    if (kinds[i] == Kind::kSeparator && kinds[i - 1] == Kind::kNumber && kinds[i + 1] == Kind::kNumber) {
      kinds[i] = Kind::kNumber;
    }
  }
  JoinNumbersToLatinWords(line, kinds);
  return kinds;
}

// Embedding levels, as the bidirectional algorithm names them: odd ones run from the right.
std::vector<int> LevelsOf(const std::vector<Kind>& kinds, bool from_right) {
  const auto right = std::count(kinds.begin(), kinds.end(), Kind::kRight);
  const auto left = std::count(kinds.begin(), kinds.end(), Kind::kLeft);
  const Kind base = (from_right || right >= left) && right > 0 ? Kind::kRight : Kind::kLeft;
  const bool numbers_only = right == 0 && left == 0;
  std::vector<int> levels;
  for (size_t i = 0; i < kinds.size(); ++i) {
    const bool between_left =
        LetterBeside(kinds, i, -1, base) == Kind::kLeft && LetterBeside(kinds, i, 1, base) == Kind::kLeft;
    const bool between_right =
        LetterBeside(kinds, i, -1, base) == Kind::kRight && LetterBeside(kinds, i, 1, base) == Kind::kRight;
    const int even = base == Kind::kRight ? 2 : 0;
    if (numbers_only) {
      levels.push_back(0);
    } else if (kinds[i] == Kind::kRight) {
      levels.push_back(1);
    } else if (kinds[i] == Kind::kLeft) {
      levels.push_back(even);
    } else if (kinds[i] == Kind::kNumber) {
      levels.push_back(between_right || base == Kind::kRight ? 2 : 0);
    } else {
      levels.push_back(base == Kind::kRight ? (between_left ? 2 : 1) : (between_right ? 1 : 0));
    }
  }
  return levels;
}

}  // namespace

std::vector<size_t> ReadingOrderOf(const std::vector<std::u32string>& line, bool from_right) {
  std::vector<size_t> order(line.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::vector<int> levels = LevelsOf(KindsOf(line), from_right);
  for (const int level : {2, 1}) {
    for (size_t at = 0; at < levels.size();) {
      size_t end = at;
      while (end < levels.size() && levels[end] >= level) ++end;
      const auto from = static_cast<std::ptrdiff_t>(at);
      const auto to = static_cast<std::ptrdiff_t>(end);
      std::reverse(order.begin() + from, order.begin() + to);
      std::reverse(levels.begin() + from, levels.begin() + to);
      at = std::max(end, at + 1);
    }
  }
  return order;
}

}  // namespace diwan
