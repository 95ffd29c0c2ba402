// Normal forms are on disk in keys (docs/on_disk_format.md): change them only with a rebuild of those.
#include "core/paper_number.h"

#include <algorithm>
#include <set>

#include "core/calendar.h"
#include "core/fold.h"
#include "core/number_chain.h"

namespace diwan {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Years that papers bear, in four digits and three calendars.
bool IsYear(std::string_view text) {
  if (text.size() != 4 || !IsDigits(text)) return false;
  return (text >= "1300" && text <= "1460") || (text >= "1900" && text <= "2099");
}

// Of the Arabic block, signs that are no letters.
bool PartsWords(char32_t c) { return c >= U'\u0660' && c <= U'\u066D'; }

bool IsLetter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'\u0620' && c <= U'\u06D3' && !PartsWords(c)); }

bool PartsNumbers(char32_t c) {
  constexpr std::u32string_view kSeparators = U"/.\\-\u2010\u2011\u2012\u2013\u2014\u2212\u2044";
  return kSeparators.find(c) != std::u32string_view::npos;
}

// "7/ص" of "٠٠٧ - ص": what is neither digit, letter nor separator goes, and zeros before a number.
std::string Plain(std::string_view text) {
  std::u32string out;
  for (const char32_t c : FromUtf8(FoldToUtf8(text))) {
    if (PartsNumbers(c)) {
      if (!out.empty() && out.back() != U'/') out += U'/';
      continue;
    }
    if (!IsLatinDigit(c) && !IsLetter(c)) continue;
    const bool begins = out.size() == 1 || (out.size() > 1 && !IsLatinDigit(out[out.size() - 2]));
    if (IsLatinDigit(c) && begins && out.back() == U'0') out.pop_back();
    out += c;
  }
  if (!out.empty() && out.back() == U'/') out.pop_back();
  return ToUtf8(out);
}

// The years in which a paper of this date was written, in the calendars that it was printed in.
std::set<std::string> YearsOf(const Field& date) {
  std::set<std::string> years;
  const std::string_view day = std::string_view(date.value).substr(0, 4);
  if (IsYear(day)) years.insert(std::string(day));
  for (const PrintedDate& printed : FindDates(date.printed, /*jalali_likely=*/false)) {
    years.insert(std::to_string(printed.year));
  }
  return years;
}

void AddNumbers(const Record& record, NumberRole role, std::string_view field, std::vector<PaperNumber>& out) {
  const Field* number = record.Find(field);
  if (number == nullptr) return;
  const std::string_view year = role == NumberRole::kPaper ? record.Value("year") : std::string_view();
  auto normal = NormalPaperNumber(role, number->value, year);
  if (!normal) return;
  const Field* date = record.Find("date");
  std::set<std::string> years = date == nullptr ? std::set<std::string>() : YearsOf(*date);
  const bool of_date = normal->year.empty() && role == NumberRole::kPaper;
  if (!of_date && !years.contains(normal->year)) years = {normal->year};
  if (years.empty()) years = {""};
  for (const std::string& each : years) {
    normal->year = each;
    out.push_back(*normal);
  }
}

}  // namespace

SplitNumber Split(std::string_view printed) {
  std::string latin = LatinDigits(printed);
  std::erase(latin, ' ');
  const size_t sign = latin.find_first_of("/-\\");
  if (sign == std::string::npos || latin.find_first_of("/-\\", sign + 1) != std::string::npos) return {.number = latin};
  const std::string first = latin.substr(0, sign);
  const std::string second = latin.substr(sign + 1);
  if (!IsDigits(first) || !IsDigits(second)) return {.number = latin};
  constexpr float kEither = 0.7F;
  if (IsYear(second)) return {.number = first, .year = second, .sure = IsYear(first) ? kEither : 1};
  if (IsYear(first)) return {.number = second, .year = first};
  return {.number = latin};
}

std::optional<PaperNumber> NormalPaperNumber(NumberRole role, std::string_view number, std::string_view year) {
  PaperNumber out{.role = role, .number = Plain(number), .year = Plain(year)};
  const size_t slash = out.number.find('/');
  if (slash != std::string::npos) {
    SplitNumber split = Split(out.number);
    // A judicial year has one or two digits: `2315/67` says it only where the year is given too, or is a case's.
    const bool judicial = role == NumberRole::kCase && split.year.empty() && out.number.rfind('/') == slash;
    if (judicial) split = {.number = out.number.substr(0, slash), .year = out.number.substr(slash + 1)};
    if (out.year.empty() || split.year == out.year) {
      out.number = std::move(split.number);
      if (out.year.empty()) out.year = std::move(split.year);
    } else if (out.number.substr(slash + 1) == out.year) {
      out.number.resize(slash);
    }
  }
  if (out.number.empty() || out.number.size() > kMaxNumberBytes || out.year.size() > kMaxNumberBytes) return {};
  if (IsYear(out.number) && IsYear(out.year) && out.year < out.number) std::swap(out.number, out.year);
  return out;
}

PaperNumber ShapeOf(const PaperNumber& number) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kShapes = "0122406776";  // ٠٥, ٢٣, ٧٨, ٦٩ of bad copies
  PaperNumber shape = number;
  shape.role = number.role == NumberRole::kCase ? NumberRole::kCaseShape : NumberRole::kPaperShape;
  for (std::string* text : {&shape.number, &shape.year}) {
    for (char& c : *text) {
      const size_t digit = kDigits.find(c);
      if (digit != std::string_view::npos) c = kShapes[digit];
    }
  }
  return shape;
}

std::vector<PaperNumber> NumbersOf(const Record& record) {
  std::vector<PaperNumber> out;
  AddNumbers(record, NumberRole::kPaper, "number", out);
  AddNumbers(record, NumberRole::kCase, "case", out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<PaperNumber> NumberOf(const Citation& citation) {
  if (!citation.target.empty()) return PaperNumber{.role = NumberRole::kRecord, .number = citation.target, .year = {}};
  const NumberRole role = citation.kind == CitedKind::kCase ? NumberRole::kCase : NumberRole::kPaper;
  const std::string_view year = citation.year.empty() ? std::string_view(citation.date).substr(0, 4) : citation.year;
  return NormalPaperNumber(role, citation.number, year);
}

}  // namespace diwan
