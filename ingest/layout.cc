// Puts what the engine found into the order in which a person reads it. Lines are taken apart where wide gaps run
// through them; the pieces are cut into strips and columns, and what stands side by side is read by rows (tables,
// signatures, lists of names) or by columns (a letterhead, a gazette).
#include "ingest/layout.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "core/fold.h"
#include "ingest/quantile.h"
#include "ingest/script.h"
#include "ingest/word_boxes.h"

namespace diwan {
namespace {

struct Span {
  double from = 0;
  double to = 0;
};

// Words that stand together: a line, or the part of one between wide gaps.
struct Piece {
  Box box;
  Span middle;  // rows from the median top to the median bottom of its words: one stray box is not the measure
  std::vector<size_t> words;
};
using Pieces = std::vector<Piece>;

Piece MakePiece(const std::vector<Word>& words, std::vector<size_t> chosen) {
  Piece piece;
  std::vector<int> tops;
  std::vector<int> bottoms;
  for (const size_t i : chosen) {
    piece.box = Union(piece.box, words[i].box);
    tops.push_back(words[i].box.y);
    bottoms.push_back(words[i].box.y + words[i].box.height);
  }
  piece.middle = {static_cast<double>(Median(std::move(tops))), static_cast<double>(Median(std::move(bottoms)))};
  piece.words = std::move(chosen);
  return piece;
}

using Line = std::vector<size_t>;

// The lines of each block, all in the order of their first appearance.
std::vector<std::vector<Line>> BlocksOf(const std::vector<Word>& words) {
  std::vector<std::vector<Line>> blocks;
  std::map<int, size_t> block_place;
  std::map<std::pair<int, int>, size_t> line_place;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto [block, new_block] = block_place.emplace(words[i].block, blocks.size());
    if (new_block) blocks.emplace_back();
    std::vector<Line>& lines = blocks[block->second];
    const auto [line, new_line] = line_place.emplace(std::pair(words[i].block, words[i].line), lines.size());
    if (new_line) lines.emplace_back();
    lines[line->second].push_back(i);
  }
  return blocks;
}

// How a line lies across a gap.
enum class Across { kBeside, kCovers, kSpares };
Across LiesAcross(const std::vector<Word>& words, const Line& line, const Span& gap) {
  bool left = false;
  bool right = false;
  for (const size_t i : line) {
    const Box& box = words[i].box;
    if (std::min<double>(box.x + box.width, gap.to) - std::max<double>(box.x, gap.from) > 0.3 * (gap.to - gap.from)) {
      return Across::kCovers;
    }
    (box.x + box.width / 2.0 < gap.from ? left : right) = true;
  }
  return left && right ? Across::kSpares : Across::kBeside;
}

// Whether as many of the block's lines spare the gap as cover it. One line's gap among full lines is a word missed.
bool IsColumnGap(const std::vector<Word>& words, const std::vector<Line>& block, const Line& line, const Span& gap) {
  int votes = 0;
  for (const Line& other : block) {
    if (&other == &line) continue;
    const Across across = LiesAcross(words, other, gap);
    votes += across == Across::kSpares ? 1 : across == Across::kCovers ? -1 : 0;
  }
  return votes >= 0;
}

// Adds the pieces of a line: it is taken apart at each gap of which `is_apart` says so.
void TakeApart(const std::vector<Word>& words, const Line& line, const std::function<bool(const Span&)>& is_apart,
               Pieces& pieces) {
  Line across = line;
  std::stable_sort(across.begin(), across.end(), [&](size_t a, size_t b) { return words[a].box.x < words[b].box.x; });
  std::map<size_t, int> part;
  double end = words[across[0]].box.x;
  int parts = 0;
  for (const size_t i : across) {
    const double x = words[i].box.x;
    if (x > end && is_apart({end, x})) ++parts;
    part[i] = parts;
    end = std::max(end, x + words[i].box.width);
  }
  for (int p = parts; p >= 0; --p) {
    Line chosen;
    std::copy_if(line.begin(), line.end(), std::back_inserter(chosen), [&](size_t i) { return part[i] == p; });
    pieces.push_back(MakePiece(words, std::move(chosen)));
  }
}

// Lines, taken apart wherever a wide gap runs through them.
Pieces BetweenWideGaps(const std::vector<Word>& words, double unit) {
  constexpr double kWide = 1.8;         // heights of a word: more than even stretched lines have between words
  constexpr size_t kMostWords = 5'000;  // of a block that is looked at line by line
  Pieces pieces;
  for (const std::vector<Line>& block : BlocksOf(words)) {
    size_t count = 0;
    for (const Line& line : block) count += line.size();
    for (const Line& line : block) {
      TakeApart(
          words, line,
          [&](const Span& gap) {
            return count <= kMostWords && gap.to - gap.from > kWide * unit && IsColumnGap(words, block, line, gap);
          },
          pieces);
    }
  }
  return pieces;
}

// Pieces that stand beside each other, from the top; those of a row from the right.
std::vector<Pieces> RowsOf(Pieces pieces) {
  constexpr size_t kMostCells = 1'000;  // of a row
  const auto centre = [](const Piece& piece) { return piece.middle.from + piece.middle.to; };
  std::stable_sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) { return centre(a) < centre(b); });
  std::vector<Pieces> rows;
  for (Piece& piece : pieces) {
    const auto beside = [&](const Piece& other) {
      const Span& a = piece.middle;
      const Span& b = other.middle;
      return std::min(a.to, b.to) - std::max(a.from, b.from) > 0.5 * std::min(a.to - a.from, b.to - b.from) &&
             (piece.box.x >= other.box.x + other.box.width || other.box.x >= piece.box.x + piece.box.width);
    };
    if (rows.empty() || rows.back().size() >= kMostCells ||
        !std::all_of(rows.back().begin(), rows.back().end(), beside)) {
      rows.emplace_back();
    }
    rows.back().push_back(std::move(piece));
  }
  for (Pieces& row : rows) {
    std::stable_sort(row.begin(), row.end(), [](const Piece& a, const Piece& b) { return a.box.x > b.box.x; });
  }
  return rows;
}

// Taken apart once more, at narrower gaps: where they lie in the gutters of at least three other rows.
Pieces PiecesOf(const std::vector<Word>& words, double unit) {
  constexpr double kWidest = 4;         // heights of a word; what is wider stands between cells
  constexpr std::ptrdiff_t kLeast = 3;  // rows
  constexpr size_t kMostGutters = 1'000;
  const Pieces lines = BetweenWideGaps(words, unit);
  std::vector<Span> gutters;
  for (const Pieces& row : RowsOf(lines)) {
    for (size_t i = 1; i < row.size() && gutters.size() < kMostGutters; ++i) {
      const Span gutter{static_cast<double>(row[i].box.x + row[i].box.width), static_cast<double>(row[i - 1].box.x)};
      if (gutter.to - gutter.from < kWidest * unit) gutters.push_back(gutter);
    }
  }
  Pieces pieces;
  for (const Piece& line : lines) {
    TakeApart(
        words, line.words,
        [&](const Span& gap) {
          const auto holds = [&](const Span& gutter) {
            return std::min(gap.to, gutter.to) - std::max(gap.from, gutter.from) > 0.8 * (gap.to - gap.from);
          };
          return gap.to - gap.from > unit && std::ranges::count_if(gutters, holds) >= kLeast;
        },
        pieces);
  }
  return pieces;
}

Span Columns(const Piece& piece) {
  const double slack = piece.box.width * 0.03;
  return {piece.box.x + slack, piece.box.x + piece.box.width - slack};
}
Span Rows(const Piece& piece) {
  const double slack = (piece.middle.to - piece.middle.from) * 0.1;
  return {piece.middle.from + slack, piece.middle.to - slack};
}

// Cuts the pieces wherever a straight line across passes between them. Parts come in rising order.
std::vector<Pieces> Cut(Pieces pieces, Span (*span)(const Piece&)) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [&](const Piece& a, const Piece& b) { return span(a).from < span(b).from; });
  std::vector<Pieces> parts;
  double end = 0;
  for (Piece& piece : pieces) {
    const Span at = span(piece);
    if (parts.empty() || at.from >= end) parts.emplace_back();
    end = parts.back().empty() ? at.to : std::max(end, at.to);
    parts.back().push_back(std::move(piece));
  }
  return parts;
}

Pieces Joined(Pieces a, const Pieces& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Of most pieces, in words.
int LengthOf(const Pieces& pieces) {
  std::vector<int> words;
  for (const Piece& piece : pieces) words.push_back(static_cast<int>(piece.words.size()));
  return Median(std::move(words));
}

constexpr int kMostWords = 4;  // of most cells of a table; lines of text columns have more

// Whether a strip goes on with the columns above it. A line alone doesn't where it makes a column more, standing in a
// gap, nor where it covers one in a table: it is a title.
bool GoesOn(const Pieces& above, const Pieces& strip) {
  const auto columns = [](const Pieces& pieces) { return Cut(pieces, Columns).size(); };
  const size_t most = std::max(columns(above), columns(strip));
  const size_t together = columns(Joined(above, strip));
  if (most < 2 || together < 2) return false;
  if (above.size() > 1 && strip.size() > 1) return true;
  const Pieces& others = strip.size() == 1 ? above : strip;
  return together == most || (together < most && LengthOf(others) > kMostWords);
}

// Strips one above the other of which both together still fall into columns belong together: a gap that runs through
// both columns by chance must not cut them.
std::vector<Pieces> JoinStrips(const std::vector<Pieces>& strips) {
  std::vector<Pieces> joined;
  for (const Pieces& strip : strips) {
    if (!joined.empty() && GoesOn(joined.back(), strip)) {
      joined.back() = Joined(std::move(joined.back()), strip);
    } else {
      joined.push_back(strip);
    }
  }
  return joined;
}

Box BoxOf(const Pieces& pieces) {
  Box box;
  for (const Piece& piece : pieces) box = Union(box, piece.box);
  return box;
}

// How columns that stand side by side are read. By rows where they hold cells: few words each, most with a neighbour.
// A letterhead has such cells as well, but stands first on the page, in two columns far apart.
bool ReadsByRows(const std::vector<Pieces>& columns, double unit, bool is_first) {
  constexpr size_t kLetterheadRows = 7;  // at most
  Pieces all;
  for (const Pieces& column : columns) all = Joined(std::move(all), column);
  const int length = LengthOf(all);
  const std::vector<Pieces> rows = RowsOf(std::move(all));
  if (rows.size() == 1) return true;
  if (length > kMostWords) return false;
  const auto paired = std::count_if(rows.begin(), rows.end(), [](const Pieces& row) { return row.size() > 1; });
  if (2 * static_cast<size_t>(paired) < rows.size()) return false;
  const bool has_pairs = std::ranges::all_of(rows, [](const Pieces& row) { return row.size() <= 2; });
  if (!is_first || !has_pairs || columns.size() != 2 || rows.size() > kLetterheadRows) return true;
  const Box left = BoxOf(columns[0]);
  return BoxOf(columns[1]).x - left.x - left.width < 3 * unit;
}

// What is read as one: lines of a column, or the rows of a table.
struct Region {
  std::vector<Pieces> rows;
  bool is_table = false;
};

class Orderer {
 public:
  explicit Orderer(double unit) : unit_(unit) {}

  std::vector<Region> Order(Pieces pieces) {
    Divide(std::move(pieces), 0);
    return std::move(regions_);
  }

 private:
  // Columns from the right, else strips from the top, and within each part the same again.
  void Divide(Pieces pieces, int depth) {
    constexpr int kMaxDepth = 20;
    if (pieces.size() < 2 || depth > kMaxDepth) return Add(RowsOf(std::move(pieces)), false);
    std::vector<Pieces> parts = Cut(pieces, Columns);
    if (parts.size() > 1) {
      if (ReadsByRows(parts, unit_, regions_.empty())) return AddTable(RowsOf(std::move(pieces)));
      std::reverse(parts.begin(), parts.end());
    } else {
      parts = JoinStrips(Cut(std::move(pieces), Rows));
      if (parts.size() == 1) return Add(RowsOf(std::move(parts[0])), false);
    }
    for (Pieces& part : parts) Divide(std::move(part), depth + 1);
  }

  // One row alone is no table: it may be a line with a wide gap.
  void AddTable(std::vector<Pieces> rows) {
    const bool is_table = rows.size() > 1;
    Add(std::move(rows), is_table);
  }

  void Add(std::vector<Pieces> rows, bool is_table) { regions_.push_back({std::move(rows), is_table}); }

  double unit_;
  std::vector<Region> regions_;
};

bool IsLatin(const Word& word) {
  const std::u32string text = FromUtf8(word.text);
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return IsLatinLetter(c); }) &&
         std::none_of(text.begin(), text.end(), [](char32_t c) { return IsArabicLetter(c); });
}

}  // namespace

int BlockAt(const std::vector<Word>& words, const Box& box) {
  const int x = box.x + box.width / 2;
  const int y = box.y + box.height / 2;
  std::map<int, Box> blocks;
  for (const Word& word : words) blocks[word.block] = Union(blocks[word.block], word.box);
  for (const auto& [block, around] : blocks) {
    if (x >= around.x && x < around.x + around.width && y >= around.y && y < around.y + around.height) return block;
  }
  return -1;
}

std::vector<Word> WithoutStamps(std::vector<Word> words, const std::vector<Box>& stamps) {
  const auto is_in = [](const Word& word, const Box& stamp) {
    const double x = (2.0 * (word.box.x - stamp.x) + word.box.width) / stamp.width - 1;
    const double y = (2.0 * (word.box.y - stamp.y) + word.box.height) / stamp.height - 1;
    return x * x + y * y < 1;
  };
  // A line of the page that the stamp was put on goes on close by, outside of it.
  const auto goes_on = [&](const Word& word, const Box& stamp) {
    return std::any_of(words.begin(), words.end(), [&](const Word& other) {
      const int gap = std::max(other.box.x - word.box.x - word.box.width, word.box.x - other.box.x - other.box.width);
      return other.line == word.line && !is_in(other, stamp) && gap < word.box.height;
    });
  };
  std::vector<Word> kept;
  for (const Word& word : words) {
    const bool stamped = std::any_of(stamps.begin(), stamps.end(),
                                     [&](const Box& stamp) { return is_in(word, stamp) && !goes_on(word, stamp); });
    if (!stamped) kept.push_back(word);
  }
  return kept;
}

std::vector<Word> OrderAcross(std::vector<Word> line) {
  std::vector<std::vector<Word>> runs;
  for (Word& word : line) {
    const Word* before = runs.empty() ? nullptr : &runs.back().back();
    const bool jumps_back = before != nullptr && word.box.x >= before->box.x + before->box.width;
    if (before == nullptr || (jumps_back && !(IsLatin(*before) && IsLatin(word)))) runs.emplace_back();
    runs.back().push_back(std::move(word));
  }
  const auto right_end = [](const std::vector<Word>& run) {
    int end = 0;
    for (const Word& word : run) end = std::max(end, word.box.x + word.box.width);
    return end;
  };
  std::stable_sort(runs.begin(), runs.end(), [&](const auto& a, const auto& b) { return right_end(a) > right_end(b); });
  std::vector<Word> ordered;
  for (std::vector<Word>& run : runs) std::move(run.begin(), run.end(), std::back_inserter(ordered));
  return ordered;
}

std::vector<Word> InReadingOrder(std::vector<Word> words) {
  std::vector<int> heights;
  for (const Word& word : words) heights.push_back(word.box.height);
  const double unit = std::max(1, Median(std::move(heights)));
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  int line = 0;
  int block = -1;
  int last = -1;   // block of the engine's
  double top = 0;  // of the row before: a row that stands higher begins a column
  for (const Region& region : Orderer(unit).Order(PiecesOf(words, unit))) {
    for (const Pieces& row : region.rows) {
      const int here = words[row[0].words[0]].block;
      const bool goes_on = region.is_table ? &row != &region.rows[0] : here == last && row[0].middle.from >= top;
      if (!goes_on) ++block;
      last = region.is_table ? -1 : here;
      top = row[0].middle.from;
      for (const Piece& piece : row) {
        for (const size_t i : piece.words) {
          words[i].line = line;
          words[i].block = block;
          ordered.push_back(std::move(words[i]));
        }
      }
      ++line;
    }
  }
  return ordered;
}

}  // namespace diwan
