// Snippets: the passage of a page that shows best why it was found.
#include <algorithm>
#include <set>
#include <string>

#include "core/fold.h"
#include "index/analysis.h"
#include "index/index.h"

namespace diwan {
namespace {

using Range = std::pair<size_t, size_t>;  // bytes

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kWideSpaces[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                            "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A",
                                            "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
// They come in pairs. A passage may have one of the two only, and would turn what stands behind it.
constexpr std::string_view kDirectionPairs[] = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                                "\u2066", "\u2067", "\u2068", "\u2069"};

// The size of the one of `signs` that `text` begins with; 0 for none.
template <size_t kCount>
size_t SizeOfAny(const std::string_view (&signs)[kCount], std::string_view text) {
  for (const std::string_view sign : signs) {
    if (text.substr(0, sign.size()) == sign) return sign.size();
  }
  return 0;
}

// The size of the white space that `text` begins with; 0 for none.
size_t SizeOfSpace(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte <= 0x20) return 1;
  return byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3) ? SizeOfAny(kWideSpaces, text) : 0;
}

size_t SizeOfDirection(std::string_view text) {
  return static_cast<unsigned char>(text.front()) == 0xE2 ? SizeOfAny(kDirectionPairs, text) : 0;
}

// What a snippet is cut between: a run without white space, or with white space only inside a mark; a stretch of one
// that is longer than a snippet's half.
struct Unit {
  size_t begin = 0;  // bytes
  size_t end = 0;
  size_t length = 0;                 // code points, with the space before it
  std::vector<std::string> matches;  // folded texts of the marks that begin in it
};

class SnippetMaker {
 public:
  SnippetMaker(std::string_view text, const std::vector<std::pair<uint32_t, uint32_t>>& marks, size_t width)
      : text_(text), width_(std::max<size_t>(width, 2)) {
    for (const auto& mark : marks) {
      if (mark.first < mark.second && mark.second <= text.size()) marks_.push_back(mark);
    }
    CutUnits();
    PlaceMarks();
  }

  std::vector<SnippetPart> Make() {
    if (units_.empty()) return {};
    auto [first, end] = BestWindow();
    Fill(first, end);
    Render(units_[first].begin, units_[end - 1].end);
    if (end < units_.size()) Append(kEllipsis, false);
    if (first > 0 && !parts_.empty()) {
      if (parts_.front().marked) parts_.insert(parts_.begin(), SnippetPart{});
      parts_.front().text.insert(0, kEllipsis);
    }
    return std::move(parts_);
  }

 private:
  // A mark is kept in one piece when it is not too long for that.
  bool Keeps(size_t begin, size_t end) const { return CodePoints(text_.substr(begin, end - begin)) <= width_ / 2; }

  void CutUnits() {
    auto mark = marks_.begin();
    for (size_t at = 0; at < text_.size();) {
      if (const size_t space = SizeOfSpace(text_.substr(at)); space > 0) {
        at += space;
        continue;
      }
      const size_t begin = at;
      while (at < text_.size() && SizeOfSpace(text_.substr(at)) == 0) {
        ++at;
        while (mark != marks_.end() && mark->first < at) {
          if (mark->second > at && Keeps(mark->first, mark->second)) at = mark->second;
          ++mark;
        }
      }
      CutRun(begin, at);
    }
  }

  // Adds a run as one unit or, when it is long, as several: words and numbers in it stay whole where they can.
  void CutRun(size_t begin, size_t end) {
    const size_t longest = width_ / 2;
    const std::vector<Range> wholes = Keeps(begin, end) ? std::vector<Range>{} : WholesIn(begin, end);
    for (size_t from = begin; from < end;) {
      size_t to = from + 1;
      for (size_t length = 1; to < end && (!BeginsCodePoint(text_[to]) || length < longest); ++to) {
        length += BeginsCodePoint(text_[to]) ? 1 : 0;
      }
      if (to < end) to = BackBefore(wholes, from, to);
      const std::string_view unit = text_.substr(from, to - from);
      const bool after_space = from == begin && from > 0;
      units_.push_back({.begin = from, .end = to, .length = CodePoints(unit) + (after_space ? 1 : 0), .matches = {}});
      from = to;
    }
  }

  // Where to cut so that none of `wholes` is cut by a cut at `to`; `to` where that would leave nothing.
  static size_t BackBefore(const std::vector<Range>& wholes, size_t from, size_t to) {
    auto after = std::lower_bound(wholes.begin(), wholes.end(), to,
                                  [](const Range& whole, size_t place) { return whole.first < place; });
    if (after == wholes.begin()) return to;
    const Range& before = *std::prev(after);
    return before.second > to && before.first > from ? before.first : to;
  }

  // Words, numbers and marks of a run in order; those that overlap as one.
  std::vector<Range> WholesIn(size_t begin, size_t end) const {
    const AnalysedText run = Analyse(text_.substr(begin, end - begin));
    std::vector<Range> wholes;
    for (const TextWord& word : run.words) wholes.emplace_back(begin + word.begin, begin + word.end);
    for (const TextNumber& number : run.numbers) {
      wholes.emplace_back(begin + run.words[number.first_word].begin, begin + run.words[number.end_word - 1].end);
    }
    for (const auto& [from, to] : marks_) {
      if (from >= begin && to <= end) wholes.emplace_back(from, to);
    }
    std::sort(wholes.begin(), wholes.end());
    std::vector<Range> apart;
    for (const Range& whole : wholes) {
      if (apart.empty() || whole.first >= apart.back().second) {
        apart.push_back(whole);
      } else {
        apart.back().second = std::max(apart.back().second, whole.second);
      }
    }
    return apart;
  }

  void PlaceMarks() {
    size_t unit = 0;
    for (const auto& [begin, end] : marks_) {
      while (unit < units_.size() && units_[unit].end <= begin) ++unit;
      if (unit == units_.size()) return;
      units_[unit].matches.push_back(FoldToUtf8(text_.substr(begin, end - begin)));
    }
  }

  // The units [first, end) from one match on that show the most different matches, then the most.
  std::pair<size_t, size_t> BestWindow() const {
    std::pair<size_t, size_t> best{0, 1};
    std::pair<size_t, size_t> best_score{0, 0};
    for (size_t first = 0; first < units_.size(); ++first) {
      if (units_[first].matches.empty()) continue;
      std::set<std::string_view> different;
      size_t count = 0;
      size_t length = 0;
      size_t end = first;
      for (size_t i = first; i < units_.size(); ++i) {
        length += units_[i].length;
        if (length > width_ && i > first) break;
        if (units_[i].matches.empty()) continue;
        different.insert(units_[i].matches.begin(), units_[i].matches.end());
        count += units_[i].matches.size();
        end = i + 1;
      }
      const std::pair<size_t, size_t> score{different.size(), count};
      if (score <= best_score) continue;
      best_score = score;
      best = {first, end};
    }
    return best;
  }

  // Takes units from both sides in turn, as long as there is room.
  void Fill(size_t& first, size_t& end) const {
    size_t length = 0;
    for (size_t i = first; i < end; ++i) length += units_[i].length;
    for (bool grew = true; grew;) {
      grew = false;
      if (first > 0 && length + units_[first - 1].length <= width_) {
        length += units_[--first].length;
        grew = true;
      }
      if (end < units_.size() && length + units_[end].length <= width_) {
        length += units_[end++].length;
        grew = true;
      }
    }
  }

  void Render(size_t begin, size_t end) {
    size_t at = begin;
    for (const auto& [mark_begin, mark_end] : marks_) {
      const size_t from = std::max<size_t>(mark_begin, at);
      const size_t to = std::min<size_t>(mark_end, end);
      if (from >= to) continue;
      Append(text_.substr(at, from - at), false);
      Append(text_.substr(from, to - from), true);
      at = to;
    }
    Append(text_.substr(at, end - at), false);
  }

  void Append(std::string_view text, bool marked) {
    if (text.empty()) return;
    if (parts_.empty() || parts_.back().marked != marked) parts_.push_back({"", marked});
    std::string& out = parts_.back().text;
    for (size_t at = 0; at < text.size();) {
      const size_t space = SizeOfSpace(text.substr(at));
      const size_t direction = SizeOfDirection(text.substr(at));
      if (space == 0 && direction == 0) out += text[at];
      if (space > 0 && !after_space_) out += ' ';
      if (direction == 0) after_space_ = space > 0;
      at += std::max<size_t>({space, direction, 1});
    }
    if (out.empty()) parts_.pop_back();
  }

  std::string_view text_;
  std::vector<std::pair<uint32_t, uint32_t>> marks_;
  size_t width_;
  std::vector<Unit> units_;
  std::vector<SnippetPart> parts_;
  bool after_space_ = true;
};

}  // namespace

std::vector<SnippetPart> MakeSnippet(std::string_view text, const std::vector<std::pair<uint32_t, uint32_t>>& marks,
                                     size_t width) {
  return SnippetMaker(text, marks, width).Make();
}

}  // namespace diwan
