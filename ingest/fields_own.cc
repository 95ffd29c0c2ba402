#include "ingest/fields_own.h"

#include <algorithm>
#include <set>

#include "core/paper_number.h"

namespace diwan {
namespace {

constexpr size_t kMostLead = 4;  // words before the record's own number in its line

bool IsColon(const RuleText& text, size_t at) { return at < text.size() && text.Folded(text[at]) == U":"; }

// A bracket and the colon.
bool ColonFollows(const RuleText& text, size_t at) { return IsColon(text, at) || IsColon(text, at + 1); }

class OwnFinder {
 public:
  OwnFinder(FieldPage& page, size_t head_end) : page_(page), text_(page.text), head_end_(head_end) {}

  OwnNumbers Take() {
    bool has_number = false;
    bool has_case = false;
    for (const CitationMatch& found : page_.citations) {
      if (IsOfList(found) || !IsOwn(found)) {
        if (found.match.first < head_end_ && BeginsTitle(found)) listed_.insert(found.citation.kind);
        continue;
      }
      const bool is_case = found.citation.kind == CitedKind::kCase;
      bool& known = is_case ? has_case : has_number;
      own_.found.push_back({.match = found, .is_case = is_case, .rival = known});
      if (!known) own_.end = found.match.last;
      known = true;
    }
    std::erase_if(page_.citations, [&](const CitationMatch& found) {
      return IsOwnName(found) || IsFurtherLabel(found) || own_.AreCitedBy(found.citation);
    });
    return std::move(own_);
  }

 private:
  bool IsOwn(const CitationMatch& found) const {
    return found.match.first < head_end_ && !found.related && !found.listed && found.citation.article.empty() &&
           !found.citation.number.empty() && (GoesWithOwn(found) || (BeginsTitle(found) && EndsTitle(found)));
  }

  // `رقم الأساس :` below `رقم الدعوى :`, a label of the head, of another list of the same court.
  bool IsFurtherLabel(const CitationMatch& found) const {
    return text_.BeginsLabel(found.match.first) && std::ranges::any_of(own_.found, [&](const OwnNumber& own) {
             return own.rival && own.match.match.first == found.match.first;
           });
  }

  // `قانون مدیریت پسماند`, a line of that law's own head.
  bool IsOwnName(const CitationMatch& found) const {
    return found.match.first < head_end_ && text_.BeginsLine(found.match.first) && !found.related &&
           found.citation.number.empty() && found.citation.article.empty() &&
           LineEnd(text_, found.match.last) == found.match.last;
  }

  // `القرار رقم ٦٠ لسنة ٢٠١٢` in a list, of which the line above begins so too and is no title.
  bool IsOfList(const CitationMatch& found) const {
    return listed_.contains(found.citation.kind) && !page_.matcher.LacksArticle(found.match.first);
  }

  // `القرار رقم ٢١٤ في القضية رقم ١٤٥٥`, `أساس ٥٥٢ قرار ٦٣٠`: of which the first is the record's own.
  bool GoesWithOwn(const CitationMatch& found) const {
    constexpr size_t kMostBetween = 1;
    const bool is_case = found.citation.kind == CitedKind::kCase;
    if (own_.found.empty() || own_.found.back().is_case == is_case) return false;
    const size_t from = own_.found.back().match.match.last;
    size_t words = 0;
    for (size_t i = from; i < found.match.first; ++i) {
      if (text_[i].kind >= TokenKind::kLineEnd) return false;
      words += text_[i].kind <= TokenKind::kNumber ? 1 : 0;
    }
    return words <= kMostBetween;
  }

  // A title stands at the beginning of its line, or behind the name of the body; a case also behind `في`: `صدر الحكم
  // الآتي في الدعوى`.
  bool BeginsTitle(const CitationMatch& found) const {
    const size_t first = found.match.first;
    const size_t lead = WordsBefore(text_, first);
    const bool of_ruling = found.citation.kind == CitedKind::kCase && lead == 1;  // `قرار بالدعوى رقم ٥`
    if (!IsBareWord(page_, first) && !of_ruling) return false;
    if (lead == 0) return true;
    if (lead > kMostLead) return false;
    if (AreLeads(LineBegin(text_, first), first)) return true;
    const bool in_case = found.citation.kind == CitedKind::kCase && text_.Folded(text_[first - 1]) == U"في";
    return in_case || page_.matcher.IsBody(LineBegin(text_, first));
  }

  // `خلاصة عن قرار المجلس`
  bool AreLeads(size_t begin, size_t end) const {
    if (!page_.matcher.IsLead(begin)) return false;
    for (size_t i = begin; i < end; ++i) {
      const bool word = text_[i].kind <= TokenKind::kNumber;
      if (word && !page_.matcher.IsLead(i) && !page_.matcher.IsStop(i)) return false;
    }
    return true;
  }

  // Behind a title stands its subject, or little; behind a mention in a sentence stands the sentence.
  bool EndsTitle(const CitationMatch& found) const {
    constexpr size_t kMostWords = 4;
    constexpr uint32_t kTopLines = 10;
    const size_t first = found.match.first;
    const size_t last = found.match.last;
    const size_t end = LineEnd(text_, last);
    if (ColonFollows(text_, last)) return true;
    if (text_[first].line < kTopLines && WordsBefore(text_, first) == 0 && page_.matcher.LacksArticle(first))
      return true;
    const auto next = std::ranges::lower_bound(page_.citations, last, {}, [](const auto& c) { return c.match.first; });
    const bool other = next != page_.citations.end() && next->match.first < end;
    if (text_[first].line == 0 && other) return true;
    if (end > last + 1 && EndsSentence(text_, end - 1)) return false;
    size_t words = 0;
    for (size_t i = last; i < end && words <= kMostWords; ++i) {
      if (text_[i].kind != TokenKind::kWord) continue;
      if (++words == 1 && page_.matcher.IsTitle(i)) return true;
    }
    if (other && next->citation.kind != CitedKind::kCase) return false;
    return words <= kMostWords;
  }

  FieldPage& page_;
  const RuleText& text_;
  size_t head_end_;
  std::set<CitedKind> listed_;  // of which a line of the head began with a mention
  OwnNumbers own_;
};

}  // namespace

bool OwnNumbers::AreCitedBy(const FoundCitation& citation) const {
  return std::ranges::any_of(found, [&](const OwnNumber& own) {
    const FoundCitation& mine = own.match.citation;
    return !own.rival && mine.kind == citation.kind && mine.number == citation.number && mine.year == citation.year &&
           citation.article.empty();
  });
}

OwnNumbers TakeOwnNumbers(FieldPage& page, size_t head_end) { return OwnFinder(page, head_end).Take(); }

namespace {

enum class Item { kNone, kBeforeColon, kAlone };

// `القرار رقم ٤٠٨ :`, or the same alone in its line; a number or a letter of the list may stand before it.
Item ItemOf(const FieldPage& page, const CitationMatch& found) {
  const size_t first = found.match.first;
  const size_t last = found.match.last;
  const bool of_list = found.citation.kind == CitedKind::kDecision && !found.related && !found.listed &&
                       found.citation.article.empty() && WordsBefore(page.text, first) <= 1;
  if (!of_list) return Item::kNone;
  if (IsColon(page.text, last - 1) || ColonFollows(page.text, last)) return Item::kBeforeColon;
  const bool alone = WordsBefore(page.text, first) == 0 && LineEnd(page.text, last) <= last + 1;
  return alone ? Item::kAlone : Item::kNone;
}

bool AreInOrder(const std::string& number, const std::string& next) {
  const auto value = [](const std::string& digits) {
    constexpr size_t kMostDigits = 9;
    const size_t end = digits.find_first_not_of("0123456789");
    const std::string first = digits.substr(0, end < kMostDigits ? end : kMostDigits);
    return first.empty() ? -1 : std::stoi(first);
  };
  return value(number) >= 0 && value(next) == value(number) + 1;
}

// Two before colons, or two of which the second has the number that comes next.
bool ListsItems(const FieldPage& page) {
  const CitationMatch* before = nullptr;
  bool colon = false;
  for (const CitationMatch& found : page.citations) {
    const Item item = ItemOf(page, found);
    if (item == Item::kNone) continue;
    const bool colons = colon && item == Item::kBeforeColon;
    if (before != nullptr && (colons || AreInOrder(before->citation.number, found.citation.number))) return true;
    before = &found;
    colon = colon || item == Item::kBeforeColon;
  }
  return false;
}

}  // namespace

bool IsExtract(const FieldPage& page, size_t head_end) {
  const auto is_item = [&](const CitationMatch& found) { return ItemOf(page, found) != Item::kNone; };
  const auto first = std::ranges::find_if(page.citations, is_item);
  return std::ranges::count_if(page.citations, is_item) == 1 && first->match.first < head_end &&
         ItemOf(page, *first) == Item::kAlone;
}

bool TakeListedItems(FieldPage& page, bool listing) {
  listing = listing || ListsItems(page);
  if (!listing) return false;
  std::erase_if(page.citations, [&](const CitationMatch& found) { return ItemOf(page, found) != Item::kNone; });
  return true;
}

std::string YearOfNumber(std::string_view number) {
  const SplitNumber split = Split(number);
  return split.year.empty() ? YearInNumber(number) : split.year;
}

}  // namespace diwan
