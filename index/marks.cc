// Marks: the words of an original text for which a question found it. The text is analysed as it was for the index, and
// each word's bytes come from the folding, so tashkeel, ligatures and ZWNJ stay inside the marks.
#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "index/analysis.h"
#include "index/exact_pages.h"
#include "index/expansion.h"
#include "index/index.h"
#include "index/near_terms.h"
#include "index/numbers.h"
#include "index/query_parser.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

using Range = std::pair<uint32_t, uint32_t>;

bool Overlap(DayRange a, DayRange b) { return a.first <= b.last && b.first <= a.last; }

bool BeginsWith(std::string_view text, std::string_view begin) { return text.substr(0, begin.size()) == begin; }

// As the search takes a word with a *: the article aside.
bool BeginsLike(std::string_view surface, const std::string& begin) {
  const std::string other = OtherArticle(begin);
  return BeginsWith(surface, begin) || (!other.empty() && BeginsWith(surface, other));
}

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

  void AddStems(const std::vector<std::string>& stems) {
    arabic_.insert(stems.begin(), stems.end());
    persian_.insert(stems.begin(), stems.end());
  }

  void AddBeginning(const TextWord& word) { beginnings_.push_back(word.surface); }

  bool Fits(const TextWord& word) const {
    return std::any_of(beginnings_.begin(), beginnings_.end(),
                       [&](const auto& begin) { return Begins(word, begin); }) ||
           surfaces_.contains(word.surface) || AnyIn(word.pieces, surfaces_) ||
           AnyIn(StemsOf(word, Language::kArabic), arabic_) || AnyIn(StemsOf(word, Language::kPersian), persian_);
  }

 private:
  static bool Begins(const TextWord& word, const std::string& begin) {
    return BeginsLike(word.surface, begin) ||
           std::any_of(word.pieces.begin(), word.pieces.end(),
                       [&](const std::string& piece) { return BeginsLike(piece, begin); });
  }

  std::vector<std::string> beginnings_;
  std::set<std::string> surfaces_;
  std::set<std::string> arabic_;
  std::set<std::string> persian_;
};

class Marker {
 public:
  explicit Marker(std::string_view utf8)
      : utf8_(utf8), text_(Analyse(utf8)), placed_(PlacedSurfaces(text_)), marked_(text_.words.size(), false) {}

  void AddGuesses(const std::vector<std::string>& stems) { wanted_.AddStems(stems); }

  void Mark(const QueryNode& node) {
    if (node.kind == NodeKind::kNot) return;
    if (node.kind == NodeKind::kExact) return MarkExact(node.exact);
    if (node.kind == NodeKind::kNear) return MarkNear(node);
    const bool in_text = node.kind != NodeKind::kField || node.field->kind == FieldKind::kNumber;
    if (in_text) {
      for (const Leaf& leaf : node.leaves) MarkLeaf(leaf);
      MarkPhrase(node);
      if (node.numbers) MarkNumbers([&](const std::string& value) { return node.numbers->Contains(value); });
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
    if (leaf.kind == LeafKind::kBeginning) return MarkBeginning(leaf);
    const bool found = leaf.kind == LeafKind::kDays ? MarkDays(leaf.days) : MarkNumber(leaf.number);
    if (found || leaf.parts.empty()) return found;
    // The search takes the parts only where all stand.
    if (std::all_of(leaf.parts.begin(), leaf.parts.end(), [this](const Leaf& part) { return Stands(part); })) {
      for (const Leaf& part : leaf.parts) MarkLeaf(part);
    }
    return false;
  }

  bool MarkBeginning(const Leaf& leaf) {
    if (!leaf.number.empty()) return MarkNumbers([&](const auto& value) { return BeginsWith(value, leaf.number); });
    wanted_.AddBeginning(leaf.word);
    return true;
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

  // In whichever order it is printed.
  bool MarkNumber(const std::string& wanted) {
    const std::string turned = TurnedNumber(wanted);
    return MarkNumbers([&](const std::string& value) { return value == wanted || value == turned; });
  }

  template <typename Fits>
  bool MarkNumbers(Fits fits) {
    bool found = false;
    for (const TextNumber& number : text_.numbers) {
      if (!fits(number.value)) continue;
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

  void MarkExact(const std::vector<std::string>& exact) {
    for (const size_t first : FindExact(utf8_, text_, exact)) {
      for (size_t i = 0; i < exact.size(); ++i) marked_[first + i] = true;
    }
  }

  // Marks what has a word of the other side near enough, as the search counts it: by first words.
  void MarkNear(const QueryNode& node) {
    const QueryNode& left = node.children.front();
    const QueryNode& right = node.children.back();
    MarkBeside(left, right, NearWindow(node));
    MarkBeside(right, left, NearWindow(node));
  }

  // Marks the one operand where the other is near it; one of several words wherever it stands, as long as it is once.
  void MarkBeside(const QueryNode& operand, const QueryNode& other, uint32_t window) {
    const std::vector<const PlacedSurface*> places = Neighbours(PlacesOf(operand), PlacesOf(other), window);
    if (operand.phrase.words.size() > 1) {
      if (!places.empty()) MarkPhrase(operand);
      return;
    }
    for (const PlacedSurface* place : places) marked_[place->word] = true;
  }

  // Where an operand of a ~ may begin.
  std::vector<const PlacedSurface*> PlacesOf(const QueryNode& operand) const {
    const Leaf* leaf = operand.kind == NodeKind::kWords ? &operand.leaves.front() : nullptr;
    if (leaf != nullptr && leaf->kind == LeafKind::kBeginning) {
      return PlacesThat([&](const PlacedSurface& placed) { return BeginsLike(placed.surface, leaf->word.surface); });
    }
    const std::vector<std::string> list = leaf == nullptr ? QuotedWordTerms(operand.phrase) : WordTerms(leaf->word);
    const std::set<std::string> terms(list.begin(), list.end());
    return PlacesThat([&](const PlacedSurface& placed) {
      const TextWord& word = text_.words[placed.word];
      return terms.contains(MakeTerm(kSurfacePrefix, placed.surface)) ||
             (placed.position == word.position && (AnyIn(StemTermsOf(word, Language::kArabic), terms) ||
                                                   AnyIn(StemTermsOf(word, Language::kPersian), terms)));
    });
  }

  template <typename Fits>
  std::vector<const PlacedSurface*> PlacesThat(Fits fits) const {
    std::vector<const PlacedSurface*> out;
    for (const PlacedSurface& placed : placed_) {
      if (fits(placed)) out.push_back(&placed);
    }
    return out;
  }

  // Those of `places` that have one of `others` near.
  static std::vector<const PlacedSurface*> Neighbours(const std::vector<const PlacedSurface*>& places,
                                                      const std::vector<const PlacedSurface*>& others,
                                                      uint32_t window) {
    std::vector<const PlacedSurface*> out;
    for (const PlacedSurface* place : places) {
      const uint32_t from = place->position > window ? place->position - window : 0;
      auto other = std::lower_bound(others.begin(), others.end(), from,
                                    [](const PlacedSurface* p, uint32_t position) { return p->position < position; });
      while (other != others.end() && (*other)->position == place->position) ++other;
      if (other != others.end() && (*other)->position <= place->position + window) out.push_back(place);
    }
    return out;
  }

  void MarkPhrase(const QueryNode& node) {
    const AnalysedText& phrase = node.phrase;
    if (phrase.words.empty()) return;
    std::vector<std::string_view> joined;
    std::vector<std::string_view> apart;
    for (const TextWord& word : phrase.words) {
      joined.push_back(word.surface);
      apart.insert(apart.end(), word.pieces.begin(), word.pieces.end());
      if (word.pieces.empty()) apart.push_back(word.surface);
    }
    for (size_t i = 0; i < placed_.size(); ++i) {
      MarkPhraseAt(i, joined, node.distance);
      if (apart.size() != joined.size()) MarkPhraseAt(i, apart, node.distance);
    }
    for (const TextNumber& number : phrase.numbers) {
      const bool all = number.first_word == 0 && number.end_word == phrase.words.size();
      if (all) MarkNumbers([&](const std::string& value) { return value == number.value; });
    }
  }

  // Marks the phrase when it begins with placed_[at], with `distance` other words in it at most.
  void MarkPhraseAt(size_t at, const std::vector<std::string_view>& phrase, uint32_t distance) {
    if (placed_[at].surface != phrase.front()) return;
    std::vector<size_t> words;
    const uint32_t end = placed_[at].position + static_cast<uint32_t>(phrase.size()) + distance;
    uint32_t next = placed_[at].position;  // where the next word may stand
    for (size_t i = at; i < placed_.size() && placed_[i].position < end && words.size() < phrase.size(); ++i) {
      if (placed_[i].position < next || placed_[i].surface != phrase[words.size()]) continue;
      words.push_back(placed_[i].word);
      next = placed_[i].position + 1;
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

std::vector<std::pair<uint32_t, uint32_t>> MarkMatches(std::string_view query, std::string_view text,
                                                       const std::vector<std::string>& guessed) {
  const ParsedQuery parsed = ParseQuery(query);
  Marker marker(text);
  marker.AddGuesses(guessed);
  marker.Mark(parsed.root);
  return marker.Ranges();
}

}  // namespace diwan
