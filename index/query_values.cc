// Reads what a reader types behind `date:` and `number:`.
#include "index/query_values.h"

#include <algorithm>
#include <charconv>

#include "core/date_words.h"
#include "core/fold.h"
#include "index/analysis.h"

namespace diwan {
namespace {

constexpr size_t kLongest = 256;  // bytes of a span

struct Ends {
  std::string from;
  std::string to;
};

bool IsBlank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

// "2019-2021": two years, since no month has four digits.
std::optional<Ends> YearsWithDash(std::string_view typed) {
  constexpr std::u32string_view kDashes = U"-–—";
  constexpr size_t kYear = 4;
  const std::u32string text = FromUtf8(FoldToUtf8(typed));
  const auto digits = [&](size_t at) {
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                       text.begin() + static_cast<std::ptrdiff_t>(at + kYear),
                       [](char32_t c) { return c >= U'0' && c <= U'9'; });
  };
  if (text.size() != 2 * kYear + 1 || kDashes.find(text[kYear]) == std::u32string_view::npos) return std::nullopt;
  if (!digits(0) || !digits(kYear + 1)) return std::nullopt;
  return Ends{ToUtf8(text.substr(0, kYear)), ToUtf8(text.substr(kYear + 1))};
}

std::optional<Ends> EndsOf(std::string_view typed) {
  if (typed.size() > kLongest) return std::nullopt;
  for (const std::string_view dots : {"..", "…"}) {
    const size_t at = typed.find(dots);
    if (at == std::string_view::npos) continue;
    size_t after = at + dots.size();
    while (after < typed.size() && typed[after] == '.') ++after;
    return Ends{std::string(typed.substr(0, at)), std::string(typed.substr(after))};
  }
  return std::nullopt;
}

// Spans from a day of the one to a day of the other, whichever way they fit.
std::vector<DayRange> Between(const std::vector<DayRange>& from, const std::vector<DayRange>& to) {
  std::vector<DayRange> out;
  for (const DayRange& begin : from) {
    for (const DayRange& end : to) {
      if (begin.first <= end.last) out.push_back({begin.first, end.last});
    }
  }
  return out;
}

std::vector<DayRange> DaysBetween(const Ends& ends) {
  // Both ends in one calendar, where that is possible.
  std::vector<DayRange> days = ParseDateQuery(ends.from + ".." + ends.to);
  if (days.empty()) days = ParseDateQuery(ends.to + ".." + ends.from);
  if (!days.empty()) return days;
  if (IsBlank(ends.from) && IsBlank(ends.to)) return {};
  std::vector<DayRange> from = ParseDateQuery(ends.from);
  std::vector<DayRange> to = ParseDateQuery(ends.to);
  if (IsBlank(ends.from)) return Between({kAllDays}, to);
  if (IsBlank(ends.to)) return Between(from, {kAllDays});
  // In two calendars: the likeliest of each.
  from.resize(std::min<size_t>(from.size(), 1));
  to.resize(std::min<size_t>(to.size(), 1));
  days = Between(from, to);
  return days.empty() ? Between(to, from) : days;
}

std::vector<DayRange> Merged(std::vector<DayRange> days) {
  std::sort(days.begin(), days.end(), [](const DayRange& a, const DayRange& b) { return a.first < b.first; });
  std::vector<DayRange> out;
  for (const DayRange& range : days) {
    if (!out.empty() && range.first <= out.back().last + 1) {
      out.back().last = std::max(out.back().last, range.last);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

// The parts of one number in normal form, or nothing when `typed` is something else.
std::vector<std::string> PartsOf(std::string_view typed) {
  const AnalysedText text = Analyse(typed);
  for (const TextNumber& number : text.numbers) {
    const bool all = number.first_word == 0 && number.end_word == text.words.size();
    if (all) return number.parts.empty() ? std::vector<std::string>{number.value} : number.parts;
  }
  return {};
}

std::optional<uint64_t> ValueOf(std::string_view digits) {
  uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value == NumberSpan::kNoEnd) return std::nullopt;
  return value;
}

// The one part in which the two differ counts.
std::optional<NumberSpan> SpanOf(const std::vector<std::string>& from, const std::vector<std::string>& to) {
  if (from.empty() || from.size() != to.size()) return std::nullopt;
  const size_t at = static_cast<size_t>(std::mismatch(from.begin(), from.end(), to.begin()).first - from.begin());
  const size_t counts = std::min(at, from.size() - 1);
  if (!std::equal(from.begin() + static_cast<std::ptrdiff_t>(counts) + 1, from.end(),
                  to.begin() + static_cast<std::ptrdiff_t>(counts) + 1)) {
    return std::nullopt;
  }
  const auto first = ValueOf(from[counts]);
  const auto last = ValueOf(to[counts]);
  if (!first || !last) return std::nullopt;
  NumberSpan span;
  for (size_t i = 0; i < counts; ++i) span.before += from[i] + "/";
  for (size_t i = counts + 1; i < from.size(); ++i) span.behind += "/" + from[i];
  span.first = std::min(*first, *last);
  span.last = std::max(*first, *last);
  return span;
}

}  // namespace

bool NumberSpan::Contains(std::string_view number) const {
  const bool around = number.size() > before.size() + behind.size() && number.substr(0, before.size()) == before &&
                      number.substr(number.size() - behind.size()) == behind;
  if (!around) return false;
  const auto value = ValueOf(number.substr(before.size(), number.size() - before.size() - behind.size()));
  return value && *value >= first && *value <= last;
}

std::vector<DayRange> DaysAsked(std::string_view typed) {
  std::optional<Ends> ends = EndsOf(typed);
  if (!ends) ends = YearsWithDash(typed);
  return Merged(ends ? DaysBetween(*ends) : ParseDateQuery(typed));
}

bool IsCalendarMark(std::string_view word) {
  const std::u32string folded = Fold(word).text;
  const auto mark = ReadMark(folded, 0);
  return mark && mark->end == folded.size();
}

bool IsSpan(std::string_view typed) { return EndsOf(typed).has_value(); }

std::optional<NumberSpan> NumbersAsked(std::string_view typed) {
  const auto ends = EndsOf(typed);
  if (!ends) return std::nullopt;
  std::vector<std::string> from = PartsOf(ends->from);
  const std::vector<std::string> to = PartsOf(ends->to);
  if (from.size() == 1 && to.size() == 2) from.push_back(to.back());
  const bool open_end = IsBlank(ends->to) && from.size() == 1;
  const bool open_begin = IsBlank(ends->from) && to.size() == 1;
  if (!open_end && !open_begin) return SpanOf(from, to);
  const auto value = ValueOf(open_end ? from[0] : to[0]);
  if (!value) return std::nullopt;
  NumberSpan span;
  if (open_end) span.first = *value;
  if (open_begin) span.last = *value;
  return span;
}

}  // namespace diwan
