// Finds numbers among a text's words. The normal form is on disk in the terms: change it only with kIndexFormat.
#include "index/numbers.h"

#include <algorithm>

#include "core/fold.h"
#include "core/number_chain.h"

namespace diwan {
namespace {

constexpr size_t kMaxParts = 5;       // of one compound number; a longer chain is several
constexpr size_t kMaxJoinBytes = 12;  // between two parts: a separator, spaces, direction marks

size_t DigitsAt(std::u32string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsLatinDigit(text[end])) ++end;
  return end - at;
}

// What stands between two numbers makes them one: / \ - ‐ – . alone, or / with spaces.
bool JoinsNumbers(std::string_view between) {
  if (between.empty() || between.size() > kMaxJoinBytes) return false;
  const std::u32string folded = FromUtf8(FoldToUtf8(between));
  constexpr std::u32string_view kTight = U"/\\-\u2010\u2012\u2013\u2212.\u060D\u2044";
  if (folded.size() == 1) return kTight.find(folded[0]) != std::u32string_view::npos;
  return std::count(folded.begin(), folded.end(), U'/') == 1 &&
         std::all_of(folded.begin(), folded.end(), [](char32_t c) { return c == U'/' || c == U' '; });
}

bool IsWhole(const TextWord& word) { return word.number && word.surface.find('.') == std::string::npos; }

// Words that say "of the year" between a number and its year. After سنة and عام alone, which also say "years", the word
// "number" must stand before the number; after "of" there must be a whole year: 3 of 12 is a share.
enum class Needs { kNothing, kLabel, kWholeYear };
struct YearWord {
  std::string_view word;
  Needs needs;
};
constexpr YearWord kYearWords[] = {{"لسنه", Needs::kNothing}, {"لعام", Needs::kNothing}, {"للعام", Needs::kNothing},
                                   {"سنه", Needs::kLabel},    {"عام", Needs::kLabel},    {"سال", Needs::kLabel},
                                   {"of", Needs::kWholeYear}};
constexpr std::string_view kLabels[] = {"رقم", "الرقم", "برقم", "رقمه", "رقمها", "شماره", "number", "no"};

bool IsLabel(const TextWord& word) {
  const std::string& name = word.pieces.empty() ? word.surface : word.pieces.front();
  return std::find(std::begin(kLabels), std::end(kLabels), name) != std::end(kLabels);
}

bool IsYear(const TextWord& word) { return IsWhole(word) && (word.surface.size() == 4 || word.surface.size() == 2); }

// Of the years that papers bear, in any calendar.
bool IsWholeYear(std::string_view number) { return number.size() == 4 && number >= "1200" && number <= "2100"; }

bool SaysYear(const std::vector<TextWord>& words, size_t number) {
  for (const YearWord& row : kYearWords) {
    if (row.word != words[number + 1].surface) continue;
    if (row.needs == Needs::kWholeYear) return IsWholeYear(words[number + 2].surface);
    return row.needs == Needs::kNothing || (number > 0 && IsLabel(words[number - 1]));
  }
  return false;
}

void AddSimple(const std::vector<TextWord>& words, std::vector<TextNumber>& out) {
  for (size_t i = 0; i < words.size(); ++i) {
    const TextWord& word = words[i];
    if (word.number) {
      out.push_back({word.surface, {}, i, i + 1});
      continue;
    }
    for (size_t at = 0; at < word.folded.size();) {
      const size_t length = DigitsAt(word.folded, at);
      if (length > 0) out.push_back({NormalNumber(word.folded.substr(at, length)), {}, i, i + 1});
      at += std::max<size_t>(1, length);
    }
  }
}

void AddCompound(const std::vector<TextWord>& words, const std::vector<size_t>& members, std::vector<TextNumber>& out) {
  TextNumber number;
  number.first_word = members.front();
  number.end_word = members.back() + 1;
  for (const size_t i : members) {
    if (!number.value.empty()) number.value += '/';
    number.value += words[i].surface;
    number.parts.push_back(words[i].surface);
  }
  out.push_back(std::move(number));
}

}  // namespace

size_t NumberLength(std::u32string_view folded, size_t at) {
  size_t length = DigitsAt(folded, at);
  for (bool groups = length <= 3; groups && at + length < folded.size() && folded[at + length] == U',';) {
    groups = DigitsAt(folded, at + length + 1) == 3;
    if (groups) length += 4;
  }
  const size_t point = at + length;
  const size_t decimals = point < folded.size() && folded[point] == U'.' ? DigitsAt(folded, point + 1) : 0;
  const size_t after = point + 1 + decimals;
  const bool chain_goes_on = after + 1 < folded.size() && folded[after] == U'.' && IsLatinDigit(folded[after + 1]);
  const bool chain_before = at >= 2 && folded[at - 1] == U'.' && IsLatinDigit(folded[at - 2]);
  return decimals == 0 || chain_goes_on || chain_before ? length : length + 1 + decimals;
}

std::string NormalNumber(std::u32string_view folded) {
  std::string out;
  for (const char32_t c : folded) {
    if (c == U',') continue;
    if (out == "0" && c != U'.') out.clear();
    out += static_cast<char>(c);
  }
  return out;
}

std::string TurnedNumber(const std::string& number) {
  const size_t slash = number.find('/');
  if (slash == std::string::npos || number.find('/', slash + 1) != std::string::npos) return "";
  const std::string first = number.substr(0, slash);
  const std::string second = number.substr(slash + 1);
  return IsWholeYear(first) == IsWholeYear(second) ? "" : second + "/" + first;
}

std::vector<TextNumber> FindNumbers(const std::vector<TextWord>& words, std::string_view utf8) {
  std::vector<TextNumber> out;
  AddSimple(words, out);
  for (size_t i = 0; i < words.size(); ++i) {
    if (!IsWhole(words[i])) continue;
    std::vector<size_t> members = {i};
    while (members.size() < kMaxParts && members.back() + 1 < words.size()) {
      const TextWord& last = words[members.back()];
      const TextWord& next = words[members.back() + 1];
      if (!IsWhole(next) || !JoinsNumbers(utf8.substr(last.end, next.begin - last.end))) break;
      members.push_back(members.back() + 1);
    }
    const size_t last = members.back();
    if (members.size() == 1 && last + 2 < words.size() && IsYear(words[last + 2]) && SaysYear(words, last)) {
      members.push_back(last + 2);
    }
    if (members.size() > 1) AddCompound(words, members, out);
    i = last;
  }
  return out;
}

}  // namespace diwan
