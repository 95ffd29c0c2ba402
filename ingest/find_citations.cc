// Mentions of other papers, and what the words around them say: amends, repeals, replaces, implements.
#include "ingest/find_citations.h"

#include <algorithm>

#include "core/fold.h"
#include "ingest/language.h"

namespace diwan {
namespace {

constexpr float kBase = 0.95F;     // of a match to the letter
constexpr size_t kMostBefore = 9;  // words between a relation's words and the citation
constexpr size_t kMostBehind = 7;
constexpr size_t kMostJoints = 4;  // signs and words between two citations of one relation

// What words say of the citations around them.
struct RelationWords {
  size_t first = 0;
  size_t last = 0;
  RuleZone zone = RuleZone::kBefore;
  CitedRelation relation = CitedRelation::kRefersTo;
  bool exact = true;  // no look-alike
};

class CitationFinder {
 public:
  CitationFinder(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches)
      : matcher_(matcher), text_(matcher.text()), page_(page), stretches_(stretches) {}

  std::vector<CitationMatch> Find() {
    for (size_t at = 0; at < text_.size();) {
      FindRelations(at);
      const RuleMatch match = matcher_.LongestAt(at, RuleUse::kCite);
      if (match.rule == nullptr) {
        ++at;
        continue;
      }
      Add(match, *CitedKindOfName(match.rule->name));
      for (size_t i = at + 1; i < match.last; ++i) FindRelations(i);
      at = FollowOn();
    }
    for (size_t i = 0; i < found_.size(); ++i) Relate(i);
    for (size_t i = found_.size(); i-- > 1;) RelateByNext(i - 1);
    return std::move(found_);
  }

 private:
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
    if (match.rule == nullptr) return;
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
    found_.push_back({.match = match, .citation = std::move(out)});
  }

  void Take(const Capture& capture, FoundCitation& out) const {
    const std::string& name = capture.slot->name;
    if (name == "number") {
      const SplitNumber split = Split(Printed(capture));
      out.number = split.number;
      if (out.year.empty()) out.year = split.year;
      out.confidence *= split.sure;
    } else if (name == "year") {
      out.year = LatinDigits(Printed(capture));
    } else if (name == "date") {
      out.date = text_.NormalForm(*text_.DateAt(capture.first));
    } else if (name == "body" || name == "court") {
      out.body = Printed(capture);
    } else if (name == "title") {
      out.title = Printed(capture);
    } else if (name == "article") {
      out.article = ArticleNumbers(matcher_, capture.first, capture.last);
    } else if (name == "clause") {
      out.clause = Printed(capture);
    }
  }

  // Words and numbers of [first, last), or more than `most` when a sentence ends between.
  size_t Distance(size_t first, size_t last, size_t most) const {
    size_t words = 0;
    for (size_t i = first; i < last && words <= most; ++i) {
      if (EndsSentence(text_, i)) return most + 1;
      if (text_[i].kind <= TokenKind::kNumber) ++words;
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
    if (first == last && !text_.Folded(text_[last]).starts_with(U"و")) return false;
    for (size_t i = first; i < last; ++i) {
      if (text_[i].kind == TokenKind::kNumber || text_[i].kind == TokenKind::kBlankLine) return false;
      if (text_[i].kind == TokenKind::kWord && !matcher_.IsJoin(i)) return false;
      if (EndsSentence(text_, i)) return false;
    }
    return true;
  }

  // The nearest words before or behind the citation; where there are none, what the one before it is joined to.
  void Relate(size_t index) {
    CitationMatch& found = found_[index];
    const size_t from = index == 0 ? 0 : found_[index - 1].match.last;
    const size_t to = index + 1 < found_.size() ? found_[index + 1].match.first : text_.size();
    const Nearest before = Before(from, found.match.first);
    const Nearest behind = Behind(found.match.last, to);
    const Nearest& words = behind.distance < before.distance ? behind : before;
    if (words.words != nullptr) {
      found.related = words.words->exact;
      found.behind = &words == &behind;
      found.citation.relation = words.words->relation;
    } else if (index > 0 && Joined(from, found.match.first)) {
      found.related = found_[index - 1].related;
      found.citation.relation = found_[index - 1].citation.relation;
    }
  }

  // `مصوبه ۴ و مصوبه ۵ لغو شد`: what is said behind the last is said of all.
  void RelateByNext(size_t index) {
    CitationMatch& found = found_[index];
    const CitationMatch& next = found_[index + 1];
    if (found.related || !next.behind || !Joined(found.match.last, next.match.first)) return;
    found.related = found.behind = true;
    found.citation.relation = next.citation.relation;
  }

  struct Nearest {
    const RelationWords* words = nullptr;
    size_t distance = SIZE_MAX;
  };

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
};

int OrdinalOf(const RuleMatcher& matcher, size_t token) {
  for (const WordMatch& word : matcher.WordsOf(token)) {
    const auto found = matcher.rules().ordinals.find(word.word);
    if (found != matcher.rules().ordinals.end()) return found->second;
  }
  return 0;
}

struct KindName {
  CitedKind kind;
  std::string_view name;
};
constexpr KindName kKinds[] = {
    {CitedKind::kDecision, "decision"},
    {CitedKind::kRuling, "ruling"},
    {CitedKind::kLaw, "law"},
    {CitedKind::kDecree, "decree"},
    {CitedKind::kRegulation, "regulation"},
    {CitedKind::kCircular, "circular"},
    {CitedKind::kLetter, "letter"},
    {CitedKind::kCase, "case"},
};

struct RelationName {
  CitedRelation relation;
  std::string_view name;
};
constexpr RelationName kRelations[] = {
    {CitedRelation::kRefersTo, "refers_to"},    {CitedRelation::kAmends, "amends"},
    {CitedRelation::kRepeals, "repeals"},       {CitedRelation::kReplaces, "replaces"},
    {CitedRelation::kImplements, "implements"},
};

}  // namespace

std::vector<CitationMatch> MatchCitations(RuleMatcher& matcher, int page, const std::vector<ReadStretch>* stretches) {
  return CitationFinder(matcher, page, stretches).Find();
}

std::string ArticleNumbers(const RuleMatcher& matcher, size_t first, size_t last) {
  std::string out;
  int words = 0;  // `الثانية عشرة` is one number of two words
  const auto add = [&](const std::string& number) { out += (out.empty() ? "" : ",") + number; };
  for (size_t i = first; i < last; ++i) {
    const int ordinal = OrdinalOf(matcher, i);
    words += ordinal;
    if (ordinal > 0) continue;
    if (words > 0) add(std::to_string(words));
    words = 0;
    if (matcher.text()[i].kind == TokenKind::kNumber) add(LatinDigits(matcher.text().Printed(i, i + 1)));
  }
  if (words > 0) add(std::to_string(words));
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

std::string_view NameOf(CitedKind value) { return std::ranges::find(kKinds, value, &KindName::kind)->name; }

std::string_view NameOf(CitedRelation value) {
  return std::ranges::find(kRelations, value, &RelationName::relation)->name;
}

std::optional<CitedKind> CitedKindOfName(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name, &KindName::name);
  return found == std::end(kKinds) ? std::nullopt : std::optional(found->kind);
}

std::optional<CitedRelation> CitedRelationOfName(std::string_view name) {
  const auto found = std::ranges::find(kRelations, name, &RelationName::name);
  return found == std::end(kRelations) ? std::nullopt : std::optional(found->relation);
}

}  // namespace diwan
