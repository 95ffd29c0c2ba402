// Which sign of an amount parts its thousands, and which its fraction.
#include "ingest/printed_number.h"

#include <algorithm>

#include "core/fold.h"
#include "core/number_chain.h"
#include "core/number_words.h"

namespace diwan {
namespace {

constexpr size_t kMostDigits = 15;

// Whether every part between signs, the first aside, has three digits.
bool InThousands(std::string_view digits) {
  for (size_t sign = digits.find_first_of(".,"); sign != std::string_view::npos;) {
    const size_t next = digits.find_first_of(".,", sign + 1);
    if (std::min(next, digits.size()) - sign != 4) return false;
    sign = next;
  }
  return true;
}

// The sign that stands before a fraction, or npos.
size_t FractionSign(std::string_view digits) {
  const size_t last = digits.find_last_of(".,");
  if (last == std::string_view::npos) return last;
  const size_t first = digits.find_first_of(".,");
  const bool one_sign = first == last;
  if (digits[first] != digits[last]) return last;  // `85,000.000`
  if (one_sign) return digits.size() - last == 4 ? std::string_view::npos : last;
  return InThousands(digits) ? std::string_view::npos : last;
}

// The byte at which مكرر or its like stands behind a number; 0 where none does.
size_t RepeatAt(std::string_view printed) {
  const FoldedText folded = Fold(printed);
  const std::u32string_view text = folded.text;
  const size_t first = text.find_first_not_of(U"0123456789/-\\ )](["), digit = text.find_first_of(U"0123456789");
  if (first == std::u32string_view::npos || digit > first) return 0;
  const size_t end = std::min(text.find_first_of(U"0123456789/-\\ )]([", first), text.size());
  return IsRepeatWord(text.substr(first, end - first)) ? folded.begin[first] : 0;
}

// `45) مكررا (أ` as "45 مكررا أ".
SplitNumber SplitRepeated(std::string_view printed, size_t repeat) {
  constexpr std::string_view kSigns = "/-\\ )]([";
  const std::string_view head = printed.substr(0, repeat);
  SplitNumber split = SplitPrinted(head.substr(0, head.find_last_not_of(kSigns) + 1));
  const std::string latin = LatinDigits(printed.substr(repeat));
  for (std::string_view rest = latin; !rest.empty();) {
    const size_t end = std::min(rest.find_first_of(kSigns), rest.size());
    const std::string part(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty()) continue;
    const std::string year = Split("0/" + part).year;
    if (split.year.empty() && !year.empty()) {
      split.year = year;
    } else {
      split.number += " " + part;
    }
  }
  return split;
}

}  // namespace

std::string WithoutThousands(std::string_view number) {
  constexpr std::string_view kSign = "\u066C";
  std::string out;
  for (size_t at = number.find(kSign); at != std::string_view::npos; at = number.find(kSign)) {
    out.append(number.substr(0, at));
    number.remove_prefix(at + kSign.size());
  }
  return out.append(number);
}

SplitNumber SplitPrinted(std::string_view given) {
  const std::string plain = WithoutThousands(given);
  const std::string_view printed = plain;
  if (const size_t repeat = RepeatAt(printed); repeat != 0) return SplitRepeated(printed, repeat);
  SplitNumber split = Split(printed);
  if (!split.year.empty()) return split;
  constexpr float kPerhapsTwo = 0.4F;  // `150,151`
  if (printed.find(',') != std::string_view::npos) split.sure = kPerhapsTwo;
  std::string latin = LatinDigits(printed);
  constexpr std::string_view kJoiner = "\u200D";  // shapes a lone letter: `۷۷۱/ه‍`
  for (size_t at = latin.find(kJoiner); at != std::string::npos; at = latin.find(kJoiner))
    latin.erase(at, kJoiner.size());
  constexpr std::string_view kAround = "/-\\.0123456789";
  split.number.clear();
  for (size_t i = 0; i < latin.size(); ++i) {
    const bool keeps = latin[i] != ' ' || (!split.number.empty() && i + 1 < latin.size() && latin[i + 1] != ' ' &&
                                           kAround.find(latin[i + 1]) == std::string_view::npos &&
                                           kAround.find(split.number.back()) == std::string_view::npos);
    if (keeps) split.number += latin[i];
  }
  return split;
}

namespace {

constexpr size_t kMostBlanks = 2;  // beyond which stands another column

bool IsBlank(char32_t c) { return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x200B || c == 0x200C; }

bool IsArabicLetter(char32_t c) { return c >= 0x621 && c <= 0x6D3 && !(c >= 0x660 && c <= 0x66D) && c != 0x6D4; }

bool IsWordLetter(char32_t c) { return IsArabicLetter(c) || (c >= U'a' && c <= U'z') || c == 0xFFFD; }

size_t PastBlanks(std::u32string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

std::u32string_view WordAt(std::u32string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsWordLetter(text[end])) ++end;
  return text.substr(at, end - at);
}

bool IsOf(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// What touches the end of a number. Words of three letters are its neighbours: `45لسنة`.
bool TouchCuts(std::u32string_view text, size_t end, bool year) {
  constexpr size_t kLeastWord = 3;
  constexpr std::u32string_view kMayEnd =
      U"()[]{}«»\"'\u201C\u201D\u2018\u2019،,.؛;:!-\u2010\u2011\u2013\u2014\u2212/|۔";
  if (end == text.size() || text[end] == U'\n' || text[end] == U'\r' || IsBlank(text[end])) return false;
  const std::u32string_view word = WordAt(text, end);
  if (!word.empty()) {
    const bool arabic = std::ranges::all_of(word, IsArabicLetter);
    const bool calendar = year && word.size() == 1 && IsOf(word[0], U"مهقش");
    return !arabic || (word.size() < kLeastWord && !calendar) ||
           (end + word.size() < text.size() && IsLatinDigit(text[end + word.size()]));
  }
  if (text[end] == U'.' && end + 1 < text.size() && text[end + 1] == U'.') return true;
  return !IsOf(text[end], kMayEnd);
}

// What touches its beginning: `½45`, `O1`.
bool TouchCutsBefore(std::u32string_view text, size_t begin) {
  constexpr std::u32string_view kMayBegin =
      U"()[]{}«»\"'\u201C\u201D\u2018\u2019،,.؛;:-\u2010\u2011\u2013\u2014\u2212/\\|#*№";
  if (begin == 0) return false;
  const char32_t before = text[begin - 1];
  if (before == U'\n' || before == U'\r' || IsBlank(before)) return false;
  return !IsArabicLetter(before) && !IsOf(before, kMayBegin);
}

// `45 مكرر`, `(45) مكررا`, `45 ب` and, of a range, `45 إلى 48`.
bool WordCuts(std::u32string_view text, size_t end, bool year) {
  constexpr std::u32string_view kRepeated = U"مكرر";
  size_t at = end;
  for (size_t signs = 0; at < text.size() && (IsBlank(text[at]) || (IsOf(text[at], U"()[]/-\u2013") && signs++ < 3));)
    ++at;
  if (text.substr(at).starts_with(kRepeated)) return true;
  const size_t next = PastBlanks(text, end);
  if (next == end || next > end + kMostBlanks) return false;
  const std::u32string_view word = WordAt(text, next);
  const size_t behind = PastBlanks(text, next + word.size());
  const bool digit = behind < text.size() && IsLatinDigit(text[behind]);
  if (digit && (word == U"الي" || word == U"حتي" || word == U"تا")) return true;
  const bool goes_on = behind < text.size() && IsOf(text[behind], U"/.:");  // `ق 7 ج 12`, `9 د / 12`
  return !year && word.size() == 1 && word != U"و" && !digit && !goes_on;
}

// `4 (خمسة وأربعون)`
bool WordsSayOther(const std::u32string& text, size_t begin, size_t end) {
  constexpr size_t kMostValue = 9;  // digits
  size_t at = PastBlanks(text, end);
  if (at < text.size() && text[at] == U')') at = PastBlanks(text, at + 1);
  if (at >= text.size() || text[at] != U'(' || end - begin > kMostValue) return false;
  int64_t value = 0;
  for (size_t i = begin; i < end; ++i) {
    if (!IsLatinDigit(text[i])) return false;
    value = value * 10 + static_cast<int64_t>(text[i] - U'0');
  }
  const auto spelled = ReadSpelledNumber(text, PastBlanks(text, at + 1));
  return spelled && spelled->value != value;
}

}  // namespace

bool MayBeCut(const std::u32string& folded, size_t begin, size_t end, bool year) {
  const std::u32string_view text = folded;
  if (TouchCuts(text, end, year) || TouchCutsBefore(text, begin) || WordCuts(text, end, year)) return true;
  const size_t next = PastBlanks(text, end);
  if (next <= end + kMostBlanks && next > end && next < text.size() && IsLatinDigit(text[next])) return true;
  size_t before = begin;
  while (before > 0 && IsBlank(text[before - 1])) --before;
  if (before > 0 && before < begin && before + kMostBlanks >= begin && IsLatinDigit(text[before - 1])) return true;
  return WordsSayOther(folded, begin, end);
}

std::string PlainAmount(std::string_view printed, int64_t times) {
  const std::string latin = FoldToUtf8(printed);
  // The Arabic decimal separator says what '.' may not.
  const size_t sign = printed.find("٫") != std::string_view::npos ? latin.find_last_of('.') : FractionSign(latin);
  std::string whole = latin.substr(0, sign);
  std::string fraction(sign == std::string::npos ? "" : latin.substr(sign + 1));
  if (!InThousands(whole)) return {};
  std::erase_if(whole, [](char c) { return c == '.' || c == ','; });
  for (; times >= 10; times /= 10) {
    whole += fraction.empty() ? '0' : fraction.front();
    fraction.erase(0, fraction.empty() ? 0 : 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (whole.size() + fraction.size() > kMostDigits) return {};
  return fraction.empty() ? whole : whole + "." + fraction;
}

}  // namespace diwan
