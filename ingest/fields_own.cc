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
    std::erase_if(page_.citations,
                  [&](const CitationMatch& found) { return IsOwnName(found) || own_.AreCitedBy(found.citation); });
    return std::move(own_);
  }

 private:
  bool IsOwn(const CitationMatch& found) const {
    return found.match.first < head_end_ && !found.related && !found.listed && found.citation.article.empty() &&
           !found.citation.number.empty() && (GoesWithOwn(found) || (BeginsTitle(found) && EndsTitle(found)));
  }

  // `قانون مدیریت پسماند`, the first line of that law.
  bool IsOwnName(const CitationMatch& found) const {
    return found.match.first == 0 && head_end_ > 0 && !found.related && found.citation.number.empty() &&
           found.citation.article.empty() && LineEnd(text_, found.match.last) == found.match.last;
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
    if (!IsBareWord(page_, first)) return false;
    if (lead == 0) return true;
    if (lead > kMostLead) return false;
    const bool in_case = found.citation.kind == CitedKind::kCase && text_.Folded(text_[first - 1]) == U"في";
    return in_case || page_.matcher.IsBody(LineBegin(text_, first));
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

bool TakeListedItems(FieldPage& page, bool listing) {
  const auto is_item = [&](const CitationMatch& found) {
    return found.citation.kind == CitedKind::kDecision && !found.related &&
           WordsBefore(page.text, found.match.first) == 0 && ColonFollows(page.text, found.match.last);
  };
  constexpr auto kLeast = 2;
  listing = listing || std::ranges::count_if(page.citations, is_item) >= kLeast;
  if (listing) std::erase_if(page.citations, is_item);
  return listing;
}

std::string YearInNumber(std::string_view number) {
  std::string year;
  bool letters = false;
  while (!number.empty()) {
    const size_t end = std::min(number.find_first_of("/-\\"), number.size());
    const std::string part(number.substr(0, end));
    number.remove_prefix(std::min(end + 1, number.size()));
    letters = letters || part.find_first_not_of("0123456789") != std::string::npos;
    if (Split("0/" + part).year.empty()) continue;
    if (!year.empty()) return {};
    year = part;
  }
  return letters ? year : std::string();
}

}  // namespace diwan
