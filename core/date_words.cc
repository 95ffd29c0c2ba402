// The tables of date words. They are written as papers print them and folded once, so that any spelling matches.
// A space in a row stands for any run of spaces, dots and ZWNJ, even an empty one: `ذي القعدة` is also
// ذی‌القعده.
#include "core/date_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <bitset>
#include <string>
#include <utility>
#include <vector>

#include "core/fold.h"
#include "core/number_chain.h"

namespace diwan {
namespace {

constexpr char32_t kZwnj = 0x200C;

struct Row {
  Calendar calendar;
  int month;               // 0 for a mark
  std::string_view names;  // parted by '|'
};

constexpr Row kMonthNames[] = {
    {Calendar::kGregorian, 1, "يناير|كانون الثاني|كانون ثاني|جانفي|ژانويه|جنوري"},
    {Calendar::kGregorian, 2, "فبراير|شباط|فيفري|فوريه|فبروري"},
    {Calendar::kGregorian, 3, "مارس|آذار|مارت|مارچ"},
    {Calendar::kGregorian, 4, "أبريل|نيسان|أفريل|آوريل|اپريل"},
    {Calendar::kGregorian, 5, "مايو|مايس|أيار|ماي|مه|می"},
    {Calendar::kGregorian, 6, "يونيو|يونية|حزيران|جوان|ژوئن|ژون|جون"},
    {Calendar::kGregorian, 7, "يوليو|يولية|تموز|جويلية|يوليوز|ژوئيه|جولای"},
    {Calendar::kGregorian, 8, "أغسطس|آب|أوت|غشت|آگوست|آگست"},
    {Calendar::kGregorian, 9, "سبتمبر|أيلول|شتنبر|سپتامبر|سپتمبر"},
    {Calendar::kGregorian, 10, "أكتوبر|تشرين الأول|تشرين أول|اکتبر"},
    {Calendar::kGregorian, 11, "نوفمبر|تشرين الثاني|تشرين ثاني|نونبر|نوامبر|نومبر"},
    {Calendar::kGregorian, 12, "ديسمبر|كانون الأول|كانون أول|دجنبر|دسامبر|دسمبر"},
    {Calendar::kHijri, 1, "محرم|المحرم"},
    {Calendar::kHijri, 2, "صفر"},
    {Calendar::kHijri, 3, "ربيع الأول|ربيع أول"},
    {Calendar::kHijri, 4, "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع ثان|ربيع آخر"},
    {Calendar::kHijri, 5, "جمادى الأولى|جمادى الأول|جمادى أول|جمادى أولى|جماد الأولى|جماد الأول|جماد أول"},
    {Calendar::kHijri, 6,
     "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جمادى ثاني|جماد الثانية|جماد الثاني|جماد الآخرة|جماد الآخر|"
     "جماد ثاني"},
    {Calendar::kHijri, 7, "رجب"},
    {Calendar::kHijri, 8, "شعبان"},
    {Calendar::kHijri, 9, "رمضان"},
    {Calendar::kHijri, 10, "شوال"},
    {Calendar::kHijri, 11, "ذو القعدة|ذي القعدة|ذا القعدة|ذی قعده|ذو قعدة"},
    {Calendar::kHijri, 12, "ذو الحجة|ذي الحجة|ذا الحجة|ذی حجه|ذو حجة"},
    {Calendar::kJalali, 1, "فروردين|حمل"},  // the second names are those of Afghanistan and of old papers
    {Calendar::kJalali, 2, "اردي بهشت|ثور"},
    {Calendar::kJalali, 3, "خرداد|جوزا"},
    {Calendar::kJalali, 4, "تير|سرطان"},
    {Calendar::kJalali, 5, "مرداد|امرداد|اسد"},
    {Calendar::kJalali, 6, "شهريور|سنبله"},
    {Calendar::kJalali, 7, "مهر|ميزان"},
    {Calendar::kJalali, 8, "آبان|عقرب"},
    {Calendar::kJalali, 9, "آذر|قوس"},
    {Calendar::kJalali, 10, "دي|جدي"},
    {Calendar::kJalali, 11, "بهمن|دلو"},
    {Calendar::kJalali, 12, "اسفند|اسپند|حوت"},
};

// Of these, the ones that mean something else in a text that speaks of no date, even before a number.
constexpr std::string_view kEverydayMonths = "حمل|ثور|سرطان|اسد|ميزان|عقرب|قوس|جدي|دلو|حوت";

constexpr Row kSureMarks[] = {
    {Calendar::kGregorian, 0, "ميلادي|ميلادية|للميلاد"},
    {Calendar::kHijri, 0, "هـ|هـ ق|هجري|هجرية|هجري قمري|هجرية قمرية|للهجرة|قمري"},
    {Calendar::kJalali, 0, "هـ ش|هجري شمسي|هجرية شمسية|هجري خورشيدي|شمسي|خورشيدي"},
};

constexpr Row kBareMarks[] = {
    {Calendar::kGregorian, 0, "م"},
    {Calendar::kHijri, 0, "ق"},
    {Calendar::kJalali, 0, "ش"},
};

// A word of any other table, with what its table says by it.
struct PlainRow {
  int value;
  std::string_view names;
};

constexpr PlainRow kWeekdays[] = {
    {0, "الأحد|يكشنبه|يک شنبه"},
    {1, "الاثنين|الإثنين|دوشنبه|دو شنبه"},
    {2, "الثلاثاء|سه شنبه"},
    {3, "الأربعاء|چهارشنبه|چهار شنبه"},
    {4, "الخميس|پنجشنبه|پنج شنبه"},
    {5, "الجمعة|جمعه|آدينه"},
    {6, "السبت|شنبه"},
};

constexpr PlainRow kYearWords[] = {{0, "سنة|لسنة|السنة|للسنة|السنة المالية|للسنة المالية|السنة الدراسية"},
                                   {0, "عام|لعام|العام|للعام|العام المالي|للعام المالي|العام الدراسي"},
                                   {1, "سال|سال مالي|سال تحصيلي"}};
constexpr PlainRow kSpanWords[] = {{0, "إلى|حتى|لغاية|الی|تا"}};
constexpr PlainRow kNumberWords[] = {{0,
                                      "رقم|ورقم|الرقم|والرقم|برقم|أرقام|رقمي|عدد|العدد|شماره|كلاسه|پرونده|هاتف|الهاتف|"
                                      "فاكس|تلفن|تليفون|تلفكس|صندوق|ص ب"}};

constexpr int kEqualWord = 1;
constexpr PlainRow kBridgeWords[] = {
    {0, "يوم|ليوم|اليوم|روز|في|بتاريخ|تاريخ|وتاريخ|المؤرخ|المؤرخة|مؤرخ|مورخ|مورخه|با|ل|و ر"},
    {kEqualWord,
     "الموافق|الموافقة|والموافق|موافق|موافقا|الموافق ل|يوافق|ويوافق|المصادف|والمصادف|مصادف|يصادف|المقابل|برابر|مطابق|"
     "مقارن|معادل"},
};

constexpr std::string_view kFillers =
    "من|شهر|ماه|ام|يوم|روز|سنة|لسنة|عام|لعام|سال|المبارك|الحرام|المعظم|المكرم|المظفر|الخير|الأصب|المرجب|الفرد";

struct Pattern {
  std::u32string text;
  DateWord word;  // of a plain row, its value as the month
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

// Patterns to try at one place: longest first, so that the first match is the longest one.
struct PatternSet {
  std::vector<Pattern> patterns;
  std::bitset<256> first_letters;  // the low bytes of them: most words of a page need no more
};

PatternSet LongestFirst(std::vector<Pattern> patterns) {
  std::ranges::stable_sort(patterns, std::greater<>(), [](const Pattern& p) { return p.text.size(); });
  PatternSet set{.patterns = std::move(patterns), .first_letters = {}};
  for (const Pattern& pattern : set.patterns) set.first_letters.set(pattern.text[0] & 0xFF);
  return set;
}

template <size_t size>
void AddRows(const Row (&rows)[size], std::vector<Pattern>& out) {
  for (const Row& row : rows) AddNames(row.names, {.calendar = row.calendar, .month = row.month}, out);
}

template <size_t size>
PatternSet PatternsOf(const Row (&rows)[size]) {
  std::vector<Pattern> out;
  AddRows(rows, out);
  return LongestFirst(std::move(out));
}

template <size_t size>
PatternSet PatternsOf(const PlainRow (&rows)[size]) {
  std::vector<Pattern> out;
  for (const PlainRow& row : rows) AddNames(row.names, {.month = row.value}, out);
  return LongestFirst(std::move(out));
}

const PatternSet& MonthPatterns() {
  static const PatternSet patterns = PatternsOf(kMonthNames);
  return patterns;
}

const PatternSet& MarkPatterns() {
  static const PatternSet patterns = [] {
    std::vector<Pattern> out;
    AddRows(kSureMarks, out);
    AddRows(kBareMarks, out);
    return LongestFirst(std::move(out));
  }();
  return patterns;
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

std::optional<DateWord> ReadAny(const PatternSet& set, std::u32string_view text, size_t at) {
  if (at >= text.size() || !set.first_letters[text[at] & 0xFF]) return {};
  for (const Pattern& pattern : set.patterns) {
    if (pattern.text[0] != text[at]) continue;
    if (const auto end = Match(text, at, pattern.text)) {
      DateWord word = pattern.word;
      word.end = *end;
      return word;
    }
  }
  return {};
}

std::optional<PlainWord> ReadPlain(const PatternSet& patterns, std::u32string_view text, size_t at) {
  const auto word = ReadAny(patterns, text, at);
  if (!word) return {};
  return PlainWord{.value = word->month, .end = word->end};
}

// Where the word begins that ends at `end`, or `end` when none does or it is longer than any of the tables'.
size_t WordBefore(std::u32string_view text, size_t end) {
  constexpr size_t kLongest = 12;
  size_t begin = end;
  while (begin > 0 && end - begin < kLongest && IsLetter(text, begin - 1)) --begin;
  return begin > 0 && IsLetter(text, begin - 1) ? end : begin;
}

// Past at most `most` of `signs`, backwards.
size_t SkipBack(std::u32string_view text, size_t at, std::u32string_view signs, size_t most) {
  for (; most > 0 && at > 0 && signs.find(text[at - 1]) != std::u32string_view::npos; --most) --at;
  return at;
}

}  // namespace

std::optional<DateWord> ReadMonth(std::u32string_view folded, size_t at) {
  return ReadAny(MonthPatterns(), folded, at);
}

bool IsEverydayMonth(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf({PlainRow{0, kEverydayMonths}});
  return ReadAny(patterns, folded, at).has_value();
}

std::optional<DateWord> ReadMark(std::u32string_view folded, size_t at) { return ReadAny(MarkPatterns(), folded, at); }

std::optional<DateWord> ReadSureMark(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf(kSureMarks);
  return ReadAny(patterns, folded, at);
}

std::optional<DateWord> ReadMarkBefore(std::u32string_view folded, size_t at) {
  constexpr size_t kMostGap = 2;
  const size_t end = SkipBack(folded, at, U" .:\n", kMostGap);
  const size_t begin = WordBefore(folded, end);
  if (begin == end) return {};
  // `هـ.ش` is two words.
  const size_t dot = SkipBack(folded, begin, U" .", kMostGap);
  const size_t first = dot == begin ? begin : WordBefore(folded, dot);
  if (first > 0 && IsLatinDigit(folded[first - 1])) return {};  // the mark of what stands before it
  for (const size_t from : {first, begin}) {
    auto mark = ReadMark(folded, from);
    if (!mark || mark->end != end) continue;
    mark->end = from;
    return mark;
  }
  return {};
}

std::optional<PlainWord> ReadWeekday(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf(kWeekdays);
  return ReadPlain(patterns, folded, at);
}

std::optional<PlainWord> ReadYearWord(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf(kYearWords);
  return ReadPlain(patterns, folded, at);
}

std::optional<PlainWord> ReadSpanWord(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf(kSpanWords);
  return ReadPlain(patterns, folded, at);
}

bool FollowsNumberWord(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf(kNumberWords);
  constexpr size_t kMostGap = 3;
  const size_t end = SkipBack(folded, at, U" .:(\n", kMostGap);
  const size_t begin = WordBefore(folded, end);
  const auto word = ReadPlain(patterns, folded, begin);
  return begin < end && word && word->end == end;
}

Bridge ReadBridge(std::u32string_view folded, size_t begin, size_t end) {
  static const PatternSet patterns = PatternsOf(kBridgeWords);
  constexpr std::u32string_view kSigns = U" \n\t\u200C/-\u2010\u2012\u2013\u2014,،.:;؛=()[]«»\"";
  constexpr size_t kLongest = 80;
  if (end < begin || end - begin > kLongest) return Bridge::kNone;
  Bridge bridge = Bridge::kSigns;
  for (size_t at = begin; at < end;) {
    if (kSigns.find(folded[at]) != std::u32string_view::npos) {
      if (folded[at] == U'(' || folded[at] == U'[') bridge = Bridge::kEqual;
      ++at;
      continue;
    }
    std::optional<PlainWord> word = ReadPlain(patterns, folded, at);
    if (word && word->value == kEqualWord) bridge = Bridge::kEqual;
    if (!word) word = ReadWeekday(folded, at);
    if (!word) return Bridge::kNone;
    at = word->end;
  }
  return bridge;
}

size_t ReadDayLead(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = PatternsOf({PlainRow{0, "وفي اليوم|وفي يوم|وفي|واليوم|في اليوم|ويوم"}});
  const auto lead = ReadPlain(patterns, folded, at);
  return lead ? SkipSpaces(folded, lead->end) : at;
}

size_t SkipFillers(std::u32string_view folded, size_t at) {
  static const PatternSet patterns = [] {
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
