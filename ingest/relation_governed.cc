#include "ingest/relation_governed.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace diwan {
namespace {

constexpr size_t kMostTokens = 60;  // looked through before a noun, or behind what it is said of
constexpr size_t kMostOccasion = 12;
constexpr std::u32string_view kComma = U"،";

class Governor {
 public:
  Governor(const RuleMatcher& matcher, const RelationWords& words, const CitationMatch& found, bool after_done)
      : matcher_(matcher), text_(matcher.text()), words_(words), found_(found), after_done_(after_done) {}

  bool IsGoverned() const {
    if (matcher_.HoldsOneOf(words_.first, words_.last, rules().suspensions) || IsWished()) return false;
    if (found_.behind || HasVerb()) return true;
    return IsLed() && IsSettled();
  }

 private:
  const RuleSet& rules() const { return matcher_.rules(); }

  // `اصلاح شود` wishes, `اصلاح می‌شود` does not.
  bool IsWished() const {
    const size_t last = words_.last - 1;
    return matcher_.IsOneOf(last, rules().wished) && (last == 0 || text_.Folded(text_[last - 1]) != U"مي");
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

  // A noun that begins what is said, or that stands behind what decides and words that change nothing.
  bool IsLed() const {
    const size_t least = words_.first - std::min(words_.first, kMostTokens);
    for (size_t at = words_.first; at > least;) {
      --at;
      if (EndsSentence(text_, at) || Decides(matcher_, at)) return true;
      if (!rules().settled.empty() && text_.Folded(text_[at]) == kComma) return true;
      if (text_[at].kind == TokenKind::kNumber && text_.BeginsLine(at)) return true;
      if (text_[at].kind == TokenKind::kLineEnd && !rules().settled.empty() && EndsLabelled(at)) return true;
      if (text_[at].kind != TokenKind::kWord || MayStandBetween(at)) continue;
      return (after_done_ && rules().vocabulary.Has(Unled(words_.first, U"و"))) || IsBehindOccasion(at);
    }
    return least == 0;
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

  // Where verbs stand last: `لغو مصوبه شماره ۴ به تصویب رسید`, or nothing more is said.
  bool IsSettled() const {
    if (rules().settled.empty()) return true;
    const size_t begin = std::max(words_.last, found_.match.last);
    const size_t end = std::min(text_.size(), begin + kMostTokens);
    size_t said = 0;
    for (size_t at = begin; at < end && !EndsSentence(text_, at); ++at) {
      if (matcher_.IsOneOf(at, rules().settled)) return true;
      if (text_[at].kind == TokenKind::kLineEnd && said == 0) return true;
      if (text_[at].kind <= TokenKind::kNumber) ++said;
    }
    return said == 0;
  }

  const RuleMatcher& matcher_;
  const RuleText& text_;
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

bool IsGoverned(const RuleMatcher& matcher, const RelationWords& words, const CitationMatch& found, bool after_done) {
  return Governor(matcher, words, found, after_done).IsGoverned();
}

}  // namespace diwan
