// Marks: the words of an original text for which a question found it. The text is analysed as it was for the index, and
// each word's bytes come from the folding, so tashkeel, ligatures and ZWNJ stay inside the marks.
#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "index/analysis.h"
#include "index/index.h"
#include "index/query_parser.h"

namespace diwan {
namespace {

using Range = std::pair<uint32_t, uint32_t>;

bool Overlap(DayRange a, DayRange b) { return a.first <= b.last && b.first <= a.last; }

bool AnyIn(const std::vector<std::string>& words, const std::set<std::string>& wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return wanted.contains(word); });
}

// Words that are looked for, as the index has them.
class WantedWords {
 public:
  void Add(const TextWord& word) {
    surfaces_.insert(word.surface);
    for (std::string& stem : StemsOf(word, Language::kArabic)) arabic_.insert(std::move(stem));
    for (std::string& stem : StemsOf(word, Language::kPersian)) persian_.insert(std::move(stem));
  }

  bool Fits(const TextWord& word) const {
    return surfaces_.contains(word.surface) || AnyIn(word.pieces, surfaces_) ||
           AnyIn(StemsOf(word, Language::kArabic), arabic_) || AnyIn(StemsOf(word, Language::kPersian), persian_);
  }

 private:
  std::set<std::string> surfaces_;
  std::set<std::string> arabic_;
  std::set<std::string> persian_;
};

class Marker {
 public:
  explicit Marker(std::string_view utf8)
      : utf8_(utf8), text_(Analyse(utf8)), placed_(PlacedSurfaces(text_)), marked_(text_.words.size(), false) {}

  void Mark(const QueryNode& node) {
    if (node.kind == NodeKind::kNot) return;
    const bool in_text = node.kind != NodeKind::kField || node.field->kind == FieldKind::kNumber;
    if (in_text) {
      for (const Leaf& leaf : node.leaves) MarkLeaf(leaf);
      MarkPhrase(node.phrase);
    }
    MarkDays(node.days);
    for (const QueryNode& child : node.children) Mark(child);
  }

  std::vector<Range> Ranges() {
    for (size_t i = 0; i < text_.words.size(); ++i) {
      if (marked_[i] || wanted_.Fits(text_.words[i])) ranges_.emplace_back(text_.words[i].begin, text_.words[i].end);
    }
    for (Range& range : ranges_) TrimDirectionMarks(range);
    std::sort(ranges_.begin(), ranges_.end());
    std::vector<Range> out;
    for (const Range& range : ranges_) {
      if (!out.empty() && range.first < out.back().second) {
        out.back().second = std::max(out.back().second, range.second);
      } else {
        out.push_back(range);
      }
    }
    return out;
  }

 private:
  // A word that is asked for is only noted here: the text is walked once, in Ranges().
  bool MarkLeaf(const Leaf& leaf) {
    if (leaf.kind == LeafKind::kWord) {
      wanted_.Add(leaf.word);
      return true;
    }
    const bool found = leaf.kind == LeafKind::kDays ? MarkDays(leaf.days) : MarkNumber(leaf.number);
    if (found || leaf.parts.empty()) return found;
    // The search takes the parts only where all stand.
    if (std::all_of(leaf.parts.begin(), leaf.parts.end(), [this](const Leaf& part) { return Stands(part); })) {
      for (const Leaf& part : leaf.parts) MarkLeaf(part);
    }
    return false;
  }

  bool Stands(const Leaf& part) const {
    if (part.kind == LeafKind::kNumber) {
      return std::any_of(text_.numbers.begin(), text_.numbers.end(),
                         [&](const TextNumber& number) { return number.value == part.number; });
    }
    WantedWords alone;
    alone.Add(part.word);
    return part.word.stop ||
           std::any_of(text_.words.begin(), text_.words.end(), [&](const TextWord& word) { return alone.Fits(word); });
  }

  bool MarkNumber(const std::string& value) {
    bool found = false;
    for (const TextNumber& number : text_.numbers) {
      if (number.value != value) continue;
      ranges_.emplace_back(text_.words[number.first_word].begin, text_.words[number.end_word - 1].end);
      found = true;
    }
    return found;
  }

  bool MarkDays(const std::vector<DayRange>& days) {
    if (days.empty()) return false;
    bool found = false;
    for (const PrintedDate& date : Dates()) {
      if (std::none_of(days.begin(), days.end(), [&](DayRange range) { return Overlap(range, date.days); })) continue;
      ranges_.emplace_back(static_cast<uint32_t>(date.begin), static_cast<uint32_t>(date.end));
      found = true;
    }
    return found;
  }

  // Whichever calendar the page was taken to speak when it was indexed, it is one of the two readings.
  const std::vector<PrintedDate>& Dates() {
    if (dates_) return *dates_;
    dates_ = FindDates(utf8_, false);
    const std::vector<PrintedDate> jalali = FindDates(utf8_, true);
    dates_->insert(dates_->end(), jalali.begin(), jalali.end());
    return *dates_;
  }

  // The folding leaves them with the letter before; in a mark they would turn what is around it.
  void TrimDirectionMarks(Range& range) const {
    constexpr std::string_view kMarks[] = {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C",
                                           "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
    const auto trim = [&](std::string_view mark) {
      const std::string_view text = utf8_.substr(range.first, range.second - range.first);
      if (text.size() <= mark.size() || text.substr(text.size() - mark.size()) != mark) return false;
      range.second -= static_cast<uint32_t>(mark.size());
      return true;
    };
    while (std::any_of(std::begin(kMarks), std::end(kMarks), trim)) {
    }
  }

  void MarkPhrase(const AnalysedText& phrase) {
    if (phrase.words.empty()) return;
    std::vector<std::string_view> joined;
    std::vector<std::string_view> apart;
    for (const TextWord& word : phrase.words) {
      joined.push_back(word.surface);
      apart.insert(apart.end(), word.pieces.begin(), word.pieces.end());
      if (word.pieces.empty()) apart.push_back(word.surface);
    }
    for (size_t i = 0; i < placed_.size(); ++i) {
      MarkPhraseAt(i, joined);
      if (apart.size() != joined.size()) MarkPhraseAt(i, apart);
    }
    for (const TextNumber& number : phrase.numbers) {
      if (number.first_word == 0 && number.end_word == phrase.words.size()) MarkNumber(number.value);
    }
  }

  // Marks the phrase when it begins with placed_[at].
  void MarkPhraseAt(size_t at, const std::vector<std::string_view>& phrase) {
    std::vector<size_t> words;
    for (size_t i = at; i < placed_.size() && words.size() < phrase.size(); ++i) {
      const uint32_t place = placed_[at].position + static_cast<uint32_t>(words.size());
      if (placed_[i].position > place + 1) break;
      if (placed_[i].position == place && placed_[i].surface == phrase[words.size()]) words.push_back(placed_[i].word);
      if (words.empty()) return;
    }
    if (words.size() < phrase.size()) return;
    for (const size_t word : words) marked_[word] = true;
  }

  std::string_view utf8_;
  AnalysedText text_;
  std::vector<PlacedSurface> placed_;
  std::vector<bool> marked_;  // by word
  std::vector<Range> ranges_;
  std::optional<std::vector<PrintedDate>> dates_;
  WantedWords wanted_;
};

}  // namespace

std::vector<std::pair<uint32_t, uint32_t>> MarkMatches(std::string_view query, std::string_view text) {
  const ParsedQuery parsed = ParseQuery(query);
  Marker marker(text);
  marker.Mark(parsed.root);
  return marker.Ranges();
}

}  // namespace diwan
