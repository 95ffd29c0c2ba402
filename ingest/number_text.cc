// The order and the sense of numbers. Digits run from left to right in every text; what stands between and around them
// follows the text's direction, by the rules of Unicode's bidirectional algorithm (UAX 9, W2 to N1).
#include "ingest/number_text.h"

#include <algorithm>
#include <map>
#include <ranges>

#include "core/fold.h"
#include "core/number_chain.h"
#include "ingest/number_label.h"
#include "ingest/script.h"

namespace diwan {
namespace {

std::vector<std::u32string> Split(std::u32string_view text, char32_t separator) {
  std::vector<std::u32string> parts(1);
  for (const char32_t c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::u32string Join(const std::vector<std::u32string>& parts, char32_t separator) {
  std::u32string joined = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) joined += separator + parts[i];
  return joined;
}

bool IsYear(int value) { return (value >= 1300 && value <= 1500) || (value >= 1900 && value <= 2100); }

// 0..9 of a digit of any set.
int Digit(char32_t c) { return static_cast<int>(c <= '9' ? c - '0' : c >= 0x06f0 ? c - 0x06f0 : c - 0x0660); }

// -1 for what is no number of up to six digits.
int Value(std::u32string_view digits) {
  constexpr size_t kMostDigits = 6;
  if (digits.empty() || digits.size() > kMostDigits || !std::ranges::all_of(digits, IsDigit)) return -1;
  int value = 0;
  for (const char32_t c : digits) value = 10 * value + Digit(c);
  return value;
}

struct Printed {
  std::u32string left, core, right;  // of the digits
};

Printed Taken(std::u32string_view label) {
  const auto first = static_cast<size_t>(std::ranges::find_if(label, IsDigit) - label.begin());
  const auto last = static_cast<size_t>(std::find_if(label.rbegin(), label.rend(), IsDigit).base() - label.begin());
  return {std::u32string(label.substr(0, first)), std::u32string(label.substr(first, last - first)),
          std::u32string(label.substr(last))};
}

// Whether the parts between `-` are printed in the order in which they are written.
bool KeepsOrder(const std::vector<std::u32string>& parts, std::string_view language, bool alone) {
  const bool year_left = IsYear(Value(parts.front()));
  const bool year_right = IsYear(Value(parts.back()));
  const bool persian = language == "fas";
  if (year_left == year_right || (persian && parts.size() == 2)) {
    return alone && (persian || (!parts[0].empty() && IsLatinDigit(parts[0][0])));
  }
  return persian ? year_left : year_right;  // 1402-05-17; 12-2019, 17-5-2019
}

std::u32string Written(std::u32string_view core, std::string_view language, bool alone, bool turned) {
  std::vector<std::u32string> parts = Split(core, U'-');
  if (parts.size() > 1 && KeepsOrder(parts, language, alone) == turned) std::ranges::reverse(parts);
  return Join(parts, U'-');
}

// `,` is a separator of thousands where groups of three follow, else the decimal sign.
void SettleCommas(std::u32string& core) {
  const std::vector<std::u32string> groups = Split(core, U',');
  if (groups.size() < 2 || IsLatinDigit(core[0])) return;
  const bool thousands = groups[0].size() <= 3 && std::all_of(groups.begin() + 1, groups.end(), [](const auto& group) {
                           return group.substr(0, group.find_first_not_of(U"0123456789٠١٢٣٤٥٦٧٨٩")).size() == 3;
                         });
  if (!thousands) core = Join(groups, U'٫');
}

// What is printed on one side of the digits, as it is written on the other.
std::u32string Mirrored(std::u32string_view side) {
  std::u32string mirrored;
  for (auto at = side.rbegin(); at != side.rend(); ++at) {
    switch (*at) {
      case U'(':
        mirrored += U')';
        break;
      case U')':
        mirrored += U'(';
        break;
      case U',':
        mirrored += U'،';
        break;
      case kHijriMark:
        mirrored += U"هـ";
        break;
      case kGregorianMark:
        mirrored += U'م';
        break;
      default:
        mirrored += *at;
    }
  }
  return mirrored;
}

std::string TextOf(std::u32string_view label, std::string_view language, bool alone, bool turned) {
  Printed printed = Taken(label);
  std::u32string core = Written(printed.core, language, alone, turned);
  SettleCommas(core);
  const bool latin = IsLatinDigit(core[0]);
  for (std::u32string* side : {&printed.left, &printed.right}) {  // a percent sign follows, wherever it is printed
    if (std::erase(*side, U'%') > 0) core += latin ? U'%' : U'٪';
  }
  std::u32string text = Mirrored(printed.right) + core + Mirrored(printed.left);
  if (language == "fas") {
    for (char32_t& c : text) c = c >= U'٠' && c <= U'٩' ? c - U'٠' + U'۰' : c;
  }
  return ToUtf8(text);
}

bool IsDayAndMonth(int a, int b) { return a >= 1 && b >= 1 && ((a <= 31 && b <= 12) || (a <= 12 && b <= 31)); }

double DatePlausibility(int first, int middle, int last) {
  const bool year_first = IsYear(first);
  const bool year_last = IsYear(last);
  if (year_first || year_last) return IsDayAndMonth(middle, year_first ? last : first) ? 3 : 0.3;
  const bool short_year = IsDayAndMonth(first, middle) || IsDayAndMonth(middle, last);
  return short_year && std::max({first, middle, last}) <= 99 ? 1.5 : 0.5;
}

// Words after which a number stands, folded, with the particles that may be written on to them.
std::map<std::u32string, NumberExpected> FormsOfHeralds() {
  struct Row {
    std::string_view words;
    NumberExpected expected;
  };
  constexpr Row kRows[] = {
      {"رقم عدد مادة فصل فقرة بند جلسة صفحة قطعة تاريخ موافق شماره مورخ مورخه تبصره", NumberExpected::kNumber},
      {"سنة عام سال", NumberExpected::kYear},
  };
  std::map<std::u32string, NumberExpected> forms;
  for (const Row& row : kRows) {
    for (const std::u32string& word : Split(FromUtf8(row.words), U' ')) {
      for (const char32_t* particle : {U"", U"ال", U"لل", U"ل", U"ب", U"بال", U"و", U"وال", U"ول", U"وب"}) {
        forms[Fold(ToUtf8(particle + word)).text] = row.expected;
      }
    }
  }
  return forms;
}

}  // namespace

bool IsNumber(std::u32string_view label) {
  if (label.find(kLetters) != label.npos || label.find(U' ') != label.npos) return false;
  const auto digits = std::ranges::count_if(label, IsDigit);
  const auto latin = std::ranges::count_if(label, IsLatinDigit);
  return digits > 0 && (latin == 0 || latin == digits);
}

std::string NumberText(std::u32string_view label, std::string_view language, bool alone) {
  return TextOf(label, language, alone, false);
}

std::string TurnedNumberText(std::u32string_view label, std::string_view language, bool alone) {
  return Taken(label).core.find(U'-') == std::u32string::npos ? "" : TextOf(label, language, alone, true);
}

bool OrderIsTold(std::u32string_view label, std::string_view language) {
  const std::vector<std::u32string> parts = Split(Taken(label).core, U'-');
  if (parts.size() == 1 || std::ranges::equal(parts, parts | std::views::reverse)) return true;
  if (language == "fas" && parts.size() == 2) return false;
  return IsYear(Value(parts.front())) != IsYear(Value(parts.back()));
}

std::string BareNumber(std::string_view text) {
  std::string bare;
  for (const char32_t c : FromUtf8(text)) {
    if (IsDigit(c)) {
      bare += static_cast<char>('0' + Digit(c));
    } else if (c == U'٫' || c == U'.') {
      bare += '.';
    } else if (c == U'٬' || c == U',' || c == U'،') {
      bare += ',';
    } else if (c == U'/' || c == U'-' || c == U':') {
      bare += static_cast<char>(c);
    } else if (c != U'(' && c != U')' && c != U'%' && c != U'٪' && c != U'ه' && c != U'ـ' && c != U'م') {
      return "";
    }
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto last = std::find_if(bare.rbegin(), bare.rend(), is_digit).base();
  return {std::find_if(bare.begin(), last, is_digit), last};
}

std::string LettersForDigits(std::string_view text) {
  constexpr std::string_view kAlike = "OIZEASGTBg";
  std::string letters(text);
  for (char& c : letters) {
    if (c >= '0' && c <= '9') c = kAlike[static_cast<size_t>(c - '0')];
  }
  return letters;
}

NumberExpected ExpectedAfter(std::string_view word) {
  static const std::map<std::u32string, NumberExpected> kForms = FormsOfHeralds();
  std::u32string folded = Fold(word).text;
  while (!folded.empty() && !IsArabicLetter(folded.back())) folded.pop_back();
  const auto found = kForms.find(folded);
  return found == kForms.end() ? NumberExpected::kNothing : found->second;
}

double Plausibility(std::string_view bare, NumberExpected expected) {
  const std::u32string text = FromUtf8(bare);
  for (const char32_t separator : {U'/', U'-', U'.'}) {
    const std::vector<std::u32string> parts = Split(text, separator);
    if (parts.size() == 3) return DatePlausibility(Value(parts[0]), Value(parts[1]), Value(parts[2]));
    if (parts.size() == 2 && separator != U'.') {
      if (std::ranges::any_of(parts, [](const auto& part) { return part.size() > 2 && part[0] == U'0'; })) return 0.05;
      return IsYear(Value(parts[0])) || IsYear(Value(parts[1])) ? 2 : 1;
    }
  }
  if (const std::vector<std::u32string> parts = Split(text, U':'); parts.size() == 2) {
    return Value(parts[0]) >= 0 && Value(parts[0]) < 24 && Value(parts[1]) >= 0 && Value(parts[1]) < 60 ? 1.5 : 0.3;
  }
  if (expected == NumberExpected::kYear) return IsYear(Value(text)) ? 3 : 0.3;
  constexpr size_t kPhone = 8;  // digits of a telephone number, which may begin with 0
  if (text.size() > 1 && text.size() < kPhone && text[0] == U'0' && std::ranges::all_of(text, IsDigit)) {
    return text.size() == 2 ? 0.05 : 0.002;  // the longer, the likelier a full stop and a number
  }
  return 1;
}

bool IsPossible(std::string_view text) {
  if (text.starts_with('/') || text.ends_with('/')) return false;
  const std::vector<std::u32string> parts = Split(FromUtf8(BareNumber(text)), U'/');
  constexpr size_t kYear = 4;  // digits
  if (parts.size() != 3 || (parts[0].size() == kYear) == (parts[2].size() == kYear)) return true;
  const bool year_first = parts[0].size() == kYear;
  const int year = Value(parts[year_first ? 0 : 2]);
  constexpr int kFirst = 1000;  // years of any calendar
  constexpr int kLast = 2150;
  return year >= kFirst && year <= kLast && IsDayAndMonth(Value(parts[1]), Value(parts[year_first ? 2 : 0]));
}

double MarkPlausibility(std::u32string_view label) {
  constexpr double kOutOfPlace = 0.1;
  const bool hijri = label.find(kHijriMark) != label.npos;
  const bool gregorian = label.find(kGregorianMark) != label.npos;
  if (!hijri && !gregorian) return 1;
  if (hijri && gregorian) return kOutOfPlace;
  std::vector<std::u32string> parts = Split(Taken(label).core, U'/');
  if (parts.size() == 1) parts = Split(parts[0], U'-');
  const bool date = parts.size() == 3 || std::ranges::any_of(parts, [&](const std::u32string& part) {
                      const int value = Value(part);
                      return hijri ? value >= 1300 && value <= 1500 : value >= 1800 && value <= 2100;
                    });
  return date ? 1 : kOutOfPlace;
}

}  // namespace diwan
