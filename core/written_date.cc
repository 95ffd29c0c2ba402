// Reads dates as they are written. What is no date by its form alone (a phone number, 12/2019) is left out here; what
// only its years can tell is left to core/date_readings.cc.
#include "core/written_date.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "core/date_words.h"
#include "core/named_date.h"
#include "core/number_chain.h"
#include "core/number_words.h"

namespace diwan {
namespace {

bool IsLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

bool IsWordBegin(std::u32string_view text, size_t at) {
  return IsLetter(text[at]) && (at == 0 || !IsLetter(text[at - 1]));
}

// `98/12/21`, `21/12/98`: years of which the digits can be no day, so that nothing else in the date is in doubt.
std::optional<WrittenDate> FromShortYear(const NumberChain& chain) {
  constexpr int kCentury = 1300;
  constexpr int kMostDays = 31;
  const auto& [first, second, third] = chain.numbers;
  const auto is_year = [](const ChainNumber& number) { return number.digits == 2 && number.value > kMostDays; };
  if (chain.sign != U'/' || is_year(first) == is_year(third)) return {};
  const ChainNumber& year = is_year(first) ? first : third;
  const ChainNumber& day = is_year(first) ? third : first;
  if (!day.IsPart()) return {};
  WrittenDate date;
  date.end = chain.end;
  date.year = kCentury + year.value;
  date.month = second.value;
  date.day = day.value;
  date.year_first = is_year(first);
  date.short_year = true;
  return date;
}

// `12/3/2019`, `1402/05/12`: the year is the one with four digits, and stands at one end.
std::optional<WrittenDate> FromThreeNumbers(const NumberChain& chain) {
  const auto& [first, second, third] = chain.numbers;
  if (chain.count != 3 || !second.IsPart()) return {};
  if (first.IsYear() == third.IsYear()) return FromShortYear(chain);
  const ChainNumber& year = first.IsYear() ? first : third;
  const ChainNumber& day = first.IsYear() ? third : first;
  if (!day.IsPart()) return {};
  WrittenDate date;
  date.end = chain.end;
  date.year = year.value;
  date.month = second.value;
  date.day = day.value;
  date.year_first = first.IsYear();
  return date;
}

// `2019-03`, `3/2019`: only where a date is asked for, since papers number decisions so.
std::optional<WrittenDate> FromTwoNumbers(const NumberChain& chain) {
  const auto& [first, second, third] = chain.numbers;
  if (chain.count != 2) return {};
  const bool year_first = first.IsYear() && second.IsPart();
  if (!year_first && !(first.IsPart() && second.IsYear())) return {};
  WrittenDate date;
  date.end = chain.end;
  date.year = year_first ? first.value : second.value;
  date.month = year_first ? second.value : first.value;
  date.year_first = year_first;
  return date;
}

bool CanBe(const WrittenDate& date, Calendar calendar) {
  if (!date.named) return IsToldYear(calendar, date.year);
  // Both count from the Hijra, and ه may stand for either.
  return date.calendar == calendar || (date.calendar == Calendar::kJalali && calendar == Calendar::kHijri);
}

void TakeMark(Calendar calendar, WrittenDate& date) {
  if (!CanBe(date, calendar)) {
    date.contradicted = true;
  } else if (!date.named) {
    date.calendar = calendar;
  }
}

// Takes the mark after the date into it, or else one before that begins at or after `from` and fits: ش and ق before
// a number are more often short for other words.
void TakeMarks(std::u32string_view text, size_t from, WrittenDate& date) {
  if (const auto mark = ReadMark(text, SkipSpaces(text, date.end))) {
    date.end = mark->end;
    TakeMark(mark->calendar, date);
    return;
  }
  const auto before = ReadMarkBefore(text, date.begin);
  if (!before || before->end < from || !CanBe(date, before->calendar)) return;
  date.begin = before->end;
  TakeMark(before->calendar, date);
}

// `١٤٤٥ هـ`: a year alone, if its mark can be nothing else.
std::optional<WrittenDate> FromMarkedYear(std::u32string_view text, const NumberChain& chain) {
  const ChainNumber& year = chain.numbers[0];
  if (chain.count != 1 || !year.IsYear()) return {};
  const auto mark = ReadSureMark(text, SkipSpaces(text, year.end));
  if (!mark || !IsToldYear(mark->calendar, year.value)) return {};
  WrittenDate date;
  date.end = year.end;  // the mark is taken as that of any date is
  date.year = year.value;
  return date;
}

// Reads all dates of a text.
class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  std::vector<WrittenDate> Read() {
    for (size_t at = 0; at < text_.size();) {
      if (IsLatinDigit(text_[at])) {
        at = ReadAtDigit(at);
      } else {
        at = IsWordBegin(text_, at) ? ReadAtWord(at) : at + 1;
      }
    }
    return std::move(dates_);
  }

 private:
  size_t ReadAtDigit(size_t at) {
    const NumberChain chain = ReadChain(text_, at);
    std::optional<WrittenDate> date = FromThreeNumbers(chain);
    if (!date && !(chain.numbers[0].IsYear() && InChain(at))) date = ReadNamedDate(text_, chain.numbers[0]);
    if (date) return Add(at, *date);
    if (const auto borrowed = ReadBorrowed(at, chain)) return borrowed->end;
    if (!InChain(at)) date = FromMarkedYear(text_, chain);
    if (date) return Add(at, *date);
    // A part of `1/2/3/2019` is no date, but `3-12/5/2019` has one after its first number.
    return chain.count < 3 ? chain.numbers[0].end : chain.end;
  }

  size_t ReadAtWord(size_t at) {
    if (const auto weekday = ReadWeekday(text_, at)) {
      weekday_ = *weekday;
      return weekday->end;
    }
    if (const auto month = ReadMonthName(text_, at)) {
      if (const auto date = ReadDayAndYear(text_, *month)) return Add(at, *date);
      if (const auto date = WithYear(text_, *month); date && MayStandAlone(at, date->end)) return Add(at, *date);
    }
    if (const auto word = ReadYearWord(text_, at); word && !FollowsNumber(at)) {
      if (const auto date = ReadYearThenDay(text_, word->end)) return Add(at, *date);
      return ReadYears(at, *word);
    }
    // `الخامس عشر من آذار سنة ألفين وتسعة عشر`
    if (const auto date = ReadNamedDate(text_, ReadNumberOrWords(text_, at))) return Add(at, *date);
    const auto spelled = ReadSpelledNumber(text_, at);
    return spelled ? spelled->end : at + 1;  // a part of a number is no day
  }

  // `سنة ٢٠١٩`, `العام ٢٠١٨/٢٠١٩`, with the word at `at`.
  size_t ReadYears(size_t at, const PlainWord& word) {
    const NumberChain chain = ReadChain(text_, SkipFillers(text_, word.end));
    const bool pair = chain.count == 2 && chain.numbers[1].IsYear() && chain.numbers[1].value > chain.numbers[0].value;
    if (!chain.numbers[0].IsYear() || (chain.count != 1 && !pair)) return word.end;
    if (ReadNamedDate(text_, chain.numbers[0])) return chain.numbers[0].begin;
    WrittenDate date;
    date.end = chain.numbers[0].end;
    date.year = chain.numbers[0].value;
    date.persian_word = word.value == 1;
    if (!pair) return Add(at, date);
    date.begin = at;
    WrittenDate last = date;
    last.begin = chain.numbers[1].begin;
    last.end = chain.numbers[1].end;
    last.year = chain.numbers[1].value;
    TakeMarks(text_, last.begin, last);
    date.calendar = last.calendar;
    dates_.push_back(date);
    dates_.push_back(last);
    return last.end;
  }

  // The first end of a span whose month or year is written once, at its second end: `12-15 مارس 2019`, `من ١٢ مارس إلى
  // ٣ أبريل ٢٠١٩`. The second end is read by itself, next.
  std::optional<WrittenDate> ReadBorrowed(size_t at, const NumberChain& chain) {
    const ChainNumber& day = chain.numbers[0];
    if (!day.IsPart() || InChain(at)) return {};
    WrittenDate date;
    if (const auto month = ReadMonthName(text_, SkipFillers(text_, day.end))) date = *month;
    if (!date.named) date.end = day.end;
    const size_t next = SpanEnd(date.end);
    if (next == 0) return {};
    const auto last = ReadNamedDate(text_, ReadNumber(text_, next));
    if (!last || last->year_first || (date.named && date.calendar != last->calendar)) return {};
    if (date.month > last->month || (!date.named && day.value >= last->day)) return {};
    date.begin = at;
    date.day = day.value;
    if (!date.named) date.month = last->month;
    date.year = last->year;
    date.calendar = last->calendar;
    date.named = true;
    date.borrowed = true;
    TakeSurroundings(date);
    dates_.push_back(date);
    return date;
  }

  // Where the number begins that a dash or إلى after `at` leads to; 0 when there is none.
  size_t SpanEnd(size_t at) const {
    const ChainSeparator separator = ReadSeparator(text_, at);
    if (separator.sign == U'-') return separator.next;
    const auto word = ReadSpanWord(text_, SkipSpaces(text_, at));
    const size_t next = word ? SkipFillers(text_, word->end) : 0;
    return next < text_.size() && IsLatinDigit(text_[next]) ? next : 0;
  }

  // Whether a month and its year without a day are meant as a date. Everyday words need شهر before them or ماه behind.
  bool MayStandAlone(size_t begin, size_t end) const {
    constexpr std::u32string_view kBefore[] = {U"شهر", U"ماه"};
    if (!IsEverydayMonth(text_, begin)) return true;
    const std::u32string_view before = text_.substr(0, begin - SpacesBefore(begin));
    return std::ranges::any_of(kBefore, [&](std::u32string_view word) { return before.ends_with(word); }) ||
           text_.substr(begin, end - begin).find(U"ماه") != std::u32string_view::npos;
  }

  size_t SpacesBefore(size_t at) const {
    constexpr size_t kMost = 2;
    size_t count = 0;
    while (count < kMost && count < at && text_[at - count - 1] == U' ') ++count;
    return count;
  }

  // The year of `قرار رقم ١٢/أ لسنة ٢٠١٩` belongs to the number before it.
  bool FollowsNumber(size_t at) const {
    constexpr size_t kMost = 12;
    constexpr std::u32string_view kSpaces = U" \n";
    const std::u32string_view before = text_.substr(0, at);
    const size_t last = before.find_last_not_of(kSpaces);
    if (last == std::u32string_view::npos || (!dates_.empty() && last < dates_.back().end)) return false;
    const std::u32string_view near = before.substr(last - std::min(last, kMost), std::min(last, kMost) + 1);
    const size_t space = near.find_last_of(kSpaces);
    return std::ranges::any_of(near.substr(space == std::u32string_view::npos ? 0 : space), IsLatinDigit);
  }

  // Whether the number at `at` is the tail of a longer one: the 15 of `7/15 مارس`.
  bool InChain(size_t at) const {
    constexpr std::u32string_view kSigns = U"/\\-.,";
    const size_t before = at - SpacesBefore(at);
    if (before == 0 || kSigns.find(text_[before - 1]) == std::u32string_view::npos) return false;
    const size_t number_end = before - 1 - SpacesBefore(before - 1);
    return number_end > 0 && IsLatinDigit(text_[number_end - 1]);
  }

  void TakeSurroundings(WrittenDate& date) {
    date.after_number_word = FollowsNumberWord(text_, date.begin);
    if (weekday_ && ReadBridge(text_, weekday_->end, date.begin) != Bridge::kNone) date.weekday = weekday_->value;
  }

  // Keeps the date that begins at `at`. Returns where it ends.
  size_t Add(size_t at, WrittenDate date) {
    date.begin = at;
    TakeSurroundings(date);
    TakeMarks(text_, dates_.empty() ? 0 : dates_.back().end, date);
    dates_.push_back(date);
    return date.end;
  }

  std::u32string_view text_;
  std::vector<WrittenDate> dates_;
  std::optional<PlainWord> weekday_;  // the last one read
};

}  // namespace

bool IsToldYear(Calendar calendar, int year) {
  constexpr int kFirstGregorian = 1700;
  constexpr int kLastGregorian = 2100;
  constexpr int kFirstHijra = 1200;  // Hijri and Jalali
  constexpr int kLastHijra = 1500;
  if (calendar == Calendar::kGregorian) return year >= kFirstGregorian && year <= kLastGregorian;
  return year >= kFirstHijra && year <= kLastHijra;
}

std::vector<WrittenDate> FindWrittenDates(std::u32string_view folded) { return Reader(folded).Read(); }

std::optional<WrittenDate> ReadWholeDate(std::u32string_view folded) {
  const size_t begin = std::min(folded.find_first_not_of(U' '), folded.size());
  const auto mark = ReadMark(folded, begin);
  const size_t after_mark = mark ? SkipSpaces(folded, mark->end) : begin;
  const auto word = ReadYearWord(folded, after_mark);
  const size_t at = SkipFillers(folded, word ? word->end : after_mark);
  const NumberChain chain = ReadChain(folded, at);
  std::optional<WrittenDate> date = FromThreeNumbers(chain);
  if (date && date->short_year) return {};
  if (!date) date = ReadNamedDate(folded, ReadNumberOrWords(folded, at));
  if (!date) date = FromTwoNumbers(chain);
  const auto month = ReadMonthName(folded, at);
  if (!date && month) date = ReadDayAndYear(folded, *month);
  if (!date && month) date = WithYear(folded, *month);
  if (!date && chain.count == 1 && chain.numbers[0].IsYear()) {
    date = WrittenDate{.end = chain.end, .year = chain.numbers[0].value, .calendar = {}, .weekday = {}};
  }
  if (!date) return {};
  date->begin = at;
  date->persian_word = word && word->value == 1;
  TakeMarks(folded, begin, *date);
  if (SkipFillers(folded, date->end) != folded.size()) return {};
  return date;
}

}  // namespace diwan
