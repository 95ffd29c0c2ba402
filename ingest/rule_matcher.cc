// The matcher of rules: a small backtracking machine over tokens. What a scribe or a bad copy may put between two words
// of a phrase (brackets, a colon, the end of a line) is skipped; a comma or a full stop is not.
#include "ingest/rule_matcher.h"

#include <algorithm>

#include "core/paper_number.h"
#include "ingest/rule_pattern.h"

namespace diwan {
namespace {

constexpr int kMostSteps = 3000;  // of one rule at one token
constexpr size_t kMostGap = 4;    // words of `...`

bool IsOfWords(SlotKind kind) {
  return kind == SlotKind::kBody || kind == SlotKind::kCourt || kind == SlotKind::kWords || kind == SlotKind::kName ||
         kind == SlotKind::kLine || kind == SlotKind::kLaw || kind == SlotKind::kTopic;
}

}  // namespace

const Capture* RuleMatch::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(captures, [&](const Capture& c) { return c.slot->name == name; });
  return found == captures.end() ? nullptr : &*found;
}

RuleMatcher::RuleMatcher(const RuleSet& rules, const RuleText& text) : rules_(rules), text_(text) {
  std::unordered_map<std::u32string_view, uint32_t> known;
  classes_.reserve(text.size());
  words_.emplace_back();  // of what is no word
  for (const RuleToken& token : text.tokens()) {
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kSign) {
      classes_.push_back(0);
      continue;
    }
    const std::u32string_view folded = text.Folded(token);
    const auto [place, is_new] = known.try_emplace(folded, static_cast<uint32_t>(words_.size()));
    if (is_new) words_.push_back(rules.vocabulary.Match(folded));
    classes_.push_back(place->second);
  }
}

const std::vector<WordMatch>& RuleMatcher::WordsOf(size_t token) const { return words_[classes_[token]]; }

bool RuleMatcher::Is(size_t token, const std::vector<bool>& list) const {
  return std::ranges::any_of(WordsOf(token), [&](const WordMatch& m) { return m.sure == 1 && list[m.word]; });
}

bool RuleMatcher::IsOneOf(size_t token, const RuleWords& list) const {
  return text_[token].kind == TokenKind::kWord && list.contains(std::u32string(text_.Folded(text_[token])));
}

bool RuleMatcher::HoldsOneOf(size_t first, size_t last, const RuleWords& list) const {
  for (size_t i = first; i < last; ++i) {
    if (IsOneOf(i, list)) return true;
  }
  return false;
}

bool RuleMatcher::LacksArticle(size_t token) const {
  constexpr std::u32string_view kArticle = U"ال";
  const std::u32string_view word = text_.Folded(text_[token]);
  if (!rules_.vocabulary.Has(word) || word.starts_with(kArticle)) return false;
  const auto with_article = rules_.vocabulary.Match(std::u32string(kArticle).append(word));
  return std::ranges::any_of(with_article, [](const WordMatch& match) { return match.sure == 1; });
}

bool RuleMatcher::IsSoftSign(size_t at) const {
  constexpr std::u32string_view kSoft = U"()[]«»\":ـ-–'*﴾﴿";
  return text_[at].kind == TokenKind::kSign &&
         (kSoft.find(text_.Folded(text_[at])[0]) != std::u32string_view::npos || text_.IsEnclosing(at));
}

size_t RuleMatcher::SkipSoft(size_t at) const {
  constexpr size_t kMost = 5;
  for (size_t i = 0; i < kMost && at < text_.size(); ++i, ++at) {
    const RuleToken& token = text_[at];
    // `كتاب الوزارة / دائرة الشؤون المرقم ٥`
    const bool between = citing_ && text_.Folded(token) == U"/" && at > 0 && at + 1 < text_.size() &&
                         text_[at - 1].kind == TokenKind::kWord && text_[at + 1].kind == TokenKind::kWord;
    const bool soft = between || IsSoftSign(at);
    if (!soft && token.kind != TokenKind::kLineEnd) break;
    if (token.kind == TokenKind::kLineEnd && BeginsLabel(at + 1)) break;
  }
  return at;
}

// Whether the line says something of its own. Below a title a word and a date do: `مصوب ۱۳۹۵/۱۱/۲۱`.
bool RuleMatcher::BeginsLabel(size_t at) const {
  constexpr uint32_t kTopLines = 6;
  if (at >= text_.size()) return false;
  const bool dated = text_[at].line < kTopLines && Is(at, rules_.labels) && text_.DateAt(at + 1) != nullptr;
  return dated || text_.BeginsLabel(at);
}

std::vector<RuleMatch> RuleMatcher::MatchesAt(size_t token, RuleUse use) {
  std::vector<uint32_t> candidates;
  const auto add = [&](const std::vector<uint32_t>& rules) {
    for (const uint32_t rule : rules) {
      if (rules_.rules[rule].use == use) candidates.push_back(rule);
    }
  };
  for (const WordMatch& word : WordsOf(token)) add(rules_.first[word.word]);
  const bool may_count = text_[token].kind == TokenKind::kNumber ||
                         (use == RuleUse::kField && (text_.SpelledAt(token) || text_.DateAt(token) != nullptr));
  if (may_count) add(rules_.first_amount);
  std::ranges::sort(candidates);
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<RuleMatch> out;
  for (const uint32_t rule : candidates) {
    RuleMatch match;
    if (Try(rules_.rules[rule], token, match)) out.push_back(std::move(match));
  }
  return out;
}

RuleMatch RuleMatcher::LongestAt(size_t token, RuleUse use) {
  RuleMatch best;
  for (RuleMatch& match : MatchesAt(token, use)) {
    if (best.rule == nullptr || match.last > best.last) best = std::move(match);
  }
  return best;
}

bool RuleMatcher::Try(const Rule& rule, size_t token, RuleMatch& match) {
  steps_ = 0;
  citing_ = rule.use == RuleUse::kCite || rule.use == RuleUse::kThen;
  match.rule = &rule;
  match.first = token;
  return Run(rule, 0, token, match);
}

bool RuleMatcher::Run(const Rule& rule, size_t step, size_t at, RuleMatch& match) {
  for (;;) {
    if (++steps_ > kMostSteps) return false;
    const RuleOp& op = rule.program[step];
    const size_t here = at == match.first ? at : SkipSoft(at);
    switch (op.code) {
      case OpCode::kAccept:
        match.last = at;
        return true;
      case OpCode::kJump:
        step = op.to;
        continue;
      case OpCode::kSplit: {
        const RuleMatch before = match;
        if (Run(rule, step + 1, at, match)) return true;
        match = before;
        step = op.to;
        continue;
      }
      case OpCode::kWord: {
        if (here >= text_.size()) return false;
        const auto& words = WordsOf(here);
        const auto found = std::ranges::find(words, op.to, &WordMatch::word);
        if (found == words.end()) return false;
        match.sure *= found->sure;
        break;
      }
      case OpCode::kSign: {
        // A colon is soft, so it is looked for before soft signs are skipped.
        if (!MatchSign(op.sign, at, at)) return false;
        ++step;
        continue;
      }
      case OpCode::kGap:
        return RunGap(rule, step, at, match);
      case OpCode::kSlot:
        return RunSlot(rule, step, here, match);
    }
    at = here + 1;
    ++step;
  }
}

bool RuleMatcher::IsNearBegin(size_t at) const {
  constexpr size_t kMostTokens = 6;
  constexpr size_t kMostWords = 3;
  size_t words = 0;
  for (size_t i = 0; i < kMostTokens && at > 0; ++i) {
    if (text_[--at].kind >= TokenKind::kLineEnd || EndsSentence(text_, at)) return true;
    if (text_[at].kind <= TokenKind::kNumber && ++words > kMostWords) return false;
  }
  return at == 0;
}

// A sign, or the begin `^` or the end `$` of a line; a full stop before that end is part of it.
bool RuleMatcher::MatchSign(char32_t sign, size_t at, size_t& next) const {
  const auto is_sign = [&](size_t i, std::u32string_view signs) {
    return i < text_.size() && text_[i].kind == TokenKind::kSign &&
           signs.find(text_.Folded(text_[i])[0]) != std::u32string_view::npos;
  };
  if (sign == kAtLineBegin) return text_.BeginsLine(at);
  if (sign == kNearLineBegin) return IsNearBegin(at);
  if (sign == kAtLineEnd) {
    while (is_sign(at, U".)]»*-/")) ++at;
    return at >= text_.size() || text_[at].kind >= TokenKind::kLineEnd;
  }
  if (sign == U'/' && is_sign(at, U")]")) ++at;  // `(٥٥)/٢٠١٩`
  constexpr std::u32string_view kDashes = U"-\u2013\u2014";
  if (!is_sign(at, sign == U'-' ? kDashes : std::u32string_view(&sign, 1))) return false;
  next = at + 1;
  return true;
}

bool RuleMatcher::RunGap(const Rule& rule, size_t step, size_t at, RuleMatch& match) {
  for (size_t words = 0; words <= kMostGap; ++words) {
    const RuleMatch before = match;
    if (Run(rule, step + 1, at, match)) return true;
    match = before;
    const size_t next = SkipSoft(at);
    const auto is_colon = [&](size_t i) { return i < text_.size() && text_.Folded(text_[i]) == U":"; };
    for (; at < next; ++at) {  // what stands behind a label is the label's
      if (is_colon(at)) return false;
    }
    if (at >= text_.size() || text_[at].kind != TokenKind::kWord) return false;
    const bool to_session = IsOfSession(rule) && match.Find("session") == nullptr;
    if ((rule.use == RuleUse::kCite || to_session) && BeginsCitation(at)) return false;
    ++at;
    if (is_colon(at) && rule.program[step + 1].code != OpCode::kSign) return false;
  }
  return false;
}

// Whether it takes the number of a sitting, of which a decision below it has another.
bool RuleMatcher::IsOfSession(const Rule& rule) {
  return rule.use == RuleUse::kField && std::ranges::any_of(rule.slots, [](const RuleSlot& slot) {
           return slot.kind == SlotKind::kNumber && slot.name == "session";
         });
}

// Whether the rule is of things that have numbers: plots, sessions.
bool RuleMatcher::BeginsNumbered(const Rule& rule) const {
  return rule.use == RuleUse::kField && rule.zone == RuleZone::kAny &&
         std::ranges::any_of(
             rule.slots, [](const RuleSlot& slot) { return slot.kind == SlotKind::kNumber && slot.name != "session"; });
}

// What stands behind the name of another kind of paper, or of a plot, is that one's.
bool RuleMatcher::BeginsCitation(size_t token) const {
  constexpr int kWords = 2;  // آیین نامه, not آیین دادرسی
  return std::ranges::any_of(WordsOf(token), [&](const WordMatch& word) {
    return word.sure == 1 && std::ranges::any_of(rules_.first[word.word], [&](uint32_t index) {
             const Rule& rule = rules_.rules[index];
             return (rule.use == RuleUse::kCite || BeginsNumbered(rule)) && BeginsWithWords(rule, 0, token, kWords);
           });
  });
}

// Whether the next `words` tokens are the first words of the rule, or fewer where the rule goes on with something else.
bool RuleMatcher::BeginsWithWords(const Rule& rule, size_t step, size_t at, int words) const {
  if (words == 0) return true;
  const RuleOp& op = rule.program[step];
  if (op.code == OpCode::kJump) return BeginsWithWords(rule, op.to, at, words);
  if (op.code == OpCode::kSplit) {
    return BeginsWithWords(rule, step + 1, at, words) || BeginsWithWords(rule, op.to, at, words);
  }
  if (op.code != OpCode::kWord) return true;
  const bool fits = at < text_.size() && std::ranges::any_of(WordsOf(at), [&](const WordMatch& match) {
                      return match.word == op.to && match.sure == 1;
                    });
  return fits && BeginsWithWords(rule, step + 1, at + 1, words - 1);
}

bool RuleMatcher::RunSlot(const Rule& rule, size_t step, size_t at, RuleMatch& match) {
  const RuleSlot& slot = rule.slots[rule.program[step].to];
  if (IsOfWords(slot.kind)) return RunWords(rule, step, at, match);
  const size_t end = at < text_.size() ? OneSlot(slot.kind, at) : at;
  if (end == at) return false;
  match.captures.push_back({.slot = &slot, .first = at, .last = end});
  return Run(rule, step + 1, end, match);
}

// As many words as there are up to a stop, and fewer where the pattern goes on with some of them.
bool RuleMatcher::RunWords(const Rule& rule, size_t step, size_t at, RuleMatch& match) {
  const RuleSlot& slot = rule.slots[rule.program[step].to];
  const size_t longest = at < text_.size() ? LongestWords(rule, slot, at) : at;
  for (size_t end = longest; end > at; --end) {
    const RuleMatch before = match;
    match.captures.push_back({.slot = &slot, .first = at, .last = end});
    if (Run(rule, step + 1, end, match)) return true;
    match = before;
    if (slot.last) return false;
  }
  return false;
}

}  // namespace diwan
