// Mentions of other papers, and what the words around them say: amends, repeals, replaces, implements.
#include "ingest/find_citations.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "core/fold.h"
#include "ingest/language.h"

namespace diwan {
namespace {

constexpr float kBase = 0.95F;     // of a match to the letter
constexpr size_t kMostBefore = 9;  // words between a relation's words and the citation
constexpr size_t kMostBehind = 7;
constexpr size_t kDoubtBefore = 12;  // words around a relation that may say that it is not so
constexpr size_t kDoubtBehind = 10;
constexpr size_t kTokens = 4;  // looked through for each of them, at most
constexpr float kDoubted = 0.5F;
constexpr size_t kMostPart = 4;    // words before a citation of which something is said behind it
constexpr size_t kMostJoints = 4;  // signs and words between two citations of one relation

// What words say of the citations around them.
struct RelationWords {
  size_t first = 0;
  size_t last = 0;
  RuleZone zone = RuleZone::kBefore;
  CitedRelation relation = CitedRelation::kRefersTo;
  bool exact = true;  // no look-alike
};

// Where a citation has its relation from.
struct Said {
  const RelationWords* words = nullptr;
  bool as_before = false;  // from the citation before it
  bool doubted = false;
  bool part = false;
};

class CitationFinder {
 public:
  CitationFinder(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches)
      : matcher_(matcher), text_(matcher.text()), page_(page), stretches_(stretches) {}

  std::vector<CitationMatch> Find() {
    for (size_t at = 0; at < text_.size();) {
      FindRelations(at);
      const RuleMatch match = MentionAt(at);
      if (match.rule == nullptr) {
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
    for (size_t i = 0; i < found_.size(); ++i) Weigh(i);
    return std::move(found_);
  }

 private:
  // The longest mention, the earlier rule among equals.
  RuleMatch MentionAt(size_t at) {
    RuleMatch best;
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

  // `يسمى هذا القانون قانون البلديات لسنة ٢٠١٥` is a mention only that no other may be found in it.
  static bool SaysWhich(const RuleMatch& match) {
    return std::ranges::any_of(
        match.captures, [](const Capture& capture) { return capture.slot->name != "_" && capture.slot->name != "of"; });
  }

  // `... رقم ٥ ورقم ٧ لسنة ٢٠١٩`: further numbers of the same kind. Returns where the search goes on.
  size_t FollowOn() {
    const CitedKind kind = found_.back().citation.kind;
    const size_t leader = found_.size() - 1;
    for (;;) {
      const size_t at = BehindBrackets(found_.back().match.last);
      if (at >= text_.size()) break;
      const RuleMatch match = matcher_.LongestAt(at, RuleUse::kThen);
      if (match.rule == nullptr) break;
      Add(match, kind);
      found_[leader].listed = found_.back().listed = true;
    }
    const std::string year = found_.back().citation.year;
    for (size_t i = leader; i < found_.size(); ++i) {
      if (found_[i].citation.year.empty()) found_[i].citation.year = year;
    }
    return found_.back().match.last;
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
    out.confidence = kBase * match.sure;
    for (const Capture& capture : match.captures) Take(capture, out);
    out.place = {.page = page_, .begin = text_.BeginByte(match.first), .end = text_.EndByte(match.last)};
    out.printed = std::string(text_.Printed(match.first, match.last));
    for (const Capture& capture : match.captures) out.confidence = std::min(out.confidence, Read(capture));
    out.confidence = std::min(out.confidence, WordsConfidence(text_, stretches_, match.first, match.last));
    out.confidence = std::min(out.confidence, NumbersConfidence(text_, match));
    found_.push_back({.match = match, .citation = std::move(out)});
    said_.push_back({});
  }

  void Take(const Capture& capture, FoundCitation& out) const {
    const std::string& name = capture.slot->name;
    if (name == "number") {
      const SplitNumber split = SplitPrinted(Printed(capture));
      out.number = split.number;
      if (out.year.empty()) out.year = split.year;
      out.confidence *= split.sure;
    } else if (name == "year") {
      out.year = LatinDigits(Printed(capture));
    } else if (name == "date") {
      out.date = text_.NormalForm(text_.SurerDate(*text_.DateAt(capture.first)));
    } else if (name == "body" || name == "court") {
      out.body = Printed(capture);
    } else if (name == "title") {
      out.title = Printed(capture);
    } else if (name == "article") {
      out.article += (out.article.empty() ? "" : ",") + ArticleNumbers(matcher_, capture.first, capture.last);
    } else if (name == "clause") {
      out.clause = Printed(capture);
    }
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
           before.words->first > 0 && Is(before.words->first - 1, rules().parts);
  }

  // The nearest words before or behind the citation; where there are none, what the one before it is joined to.
  void Relate(size_t index) {
    CitationMatch& found = found_[index];
    const size_t from = index == 0 ? 0 : found_[index - 1].match.last;
    const size_t to = index + 1 < found_.size() ? found_[index + 1].match.first : text_.size();
    const Nearest before = Before(from, found.match.first);
    const Nearest behind = Behind(found.match.last, to);
    const Nearest& words = behind.distance < before.distance || SaysOfPart(before, behind) ? behind : before;
    if (words.words != nullptr) {
      found.behind = &words == &behind;
      found.related = words.words->exact && !IsOfOtherLine(words, found);
      found.citation.relation = words.words->relation;
      said_[index].words = words.words;
    } else if (index > 0 && (Joined(from, found.match.first) || GoesOn(from, found.match.first))) {
      found.related = found_[index - 1].related;
      found.citation.relation = found_[index - 1].citation.relation;
      said_[index] = {.words = said_[index - 1].words, .as_before = true};
    }
  }

  // `مصوبه ۴ و مصوبه ۵ لغو شد`: what is said behind the last is said of all.
  void RelateByNext(size_t index) {
    CitationMatch& found = found_[index];
    const CitationMatch& next = found_[index + 1];
    if (found.related || !next.behind || !Joined(found.match.last, next.match.first)) return;
    found.related = found.behind = true;
    found.citation.relation = next.citation.relation;
    said_[index].words = said_[index + 1].words;
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
    said_[index].words = behind.words;
  }

  // What is done to a paper is doubted where it is perhaps only asked, refused or to come, and narrowed where it is
  // done to a part of it.
  void Weigh(size_t index) {
    CitationMatch& found = found_[index];
    const RelationWords* words = said_[index].words;
    if (words == nullptr || found.citation.relation > CitedRelation::kReplaces ||
        found.citation.relation == CitedRelation::kRefersTo) {
      return;
    }
    const size_t from = index == 0 ? 0 : found_[index - 1].match.last;
    const size_t begin = found.behind             ? LeftOf(found.match.first, kMostPart, from)
                         : said_[index].as_before ? from
                                                  : std::max(words->last, from);
    const bool part = Holds(begin, found.match.first, rules().parts);
    said_[index].doubted = IsDoubted(*words, found.match) || (said_[index].as_before && IsLessSure(index - 1)) ||
                           (!part && !found.behind && found.citation.relation != CitedRelation::kAmends &&
                            HasOther(begin, found.match.first));
    said_[index].part = part;
    if (part && begin < found.match.first) NarrowTo(begin, found);
    if (said_[index].doubted) found.citation.confidence = std::min(found.citation.confidence, kDoubted);
  }

  bool IsLessSure(size_t index) const { return said_[index].doubted || said_[index].part; }

  const RuleSet& rules() const { return matcher_.rules(); }

  bool Is(size_t token, const std::set<std::u32string>& list) const {
    return text_[token].kind == TokenKind::kWord && list.contains(std::u32string(text_.Folded(text_[token])));
  }

  bool Holds(size_t first, size_t last, const std::set<std::u32string>& list) const {
    for (size_t i = first; i < last; ++i) {
      if (Is(i, list)) return true;
    }
    return false;
  }

  // Whether words stand there that may be what is repealed: `إلغاء رخصة الهدم بالقرار رقم ٤`.
  bool HasOther(size_t first, size_t last) const {
    for (size_t i = first; i < last; ++i) {
      if (text_[i].kind <= TokenKind::kNumber && !matcher_.IsJoin(i) && !Is(i, rules().plain)) return true;
    }
    return false;
  }

  // The token `most` words before `at`, or where the sentence begins.
  size_t LeftOf(size_t at, size_t most, size_t from) const {
    const size_t least = at - std::min(at, kTokens * most);
    for (size_t words = 0; at > std::max(from, least) && words < most && !EndsSentence(text_, at - 1);) {
      if (text_[--at].kind <= TokenKind::kNumber) ++words;
    }
    return at;
  }

  size_t RightOf(size_t at, size_t most) const {
    const size_t end = std::min(text_.size(), at + kTokens * most);
    for (size_t words = 0; at < end && words < most && !EndsSentence(text_, at); ++at) {
      if (text_[at].kind <= TokenKind::kNumber) ++words;
    }
    return at;
  }

  // What is in the relation's words (`كأن لم يكن`) or in the mention says nothing of its own.
  bool IsDoubted(const RelationWords& words, const RuleMatch& match) const {
    const size_t last = RightOf(std::max(words.last, match.last), kDoubtBehind);
    for (size_t i = LeftOf(std::min(words.first, match.first), kDoubtBefore, 0); i < last; ++i) {
      if ((i >= words.first && i < words.last) || (i >= match.first && i < match.last)) continue;
      if (Is(i, rules().doubts) || IsToCome(i)) return true;
    }
    return false;
  }

  bool IsToCome(size_t token) const {
    const PrintedDate* date = text_.DateAt(token);
    return date != nullptr && date->days.first > today_;
  }

  void NarrowTo(size_t begin, CitationMatch& found) const {
    std::string& clause = found.citation.clause;
    if (clause.empty()) clause = std::string(text_.Printed(begin, found.match.first));
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
  std::vector<Said> said_;  // of each in found_
  int32_t today_ = static_cast<int32_t>(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count());
};

int64_t OrdinalOf(const RuleMatcher& matcher, size_t token) {
  for (const WordMatch& word : matcher.WordsOf(token)) {
    const auto found = matcher.rules().ordinals.find(word.word);
    if (found != matcher.rules().ordinals.end()) return found->second;
  }
  return 0;
}

}  // namespace

std::vector<CitationMatch> MatchCitations(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches) {
  return CitationFinder(matcher, page, stretches).Find();
}

std::string ArticleNumbers(const RuleMatcher& matcher, size_t first, size_t last) {
  constexpr int64_t kTen = 10;
  const RuleText& text = matcher.text();
  std::string out;
  int64_t unit = 0;  // `الثانية عشرة` is one number, also where one of its words was misread
  const auto add = [&](const std::string& number) { out += (out.empty() ? "" : ",") + number; };
  const auto end_word = [&] {
    if (unit > 0) add(std::to_string(unit));
    unit = 0;
  };
  for (size_t i = first; i < last;) {
    const auto spelled = text.SpelledAt(i);
    const int64_t word = spelled ? spelled->value : OrdinalOf(matcher, i);
    if (text[i].kind == TokenKind::kNumber) {
      end_word();
      const std::string digits = LatinDigits(text.Printed(i, i + 1));
      add(digits.substr(0, digits.find_first_not_of("0123456789")));
    } else if (unit > 0 && unit < kTen && word >= kTen) {
      add(std::to_string(unit + word));
      unit = 0;
    } else if (word > 0) {
      end_word();
      unit = word;
    }
    i = spelled ? text.After(*spelled) : i + 1;
  }
  end_word();
  return out;
}

float ReadConfidence(const std::vector<ReadStretch>* stretches, size_t begin, size_t end) {
  if (stretches == nullptr) return 1;
  float least = 1;
  for (auto at = std::ranges::upper_bound(*stretches, begin, {}, &ReadStretch::end); at != stretches->end(); ++at) {
    if (at->begin >= end) break;
    least = std::min(least, at->confidence);
  }
  return least;
}

float WordsConfidence(const RuleText& text, const std::vector<ReadStretch>* stretches, size_t first, size_t last) {
  constexpr size_t kBefore = 4;
  constexpr float kDoubtful = 0.6F;
  if (stretches == nullptr || stretches->empty()) return 1;
  for (size_t i = 0; i < kBefore && first > 0 && text[first - 1].kind < TokenKind::kLineEnd; ++i) --first;
  float least = 1;
  for (size_t i = first; i < last; ++i) {
    if (text[i].kind != TokenKind::kWord) continue;
    least = std::min(least, ReadConfidence(stretches, text.BeginByte(i), text.EndByte(i + 1)));
  }
  return least < kDoubtful ? kDoubtful : 1;
}

namespace {

// `٢٠٢I` behind `لسنة`.
bool HasBrokenYearBehind(const RuleText& text, size_t at) {
  constexpr std::u32string_view kYearWords[] = {U"لسنه", U"سنه", U"لعام", U"عام", U"سال"};
  while (at < text.size() && text.Folded(text[at]) == U")") ++at;
  if (at + 1 >= text.size() || std::ranges::find(kYearWords, text.Folded(text[at])) == std::end(kYearWords))
    return false;
  ++at;
  while (at + 1 < text.size() && text.Folded(text[at]) == U"(") ++at;
  if (text[at].kind == TokenKind::kNumber) return text.IsDoubtful(at, true) || text.Folded(text[at]).size() != 4;
  const char32_t first = text.Folded(text[at])[0];
  return text[at].kind == TokenKind::kSign || first < 0x80 || first == 0xFFFD;
}

}  // namespace

float NumbersConfidence(const RuleText& text, const RuleMatch& match) {
  constexpr float kCut = 0.4F;
  bool number = false;
  bool year = false;
  for (const Capture& capture : match.captures) {
    const SlotKind kind = capture.slot->kind;
    if (kind != SlotKind::kNumber && kind != SlotKind::kPair && kind != SlotKind::kYear) continue;
    number = number || kind != SlotKind::kYear;
    year = year || kind == SlotKind::kYear;
    for (size_t i = capture.first; i < capture.last; ++i) {
      const std::u32string_view digits = text.Folded(text[i]);
      const bool pair = digits.size() > 4 && digits.find_first_of(U"/-") != std::u32string_view::npos;
      if (text[i].kind == TokenKind::kNumber && text.IsDoubtful(i, pair || kind == SlotKind::kYear)) return kCut;
    }
  }
  return number && !year && HasBrokenYearBehind(text, match.last) ? kCut : 1;
}

bool EndsSentence(const RuleText& text, size_t token) {
  constexpr std::u32string_view kEnds = U".؛;!؟?۔";
  const RuleToken& sign = text[token];
  if (sign.kind == TokenKind::kBlankLine) return true;
  return sign.kind == TokenKind::kSign && kEnds.find(text.Folded(sign)[0]) != std::u32string_view::npos;
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
  if (const auto told = GuessLanguage(text)) return CitationsIn(text, *told);
  std::vector<FoundCitation> out = CitationsIn(text, "ara");
  return out.empty() ? CitationsIn(text, "fas") : out;
}

}  // namespace diwan
