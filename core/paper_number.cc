// Normal forms are on disk in keys (docs/on_disk_format.md): change them only with a rebuild of those.
#include "core/paper_number.h"

#include <algorithm>
#include <set>

#include "core/calendar.h"
#include "core/fold.h"
#include "core/number_chain.h"

namespace diwan {
namespace {

constexpr std::u32string_view kRepeat = U"مكرر";

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

// "7/ص" of "٠٠٧ - ص", "45/مكرر/ا" of "45 مكررا (أ)": what is neither digit, letter nor separator goes, and zeros before
// a number.
class PlainNumber {
 public:
  explicit PlainNumber(std::string_view text) {
    for (const char32_t c : FromUtf8(FoldToUtf8(text))) {
      if (IsLetter(c)) {
        word_ += c;
        continue;
      }
      EndWord();
      if (PartsNumbers(c)) Part();
      if (IsLatinDigit(c)) AddDigit(c);
    }
    EndWord();
    if (!out_.empty() && out_.back() == U'/') out_.pop_back();
  }

  std::string Text() const { return ToUtf8(out_); }

 private:
  void Part() {
    if (!out_.empty() && out_.back() != U'/') out_ += U'/';
  }

  void EndWord() {
    const bool repeat = IsRepeatWord(word_);
    if (repeat || (repeated_ && !word_.empty())) Part();
    out_ += repeat ? kRepeat : word_;
    repeated_ = repeat || (repeated_ && word_.empty());
    word_.clear();
  }

  void AddDigit(char32_t digit) {
    if (repeated_) Part();
    repeated_ = false;
    const bool begins = out_.size() == 1 || (out_.size() > 1 && !IsLatinDigit(out_[out_.size() - 2]));
    if (begins && out_.back() == U'0') out_.pop_back();
    out_ += digit;
  }

  std::u32string out_;
  std::u32string word_;
  bool repeated_ = false;  // the last word makes another number of what is before it
};

std::string Plain(std::string_view text) { return PlainNumber(text).Text(); }

bool HasDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// `145/ص/2020` as 145/ص of 2020.
SplitNumber SplitLettered(const std::string& number) {
  SplitNumber split{.number = number, .year = YearInNumber(number)};
  if (split.year.empty()) return split;
  const size_t at = ("/" + number + "/").find("/" + split.year + "/");
  split.number.erase(at == 0 ? 0 : at - 1, split.year.size() + 1);
  return split;
}

// Where a year stands in the number, or the one that is known stands at its end, it is no part of it.
void PartYear(PaperNumber& out) {
  const size_t slash = out.number.rfind('/');
  if (slash == std::string::npos) return;
  const std::string before = out.number.substr(0, slash);
  const std::string last = out.number.substr(slash + 1);
  SplitNumber split = Split(out.number);
  if (split.year.empty()) split = SplitLettered(out.number);
  // A judicial year has one or two digits: `2315/67` says it only where the year is given too, or is a case's.
  const bool judicial = out.role == NumberRole::kCase && split.year.empty() && IsDigits(before) && IsDigits(last);
  if (judicial) split = {.number = before, .year = last};
  if (out.year.empty() || split.year == out.year) {
    out.number = std::move(split.number);
    out.year = std::move(split.year);
  } else if (last == out.year && HasDigit(before)) {
    out.number = before;
  }
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

std::string YearInNumber(std::string_view number) {
  std::string year;
  bool letters = false;
  bool others = false;
  while (!number.empty()) {
    const size_t end = std::min(number.find_first_of("/-\\"), number.size());
    const std::string_view part = number.substr(0, end);
    number.remove_prefix(std::min(end + 1, number.size()));
    letters = letters || !IsDigits(part);
    if (!IsYear(part)) {
      others = others || HasDigit(part);
    } else if (year.empty()) {
      year = part;
    } else {
      return {};
    }
  }
  return letters && others ? year : std::string();
}

bool IsRepeatWord(std::u32string_view folded) {
  constexpr std::u32string_view kWords[] = {kRepeat, U"مكررا", U"مكرره", U"bis"};
  return std::ranges::find(kWords, folded) != std::end(kWords);
}

std::optional<PaperNumber> NormalPaperNumber(NumberRole role, std::string_view number, std::string_view year) {
  PaperNumber out{.role = role, .number = Plain(number), .year = Plain(year)};
  PartYear(out);
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
