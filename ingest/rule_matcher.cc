// The matcher of rules: a small backtracking machine over tokens. What a scribe or a bad copy may put between two words
// of a phrase (brackets, a colon, the end of a line) is skipped; a comma or a full stop is not.
#include "ingest/rule_matcher.h"

#include <algorithm>

#include "ingest/printed_number.h"

namespace diwan {
namespace {

constexpr int kMostSteps = 600;   // of one rule at one token
constexpr size_t kMostGap = 4;    // words of `...`
constexpr size_t kMostWords = 8;  // of {body} and {words}
constexpr size_t kMostNames = 3;  // of {name}
constexpr size_t kMostLine = 60;  // tokens of {line}
constexpr size_t kMostArticles = 8;

bool IsDigits(std::u32string_view text) {
  return std::ranges::all_of(text, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

bool IsYear(std::u32string_view text) {
  if (!IsDigits(text) || (text.size() != 4 && text.size() > 2)) return false;
  return text.size() <= 2 || text[0] == U'1' || text[0] == U'2';
}

bool IsOfWords(SlotKind kind) {
  return kind == SlotKind::kBody || kind == SlotKind::kCourt || kind == SlotKind::kWords || kind == SlotKind::kName ||
         kind == SlotKind::kLine;
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

size_t RuleMatcher::SkipSoft(size_t at) const {
  constexpr std::u32string_view kSoft = U"()[]«»\":ـ-–'*﴾﴿";
  constexpr size_t kMost = 5;
  for (size_t i = 0; i < kMost && at < text_.size(); ++i, ++at) {
    const RuleToken& token = text_[at];
    const bool soft = token.kind == TokenKind::kSign && kSoft.find(text_.Folded(token)[0]) != std::u32string_view::npos;
    if (!soft && token.kind != TokenKind::kLineEnd) break;
  }
  return at;
}

std::vector<RuleMatch> RuleMatcher::MatchesAt(size_t token, RuleUse use) {
  std::vector<uint32_t> candidates;
  const auto add = [&](const std::vector<uint32_t>& rules) {
    for (const uint32_t rule : rules) {
      if (rules_.rules[rule].use == use) candidates.push_back(rule);
    }
  };
  for (const WordMatch& word : WordsOf(token)) add(rules_.first[word.word]);
  if (text_[token].kind == TokenKind::kNumber) add(rules_.first_amount);
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
        if (at >= text_.size() || text_[at].kind != TokenKind::kSign || text_.Folded(text_[at])[0] != op.sign)
          return false;
        at = at + 1;
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
    if (rule.use == RuleUse::kCite && BeginsCitation(at)) return false;
    ++at;
    if (is_colon(at) && rule.program[step + 1].code != OpCode::kSign) return false;
  }
  return false;
}

// What stands behind the name of another kind of paper is that paper's.
bool RuleMatcher::BeginsCitation(size_t token) const {
  return std::ranges::any_of(WordsOf(token), [&](const WordMatch& word) {
    return word.sure == 1 && std::ranges::any_of(rules_.first[word.word], [&](uint32_t rule) {
             return rules_.rules[rule].use == RuleUse::kCite;
           });
  });
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

// The end of what a slot other than words takes at `at`; `at` when it takes nothing.
size_t RuleMatcher::OneSlot(SlotKind kind, size_t at) const {
  const RuleToken& token = text_[at];
  const bool number = token.kind == TokenKind::kNumber;
  switch (kind) {
    case SlotKind::kNumber:
      return number ? at + 1 : at;
    case SlotKind::kPair:
      return number && !Split(text_.Printed(at, at + 1)).year.empty() ? at + 1 : at;
    case SlotKind::kYear:
      return number && IsYear(text_.Folded(token)) ? at + 1 : at;
    case SlotKind::kDate: {
      const PrintedDate* date = text_.DateAt(at);
      return date != nullptr ? text_.After(*date) : at;
    }
    case SlotKind::kAmount:
      return number ? AmountEnd(at) : at;
    case SlotKind::kArticle:
      return ArticleEnd(at);
    case SlotKind::kClause:
      return ClauseEnd(at);
    default:
      return at;
  }
}

bool RuleMatcher::IsNumberOne(size_t at) const {
  if (at >= text_.size()) return false;
  const bool digits = text_[at].kind == TokenKind::kNumber && IsDigits(text_.Folded(text_[at]));
  return digits ||
         std::ranges::any_of(WordsOf(at), [&](const WordMatch& m) { return rules_.ordinals.contains(m.word); });
}

// `١٢`, `(٣) و(٥)`, `الثالثة`.
size_t RuleMatcher::ArticleEnd(size_t at) const {
  if (!IsNumberOne(at) || text_.DateAt(at) != nullptr) return at;
  size_t end = at + 1;
  for (size_t i = 0; i < kMostArticles; ++i) {
    size_t next = SkipSoft(end);
    if (next >= text_.size()) break;
    const std::u32string_view joint = text_.Folded(text_[next]);
    const bool tens =
        text_[end - 1].kind == TokenKind::kWord && text_[next].kind == TokenKind::kWord && IsNumberOne(next);
    if (joint == U"و" || joint == U"،") {
      next = SkipSoft(next + 1);
    } else if (!tens) {  // `الثانية عشرة`
      break;
    }
    if (!IsNumberOne(next)) break;
    end = next + 1;
  }
  return end;
}

// A number, an ordinal or a letter: `بند ج`, `الفقرة (٢)`.
size_t RuleMatcher::ClauseEnd(size_t at) const {
  constexpr size_t kLetters = 4;  // `الف`, `أولا`
  if (IsNumberOne(at)) return at + 1;
  const bool letter = text_[at].kind == TokenKind::kWord && text_[at].end - text_[at].begin <= kLetters && !IsStop(at);
  return letter ? at + 1 : at;
}

size_t RuleMatcher::AmountEnd(size_t at) const {
  if (text_.Folded(text_[at]).find_first_not_of(U"0123456789.,") != std::u32string_view::npos) return at;
  const size_t next = SkipSoft(at + 1);
  if (next >= text_.size()) return at + 1;
  const bool times = std::ranges::any_of(
      WordsOf(next), [&](const WordMatch& m) { return m.sure == 1 && rules_.times.contains(m.word); });
  return times ? next + 1 : at + 1;
}

// The most that a slot of words may take. {line} runs to the end of its line; {body} begins with a word of `bodies`.
size_t RuleMatcher::LongestWords(const Rule& rule, const RuleSlot& slot, size_t at) const {
  const SlotKind kind = slot.kind;
  if (kind == SlotKind::kLine) {
    size_t end = at;
    while (end < text_.size() && end < at + kMostLine && text_[end].kind < TokenKind::kLineEnd) ++end;
    return end;
  }
  const bool named = kind == SlotKind::kBody || kind == SlotKind::kCourt;
  if (named && !(kind == SlotKind::kBody ? IsBody(at) : IsCourt(at))) return at;
  // Words that nothing follows stand in one line with what goes before them.
  if (slot.last && at > 0 && text_[at - 1].kind >= TokenKind::kLineEnd) return at;
  const size_t least = kind == SlotKind::kBody ? at + 2 : at + 1;  // المجلس alone names nobody
  const size_t most = kind == SlotKind::kName ? kMostNames : kMostWords;
  size_t end = at;
  for (size_t i = at, words = 0; i < text_.size() && words < most; ++i) {
    const RuleToken& token = text_[i];
    if (token.kind == TokenKind::kLineEnd && !slot.last) continue;
    if (token.kind != TokenKind::kWord || ((i > at || !named) && IsStop(i))) break;
    if (i > at && !named && rule.use == RuleUse::kCite && BeginsCitation(i)) break;
    if (i > at && kind == SlotKind::kName && !text_.Folded(token).starts_with(U"ال")) break;  // `شارع النصر القديم`
    end = i + 1;
    ++words;
  }
  return end < least ? at : end;
}

}  // namespace diwan
