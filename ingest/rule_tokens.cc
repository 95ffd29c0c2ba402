// Cuts a page's text for the rules of fields and citations. Numbers keep what joins them, because a number that is cut
// is another number.
#include "ingest/rule_tokens.h"

#include <algorithm>

#include "core/date_words.h"
#include "core/number_chain.h"
#include "ingest/printed_number.h"

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200C;
constexpr uint32_t kMostLetters = 3;  // of a part of a number that is no digits: `ص`, `م.ب`

bool IsSpace(char32_t c) { return c == U' ' || c == U'\t' || c == U'\r' || c == U'\v' || c == U'\f'; }

// Letters of any script; what can't be read (U+FFFD) belongs to its word.
bool IsLetter(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  constexpr std::u32string_view kSigns = U"،؛؟۔٪٭«»؍";
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || c == 0xA0 || c == 0xB7;
  return !punctuation && kSigns.find(c) == std::u32string_view::npos;
}

}  // namespace

RuleText::RuleText(std::string_view utf8, bool jalali_likely)
    : utf8_(utf8), folded_(Fold(utf8)), dates_(FindAllDates(utf8, jalali_likely)) {
  std::erase_if(dates_, [](const PrintedDate& date) { return date.day == 0; });
  Cut();
}

std::u32string_view RuleText::Folded(const RuleToken& token) const {
  return std::u32string_view(folded_.text).substr(token.begin, token.word_end - token.begin);
}

std::string_view RuleText::Printed(size_t first, size_t last) const {
  return utf8_.substr(BeginByte(first), EndByte(last) - BeginByte(first));
}

const PrintedDate* RuleText::DateAt(size_t token) const {
  if (token >= tokens_.size()) return nullptr;
  const size_t begin = BeginByte(token);
  const auto found = std::ranges::lower_bound(dates_, begin, {}, &PrintedDate::begin);
  return found != dates_.end() && found->begin == begin ? &*found : nullptr;
}

size_t RuleText::First(const PrintedDate& date) const {
  const auto before = [&](const RuleToken& token) { return folded_.begin[token.begin] < date.begin; };
  return static_cast<size_t>(std::ranges::partition_point(tokens_, before) - tokens_.begin());
}

const PrintedDate* RuleText::SameDayBehind(const PrintedDate& date) const {
  const PrintedDate* next = &date + 1;
  if (next == dates_.data() + dates_.size() || next->calendar == date.calendar) return nullptr;
  const Bridge bridge = ReadBridge(folded_.text, tokens_[After(date) - 1].end, tokens_[First(*next)].begin);
  const bool one_day = next->days.first <= date.days.last && date.days.first <= next->days.last;
  return bridge == Bridge::kEqual || (bridge == Bridge::kSigns && one_day) ? next : nullptr;
}

const PrintedDate& RuleText::SurerDate(const PrintedDate& date) const {
  const PrintedDate* next = SameDayBehind(date);
  return next == nullptr || next->calendar == Calendar::kHijri ? date : *next;
}

size_t RuleText::After(const PrintedDate& date) const {
  const auto behind = [&](const RuleToken& token) { return folded_.begin[token.begin] < date.end; };
  return static_cast<size_t>(std::ranges::partition_point(tokens_, behind) - tokens_.begin());
}

std::string RuleText::YearDigits(size_t first, size_t last) const {
  const auto spelled = SpelledAt(first);
  return spelled ? std::to_string(spelled->value) : LatinDigits(Printed(first, last));
}

bool RuleText::IsDoubtful(size_t first, size_t last, bool year) const {
  if (year && tokens_[first].kind == TokenKind::kWord) return false;
  // `²` and `½` fold to digits, and are none of the number's.
  const std::u32string printed = FromUtf8(Printed(first, last));
  const auto odd = [](char32_t c) {
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE) || (c >= 0x2070 && c <= 0x2189) ||
           (c >= 0x2460 && c <= 0x249B);
  };
  if (std::ranges::any_of(printed, odd)) return true;
  if (DateAt(last) != nullptr) return false;
  return MayBeCut(folded_.text, tokens_[first].begin, tokens_[last - 1].end, year);
}

std::optional<SpelledNumber> RuleText::SpelledAt(size_t token) const {
  if (token >= tokens_.size() || tokens_[token].kind != TokenKind::kWord) return {};
  return ReadSpelledNumber(folded_.text, tokens_[token].begin);
}

size_t RuleText::After(const SpelledNumber& number) const {
  const auto behind = [&](const RuleToken& token) { return token.begin < number.end; };
  return static_cast<size_t>(std::ranges::partition_point(tokens_, behind) - tokens_.begin());
}

bool RuleText::BeginsLabel(size_t token) const {
  constexpr size_t kMostWords = 3;
  if (!BeginsLine(token)) return false;
  size_t at = token;
  while (at < tokens_.size() && at < token + kMostWords && tokens_[at].kind == TokenKind::kWord) ++at;
  return at > token && at < tokens_.size() && Folded(tokens_[at]) == U":";
}

bool RuleText::IsPart(size_t token) const {
  return token > 0 && tokens_[token].begin == tokens_[token - 1].end + 1 &&
         folded_.text[tokens_[token - 1].end] == kZwnj;
}

bool RuleText::HasPluralEnding(size_t token) const {
  const RuleToken& word = tokens_[token];
  const auto ending = std::u32string_view(folded_.text).substr(word.word_end, word.end - word.word_end);
  return ending.find(U"ها") != std::u32string_view::npos;
}

bool RuleText::IsEnclosing(size_t token) const {
  const RuleToken& sign = tokens_[token];
  if (sign.kind != TokenKind::kSign || folded_.text[sign.begin] != U'/') return false;
  const bool after = token > 0 && tokens_[token - 1].kind <= TokenKind::kNumber && tokens_[token - 1].end == sign.begin;
  const bool before = token + 1 < tokens_.size() && tokens_[token + 1].kind <= TokenKind::kNumber &&
                      tokens_[token + 1].begin == sign.end;
  // `/٦٢/`, and `لسنة/٢٠١٩`
  return after != before ||
         (after && tokens_[token - 1].kind == TokenKind::kWord && tokens_[token + 1].kind == TokenKind::kNumber);
}

void RuleText::PushWord(uint32_t begin, uint32_t end) {
  constexpr std::u32string_view kSuffixes[] = {U"ي", U"اي", U"ها", U"هاي"};
  const auto word = std::u32string_view(folded_.text).substr(begin, end - begin);
  const bool behind_zwnj = begin > 0 && folded_.text[begin - 1] == kZwnj;
  if (behind_zwnj && !tokens_.empty() && std::ranges::find(kSuffixes, word) != std::end(kSuffixes)) {
    tokens_.back().end = end;
    return;
  }
  tokens_.push_back({.kind = TokenKind::kWord, .begin = begin, .end = end, .word_end = end, .line = lines_});
}

void RuleText::PushLineEnd(uint32_t at) {
  const bool blank = tokens_.empty() || tokens_.back().kind >= TokenKind::kLineEnd;
  if (!blank) {
    tokens_.push_back({.kind = TokenKind::kLineEnd, .begin = at, .end = at + 1, .word_end = at + 1, .line = lines_++});
  } else if (!tokens_.empty()) {
    tokens_.back().kind = TokenKind::kBlankLine;
  }
}

uint32_t RuleText::LettersEnd(uint32_t at) const {
  while (at < folded_.text.size() && IsLetter(folded_.text[at]) && folded_.text[at] != kZwnj &&
         !IsSpace(folded_.text[at])) {
    ++at;
  }
  return at;
}

// `ت601هـ`, `م`: letters, perhaps with digits between. `at` when there are more letters than parts of numbers have.
uint32_t RuleText::MixedEnd(uint32_t at) const {
  const uint32_t letters = LettersEnd(at);
  if (letters == at || letters - at > kMostLetters) return at;
  uint32_t digits = letters;
  while (digits < folded_.text.size() && IsLatinDigit(folded_.text[digits])) ++digits;
  if (digits == letters) return letters;
  const uint32_t end = LettersEnd(digits);
  return end - digits <= kMostLetters ? end : digits;
}

// `هيئة مدنية/2022`: one or two words that a slash joins to digits. `at` when it is none.
uint32_t RuleText::WordsInNumberEnd(uint32_t at) const {
  const std::u32string& text = folded_.text;
  constexpr uint32_t kLongest = 12;
  uint32_t end = LettersEnd(at);
  if (end + 1 < text.size() && text[end] == U' ' && IsLetter(text[end + 1])) end = LettersEnd(end + 1);
  const bool joined = end + 1 < text.size() && text[end] == U'/' && IsLatinDigit(text[end + 1]);
  return joined && end - at <= 2 * kLongest ? end : at;
}

// `م / 2019` of `12 / م / 2019`, up to the second slash. `at` when it is none.
uint32_t RuleText::SpacedLetters(uint32_t at) const {
  const std::u32string& text = folded_.text;
  uint32_t letters = LettersEnd(at);
  if (letters == at || letters - at > kMostLetters) return at;
  for (uint32_t i = 0; i < kMostLetters && letters < text.size() && text[letters] == U' '; ++i) {
    if (LettersEnd(letters + 1) != letters + 2) break;
    letters += 2;  // `م إ ت`
  }
  uint32_t sign = letters;
  while (sign < text.size() && text[sign] == U' ' && sign < letters + 2) ++sign;
  if (sign >= text.size() || text[sign] != U'/') return at;
  uint32_t digits = sign + 1;
  while (digits < text.size() && text[digits] == U' ' && digits < sign + 3) ++digits;
  return digits < text.size() && IsLatinDigit(text[digits]) ? letters : at;
}

// The letter, or letters with full stops, that end a number behind a slash and a space: `٤ / ب`, `١٥/ م.ت`. 0 when
// there is none.
uint32_t RuleText::LoneLetterEnd(uint32_t at) const {
  const uint32_t short_form = AbbreviationEnd(at);
  if (short_form != at) return short_form;
  return LettersEnd(at) == at + 1 && folded_.text[at] != U'و' ? at + 1 : 0;
}

// Where a part that is joined to a number by the separator at `at` ends; `at` when none is.
uint32_t RuleText::JoinedPart(uint32_t at) const {
  const std::u32string& text = folded_.text;
  const auto size = static_cast<uint32_t>(text.size());
  uint32_t sign = at;
  while (sign < size && text[sign] == U' ' && sign < at + 2) ++sign;
  constexpr std::u32string_view kTight = U"-\u2010\u2011\u2013\u2212.,_\\";
  const bool slash = sign < size && text[sign] == U'/';
  if (!slash && (sign != at || sign >= size || kTight.find(text[sign]) == std::u32string_view::npos)) return at;
  uint32_t part = sign + 1;
  while (slash && part < size && text[part] == U' ' && part < sign + 2) ++part;
  uint32_t end = part;
  while (end < size && IsLatinDigit(text[end])) ++end;
  if (end > part) return end;
  if (slash && part > at + 1) {
    return SpacedLetters(part) != part ? SpacedLetters(part) : std::max(LoneLetterEnd(part), at);
  }
  if (part != at + 1 || text[at] == U'.' || text[at] == U',') return at;  // letters are joined tightly
  end = AbbreviationEnd(part);
  if (end == part) end = MixedEnd(part);
  if (end == part && slash) end = WordsInNumberEnd(part);
  return end > part ? end : at;
}

// `و.ت`, `ل.س`: single letters with full stops between. `at` when it is none.
uint32_t RuleText::AbbreviationEnd(uint32_t at) const {
  const std::u32string& text = folded_.text;
  uint32_t end = at;
  while (LettersEnd(end) == end + 1 && end + 2 < text.size() && text[end + 1] == U'.' &&
         LettersEnd(end + 2) == end + 3) {
    end += 2;
  }
  return end == at ? at : end + 1;
}

// Where a number ends that begins with letters: `ص/١٢٣`, `ب.م/ق/٣٠٢`. `at` when it is none, as `و/١٢٣/` is.
uint32_t RuleText::LetteredNumber(uint32_t at) const {
  const std::u32string& text = folded_.text;
  constexpr int kMostParts = 3;
  uint32_t part = at;
  for (int i = 0; i < kMostParts; ++i) {
    if (part >= text.size()) return at;
    const uint32_t short_form = AbbreviationEnd(part);
    const uint32_t end = short_form != part ? short_form : LettersEnd(part);
    if (end == part || (short_form == part && end - part > kMostLetters)) return at;
    const bool lone = end == part + 1 || short_form != part;  // `ك / ق / 221`; of `رقم / 221` each is its own
    const uint32_t sign = end + (lone && end < text.size() && text[end] == U' ' ? 1 : 0);
    if (sign + 1 >= text.size() || text[sign] != U'/' || (end == at + 1 && text[at] == U'و')) return at;
    part = sign + 1 + (sign > end && text[sign + 1] == U' ' ? 1 : 0);
    if (part < text.size() && IsLatinDigit(text[part])) return NumberEnd(part);
  }
  return at;
}

// `ح م/445`: letters before a number of letters are part of it; و is a word.
void RuleText::PushNumber(uint32_t begin, uint32_t end) {
  const auto letter_before = [&] {
    if (tokens_.empty() || tokens_.back().kind != TokenKind::kWord) return false;
    const RuleToken& before = tokens_.back();
    return before.end - before.begin == 1 && before.end + 1 == begin && folded_.text[before.begin] != U'و';
  };
  const bool lettered = !IsLatinDigit(folded_.text[begin]);
  for (uint32_t i = 0; i < kMostLetters && lettered && letter_before(); ++i) {
    begin = tokens_.back().begin;
    tokens_.pop_back();
  }
  tokens_.push_back({.kind = TokenKind::kNumber, .begin = begin, .end = end, .word_end = end, .line = lines_});
}

// `د / 12` of `9 د / 12 / 334`, up to the digits. `at` when it is none.
uint32_t RuleText::LetterBetween(uint32_t at) const {
  const std::u32string& text = folded_.text;
  if (at + 1 >= text.size() || text[at] != U' ' || LettersEnd(at + 1) != at + 2 || text[at + 1] == U'و') return at;
  uint32_t sign = at + 2;
  if (sign < text.size() && text[sign] == U' ') ++sign;
  if (sign + 1 >= text.size() || text[sign] != U'/') return at;
  const uint32_t digits = sign + (text[sign + 1] == U' ' ? 2 : 1);
  return digits < text.size() && IsLatinDigit(text[digits]) ? digits : at;
}

// `(1122 - 1195)` as one number, which Afghan circulars have, `(٢٥ س)`, and `33 - 2021` of which one is a year; `at`
// when the digits are no such.
uint32_t RuleText::RangeEnd(uint32_t begin, uint32_t at) const {
  const std::u32string& text = folded_.text;
  const auto past_spaces = [&](uint32_t i) {
    while (i < text.size() && text[i] == U' ') ++i;
    return i;
  };
  uint32_t open = begin;
  while (open > 0 && text[open - 1] == U' ') --open;
  const bool opened = open > 0 && text[open - 1] == U'(';
  const auto closed = [&](uint32_t i) {
    return opened && past_spaces(i) < text.size() && text[past_spaces(i)] == U')';
  };
  const uint32_t sign = past_spaces(at);
  if (sign > at && LettersEnd(sign) == sign + 1 && closed(sign + 1)) return sign + 1;
  if (sign >= text.size() || (text[sign] != U'-' && text[sign] != U'\u2013')) return at;
  const uint32_t digits = past_spaces(sign + 1);
  uint32_t end = digits;
  while (end < text.size() && IsLatinDigit(text[end])) ++end;
  if (end == digits || JoinedPart(end) != end) return at;
  if (closed(end) || IsYear(begin, at) != IsYear(digits, end)) return end;
  // `رقم 11 - 10` of the laws of Algeria
  const bool pair = at - begin == 2 && end - digits == 2 && FollowsNumberWord(text, begin);
  return pair && !ReadMonth(text, past_spaces(end)) ? end : at;
}

bool RuleText::IsYear(uint32_t begin, uint32_t end) const {
  const auto digits = std::u32string_view(folded_.text).substr(begin, end - begin);
  return digits.size() == 4 && (digits.starts_with(U"13") || digits.starts_with(U"14") || digits.starts_with(U"19") ||
                                digits.starts_with(U"20"));
}

// The digits at `at` and what is joined to them.
uint32_t RuleText::JoinedEnd(uint32_t at) const {
  while (at < folded_.text.size() && IsLatinDigit(folded_.text[at])) ++at;
  for (uint32_t next = JoinedPart(at); next != at; next = JoinedPart(at)) at = next;
  return at;
}

uint32_t RuleText::NumberEnd(uint32_t at) const {
  const std::u32string& text = folded_.text;
  const uint32_t begin = at;
  at = JoinedEnd(at);
  if (const uint32_t digits = LetterBetween(at); digits != at) at = JoinedEnd(digits);
  if (const uint32_t end = RangeEnd(begin, at); end != at) return end;
  // `1234/م ب`; و is a word.
  const bool letter = at > 1 && IsLetter(text[at - 1]) && text[at - 2] == U'/' && at + 1 < text.size() &&
                      text[at] == U' ' && LettersEnd(at + 1) == at + 2 && text[at + 1] != U'و';
  return letter ? at + 2 : at;
}

// Pushes what begins with a letter. Returns where it ends.
uint32_t RuleText::WordOrNumber(uint32_t at) {
  if (const uint32_t end = LetteredNumber(at); end != at) {
    PushNumber(at, end);
    return end;
  }
  const uint32_t short_form = AbbreviationEnd(at);
  const uint32_t end = short_form != at ? short_form : LettersEnd(at);
  PushWord(at, end);
  return end;
}

void RuleText::Cut() {
  const std::u32string& text = folded_.text;
  const auto size = static_cast<uint32_t>(text.size());
  for (uint32_t at = 0; at < size;) {
    const uint32_t begin = at;
    if (text[at] == U'\n') {
      PushLineEnd(at++);
    } else if (IsSpace(text[at]) || text[at] == kZwnj) {
      ++at;
    } else if (IsLatinDigit(text[at])) {
      at = NumberEnd(at);
      PushNumber(begin, at);
    } else if (IsLetter(text[at])) {
      at = WordOrNumber(at);
    } else {
      ++at;
      tokens_.push_back({.kind = TokenKind::kSign, .begin = begin, .end = at, .word_end = at, .line = lines_});
    }
  }
  if (!tokens_.empty() && tokens_.back().kind < TokenKind::kLineEnd) ++lines_;
}

bool EndsSentence(const RuleText& text, size_t token) {
  constexpr std::u32string_view kEnds = U".؛;!؟?۔";
  const RuleToken& sign = text[token];
  if (sign.kind == TokenKind::kBlankLine) return true;
  return sign.kind == TokenKind::kSign && kEnds.find(text.Folded(sign)[0]) != std::u32string_view::npos;
}

}  // namespace diwan
