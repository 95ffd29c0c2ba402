// Runs the rules over a text: which rule matches where, and what its slots took.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/rule_tokens.h"
#include "ingest/rules.h"

namespace diwan {

// What a slot took: tokens [first, last).
struct Capture {
  const RuleSlot* slot = nullptr;
  size_t first = 0;
  size_t last = 0;
};

struct RuleMatch {
  const Rule* rule = nullptr;  // of the RuleSet
  size_t first = 0;            // tokens [first, last)
  size_t last = 0;
  float sure = 1;  // falls with each look-alike
  std::vector<Capture> captures;

  // The first capture of that name, or nullptr. The pointer lives as long as the match is not changed.
  const Capture* Find(std::string_view name) const;
};

// Matches one text; keeps references to both arguments. Each attempt takes a bounded number of steps, so the time of a
// text grows with its length alone. Not for several threads at once.
class RuleMatcher {
 public:
  RuleMatcher(const RuleSet& rules, const RuleText& text);

  // The matches of `use` that begin at the token: of each rule at most one, in the order of the rules.
  std::vector<RuleMatch> MatchesAt(size_t token, RuleUse use);
  // The longest of them, the earlier rule among equals; its rule is nullptr when there is none.
  RuleMatch LongestAt(size_t token, RuleUse use);
  // Whether the token is a word that begins the name of a body, or one that ends it.
  bool IsBody(size_t token) const { return Is(token, rules_.bodies); }
  bool IsCourt(size_t token) const { return Is(token, rules_.courts); }
  bool IsStop(size_t token) const { return Is(token, rules_.stops); }
  // Whether it may stand between two citations of one relation.
  bool IsJoin(size_t token) const { return Is(token, rules_.joins); }
  // Whether it says that several papers are cited: القرارات.
  bool IsPlural(size_t token) const { return Is(token, rules_.plurals); }
  bool IsName(size_t token) const { return Is(token, rules_.names); }
  // Whether it may follow the record's own number.
  bool IsTitle(size_t token) const { return Is(token, rules_.titles); }
  // Whether it may stand before the record's own number in its line.
  bool IsLead(size_t token) const { return Is(token, rules_.leads); }
  // Whether it is a word of the rules that could bear the article and does not: `قرار رقم`, which is a title, as a
  // sentence would say القرار. Never in a language without one.
  bool LacksArticle(size_t token) const;
  // Whether the token, or one of [first, last), is just a word of the list: no look-alike.
  bool IsOneOf(size_t token, const RuleWords& list) const;
  bool HoldsOneOf(size_t first, size_t last, const RuleWords& list) const;
  // The words of the rules that the token may be.
  const std::vector<WordMatch>& WordsOf(size_t token) const;

  const RuleSet& rules() const { return rules_; }
  const RuleText& text() const { return text_; }

 private:
  bool Is(size_t token, const std::vector<bool>& list) const;
  bool BeginsCitation(size_t token) const;
  bool BeginsLabel(size_t at) const;
  bool BeginsWithWords(const Rule& rule, size_t step, size_t at, int words) const;
  bool Try(const Rule& rule, size_t token, RuleMatch& match);
  bool Run(const Rule& rule, size_t step, size_t at, RuleMatch& match);
  bool RunSlot(const Rule& rule, size_t step, size_t at, RuleMatch& match);
  bool RunWords(const Rule& rule, size_t step, size_t at, RuleMatch& match);
  bool RunGap(const Rule& rule, size_t step, size_t at, RuleMatch& match);
  size_t OneSlot(SlotKind kind, size_t at) const;
  bool MatchSign(char32_t sign, size_t at, size_t& next) const;
  size_t ArticleEnd(size_t at) const;
  size_t ClauseEnd(size_t at) const;
  size_t AmountEnd(size_t at) const;
  size_t LongestWords(const Rule& rule, const RuleSlot& slot, size_t at) const;
  size_t SkipSoft(size_t at) const;
  bool IsSurelyDate(size_t at) const;
  bool IsSoftSign(size_t at) const;
  bool IsNearBegin(size_t at) const;
  size_t LineSlotEnd(size_t at) const;
  size_t LawEnd(size_t at, bool one_line) const;
  bool SaysWhatItDoes(size_t begin, size_t at) const;
  size_t SpelledYearEnd(size_t at) const;
  size_t NameEnd(size_t at) const;
  size_t OneNumberEnd(size_t at) const;
  size_t RepeatedEnd(size_t at) const;
  bool BeginsNumbered(const Rule& rule) const;
  static bool IsOfSession(const Rule& rule);

  const RuleSet& rules_;
  const RuleText& text_;
  std::vector<uint32_t> classes_;              // by token: its place in words_
  std::vector<std::vector<WordMatch>> words_;  // of each distinct token
  int steps_ = 0;
  bool citing_ = false;  // what is tried is a rule of citations
};

// "12" or "3,5" of tokens that an {article} took: numbers as read, ordinals as numbers.
std::string ArticleNumbers(const RuleMatcher& matcher, size_t first, size_t last);

}  // namespace diwan
