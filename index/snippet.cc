// Snippets: the passage of a page that shows best why it was found.
#include <algorithm>
#include <set>
#include <string>

#include "core/fold.h"
#include "index/index.h"

namespace diwan {
namespace {

constexpr std::string_view kEllipsis = "…";

bool IsSpace(char byte) { return static_cast<unsigned char>(byte) <= 0x20; }
bool IsStart(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

// What a snippet is cut between: a run without white space, or a stretch of one that is longer than a snippet's half.
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
  void CutUnits() {
    for (size_t at = 0; at < text_.size();) {
      if (IsSpace(text_[at])) {
        ++at;
        continue;
      }
      Unit unit;
      unit.begin = at;
      unit.length = at > 0 && IsSpace(text_[at - 1]) ? 1 : 0;
      for (; at < text_.size() && !IsSpace(text_[at]); ++at) {
        if (!IsStart(text_[at])) continue;
        if (unit.length > width_ / 2) break;
        ++unit.length;
      }
      unit.end = at;
      units_.push_back(unit);
    }
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
    for (const char byte : text) {
      if (!IsSpace(byte)) {
        out += byte;
      } else if (!after_space_) {
        out += ' ';
      }
      after_space_ = IsSpace(byte);
    }
    if (out.empty()) parts_.pop_back();
  }

  std::string_view text_;
  std::vector<std::pair<uint32_t, uint32_t>> marks_;
  size_t width_;
  std::vector<Unit> units_;
  std::vector<SnippetPart> parts_;
  bool after_space_ = false;
};

}  // namespace

std::vector<SnippetPart> MakeSnippet(std::string_view text, const std::vector<std::pair<uint32_t, uint32_t>>& marks,
                                     size_t width) {
  return SnippetMaker(text, marks, width).Make();
}

}  // namespace diwan
