// Mentions of other papers, and the words that say what is done to papers; relate_citations.h brings them together.
#include "ingest/find_citations.h"

#include <algorithm>
#include <map>

#include "core/fold.h"
#include "ingest/language.h"
#include "ingest/number_range.h"
#include "ingest/printed_number.h"
#include "ingest/read_confidence.h"
#include "ingest/relate_citations.h"

namespace diwan {
namespace {

constexpr float kBase = 0.95F;  // of a match to the letter

constexpr std::string_view kRange = "to";  // name of the rules of further numbers that end a range

class CitationFinder {
 public:
  CitationFinder(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches)
      : matcher_(matcher), text_(matcher.text()), page_(page), stretches_(stretches) {}

  std::vector<CitationMatch> Find() {
    for (size_t at = 0; at < text_.size();) {
      FindRelations(at);
      if (const size_t behind = TakeSaid(at); behind > at) {
        at = behind;
        continue;
      }
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
    RelateCitations(matcher_, relations_, found_);
    SplitLists(found_);
    ExpandRanges(text_, found_);
    TakeOutExcepted(text_, found_);
    return std::move(found_);
  }

 private:
  // `القرار المذكور` stands for the last paper of its kind that was named; `إلغاءه` has it in its own word. Returns the
  // token behind it, or `at`.
  size_t TakeSaid(size_t at) {
    const RuleMatch match = matcher_.LongestAt(at, RuleUse::kSaid);
    if (match.rule == nullptr || match.sure < 1 || MentionAt(at).rule != nullptr) return at;
    const auto last = last_.find(*CitedKindOfName(match.rule->name));
    if (last == last_.end()) return at;
    CitationMatch said = found_[last->second];
    said.match = match;
    said.said_of = last->second;
    said.listed = said.several = said.ends_range = false;
    const bool in_word = !relations_.empty() && relations_.back().first == at;
    if (in_word) said.match.first = match.last;
    found_.push_back(std::move(said));
    return match.last;
  }

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
    last_[kind] = found_.size();
    found_.push_back({.match = match, .citation = std::move(out)});
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

  RuleMatcher& matcher_;
  const RuleText& text_;
  int page_;
  const std::vector<ReadStretch>* stretches_;
  std::vector<RelationWords> relations_;  // by place
  std::vector<CitationMatch> found_;
  std::map<CitedKind, size_t> last_;  // of found_, that are said by name
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
