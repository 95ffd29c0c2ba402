// The tables of date words. They are written as papers print them and folded once, so that any spelling matches.
// A space in a row stands for any run of spaces, dots and ZWNJ, even an empty one: `ذي القعدة` is also
// ذی‌القعده.
#include "core/date_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200C;

struct Row {
  Calendar calendar;
  int month;               // 0 for a mark
  std::string_view names;  // parted by '|'
};

constexpr Row kMonthNames[] = {
    {Calendar::kGregorian, 1, "يناير|كانون الثاني|جانفي|ژانويه"},
    {Calendar::kGregorian, 2, "فبراير|شباط|فيفري|فوريه"},
    {Calendar::kGregorian, 3, "مارس|آذار|مارت"},
    {Calendar::kGregorian, 4, "أبريل|إبريل|نيسان|أفريل|آوريل"},
    {Calendar::kGregorian, 5, "مايو|مايس|أيار|ماي|مه|می"},
    {Calendar::kGregorian, 6, "يونيو|يونية|حزيران|جوان|ژوئن"},
    {Calendar::kGregorian, 7, "يوليو|يولية|تموز|جويلية|يوليوز|ژوئيه|جولای"},
    {Calendar::kGregorian, 8, "أغسطس|آب|أوت|غشت|آگوست|آگست"},
    {Calendar::kGregorian, 9, "سبتمبر|أيلول|شتنبر|سپتامبر"},
    {Calendar::kGregorian, 10, "أكتوبر|تشرين الأول|اکتبر"},
    {Calendar::kGregorian, 11, "نوفمبر|تشرين الثاني|نونبر|نوامبر"},
    {Calendar::kGregorian, 12, "ديسمبر|كانون الأول|دجنبر|دسامبر"},
    {Calendar::kHijri, 1, "محرم|المحرم"},
    {Calendar::kHijri, 2, "صفر"},
    {Calendar::kHijri, 3, "ربيع الأول|ربيع أول"},
    {Calendar::kHijri, 4, "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع آخر"},
    {Calendar::kHijri, 5, "جمادى الأولى|جمادى الأول|جماد الأول|جماد أول"},
    {Calendar::kHijri, 6, "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جماد الثاني|جماد الآخر|جماد ثاني"},
    {Calendar::kHijri, 7, "رجب"},
    {Calendar::kHijri, 8, "شعبان"},
    {Calendar::kHijri, 9, "رمضان"},
    {Calendar::kHijri, 10, "شوال"},
    {Calendar::kHijri, 11, "ذو القعدة|ذي القعدة|ذا القعدة|ذی قعده"},
    {Calendar::kHijri, 12, "ذو الحجة|ذي الحجة|ذا الحجة|ذی حجه"},
    {Calendar::kJalali, 1, "فروردين|حمل"},  // the second names are those of Afghanistan and of old papers
    {Calendar::kJalali, 2, "ارديبهشت|ثور"},
    {Calendar::kJalali, 3, "خرداد|جوزا"},
    {Calendar::kJalali, 4, "تير|سرطان"},
    {Calendar::kJalali, 5, "مرداد|امرداد|اسد"},
    {Calendar::kJalali, 6, "شهريور|سنبله"},
    {Calendar::kJalali, 7, "مهر|ميزان"},
    {Calendar::kJalali, 8, "آبان|عقرب"},
    {Calendar::kJalali, 9, "آذر|قوس"},
    {Calendar::kJalali, 10, "دي|جدي"},
    {Calendar::kJalali, 11, "بهمن|دلو"},
    {Calendar::kJalali, 12, "اسفند|حوت"},
};

constexpr Row kMarks[] = {
    {Calendar::kGregorian, 0, "م|ميلادي|ميلادية|للميلاد"},
    {Calendar::kHijri, 0, "هـ|هـ ق|ق|هجري|هجرية|هجري قمري|هجرية قمرية|للهجرة|قمري"},
    {Calendar::kJalali, 0, "هـ ش|ش|هجري شمسي|هجرية شمسية|شمسي|خورشيدي"},
};

constexpr std::string_view kFillers =
    "من|شهر|ماه|ام|سنة|لسنة|عام|لعام|سال|المبارك|الحرام|المعظم|المكرم|المظفر|الخير|الأصب|الفرد";

struct Pattern {
  std::u32string text;
  DateWord word;
};

void AddNames(std::string_view names, DateWord word, std::vector<Pattern>& out) {
  while (!names.empty()) {
    const size_t bar = std::min(names.find('|'), names.size());
    out.push_back({Fold(names.substr(0, bar)).text, word});
    // `مردادماه` is one word.
    if (word.calendar == Calendar::kJalali && word.month > 0) out.push_back({out.back().text + U" ماه", word});
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
}

// Longest first, so that the first match is the longest one.
std::vector<Pattern> LongestFirst(std::vector<Pattern> patterns) {
  std::ranges::stable_sort(patterns, std::greater<>(), [](const Pattern& p) { return p.text.size(); });
  return patterns;
}

template <size_t size>
std::vector<Pattern> PatternsOf(const Row (&rows)[size]) {
  std::vector<Pattern> out;
  for (const Row& row : rows) AddNames(row.names, {.calendar = row.calendar, .month = row.month}, out);
  return LongestFirst(std::move(out));
}

bool IsLetter(std::u32string_view text, size_t at) {
  return at < text.size() && u_isalpha(static_cast<UChar32>(text[at])) != 0;
}

bool IsGap(char32_t c) { return c == U' ' || c == U'\n' || c == U'.' || c == kZwnj; }

// Where the pattern ends in the text, or nothing when it doesn't stand there or a letter follows.
std::optional<size_t> Match(std::u32string_view text, size_t at, std::u32string_view pattern) {
  for (const char32_t wanted : pattern) {
    if (wanted == U' ') {
      while (at < text.size() && IsGap(text[at])) ++at;
    } else if (at >= text.size() || text[at++] != wanted) {
      return {};
    }
  }
  if (IsLetter(text, at)) return {};
  return at;
}

std::optional<DateWord> ReadAny(const std::vector<Pattern>& patterns, std::u32string_view text, size_t at) {
  for (const Pattern& pattern : patterns) {
    if (const auto end = Match(text, at, pattern.text)) {
      DateWord word = pattern.word;
      word.end = *end;
      return word;
    }
  }
  return {};
}

}  // namespace

std::optional<DateWord> ReadMonth(std::u32string_view folded, size_t at) {
  static const std::vector<Pattern> patterns = PatternsOf(kMonthNames);
  return ReadAny(patterns, folded, at);
}

std::optional<DateWord> ReadMark(std::u32string_view folded, size_t at) {
  static const std::vector<Pattern> patterns = PatternsOf(kMarks);
  return ReadAny(patterns, folded, at);
}

size_t SkipFillers(std::u32string_view folded, size_t at) {
  static const std::vector<Pattern> patterns = [] {
    std::vector<Pattern> out;
    AddNames(kFillers, {}, out);
    return LongestFirst(std::move(out));
  }();
  constexpr std::u32string_view kBetween = U" \n\t\u200C/-,،.()";
  constexpr int kMostWords = 4;
  constexpr size_t kMostSigns = 4;  // between two words
  for (int words = 0; words <= kMostWords; ++words) {
    for (size_t signs = 0; signs < kMostSigns && at < folded.size(); ++signs) {
      if (kBetween.find(folded[at]) == std::u32string_view::npos) break;
      ++at;
    }
    const auto filler = ReadAny(patterns, folded, at);
    if (!filler) break;
    at = filler->end;
  }
  return at;
}

}  // namespace diwan
