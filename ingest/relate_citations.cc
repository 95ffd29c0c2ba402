// What the words around mentions say of them: the nearest before or behind, those of a list's head, those of the
// mention to which one is joined.
#include "ingest/relate_citations.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "ingest/clause_words.h"

namespace diwan {
namespace {

constexpr size_t kMostBefore = 9;  // words between a relation's words and the citation
constexpr size_t kMostBehind = 7;
constexpr size_t kMostJoints = 4;  // signs and words between two citations of one relation
constexpr size_t kMostLabel = 4;   // tokens before an item of a list: `١-`, `(أ)`

bool IsInSentence(const RuleText& text, const CitationMatch& first, const CitationMatch& last) {
  for (size_t i = first.match.last; i < last.match.first; ++i) {
    if (EndsSentence(text, i)) return false;
  }
  return true;
}

bool IsDone(CitedRelation relation) {
  return relation != CitedRelation::kRefersTo && relation != CitedRelation::kImplements;
}

class Relater {
 public:
  Relater(RuleMatcher& matcher, const std::vector<RelationWords>& relations, std::vector<CitationMatch>& found)
      : matcher_(matcher), text_(matcher.text()), relations_(relations), found_(found), sources_(found.size()) {}

  void Run() {
    for (size_t i = 0; i < found_.size(); ++i) RelateByHead(i);
    for (size_t i = 0; i < found_.size(); ++i) {
      if (sources_[i].colon == 0) Relate(i);
    }
    for (size_t i = found_.size(); i-- > 1;) RelateByNext(i - 1);
    for (size_t i = 0; i + 1 < found_.size(); ++i) RelateAcross(i);
    for (size_t i = 0; i < found_.size(); ++i) Except(i);
    WeighRelations(matcher_, sources_, found_);
    GiveBack();
  }

 private:
  // The line of an item: at most a label stands before the mention. `from`: where its line begins.
  bool IsItem(size_t first, size_t& from) const {
    from = first;
    while (from > 0 && text_[from - 1].kind < TokenKind::kLineEnd) {
      if (first - --from > kMostLabel) return false;
      const bool letter = text_[from].kind == TokenKind::kWord && text_[from].end - text_[from].begin == 1;
      if (text_[from].kind == TokenKind::kWord && !letter) return false;
    }
    return from > 0;
  }

  // `تلغى القرارات الآتية:` and, in lines below, `١- القرار رقم ٤`: the words before the colon, or nullptr.
  const RelationWords* HeadOf(size_t colon) const {
    auto at = std::ranges::upper_bound(relations_, colon, {}, &RelationWords::first);
    for (; at != relations_.begin(); --at) {
      const RelationWords& words = *std::prev(at);
      if (Distance(words.last, colon, kMostBefore) > kMostBefore) return nullptr;
      const auto first = [](const CitationMatch& found) { return found.match.first; };
      const auto inside = std::ranges::lower_bound(found_, words.first, {}, first);
      if (inside != found_.end() && inside->match.first < colon) return nullptr;
      if (IsDone(words.relation)) return &words;
    }
    return nullptr;
  }

  void RelateByHead(size_t index) {
    CitationMatch& found = found_[index];
    size_t line = 0;
    if (!IsItem(found.match.first, line)) return;
    size_t end = line - 1;  // of the line above
    if (end > 0 && text_.Folded(text_[end - 1]) == U":") {
      const RelationWords* words = HeadOf(end - 1);
      if (words == nullptr) return;
      sources_[index] = {.words = words, .colon = end - 1};
    } else if (index > 0 && sources_[index - 1].colon != 0 && IsLineAbove(found_[index - 1], found.match.first)) {
      sources_[index] = sources_[index - 1];
    } else {
      return;
    }
    found.related = sources_[index].words->exact;
    found.citation.relation = sources_[index].words->relation;
  }

  bool IsLineAbove(const CitationMatch& above, size_t token) const {
    return text_[above.match.last - 1].line + 1 >= text_[token].line;
  }

  // What is said of `القرار المذكور` is said of the paper that it stands for.
  void GiveBack() {
    for (CitationMatch& said : found_) {
      if (!said.said_of) continue;
      FoundCitation& meant = found_[*said.said_of].citation;
      if (IsDone(said.citation.relation) && !IsDone(meant.relation)) {
        meant.relation = said.citation.relation;
        meant.clause = said.citation.clause;
        meant.confidence = said.citation.confidence;
        meant.unclear = false;
      } else if (IsDone(meant.relation)) {
        meant.confidence = std::min(meant.confidence, said.citation.confidence);
      } else {
        meant.unclear = meant.unclear || said.citation.unclear;
      }
    }
    std::erase_if(found_, [](const CitationMatch& found) { return found.said_of.has_value(); });
  }

  // Words and numbers of [first, last), or more than `most` when a sentence ends between, a label begins a line, or a
  // bracket closes that stands around what is at `first`.
  size_t Distance(size_t first, size_t last, size_t most) const {
    size_t words = 0;
    int open = 0;
    for (size_t i = first; i < last && words <= most; ++i) {
      if (EndsSentence(text_, i) || (i > first && text_.BeginsLabel(i))) return most + 1;
      if (text_[i].kind <= TokenKind::kNumber) ++words;
      if (text_.Folded(text_[i]) == U"(") ++open;
      if (text_.Folded(text_[i]) == U")" && --open < 0 && words > 0) return most + 1;
    }
    return words;
  }

  bool HasComma(size_t first, size_t last) const {
    for (size_t i = first; i < last; ++i) {
      if (text_[i].kind == TokenKind::kSign && text_.Folded(text_[i]) == U"،") return true;
    }
    return false;
  }

  bool Joined(size_t first, size_t last) const {
    if (last - first > kMostJoints) return false;
    const bool lines_only = std::all_of(text_.tokens().begin() + static_cast<std::ptrdiff_t>(first),
                                        text_.tokens().begin() + static_cast<std::ptrdiff_t>(last),
                                        [](const RuleToken& token) { return token.kind == TokenKind::kLineEnd; });
    if (lines_only && !text_.Folded(text_[last]).starts_with(U"و")) return false;
    for (size_t i = first; i < last; ++i) {
      if (text_[i].kind == TokenKind::kNumber || text_[i].kind == TokenKind::kBlankLine) return false;
      if (text_[i].kind == TokenKind::kWord && !matcher_.IsJoin(i)) return false;
      if (EndsSentence(text_, i)) return false;
    }
    return true;
  }

  // To the one before it.
  bool IsJoined(size_t index) const {
    const RuleMatch& match = found_[index].match;
    return match.rule->use == RuleUse::kThen || Joined(found_[index - 1].match.last, match.first);
  }

  struct Nearest {
    const RelationWords* words = nullptr;
    size_t distance = SIZE_MAX;
  };

  // `بناء على القانون رقم ٥؛` and, in a line below, `وعلى كتاب الوزارة رقم ٧`.
  bool GoesOn(size_t first, size_t last) const {
    size_t line = last;
    while (line > first && last - line <= kMostBefore && !text_.BeginsLine(line)) --line;
    if (line <= first || !text_.BeginsLine(line)) return false;
    const std::u32string_view word = text_.Folded(text_[line]);
    constexpr std::u32string_view kGoingOn[] = {U"وعلي", U"والي"};
    return std::ranges::find(kGoingOn, word) != std::end(kGoingOn) && Distance(line, last, kMostBefore) <= kMostBefore;
  }

  // A title in the line below is no mention: `طرح دو فوریتی` and, in its own line, `مصوبه شماره ۷`.
  bool IsOfOtherLine(const Nearest& words, const CitationMatch& found) const {
    const size_t first = found.match.first;
    if (found.behind || text_[words.words->first].line == text_[first].line) return false;
    const bool weak = words.words->relation == CitedRelation::kRefersTo && words.distance > 0;
    return weak || (text_.BeginsLine(first) && matcher_.LacksArticle(first));
  }

  // `بخشی از مصوبه ۴ لغو شد`: what stands behind is said, and `از` is none of its own.
  bool SaysOfPart(const Nearest& before, const Nearest& behind) const {
    return before.words != nullptr && behind.words != nullptr && behind.distance == before.distance &&
           before.words->first > 0 && matcher_.IsOneOf(before.words->first - 1, matcher_.rules().parts);
  }

  // `اجرای مصوبه ۴ متوقف شد`
  bool IsSuspension(const Nearest& words) const {
    return words.words != nullptr &&
           matcher_.HoldsOneOf(words.words->first, words.words->last, matcher_.rules().suspensions);
  }

  // `پس از بررسی موضوع، مصوبه ۴ لغو شد`: what stands before the comma is of something else.
  bool SaysOfOther(const Nearest& before, const Nearest& behind, size_t citation) const {
    return before.words != nullptr && behind.words != nullptr && before.words->relation == CitedRelation::kRefersTo &&
           (HasComma(before.words->last, citation) || text_[before.words->first].line != text_[citation].line);
  }

  // The nearest words before or behind the citation; where there are none, what the one before it is joined to.
  void Relate(size_t index) {
    CitationMatch& found = found_[index];
    const size_t from = index == 0 ? 0 : found_[index - 1].match.last;
    const size_t to = index + 1 < found_.size() ? found_[index + 1].match.first : text_.size();
    const Nearest before = Before(from, found.match.first);
    const Nearest behind = Behind(found.match.last, to);
    const bool goes_behind = IsSuspension(behind) || behind.distance < before.distance || SaysOfPart(before, behind) ||
                             SaysOfOther(before, behind, found.match.first);
    const Nearest& words = goes_behind ? behind : before;
    if (words.words != nullptr) {
      found.behind = &words == &behind;
      found.related = words.words->exact && !IsOfOtherLine(words, found);
      found.citation.relation = words.words->relation;
      sources_[index].words = words.words;
    } else if (index > 0 && (IsJoined(index) || GoesOn(from, found.match.first))) {
      found.related = found_[index - 1].related;
      found.citation.relation = found_[index - 1].citation.relation;
      sources_[index] = {.words = sources_[index - 1].words, .as_before = true};
    }
  }

  // `مصوبه ۴ و مصوبه ۵ لغو شد`: what is said behind the last is said of all.
  void RelateByNext(size_t index) {
    CitationMatch& found = found_[index];
    const CitationMatch& next = found_[index + 1];
    if (found.related || !next.behind || !IsJoined(index + 1)) return;
    found.related = found.behind = true;
    found.citation.relation = next.citation.relation;
    sources_[index].words = sources_[index + 1].words;
  }

  // `مصوبه ۴ به استناد ماده ۵ قانون شوراها لغو شد`: what is done stands behind that by which it is done.
  void RelateAcross(size_t index) {
    CitationMatch& found = found_[index];
    if (found.behind || found.related) return;
    size_t last = index;
    while (last + 1 < found_.size() && found_[last + 1].citation.relation == CitedRelation::kImplements &&
           !found_[last + 1].behind &&
           Distance(found_[last].match.last, found_[last + 1].match.first, kMostBehind) <= kMostBehind) {
      ++last;
    }
    if (last == index) return;
    const size_t to = last + 1 < found_.size() ? found_[last + 1].match.first : text_.size();
    const Nearest behind = Behind(found_[last].match.last, to);
    if (behind.words == nullptr) return;
    found.behind = found.related = true;
    found.citation.relation = behind.words->relation;
    sources_[index].words = behind.words;
  }

  // `كافة القرارات باستثناء القرار رقم ٤`, and what is joined to it.
  void Except(size_t index) {
    constexpr size_t kMostTokens = 4;
    CitationMatch& found = found_[index];
    const size_t from = index == 0 ? 0 : found_[index - 1].match.last;
    const size_t first = found.match.first;
    for (size_t i = first; i-- > std::max(from, first - std::min(first, kMostTokens)) && !EndsSentence(text_, i);) {
      found.excepted = found.excepted || matcher_.IsOneOf(i, matcher_.rules().exceptions);
    }
    found.excepted = found.excepted || (index > 0 && found_[index - 1].excepted && IsJoined(index));
    if (!found.excepted) return;
    found.citation.relation = CitedRelation::kRefersTo;
    sources_[index].words = nullptr;
  }

  Nearest Before(size_t from, size_t citation) const {
    auto at = std::ranges::upper_bound(relations_, citation, {}, &RelationWords::first);
    while (at != relations_.begin()) {
      --at;
      if (at->first < from) break;
      if (at->zone == RuleZone::kAfter || at->first >= citation) continue;
      const size_t distance = Distance(std::min(at->last, citation), citation, kMostBefore);
      return distance > kMostBefore ? Nearest{} : Nearest{.words = &*at, .distance = distance};
    }
    return {};
  }

  Nearest Behind(size_t from, size_t next) const {
    for (auto at = std::ranges::lower_bound(relations_, from, {}, &RelationWords::first); at != relations_.end();
         ++at) {
      if (at->first >= next) break;
      const size_t distance = Distance(from, at->first, kMostBehind);
      if (distance > kMostBehind || HasComma(from, at->first)) break;
      if (at->zone == RuleZone::kAfter) return {.words = &*at, .distance = distance};
    }
    return {};
  }

  RuleMatcher& matcher_;
  const RuleText& text_;
  const std::vector<RelationWords>& relations_;  // by place
  std::vector<CitationMatch>& found_;
  std::vector<RelationSource> sources_;  // of each in found_
};

}  // namespace

void RelateCitations(RuleMatcher& matcher, const std::vector<RelationWords>& relations,
                     std::vector<CitationMatch>& citations) {
  Relater(matcher, relations, citations).Run();
}

void TakeOutExcepted(const RuleText& text, std::vector<CitationMatch>& citations) {
  for (size_t i = 0; i < citations.size(); ++i) {
    if (!citations[i].excepted) continue;
    const FoundCitation& without = citations[i].citation;
    for (CitationMatch& each : std::span(citations).first(i)) {
      const std::string& year = each.citation.year;
      const bool same_year = year.empty() || without.year.empty() || year == without.year;
      if (each.citation.number == without.number && same_year && IsInSentence(text, each, citations[i])) {
        each.citation.relation = CitedRelation::kRefersTo;
      }
    }
  }
}

}  // namespace diwan
