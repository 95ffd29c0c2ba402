#include "ingest/fields_signed.h"

#include <algorithm>

namespace diwan {
namespace {

// Two to six words, none of which is known to be something else.
std::optional<Capture> NameIn(FieldPage& page, size_t first, size_t last) {
  constexpr size_t kLeast = 2;
  constexpr size_t kMost = 6;
  const RuleText& text = page.text;
  while (first < last && text[first].kind == TokenKind::kSign) ++first;
  while (last > first && text[last - 1].kind == TokenKind::kSign) --last;
  if (last < first + kLeast || last > std::min(first + kMost, text.size())) return {};
  for (size_t i = first; i < last; ++i) {
    const bool dot = text[i].kind == TokenKind::kSign && text.Folded(text[i]) == U".";
    if (!dot && text[i].kind != TokenKind::kWord) return {};
    if ((page.matcher.IsStop(i) && !page.matcher.IsName(i)) ||
        (i == first && (page.matcher.IsBody(i) || page.matcher.IsTitle(i)))) {
      return {};
    }
    if (page.matcher.LongestAt(i, RuleUse::kSigned).rule != nullptr) return {};
  }
  return Capture{.slot = nullptr, .first = first, .last = last};
}

// Where the column ends that the token stands in, or the line.
size_t ColumnEnd(const RuleText& text, size_t at) {
  constexpr uint32_t kColumn = 3;  // spaces between two
  const size_t end = LineEnd(text, at);
  for (size_t i = at + 1; i < end; ++i) {
    if (text[i].begin >= text[i - 1].end + kColumn) return i;
  }
  return end;
}

}  // namespace

std::optional<Capture> FindSignatory(FieldPage& page, const RuleMatch& role) {
  const size_t end = LineEnd(page.text, role.last);
  if (end != role.last) return NameIn(page, role.last, ColumnEnd(page.text, role.last));
  if (auto below = NameIn(page, end + 1, LineEnd(page.text, end + 1))) return below;
  if (!page.text.BeginsLine(role.first)) return {};  // what stands above belongs to the first column
  size_t above = role.first;
  while (above > 0 && page.text[above - 1].kind >= TokenKind::kLineEnd) --above;
  return above > 0 ? NameIn(page, LineBegin(page.text, above - 1), above) : std::nullopt;
}

}  // namespace diwan
