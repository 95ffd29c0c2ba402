// Mentions of other papers, and what the words around them say: amends, repeals, replaces, implements.
#include "ingest/find_citations.h"

#include <algorithm>

#include "core/fold.h"
#include "ingest/citation_doubts.h"
#include "ingest/language.h"
#include "ingest/number_range.h"
#include "ingest/printed_number.h"
#include "ingest/read_confidence.h"

namespace diwan {
namespace {

constexpr float kBase = 0.95F;     // of a match to the letter
constexpr size_t kMostBefore = 9;  // words between a relation's words and the citation
constexpr size_t kMostBehind = 7;
constexpr size_t kMostJoints = 4;  // signs and words between two citations of one relation

constexpr std::string_view kRange = "to";  // name of the rules of further numbers that end a range

class CitationFinder {
 public:
  CitationFinder(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches)
      : matcher_(matcher), text_(matcher.text()), page_(page), stretches_(stretches) {}

  std::vector<CitationMatch> Find() {
    for (size_t at = 0; at < text_.size();) {
      FindRelations(at);
      const RuleMatch match = MentionAt(at);
      if (match.rule == nullptr || IsOfOtherThing(match)) {
        ++at;
        continue;
      }
      for (size_t i = at + 1; i < match.last; ++i) FindRelations(i);
      at = match.last;
      if (!SaysWhich(match)) continue;
      Add(match, *CitedKindOfName(match.rule->name));
      at = FollowOn();
    }
    for (size_t i = 0; i < found_.size(); ++i) Relate(i);
    for (size_t i = found_.size(); i-- > 1;) RelateByNext(i - 1);
    for (size_t i = 0; i + 1 < found_.size(); ++i) RelateAcross(i);
    for (size_t i = 0; i < found_.size(); ++i) Except(i);
    WeighRelations(matcher_, sources_, found_);
    SplitLists(found_);
    ExpandRanges(text_, found_);
    TakeOutExcepted();
    return std::move(found_);
  }

 private:
  // The longest mention, the earlier rule among equals.
  RuleMatch MentionAt(size_t at) {
    RuleMatch best;
    if (text_.IsPart(at)) return best;  // `ضمانت‌نامه` is no نامه
    for (RuleMatch& match : matcher_.MatchesAt(at, RuleUse::kCite)) {
      const bool longer = best.rule == nullptr || match.last > best.last;
      if (longer && !HasOwnArticle(match)) best = std::move(match);
    }
    return best;
  }

  // `ماده ۲: آیین‌نامه شماره ۵`: an article of this paper, and behind the sign what it says.
  bool HasOwnArticle(const RuleMatch& match) const {
    constexpr std::u32string_view kSigns = U":-–";
    if (!text_.BeginsLine(match.first)) return false;
    const Capture* article = match.Find("article");
    return article != nullptr && article->last < match.last && text_[article->last].kind == TokenKind::kSign &&
           kSigns.find(text_.Folded(text_[article->last])[0]) != std::u32string_view::npos;
  }

  // `القرار المتخذ في الجلسة رقم ٩`: the number is the sitting's.
  bool IsOfOtherThing(const RuleMatch& match) const {
    const Capture* number = match.Find("number");
    if (number == nullptr || *CitedKindOfName(match.rule->name) != CitedKind::kDecision) return false;
    for (size_t i = number->first; i-- > match.first + 1 && text_[i].kind != TokenKind::kNumber;) {
      if (matcher_.IsOneOf(i, matcher_.rules().holders)) return true;
    }
    return false;
  }

  // `يسمى هذا القانون قانون البلديات لسنة ٢٠١٥` is a mention only that no other may be found in it.
  static bool SaysWhich(const RuleMatch& match) {
    return std::ranges::any_of(
        match.captures, [](const Capture& capture) { return capture.slot->name != "_" && capture.slot->name != "of"; });
  }

  // `... رقم ٥ ورقم ٧ لسنة ٢٠١٩`: further numbers of the same kind. Returns where the search goes on.
  size_t FollowOn() {
    const CitedKind kind = found_.back().citation.kind;
    const size_t leader = found_.size() - 1;
    const bool several = IsOfSeveral(found_.back().match);
    for (;;) {
      const size_t at = BehindBrackets(found_.back().match.last);
      if (at >= text_.size()) break;
      const RuleMatch match = NextNumber(at, several);
      if (match.rule == nullptr) break;
      Add(match, kind);
      found_[leader].listed = found_.back().listed = true;
      found_.back().ends_range = match.rule->name == kRange;
      if (found_.back().ends_range && several) TakeAsWhole(found_[found_.size() - 2]);
    }
    for (size_t i = leader; i < found_.size(); ++i) found_[i].several = several;
    ShareYear(leader, several);
    return found_.back().match.last;
  }

  // Rules with names fit behind a plural alone.
  RuleMatch NextNumber(size_t at, bool several) {
    RuleMatch best;
    for (RuleMatch& match : matcher_.MatchesAt(at, RuleUse::kThen)) {
      const bool fits = several || match.rule->name.empty();
      if (fits && (best.rule == nullptr || match.last > best.last)) best = std::move(match);
    }
    return best;
  }

  // `القرارات`, `أرقام`
  bool IsOfSeveral(const RuleMatch& match) const {
    const Capture* number = match.Find("number");
    for (size_t i = match.first; number != nullptr && i < number->first; ++i) {
      if (matcher_.IsPlural(i) || text_.HasPluralEnding(i)) return true;
    }
    return false;
  }

  // `إلى ٤٨` behind a plural's number is no part of that number.
  void TakeAsWhole(CitationMatch& found) const {
    found.citation.confidence = ConfidenceOf(found.match, /*numbers=*/false);
  }

  // What stands behind says it for those before it: the nearest year, and of several papers the day.
  void ShareYear(size_t leader, bool several) {
    std::string year;
    const std::string date = found_.back().citation.date;
    const auto dated = std::ranges::count_if(found_.begin() + static_cast<std::ptrdiff_t>(leader), found_.end(),
                                             [](const CitationMatch& found) { return !found.citation.date.empty(); });
    for (size_t i = found_.size(); i-- > leader;) {
      FoundCitation& each = found_[i].citation;
      if (!each.year.empty()) year = each.year;
      if (each.year.empty() && YearInNumber(each.number).empty()) each.year = year;
      if (several && dated == 1 && each.date.empty()) each.date = date;
    }
  }

  size_t BehindBrackets(size_t at) const {
    constexpr std::u32string_view kClosing = U")]»";
    while (at < text_.size() && kClosing.find(text_.Folded(text_[at])[0]) != std::u32string_view::npos) ++at;
    return at;
  }

  void FindRelations(size_t at) {
    if (!relations_.empty() && at < relations_.back().last) return;
    const RuleMatch match = matcher_.LongestAt(at, RuleUse::kRelation);
    if (match.rule == nullptr || BridgesDates(match)) return;
    // Of words that say it before and behind, both rules count.
    for (const RuleMatch& each : matcher_.MatchesAt(at, RuleUse::kRelation)) {
      if (each.last != match.last) continue;
      relations_.push_back({.first = each.first,
                            .last = each.last,
                            .zone = each.rule->zone,
                            .relation = *CitedRelationOfName(each.rule->name),
                            .exact = each.sure == 1});
    }
  }

  // `۱۳۹۹/۸/۷ مطابق با ۱۱ ربیع‌الاول ۱۴۴۲` speaks of days.
  bool BridgesDates(const RuleMatch& match) const {
    constexpr size_t kMostBetween = 1;
    for (size_t at = match.last; at <= match.last + kMostBetween && at < text_.size(); ++at) {
      if (const PrintedDate* date = text_.DateAt(at)) return text_.IsSameDayAsBefore(*date);
    }
    return false;
  }

  std::string Printed(const Capture& capture) const { return std::string(text_.Printed(capture.first, capture.last)); }

  float Read(const Capture& capture) const {
    return ReadConfidence(stretches_, text_.BeginByte(capture.first), text_.EndByte(capture.last));
  }

  void Add(const RuleMatch& match, CitedKind kind) {
    FoundCitation out{.kind = kind};
    for (const Capture& capture : match.captures) Take(capture, out);
    out.confidence = ConfidenceOf(match, /*numbers=*/true);
    out.place = {.page = page_, .begin = text_.BeginByte(match.first), .end = text_.EndByte(match.last)};
    out.printed = std::string(text_.Printed(match.first, match.last));
    found_.push_back({.match = match, .citation = std::move(out)});
    sources_.push_back({});
  }

  // `numbers`: whether those may be cut.
  float ConfidenceOf(const RuleMatch& match, bool numbers) const {
    float sure = kBase * match.sure;
    for (const Capture& capture : match.captures) {
      if (capture.slot->name != "number") continue;
      const SplitNumber split = SplitPrinted(Printed(capture));
      const bool list = split.number.find(',') != std::string::npos && IsOfSeveral(match);
      if (!list) sure *= split.sure;
    }
    for (const Capture& capture : match.captures) sure = std::min(sure, Read(capture));
    sure = std::min(sure, WordsConfidence(text_, stretches_, match.first, match.last));
    return numbers ? std::min(sure, NumbersConfidence(text_, match)) : sure;
  }

  void Take(const Capture& capture, FoundCitation& out) const {
    const std::string& name = capture.slot->name;
    if (name == "number") {
      const SplitNumber split = SplitPrinted(Printed(capture));
      out.number = split.number;
      if (out.year.empty()) out.year = split.year;
    } else if (name == "year") {
      out.year = text_.YearDigits(capture.first, capture.last);
    } else if (name == "date") {
      out.date = text_.NormalForm(text_.SurerDate(*text_.DateAt(capture.first)));
    } else if (name == "body" || name == "court") {
      if (!IsOfNoTown(capture)) out.body = Printed(capture);
    } else if (name == "title") {
      out.title = Printed(capture);
    } else if (name == "article") {
      out.article += (out.article.empty() ? "" : ",") + ArticleNumbers(matcher_, capture.first, capture.last);
    } else if (name == "clause") {
      out.clause = Printed(capture);
    }
  }

  // `الصادر عن المجلس البلدي`: which one is not said.
  bool IsOfNoTown(const Capture& capture) const {
    for (size_t i = capture.first; i < capture.last; ++i) {
      if (!matcher_.IsOneOf(i, matcher_.rules().between)) return false;
    }
    return true;
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

  // `القرارات أرقام ٢٢ إلى ٢٤ ما عدا القرار رقم ٢٣`: nothing is said of 23.
  void TakeOutExcepted() {
    for (size_t i = 0; i < found_.size(); ++i) {
      if (!found_[i].excepted) continue;
      const FoundCitation& without = found_[i].citation;
      for (size_t before = 0; before < i; ++before) {
        CitationMatch& each = found_[before];
        const std::string& year = each.citation.year;
        const bool same_year = year.empty() || without.year.empty() || year == without.year;
        if (each.citation.number == without.number && same_year && IsInSentence(each, found_[i])) {
          each.citation.relation = CitedRelation::kRefersTo;
        }
      }
    }
  }

  bool IsInSentence(const CitationMatch& first, const CitationMatch& last) const {
    for (size_t i = first.match.last; i < last.match.first; ++i) {
      if (EndsSentence(text_, i)) return false;
    }
    return true;
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
  int page_;
  const std::vector<ReadStretch>* stretches_;
  std::vector<RelationWords> relations_;  // by place
  std::vector<CitationMatch> found_;
  std::vector<RelationSource> sources_;  // of each in found_
};

}  // namespace

std::vector<CitationMatch> MatchCitations(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches) {
  return CitationFinder(matcher, page, stretches).Find();
}

namespace {

std::vector<FoundCitation> CitationsIn(std::string_view text, std::string_view language) {
  const RuleText cut(text, language == "fas");
  RuleMatcher matcher(BuiltInRules(language), cut);
  std::vector<FoundCitation> out;
  for (CitationMatch& found : MatchCitations(matcher, 1, nullptr)) out.push_back(std::move(found.citation));
  return out;
}

}  // namespace

std::vector<FoundCitation> FindCitations(std::string_view text, std::string_view language) {
  if (language == "ara" || language == "fas") return CitationsIn(text, language);
  if (const auto told = GuessWrittenLanguage(text)) return CitationsIn(text, *told);
  std::vector<FoundCitation> out = CitationsIn(text, "ara");
  return out.empty() ? CitationsIn(text, "fas") : out;
}

}  // namespace diwan
