#include "ingest/clause_words.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace diwan {
namespace {

constexpr size_t kMostTopic = 30;   // words of a free text: what a paper is about, or why something is done
constexpr size_t kMostClause = 80;  // tokens
constexpr size_t kLongestLine = 400;
constexpr std::u32string_view kComma = U"،";

bool IsSign(const RuleText& text, size_t token, std::u32string_view signs) {
  return text[token].kind == TokenKind::kSign && signs.find(text.Folded(text[token])[0]) != std::u32string_view::npos;
}

int32_t Today() {
  return static_cast<int32_t>(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count());
}

}  // namespace

bool ClauseWords::IsLed(size_t token, const RuleWords& list) const {
  if (text_[token].kind != TokenKind::kWord) return false;
  if (matcher_.IsOneOf(token, list)) return true;
  constexpr std::u32string_view kLeads = U"وف";
  const std::u32string_view word = text_.Folded(text_[token]);
  return word.size() > 2 && kLeads.find(word[0]) != std::u32string_view::npos &&
         list.contains(std::u32string(word.substr(1)));
}

// A Hijri day in a Persian text may be one to come of its own calendar.
bool ClauseWords::IsToCome(size_t first, size_t last) const {
  for (size_t i = first; i < last; ++i) {
    const PrintedDate* date = text_.DateAt(i);
    if (date == nullptr) continue;
    if (date->days.first > Today()) return true;
    if (date->calendar == Calendar::kHijri && !matcher_.rules().settled.empty()) return true;
  }
  return false;
}

bool ClauseWords::HoldsLimit(size_t first) const {
  const size_t end = std::min(text_.size(), first + kMostClause);
  for (size_t i = first; i < end && !EndsSentence(text_, i); ++i) {
    if (text_[i].kind == TokenKind::kLineEnd && i + 1 < end && text_[i + 1].kind != TokenKind::kWord) return false;
    if (IsLed(i, matcher_.rules().limits) || IsLed(i, matcher_.rules().exceptions)) return true;
  }
  return false;
}

// The sentence behind may be one word of what is not meant: `ويستثنى من ذلك ...`.
bool ClauseWords::IsTakenBack(size_t first) const {
  while (first < text_.size() && text_[first].kind == TokenKind::kSign) ++first;
  if (first < text_.size() && text_[first].kind == TokenKind::kLineEnd) ++first;
  if (first >= text_.size()) return false;
  return IsLed(first, matcher_.rules().limits) || IsLed(first, matcher_.rules().exceptions);
}

const RuleMatch* ClauseWords::MentionAt(size_t token) const {
  const auto first = [](const CitationMatch& found) { return found.match.first; };
  const auto at = std::ranges::lower_bound(citations_, token, {}, first);
  return at != citations_.end() && at->match.first == token ? &at->match : nullptr;
}

size_t ClauseWords::PhraseEnd(size_t token) const {
  size_t end = token;
  for (const RuleMatch& match : matcher_.MatchesAt(token, RuleUse::kNeutral)) {
    if (match.sure == 1 && match.rule->name.empty()) end = std::max(end, match.last);
  }
  return end;
}

bool ClauseWords::EndsClause(size_t line_end) {
  constexpr size_t kShare = 7;  // tenths of the page's longest line
  const size_t next = line_end + 1;
  if (next >= text_.size() || text_[next].kind != TokenKind::kWord) return true;
  const bool lettered = text_[next].end - text_[next].begin == 1 && next + 1 < text_.size();
  if (lettered && text_[next + 1].kind == TokenKind::kSign) return true;
  if (IsLed(next, matcher_.rules().limits) || IsLed(next, matcher_.rules().exceptions)) return false;
  if (text_.BeginsLabel(next) || matcher_.LongestAt(next, RuleUse::kSigned).rule != nullptr) return true;
  if (const RuleMatch opening = matcher_.LongestAt(next, RuleUse::kOpening); opening.sure == 1 && opening.rule) {
    return true;
  }
  size_t first = line_end;
  while (first > 0 && line_end - first < kLongestLine && text_[first - 1].kind < TokenKind::kLineEnd) --first;
  if (first == line_end) return true;
  if (longest_ == 0) FindLongest();
  return (text_[line_end - 1].end - text_[first].begin) * 10 < longest_ * kShare;
}

void ClauseWords::FindLongest() {
  uint32_t begin = 0;
  for (size_t i = 0; i < text_.size(); ++i) {
    if (text_.BeginsLine(i)) begin = text_[i].begin;
    if (text_[i].kind < TokenKind::kLineEnd) longest_ = std::max(longest_, text_[i].end - begin);
  }
}

size_t ClauseWords::ClauseBegin(size_t token) {
  constexpr std::u32string_view kBreaks = U"،:";
  const size_t least = token - std::min(token, kMostClause);
  for (size_t at = token; at > least; --at) {
    if (EndsSentence(text_, at - 1) || IsSign(text_, at - 1, kBreaks)) return at;
    if (text_[at - 1].kind == TokenKind::kLineEnd && EndsClause(at - 1)) return at;
    if (text_[at - 1].kind == TokenKind::kNumber && text_.BeginsLine(at - 1)) return at;
  }
  return least;
}

// Where another clause may begin: behind a sign or a line, or with و or ف.
bool ClauseWords::BeginsClause(size_t token) const {
  constexpr std::u32string_view kJoins = U"وف";
  if (token == 0 || text_[token - 1].kind >= TokenKind::kSign) return true;
  return text_[token].kind == TokenKind::kWord && text_[token].end - text_[token].begin > 1 &&
         kJoins.find(text_.Folded(text_[token])[0]) != std::u32string_view::npos;
}

ClauseWords::Met ClauseWords::StepRule(Walk& walk, bool closed) {
  RuleMatch best;
  for (RuleMatch& match : matcher_.MatchesAt(walk.at, RuleUse::kNeutral)) {
    if (match.sure < 1 || (match.rule->name == "next" && !BeginsClause(walk.at))) continue;
    if (best.rule == nullptr || match.last > best.last) best = std::move(match);
  }
  if (best.rule != nullptr) {
    if (IsToCome(walk.at, best.last)) return Met::kUnknown;
    if (best.rule->name == "next") return HoldsLimit(best.last) ? Met::kUnknown : Met::kEnd;
    walk = {.at = best.last, .topic = walk.topic || best.rule->name == "topic", .ready = true, .words = walk.words};
    return Met::kGoOn;
  }
  const bool other = (closed && text_.Folded(text_[walk.at]) == U"و") ||
                     (BeginsClause(walk.at) && matcher_.LongestAt(walk.at, RuleUse::kRelation).rule != nullptr);
  if (other && !walk.topic) return HoldsLimit(walk.at) ? Met::kUnknown : Met::kEnd;
  if (matcher_.IsJoin(walk.at)) {
    walk.ready = true;
  } else if (!walk.topic || ++walk.words > kMostTopic) {
    return Met::kUnknown;
  }
  ++walk.at;
  return Met::kGoOn;
}

// One token or phrase on.
ClauseWords::Met ClauseWords::Step(Walk& walk, bool closed) {
  const RuleToken& token = text_[walk.at];
  if (IsLed(walk.at, matcher_.rules().limits) || IsLed(walk.at, matcher_.rules().exceptions)) return Met::kUnknown;
  if (IsToCome(walk.at, walk.at + 1)) return Met::kUnknown;
  if (const RuleMatch* mention = MentionAt(walk.at); mention != nullptr && mention->last > walk.at) {
    const bool led = walk.topic || walk.ready || mention->rule->use == RuleUse::kThen || BeginsClause(walk.at);
    walk.at = mention->last;
    return led ? Met::kGoOn : Met::kUnknown;
  }
  if (token.kind == TokenKind::kSign || token.kind == TokenKind::kLineEnd) {
    if (text_.Folded(token) == kComma) walk = {.at = walk.at, .ready = true};
    if (text_.Folded(token) == U"*" || text_.Folded(token) == U"…") return Met::kUnknown;
    ++walk.at;
    return Met::kGoOn;
  }
  return StepRule(walk, closed);
}

bool ClauseWords::AreUnderstood(size_t first, size_t last) {
  Walk walk{.at = first, .ready = true};
  if (last > first + kMostClause) return false;
  while (walk.at < last) {
    if (EndsSentence(text_, walk.at)) return false;
    const Met met = Step(walk, /*closed=*/false);
    if (met != Met::kGoOn) return false;
  }
  return true;
}

bool ClauseWords::AreUnderstoodToEnd(size_t first, bool closed) {
  Walk walk{.at = first};
  const size_t end = std::min(text_.size(), first + kMostClause);
  while (walk.at < end) {
    if (EndsSentence(text_, walk.at)) return !IsSign(text_, walk.at, U"?؟") && !IsTakenBack(walk.at + 1);
    if (text_[walk.at].kind == TokenKind::kLineEnd && EndsClause(walk.at)) return true;
    const Met met = Step(walk, closed);
    if (met != Met::kGoOn) return met == Met::kEnd;
  }
  return walk.at >= text_.size();
}

}  // namespace diwan
