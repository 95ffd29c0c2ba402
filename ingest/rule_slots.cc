// What the slots of rules take of a text: numbers, dates, names, the rest of a line.
#include <algorithm>

#include "core/fold.h"
#include "core/paper_number.h"
#include "ingest/rule_matcher.h"

namespace diwan {
namespace {

constexpr size_t kMostWords = 8;  // of {body} and {words}
constexpr size_t kMostNames = 3;  // of {name}
constexpr size_t kMostLine = 60;  // tokens of {line}
constexpr size_t kMostArticles = 8;

// Of whom a paper is; no other paper is named by it.
constexpr std::string_view kOfSlot = "of";

bool IsDigits(std::u32string_view text) {
  return std::ranges::all_of(text, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

bool IsYear(std::u32string_view text) {
  if (!IsDigits(text) || (text.size() != 4 && text.size() > 2)) return false;
  return text.size() <= 2 || text[0] == U'1' || text[0] == U'2';
}

}  // namespace

// `ألفين وثمانية عشر`
size_t RuleMatcher::SpelledYearEnd(size_t at) const {
  constexpr int64_t kFirst = 1300;
  constexpr int64_t kLast = 2100;
  constexpr size_t kDate = 12;  // tokens of a date in words before its year
  const auto spelled = text_.SpelledAt(at);
  if (!spelled || spelled->value < kFirst || spelled->value > kLast) return at;
  for (size_t i = at - std::min(at, kDate); i < at; ++i) {
    const PrintedDate* date = text_.DateAt(i);
    if (date != nullptr && text_.After(*date) > at) return at;
  }
  return text_.After(*spelled);
}

// A date that no `رقم` stands before.
bool RuleMatcher::IsSurelyDate(size_t at) const {
  constexpr double kSure = 0.6;
  const PrintedDate* date = text_.DateAt(at);
  return date != nullptr && date->confidence >= kSure;
}

// The end of what a slot other than words takes at `at`; `at` when it takes nothing.
size_t RuleMatcher::OneSlot(SlotKind kind, size_t at) const {
  const RuleToken& token = text_[at];
  const bool number = token.kind == TokenKind::kNumber;
  switch (kind) {
    case SlotKind::kNumber:
      return number && !IsSurelyDate(at) ? RepeatedEnd(at + 1) : at;
    case SlotKind::kPair:
      return number && !Split(text_.Printed(at, at + 1)).year.empty() ? RepeatedEnd(at + 1) : at;
    case SlotKind::kYear:
      if (number) return IsYear(text_.Folded(token)) ? at + 1 : at;
      return SpelledYearEnd(at);
    case SlotKind::kFullYear:
      return number && token.end - token.begin == 4 && IsYear(text_.Folded(token)) ? at + 1 : at;
    case SlotKind::kDate: {
      const PrintedDate* date = text_.DateAt(at);
      if (date == nullptr) return at;
      const PrintedDate* same = text_.SameDayBehind(*date);
      return text_.After(same != nullptr ? *same : *date);
    }
    case SlotKind::kAmount:
      return AmountEnd(at);
    case SlotKind::kArticle:
      return ArticleEnd(at);
    case SlotKind::kClause:
      return ClauseEnd(at);
    default:
      return at;
  }
}

// Behind مكرر and a letter or a small number, with signs around them, where those make another number of the one before
// `at`: `(45) مكررا (أ)`.
size_t RuleMatcher::RepeatedEnd(size_t at) const {
  constexpr size_t kMostDigits = 2;
  const auto sign = [&](size_t i, std::u32string_view signs) {
    return i < text_.size() && text_[i].kind == TokenKind::kSign &&
           signs.find(text_.Folded(text_[i])[0]) != std::u32string_view::npos;
  };
  size_t word = at + (sign(at, U")]") ? 1 : 0);
  word += sign(word, U"/-([") ? 1 : 0;
  if (word >= text_.size() || text_[word].kind != TokenKind::kWord || !IsRepeatWord(text_.Folded(text_[word])))
    return at;
  const bool opened = sign(word + 1, U"([");
  const size_t mark = word + (opened || sign(word + 1, U"/-") ? 2 : 1);
  if (mark >= text_.size()) return word + 1;
  const std::u32string_view letters = text_.Folded(text_[mark]);
  const bool letter = text_[mark].kind == TokenKind::kWord && letters.size() == 1 && letters != U"و";
  const bool digits = text_[mark].kind == TokenKind::kNumber && letters.size() <= kMostDigits && IsDigits(letters) &&
                      text_.DateAt(mark) == nullptr;
  if (!letter && !digits) return word + 1;
  return mark + (opened && sign(mark + 1, U")]") ? 2 : 1);
}

// The end of a number in digits, `٥/ب` among them, or of an ordinal; `at` when there is none. A cardinal up to ten is
// none: `جلسة واحدة`.
size_t RuleMatcher::OneNumberEnd(size_t at) const {
  constexpr int64_t kTen = 10;
  if (at >= text_.size() || text_.DateAt(at) != nullptr) return at;
  if (text_[at].kind == TokenKind::kNumber) {
    std::u32string number(text_.Folded(text_[at]));
    std::erase(number, U' ');
    const size_t digits = std::min(number.find_first_not_of(U"0123456789"), number.size());
    const bool with_letter = digits + 2 == number.size() && number[digits] == U'/' &&
                             !IsDigits(std::u32string_view(number).substr(digits + 1));
    return digits == number.size() || (digits > 0 && with_letter) ? at + 1 : at;
  }
  const auto spelled = text_.SpelledAt(at);
  const bool ordinal =
      std::ranges::any_of(WordsOf(at), [&](const WordMatch& m) { return rules_.ordinals.contains(m.word); });
  if (spelled && (ordinal || spelled->value > kTen)) return text_.After(*spelled);
  return ordinal ? at + 1 : at;
}

// `١٢`, `(٣) و(٥)`, `الثالثة`.
size_t RuleMatcher::ArticleEnd(size_t at) const {
  size_t end = OneNumberEnd(at);
  if (end == at) return at;
  for (size_t i = 0; i < kMostArticles; ++i) {
    size_t next = SkipSoft(end);
    if (next >= text_.size()) break;
    const std::u32string_view joint = text_.Folded(text_[next]);
    const bool words = text_[end - 1].kind == TokenKind::kWord && text_[next].kind == TokenKind::kWord;
    if (joint == U"و" || joint == U"،") {
      next = SkipSoft(next + 1);
    } else if (!words) {  // `الثانية عشرة`
      break;
    }
    const size_t next_end = OneNumberEnd(next);
    if (next_end == next) break;
    end = next_end;
  }
  return end;
}

// A number, an ordinal or a letter: `بند ج`, `الفقرة (٢)`.
size_t RuleMatcher::ClauseEnd(size_t at) const {
  constexpr size_t kLetters = 4;  // `الف`, `أولا`
  if (const size_t end = OneNumberEnd(at); end != at) return end;
  const bool letter = text_[at].kind == TokenKind::kWord && text_[at].end - text_[at].begin <= kLetters && !IsStop(at);
  return letter ? at + 1 : at;
}

size_t RuleMatcher::AmountEnd(size_t at) const {
  if (const auto spelled = text_.SpelledAt(at)) return text_.After(*spelled);
  if (text_[at].kind != TokenKind::kNumber) return at;
  if (text_.Folded(text_[at]).find_first_not_of(U"0123456789.,") != std::u32string_view::npos) return at;
  const size_t next = SkipSoft(at + 1);
  if (next >= text_.size()) return at + 1;
  const bool times = std::ranges::any_of(
      WordsOf(next), [&](const WordMatch& m) { return m.sure == 1 && rules_.times.contains(m.word); });
  return times ? next + 1 : at + 1;
}

// The rest of the line, up to its next column.
size_t RuleMatcher::LineSlotEnd(size_t at) const {
  constexpr uint32_t kColumn = 3;  // spaces between two
  size_t end = at;
  while (end < text_.size() && end < at + kMostLine && text_[end].kind < TokenKind::kLineEnd) {
    if (end > at && text_[end].begin >= text_[end - 1].end + kColumn) break;
    if (text_.Folded(text_[end]) == U"|") break;
    ++end;
  }
  return end;
}

// `شارع النصر القديم`: a word and two more that have the article; `شارع سعد زغلول،`: or all up to a comma or a bracket,
// when they are few.
size_t RuleMatcher::NameEnd(size_t at) const {
  const auto is_name = [&](size_t i) {
    return i < text_.size() && text_[i].kind == TokenKind::kWord && !IsStop(i) && !IsBody(i);
  };
  if (!is_name(at)) return at;
  size_t end = at + 1;
  while (end < at + kMostNames && is_name(end) && !text_.Folded(text_[end]).starts_with(U"و")) ++end;
  constexpr std::u32string_view kEnds = U"،,()";
  const bool ends = end < text_.size() && kEnds.find(text_.Folded(text_[end])[0]) != std::u32string_view::npos;
  if (ends) return end;
  size_t sure = at + 1;
  const auto goes_on = [&](size_t i) { return text_.Folded(text_[i]).starts_with(U"ال") || text_.IsPart(i); };
  while (sure < end && goes_on(sure)) ++sure;
  return sure;
}

// `تشکیلات، وظایف و انتخابات شوراهای اسلامی کشور` of a law: whatever words there are up to a number or another paper.
size_t RuleMatcher::LawEnd(size_t at, bool one_line) const {
  constexpr size_t kMostLaw = 22;  // tokens
  constexpr std::u32string_view kInside = U"،,()«»\"-";
  size_t end = at;
  for (size_t i = at; i < text_.size() && i < at + kMostLaw; ++i) {
    const RuleToken& token = text_[i];
    if (token.kind == TokenKind::kLineEnd) {
      if (one_line || BeginsLabel(i + 1)) break;
      continue;
    }
    const bool word = token.kind == TokenKind::kWord && (i == at || !BeginsCitation(i));
    const bool sign =
        token.kind == TokenKind::kSign && kInside.find(text_.Folded(token)[0]) != std::u32string_view::npos;
    if (!word && !sign) break;
    if (word) end = i + 1;
  }
  return end;
}

// Behind المجلس stand adjectives (المجلس البلدي) and whose it is (لمدينة صور); all else is what it decides: إلغاء,
// which begins as the article does, ends it as a stop.
bool RuleMatcher::SaysWhatItDoes(size_t begin, size_t at) const {
  constexpr std::u32string_view kArticle = U"ال";
  const auto begins = [&](size_t i, std::u32string_view with) { return text_.Folded(text_[i]).starts_with(with); };
  if (at == begin || !begins(begin, kArticle)) return false;
  const bool other_gender = text_.Folded(text_[begin]) == U"المجلس" && text_.Folded(text_[at]).ends_with(U"ه");
  if (begins(at, kArticle)) return at == begin + 1 && other_gender;  // المجلس المصادقة
  for (size_t i = begin + 1; i < at + (at > begin + 1 ? 1 : 0); ++i) {
    if (begins(i, U"ل")) return false;
  }
  return true;
}

// The most that a slot of words may take. {line} runs to the end of its line; {body} begins with a word of `bodies`.
size_t RuleMatcher::LongestWords(const Rule& rule, const RuleSlot& slot, size_t at) const {
  const SlotKind kind = slot.kind;
  if (kind == SlotKind::kLine || kind == SlotKind::kTopic) return LineSlotEnd(at);
  if (kind == SlotKind::kLaw) return LawEnd(at, rule.use == RuleUse::kField);
  const bool named = kind == SlotKind::kBody || kind == SlotKind::kCourt;
  if (named && !(kind == SlotKind::kBody ? IsBody(at) : IsCourt(at))) return at;
  // Words that nothing follows stand in one line with what goes before them.
  if (slot.last && at > 0 && text_[at - 1].kind >= TokenKind::kLineEnd) return at;
  // Behind a sign stands who signs, not of what he is the head.
  if (rule.use == RuleUse::kSigned && at > 0 && text_[at - 1].kind == TokenKind::kSign) return at;
  if (kind == SlotKind::kName) return NameEnd(at);
  const size_t least = kind == SlotKind::kBody ? at + 2 : at + 1;  // المجلس alone names nobody
  size_t end = at;
  for (size_t i = at, words = 0; i < text_.size() && words < kMostWords; ++i) {
    const RuleToken& token = text_[i];
    if (token.kind == TokenKind::kLineEnd && !slot.last) continue;
    if (token.kind != TokenKind::kWord || IsStop(i)) break;
    if (kind == SlotKind::kBody && token.kind == TokenKind::kWord && SaysWhatItDoes(at, i)) break;
    if ((i > at || slot.name == kOfSlot) && !named && citing_ && BeginsCitation(i)) break;
    end = i + 1;
    ++words;
  }
  return end < least ? at : end;
}

namespace {

int64_t OrdinalOf(const RuleMatcher& matcher, size_t token) {
  for (const WordMatch& word : matcher.WordsOf(token)) {
    const auto found = matcher.rules().ordinals.find(word.word);
    if (found != matcher.rules().ordinals.end()) return found->second;
  }
  return 0;
}

}  // namespace

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

}  // namespace diwan
