#include "ingest/relation_governed.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace diwan {
namespace {

constexpr size_t kMostTokens = 60;  // looked through before a noun, or behind what it is said of
constexpr size_t kMostOccasion = 12;
constexpr size_t kMostAbove = 400;  // between an item and what is said above its list
constexpr std::u32string_view kComma = U"،";

class Governor {
 public:
  Governor(RuleMatcher& matcher, ClauseWords& clause, const RelationSource& source, const CitationMatch& found,
           bool after_done)
      : matcher_(matcher),
        text_(matcher.text()),
        clause_(clause),
        source_(source),
        words_(*source.words),
        found_(found),
        after_done_(after_done) {}

  bool IsGoverned() const {
    if (matcher_.HoldsOneOf(words_.first, words_.last, rules().suspensions) || IsWished()) return false;
    const size_t end = std::max(words_.last, found_.match.last);
    if (source_.colon != 0) return IsLedToItem() && clause_.AreUnderstoodToEnd(found_.match.last, /*closed=*/false);
    if (found_.behind) return IsLedBehind() && clause_.AreUnderstoodToEnd(end, /*closed=*/true);
    if (!(HasVerb() ? IsVerbLed() : IsLed() && IsSettled())) return false;
    return clause_.AreUnderstoodToEnd(end, /*closed=*/false);
  }

 private:
  const RuleSet& rules() const { return matcher_.rules(); }

  // `اصلاح شود` wishes, `اصلاح می‌شود` does not.
  bool IsWished() const {
    const size_t last = words_.last - 1;
    return matcher_.IsOneOf(last, rules().wished) && (last == 0 || text_.Folded(text_[last - 1]) != U"مي");
  }

  // `شورا به اتفاق آرا مصوبه شماره ۴ را لغو کرد`
  bool IsLedBehind() const {
    const size_t begin = clause_.ClauseBegin(source_.subject);
    return !HoldsOpening(begin) && clause_.AreUnderstood(begin, source_.subject) &&
           clause_.AreUnderstood(found_.match.last, words_.first);
  }

  // `تلغى القرارات الآتية:` and `مصوبات زیر لغو می‌شود:`, above the list.
  bool IsLedToItem() const {
    if (!clause_.AreUnderstood(words_.last, source_.colon)) return false;
    if (words_.zone == RuleZone::kAfter) {
      return clause_.AreUnderstood(clause_.ClauseBegin(words_.first), words_.first);
    }
    return HasVerb() ? IsVerbLed() : IsLed();
  }

  // The word behind its و, ف, ب or ل, or nothing.
  std::u32string_view Unled(size_t token, std::u32string_view prefixes) const {
    const std::u32string_view word = text_.Folded(text_[token]);
    const bool led = word.size() > 1 && prefixes.find(word[0]) != std::u32string_view::npos;
    return led ? word.substr(1) : std::u32string_view();
  }

  bool HasVerb() const {
    for (size_t i = words_.first; i < words_.last; ++i) {
      if (matcher_.IsOneOf(i, rules().verbs) || rules().verbs.contains(std::u32string(Unled(i, U"وف")))) return true;
    }
    return false;
  }

  // What stands before the colon above: `قرر المجلس ما يلي:`, `رفض المجلس ما يلي:`.
  enum class Intro { kNone, kDecides, kOther, kDoubts };

  Intro IntroOf(size_t at) const {
    const size_t least = at - std::min(at, kMostAbove);
    for (size_t i = at; i > least; --i) {
      if (text_.Folded(text_[i - 1]) != U":" || IsItemLabel(i - 1)) continue;
      const bool ends_line = i >= text_.size() || text_[i].kind >= TokenKind::kLineEnd;
      if (ends_line || text_[i].line == text_[at].line) return IntroBefore(i - 1);
    }
    return Intro::kNone;
  }

  // `أولا:`, `المادة ٢:`
  bool IsItemLabel(size_t colon) const {
    for (size_t i = colon; i > 0 && colon - i < kMostTokens && text_[i - 1].kind < TokenKind::kLineEnd; --i) {
      if (text_[i - 1].kind == TokenKind::kWord && !MayStandBetween(i - 1)) return false;
    }
    return true;
  }

  Intro IntroBefore(size_t colon) const {
    bool known = true;
    for (size_t i = colon; i > 0 && colon - i < kMostTokens && !EndsSentence(text_, i - 1); --i) {
      const size_t at = i - 1;
      if (known && (Decides(matcher_, at) || matcher_.IsOneOf(at, rules().settled))) return Intro::kDecides;
      if (matcher_.IsOneOf(at, rules().asked) || matcher_.IsOneOf(at, rules().doubts)) return Intro::kDoubts;
      known = known && (text_[at].kind != TokenKind::kWord || MayStandBetween(at) || IsNeutral(at));
    }
    return Intro::kOther;
  }

  bool IsNeutral(size_t at) const {
    const auto matches = matcher_.MatchesAt(at, RuleUse::kNeutral);
    return std::ranges::any_of(matches, [](const RuleMatch& m) { return m.sure == 1 && m.rule->name.empty(); });
  }

  // Whether a word in [first, words) makes what stands behind it no main clause: `طلب أن ... ويلغى`.
  bool HoldsOpening(size_t first) const {
    for (size_t i = first; i < words_.first; ++i) {
      if (clause_.IsLed(i, rules().opens) && !(i == first && text_.Folded(text_[i]) == U"ان")) return true;
    }
    return false;
  }

  size_t SentenceBegin(size_t at) const {
    const size_t least = at - std::min(at, kMostTokens);
    while (at > least && !EndsSentence(text_, at - 1)) {
      if (text_[at - 1].kind == TokenKind::kLineEnd && clause_.EndsClause(at - 1)) break;
      --at;
    }
    return at;
  }

  // A verb decides where it begins what is said: a sentence, a line, an item; behind a comma, or with its و, where no
  // word before it opens a clause of another kind.
  bool IsVerbLed() const {
    if (!rules().settled.empty()) {
      const size_t begin = clause_.ClauseBegin(words_.first);
      return !HoldsOpening(begin) && clause_.AreUnderstood(begin, words_.first);
    }
    const size_t least = words_.first - std::min(words_.first, kMostTokens);
    for (size_t at = words_.first; at > least;) {
      --at;
      if (Decides(matcher_, at)) return true;
      const bool item = text_[at].kind == TokenKind::kNumber && text_.BeginsLine(at);
      const bool colon = text_.Folded(text_[at]) == U":";
      if (EndsSentence(text_, at) || item || colon) return IntroOf(words_.first) != Intro::kDoubts;
      if (text_[at].kind == TokenKind::kLineEnd && at + 1 == words_.first) {
        const bool opened = at > 0 && clause_.IsLed(at - 1, rules().opens);
        return !opened && IntroOf(words_.first) != Intro::kDoubts;
      }
      if (text_.Folded(text_[at]) == kComma) return !HoldsOpening(SentenceBegin(at));
      if (text_[at].kind != TokenKind::kWord || MayStandBetween(at)) continue;
      const size_t begin = SentenceBegin(at);
      const bool joined = rules().verbs.contains(std::u32string(Unled(words_.first, U"وف")));
      return (joined || clause_.IsLed(begin, rules().occasions)) && !HoldsOpening(begin);
    }
    return least == 0;
  }

  // A noun stands behind what decides and words that change nothing.
  bool IsLed() const {
    const bool verbs_last = !rules().settled.empty();
    const size_t least = words_.first - std::min(words_.first, kMostTokens);
    for (size_t at = words_.first; at > least;) {
      --at;
      if (Decides(matcher_, at)) return true;
      const bool begins = EndsSentence(text_, at) || (text_[at].kind == TokenKind::kNumber && text_.BeginsLine(at));
      if (begins) return verbs_last || IntroOf(words_.first) == Intro::kDecides;
      if (verbs_last && text_.Folded(text_[at]) == kComma) return true;
      if (text_[at].kind == TokenKind::kLineEnd && verbs_last && (EndsLabelled(at) || clause_.EndsClause(at)))
        return true;
      if (text_[at].kind != TokenKind::kWord || MayStandBetween(at)) continue;
      return (after_done_ && rules().vocabulary.Has(Unled(words_.first, U"و"))) || IsBehindOccasion(at);
    }
    return verbs_last && least == 0;
  }

  // `موضوع: امور شهر`, a line of its own.
  bool EndsLabelled(size_t line_end) const {
    if (line_end > 0 && text_.Folded(text_[line_end - 1]) == U":") return false;
    size_t at = line_end;
    while (at > 0 && !text_.BeginsLine(at)) --at;
    return text_.BeginsLabel(at);
  }

  bool MayStandBetween(size_t at) const {
    return matcher_.IsOneOf(at, rules().between) || matcher_.IsBody(at) ||
           (at > 0 && matcher_.IsOneOf(at - 1, rules().towns));
  }

  // `قرر المجلس بعد الاطلاع على طلب مدير السوق إلغاء القرار`: the occasion's last word has the article, so that the
  // noun is none of its own.
  bool IsBehindOccasion(size_t unknown) const {
    if (!Unled(words_.first, U"بل").empty() && rules().vocabulary.Has(Unled(words_.first, U"بل"))) return false;
    const bool apart = text_.Folded(text_[words_.first - 1]) == kComma;
    if (!apart && (unknown + 1 != words_.first || !text_.Folded(text_[unknown]).starts_with(U"ال"))) return false;
    const size_t least = unknown - std::min(unknown, kMostOccasion);
    size_t at = unknown + 1;
    while (at > least && !matcher_.IsOneOf(at - 1, rules().occasions)) {
      if (EndsSentence(text_, --at) || matcher_.IsOneOf(at, rules().about)) return false;
    }
    for (; at > least; --at) {
      if (Decides(matcher_, at - 1)) return true;
      const bool plain = text_[at - 1].kind > TokenKind::kNumber || matcher_.IsOneOf(at - 1, rules().occasions);
      if (!plain && !MayStandBetween(at - 1)) return false;
    }
    return false;
  }

  // Where verbs stand last: `لغو مصوبه شماره ۴ به تصویب رسید`, or an item of what was decided above.
  bool IsSettled() const {
    if (rules().settled.empty()) return true;
    const size_t begin = std::max(words_.last, found_.match.last);
    const size_t end = std::min(text_.size(), begin + kMostTokens);
    for (size_t at = begin; at < end && !EndsSentence(text_, at); ++at) {
      if (matcher_.IsOneOf(at, rules().settled)) return true;
    }
    return IntroOf(words_.first) == Intro::kDecides;
  }

  RuleMatcher& matcher_;
  const RuleText& text_;
  ClauseWords& clause_;
  const RelationSource& source_;
  const RelationWords& words_;
  const CitationMatch& found_;
  bool after_done_;
};

}  // namespace

bool Decides(const RuleMatcher& matcher, size_t token) {
  constexpr std::u32string_view kNot[] = {U"ان", U"بان", U"لم", U"لا", U"ما", U"قد"};
  const RuleText& text = matcher.text();
  if (text[token].kind != TokenKind::kWord) return false;
  if (!matcher.rules().decided.contains(std::u32string(text.Folded(text[token])))) return false;
  return token == 0 || std::ranges::find(kNot, text.Folded(text[token - 1])) == std::end(kNot);
}

bool IsGoverned(RuleMatcher& matcher, ClauseWords& clause, const RelationSource& source, const CitationMatch& found,
                bool after_done) {
  return Governor(matcher, clause, source, found, after_done).IsGoverned();
}

}  // namespace diwan
