// A request is a doubt where it is the request to do what is said (`طلب إلغاء القرار`), and none where it is the
// occasion
// (`بناء على طلب المالك قرر المجلس إلغاء القرار`). Which words ask, decide and lead is told by the rules.
#include "ingest/citation_doubts.h"

#include <algorithm>
#include <chrono>

#include "ingest/relation_governed.h"

namespace diwan {
namespace {

constexpr size_t kDoubtBefore = 12;  // words around a relation that may say that it is not so
constexpr size_t kDoubtBehind = 10;
constexpr size_t kTokens = 4;       // looked through for each of them, at most
constexpr size_t kMostPart = 4;     // words before a citation of which something is said behind it
constexpr size_t kMostLead = 4;     // words between an occasion and what was asked
constexpr size_t kMostNegated = 2;  // words between `دون` and what is not done

class Weigher {
 public:
  Weigher(RuleMatcher& matcher, const std::vector<RelationSource>& sources, std::vector<CitationMatch>& citations)
      : matcher_(matcher),
        text_(matcher.text()),
        clause_(matcher, citations),
        sources_(sources),
        citations_(citations) {}

  void Run() {
    less_sure_.resize(citations_.size());
    done_.resize(citations_.size());
    called_.resize(citations_.size());
    for (size_t i = 0; i < citations_.size(); ++i) Weigh(i);
  }

 private:
  static bool IsDone(CitedRelation relation) {
    return relation == CitedRelation::kAmends || relation == CitedRelation::kRepeals ||
           relation == CitedRelation::kReplaces;
  }

  void Weigh(size_t index) {
    CitationMatch& found = citations_[index];
    const RelationWords* const words = sources_[index].words;
    const bool as_before = sources_[index].as_before;
    if (words == nullptr || !IsDone(found.citation.relation)) return WeighMention(index);
    const size_t from = index == 0 ? 0 : citations_[index - 1].match.last;
    const size_t begin =
        found.behind
            ? BehindComma(BehindLabel(LeftOf(found.match.first, kMostPart, from), found.match.first), found.match.first)
        : as_before ? from
                    : std::max(words->last, from);
    const bool part = HasPart(begin, found.match.first);
    RelationSource source = sources_[index];
    source.subject = part ? begin : found.match.first;
    const bool other = !part && !found.behind && sources_[index].colon == 0 && HasOther(begin, found.match.first);
    const bool after_done =
        index > 0 && done_[index - 1] && IsOneSentence(citations_[index - 1].match.last, words->first);
    const bool doubted = other || IsDoubted(*words, found) || (as_before && less_sure_[index - 1]) || !words->exact ||
                         !IsGoverned(matcher_, clause_, source, found, after_done);
    done_[index] = !doubted;
    less_sure_[index] = doubted || part;
    if (part && begin < found.match.first && found.citation.clause.empty()) {
      found.citation.clause = std::string(text_.Printed(begin, found.match.first));
    }
    if (doubted) found.citation.confidence = std::min(found.citation.confidence, kDoubtedRelation);
  }

  const RuleSet& rules() const { return matcher_.rules(); }

  // A mention by which nothing is done may yet be one that was not understood, but where words only call upon it.
  void WeighMention(size_t index) {
    CitationMatch& found = citations_[index];
    const RelationWords* const words = sources_[index].words;
    const bool as_before = sources_[index].as_before;
    const bool calls = as_before ? called_[index - 1]
                                 : words != nullptr && words->exact && !found.behind &&
                                       matcher_.HoldsOneOf(words->first, words->last, rules().calls) &&
                                       clause_.AreUnderstood(words->last, found.match.first);
    called_[index] = calls && !SpeaksOfForce(index);
    found.citation.unclear = !called_[index] && !found.excepted;
  }

  // Whether words around the mention are of force, or of what is done to no other mention.
  bool SpeaksOfForce(size_t index) const {
    const RuleMatch& mention = citations_[index].match;
    for (size_t i = LeftOf(mention.first, kDoubtBefore, 0); i < mention.first; ++i) {
      if (clause_.IsLed(i, rules().force)) return true;
    }
    const size_t end = std::min(text_.size(), mention.last + kTokens * kDoubtBehind);
    for (size_t i = mention.last; i < end && !EndsSentence(text_, i); ++i) {
      if (clause_.IsLed(i, rules().force)) return !IsSaidOfOther(i, index);
    }
    return false;
  }

  bool IsSaidOfOther(size_t token, size_t index) const {
    for (size_t i = index + 1; i < citations_.size(); ++i) {
      const RelationWords* words = sources_[i].words;
      if (words != nullptr && words->first <= token && token < words->last) return true;
      if (citations_[i].match.first > token + kMostLead * kTokens) break;
    }
    return false;
  }

  bool IsOneSentence(size_t first, size_t last) const {
    for (size_t i = first; i < last; ++i) {
      if (EndsSentence(text_, i)) return false;
    }
    return true;
  }

  // `من`, but not in `كل من`.
  bool HasPart(size_t first, size_t last) const {
    for (size_t i = first; i < last; i = std::max(i + 1, clause_.PhraseEnd(i))) {
      if (clause_.PhraseEnd(i) <= i + 1 && matcher_.IsOneOf(i, rules().parts)) return true;
    }
    return false;
  }

  // Whether words stand there that may be what is repealed: `إلغاء رخصة الهدم بالقرار رقم ٤`.
  bool HasOther(size_t first, size_t last) const {
    for (size_t i = first; i < last; i = std::max(i + 1, clause_.PhraseEnd(i))) {
      const bool word = text_[i].kind <= TokenKind::kNumber && clause_.PhraseEnd(i) == i;
      if (word && !matcher_.IsJoin(i) && !matcher_.IsOneOf(i, rules().plain)) return true;
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

  // Behind the last line in [first, last) that a label begins: `موضوع: ...` is no part of the paper named below it.
  size_t BehindLabel(size_t first, size_t last) const {
    size_t line = 0;  // the last that begins behind another; 0: there is none
    for (size_t i = last; i-- > 0;) {
      if (text_.BeginsLabel(i)) return std::max(first, line);
      if (i <= first && text_.BeginsLine(i)) break;
      if (text_[i].kind == TokenKind::kLineEnd && line == 0) line = i + 1;
    }
    return first;
  }

  size_t BehindComma(size_t first, size_t last) const {
    for (size_t i = last; i > first; --i) {
      if (text_.Folded(text_[i - 1]) == U"،") return i;
    }
    return first;
  }

  size_t RightOf(size_t at, size_t most) const {
    const size_t end = std::min(text_.size(), at + kTokens * most);
    for (size_t words = 0; at < end && words < most && !EndsSentence(text_, at); ++at) {
      if (text_[at].kind <= TokenKind::kNumber) ++words;
    }
    return at;
  }

  // What is in the relation's words (`كأن لم يكن`) or in the mention says nothing of its own.
  bool IsDoubted(const RelationWords& words, const CitationMatch& found) const {
    const RuleMatch& mention = found.match;
    const size_t begin = LeftOf(std::min(words.first, mention.first), kDoubtBefore, 0);
    const size_t end = RightOf(std::max(words.last, mention.last), kDoubtBehind);
    const size_t clause = ClauseBegin(begin, words.first);
    for (size_t i = begin; i < end; ++i) {
      if ((i >= words.first && i < words.last) || (i >= mention.first && i < mention.last)) continue;
      if (matcher_.IsOneOf(i, rules().conditions) || IsToCome(i)) return true;
      if (i >= clause && matcher_.IsOneOf(i, rules().doubts)) return true;
      if (matcher_.IsOneOf(i, rules().negations) && i < words.first && i + kMostNegated >= words.first) return true;
      if (matcher_.IsOneOf(i, rules().asked) && !IsOccasion(i, words, found)) return true;
    }
    return false;
  }

  bool IsToCome(size_t token) const {
    const PrintedDate* date = text_.DateAt(token);
    return date != nullptr && date->days.first > today_;
  }

  bool DecidesIn(size_t first, size_t last) const {
    for (size_t i = first; i < last; ++i) {
      if (Decides(matcher_, i)) return true;
    }
    return false;
  }

  // Behind what decides in a clause of its own, as `فقرر` and `، قرر` do; what stands before is the reason.
  size_t ClauseBegin(size_t begin, size_t relation) const {
    constexpr std::u32string_view kJoins = U"وف";
    for (size_t i = std::min(relation + 1, text_.size()); i-- > begin;) {
      if (!Decides(matcher_, i)) continue;
      const bool joined = kJoins.find(text_.Folded(text_[i])[0]) != std::u32string_view::npos;
      if (joined || (i > begin && text_.Folded(text_[i - 1]) == U"،")) return i;
    }
    return begin;
  }

  // Whether what is asked, refused or put off at the token is the occasion of what is done, not that which is asked.
  bool IsOccasion(size_t at, const RelationWords& words, const CitationMatch& found) const {
    const size_t target = std::min(words.first, found.match.first);
    if (at > target) return IsLed(at) && at + 1 != words.first;
    if (DecidesIn(at + 1, words.last)) return true;
    if (!IsLed(at) || IsMatter(at, words, target)) return false;
    const size_t end = RightOf(std::max(words.last, found.match.last), kDoubtBehind);
    return found.behind || DecidesIn(LeftOf(at, kDoubtBefore, 0), at) ||
           matcher_.HoldsOneOf(std::max(words.last, found.match.last), end, rules().settled);
  }

  // `بعد الاطلاع على طلب`, `لعدم`, `بنا به درخواست`.
  bool IsLed(size_t at) const {
    if (matcher_.IsOneOf(at, rules().occasions)) return true;
    for (size_t i = 0; i < kMostLead && at > 0; ++i) {
      --at;
      if (matcher_.IsOneOf(at, rules().occasions)) return true;
      if (!matcher_.IsOneOf(at, rules().links)) return false;
    }
    return false;
  }

  // `طلب إلغاء القرار`, `العدول عن إلغاء القرار`, `الطلب المتضمن إلغاء القرار`, `طلب المالك بإلغاء القرار`: what is
  // asked is that which is said.
  bool IsMatter(size_t at, const RelationWords& words, size_t target) const {
    constexpr std::u32string_view kParticles = U"بل";
    if (words.first != target) return false;
    const std::u32string_view word = text_.Folded(text_[target]);
    const bool led = kParticles.find(word[0]) != std::u32string_view::npos && rules().vocabulary.Has(word.substr(1));
    if (led || matcher_.HoldsOneOf(at + 1, target, rules().about)) return true;
    for (size_t i = at + 1; i < target; ++i) {
      if (text_[i].kind <= TokenKind::kNumber && !matcher_.IsOneOf(i, rules().links)) return false;
    }
    return true;
  }

  RuleMatcher& matcher_;
  const RuleText& text_;
  ClauseWords clause_;
  const std::vector<RelationSource>& sources_;
  std::vector<CitationMatch>& citations_;
  std::vector<bool> less_sure_;
  std::vector<bool> done_;    // of the whole or a part, surely
  std::vector<bool> called_;  // only called upon
  int32_t today_ = static_cast<int32_t>(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count());
};

}  // namespace

void WeighRelations(RuleMatcher& matcher, const std::vector<RelationSource>& sources,
                    std::vector<CitationMatch>& citations) {
  Weigher(matcher, sources, citations).Run();
}

}  // namespace diwan
