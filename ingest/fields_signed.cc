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

struct Column {
  size_t first = 0;
  size_t last = 0;
};

// The columns of the line that the token stands in.
std::vector<Column> ColumnsAt(const RuleText& text, size_t at) {
  constexpr uint32_t kGap = 3;  // spaces between two
  const size_t begin = LineBegin(text, at);
  const size_t end = LineEnd(text, begin);
  std::vector<Column> out;
  for (size_t i = begin; i < end; ++i) {
    if (i == begin || text[i].begin >= text[i - 1].end + kGap) out.push_back({.first = i, .last = i});
    out.back().last = i + 1;
  }
  return out;
}

// The name below the column of that place, where both lines have as many.
std::optional<Capture> NameBelow(FieldPage& page, const std::vector<Column>& columns, size_t place) {
  const size_t below = columns.back().last + 1;
  if (below >= page.text.size()) return {};
  const std::vector<Column> names = ColumnsAt(page.text, below);
  if (columns.size() == 1) return NameIn(page, below, LineEnd(page.text, below));
  if (names.size() != columns.size()) return {};
  return NameIn(page, names[place].first, names[place].last);
}

}  // namespace

std::optional<Capture> FindSignatory(FieldPage& page, const RuleMatch& role) {
  const std::vector<Column> columns = ColumnsAt(page.text, role.first);
  const auto holds = [&](const Column& column) { return column.last > role.first; };
  const auto own = std::ranges::find_if(columns, holds);
  if (role.last < own->last) return NameIn(page, role.last, own->last);
  if (auto below = NameBelow(page, columns, static_cast<size_t>(own - columns.begin()))) return below;
  if (!page.text.BeginsLine(role.first)) return {};  // what stands above belongs to the first column
  size_t above = role.first;
  while (above > 0 && page.text[above - 1].kind >= TokenKind::kLineEnd) --above;
  return above > 0 ? NameIn(page, LineBegin(page.text, above - 1), above) : std::nullopt;
}

}  // namespace diwan
