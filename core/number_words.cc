// The words of numbers and how they add up. Arabic says the unit before the ten and joins with a و that is part of the
// word; Persian says the greater part first and writes و apart.
#include "core/number_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "core/fold.h"

namespace diwan {
namespace {

constexpr int64_t kThousand = 1000;
constexpr size_t kLongestWord = 16;  // letters; no word of the tables is longer

struct Row {
  int64_t value;
  std::string_view words;     // parted by '|'
  std::string_view ordinals;  // those that bear the article too
};

constexpr Row kRows[] = {
    {1, "واحد|واحدة|أحد|إحدى|أول|أولى|يک", "أول|أولى|غرة|حادي|حادية|واحد|واحدة|يكم|يكمين|اولين|نخستين"},
    {2, "اثنان|اثنين|اثنتان|اثنتين|اثنا|اثني|اثنتا|اثنتي|دو", "ثاني|ثانية|ثان|دوم|دومين"},
    {3, "ثلاث|ثلاثة|سه", "ثالث|ثالثة|سوم|سومين"},
    {4, "أربع|أربعة|چهار", "رابع|رابعة|چهارم|چهارمين"},
    {5, "خمس|خمسة|پنج", "خامس|خامسة|پنجم|پنجمين"},
    {6, "ست|ستة|شش", "سادس|سادسة|ششم|ششمين"},
    {7, "سبع|سبعة|هفت", "سابع|سابعة|هفتم|هفتمين"},
    {8, "ثمان|ثماني|ثمانية|هشت", "ثامن|ثامنة|هشتم|هشتمين"},
    {9, "تسع|تسعة|نه", "تاسع|تاسعة|نهم|نهمين"},
    {10, "عشر|عشرة|ده", "عاشر|عاشرة|دهم|دهمين"},
    {11, "يازده", "يازدهم|يازدهمين"},
    {12, "دوازده", "دوازدهم|دوازدهمين"},
    {13, "سيزده", "سيزدهم|سيزدهمين"},
    {14, "چهارده", "چهاردهم|چهاردهمين"},
    {15, "پانزده", "پانزدهم|پانزدهمين"},
    {16, "شانزده", "شانزدهم|شانزدهمين"},
    {17, "هفده", "هفدهم|هفدهمين"},
    {18, "هجده|هيجده|هژده", "هجدهم|هيجدهم|هژدهم|هجدهمين|هيجدهمين"},
    {19, "نوزده", "نوزدهم|نوزدهمين"},
    {20, "بيست", "عشرون|عشرين|بيستم|بيستمين"},
    {30, "سي", "ثلاثون|ثلاثين|سيم|سي امين"},
    {40, "چهل", "أربعون|أربعين|چهلم|چهلمين"},
    {50, "پنجاه", "خمسون|خمسين|پنجاهم|پنجاهمين"},
    {60, "شصت", "ستون|ستين|شصتم|شصتمين"},
    {70, "هفتاد", "سبعون|سبعين|هفتادم|هفتادمين"},
    {80, "هشتاد", "ثمانون|ثمانين|هشتادم|هشتادمين"},
    {90, "نود", "تسعون|تسعين|نودم|نودمين"},
    {100, "صد|يكصد|ماية", "مائة|مئة|صدم|يكصدم|صدمين|يكصدمين"},
    {200, "مائتان|مائتين|مائتا|مئتان|مئتين|مئتا|دويست|دوصد", "مائتين|مئتين"},
    {300, "ثلاثمائة|ثلاثمئة|سيصد", "ثلاثمائة|ثلاثمئة"},
    {400, "أربعمائة|أربعمئة|چهارصد", "أربعمائة|أربعمئة"},
    {500, "خمسمائة|خمسمئة|پانصد", "خمسمائة|خمسمئة"},
    {600, "ستمائة|ستمئة|ششصد", "ستمائة|ستمئة"},
    {700, "سبعمائة|سبعمئة|هفتصد", "سبعمائة|سبعمئة"},
    {800, "ثمانمائة|ثمانمئة|ثمانيمائة|هشتصد", "ثمانمائة|ثمانمئة"},
    {900, "تسعمائة|تسعمئة|نهصد", "تسعمائة|تسعمئة"},
    {1000, "ألف|ألفا|آلاف|هزار|يكهزار", "ألف"},
    {2000, "ألفان|ألفين|ألفي", ""},
    {1'000'000, "مليون|مليونا|ملايين|ميليون", ""},
    {2'000'000, "مليونان|مليونين", ""},
    {1'000'000'000, "مليار|مليارا|مليارات|ميليارد|ملياردي", ""},
    {2'000'000'000, "ملياران|مليارين", ""},
};

using Words = std::unordered_map<std::u32string, int64_t>;

void AddWords(std::string_view words, std::string_view before, int64_t value, Words& out) {
  while (!words.empty()) {
    const size_t bar = std::min(words.find('|'), words.size());
    out.emplace(Fold(std::string(before) + std::string(words.substr(0, bar))).text, value);
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
}

const Words& NumberWords() {
  static const Words words = [] {
    Words out;
    for (const Row& row : kRows) {
      AddWords(row.words, "", row.value, out);
      AddWords(row.ordinals, "", row.value, out);
      AddWords(row.ordinals, "ال", row.value, out);
    }
    return out;
  }();
  return words;
}

// The words read so far, as a number. Each step says whether the next word can go on with it.
class Sum {
 public:
  // `joined`: with a و before it.
  bool Take(int64_t word, bool joined) {
    const bool fits = !closed_ && (word < kThousand ? TakeSmall(word, joined) : TakeGreat(word, joined));
    begun_ = begun_ || fits;
    return fits;
  }

  int64_t value() const { return total_ + group_; }

 private:
  bool TakeSmall(int64_t word, bool joined) {
    const int64_t tail = group_ % 100;
    const bool may_begin = !begun_ || joined;
    if (word == 100 && !joined && group_ > 0 && group_ < 10) {  // `ثلاث مائة`
      group_ *= word;
      return true;
    }
    bool fits = may_begin && tail == 0;
    if (word < 10) fits = may_begin && tail % 10 == 0 && tail != 10;                 // `بیست و پنج`
    if (word == 10 && !joined && tail > 0 && tail < 10) fits = true;                 // `خمسة عشر`
    if (word >= 20 && word < 100) fits = may_begin && tail < 10;                     // `خمسة وعشرين`
    if (word >= 100) fits = may_begin && (group_ == 0 || (joined && group_ < 100));  // `ثلاث وعشرين وأربعمائة`
    if (fits) group_ += word;
    return fits;
  }

  bool TakeGreat(int64_t word, bool joined) {
    const bool two = word % kThousand == 0 && (word == 2 * kThousand || word == 2'000'000 || word == 2'000'000'000);
    const int64_t unit = two ? word / 2 : word;
    if (unit >= least_) return false;
    if (group_ == 0 || joined) {  // `ألفين`; `... وأربعمائة وألف`
      if (begun_ && !joined) return false;
      closed_ = group_ > 0;
      if (closed_ && (unit != kThousand || total_ > 0)) return false;
      total_ += word;
    } else {
      if (two) return false;
      total_ += group_ * word;
      group_ = 0;
    }
    least_ = unit;
    return true;
  }

  int64_t total_ = 0;                  // of whole thousands
  int64_t group_ = 0;                  // below a thousand
  int64_t least_ = 1'000'000'000'000;  // of what was multiplied by
  bool begun_ = false;
  bool closed_ = false;
};

size_t WordEnd(std::u32string_view text, size_t at) {
  const size_t limit = std::min(text.size(), at + kLongestWord + 1);
  while (at < limit && u_isalpha(static_cast<UChar32>(text[at])) != 0) ++at;
  return at;
}

// Past what may stand between two words of one number; `at` when nothing does.
size_t SkipGap(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kGap = U" \n\u200C";
  constexpr size_t kMost = 3;
  const size_t limit = std::min(text.size(), at + kMost);
  while (at < limit && kGap.find(text[at]) != std::u32string_view::npos) ++at;
  return at;
}

struct NumberWord {
  int64_t value = 0;  // 0 for none
  size_t end = 0;
  bool joined = false;
};

NumberWord ReadWord(std::u32string_view text, size_t at) {
  const size_t end = WordEnd(text, at);
  const auto found = NumberWords().find(std::u32string(text.substr(at, end - at)));
  return found == NumberWords().end() ? NumberWord{} : NumberWord{.value = found->second, .end = end};
}

// The word behind one that ends at `at`: `وعشرين`, `و بیست`, `عشر`.
NumberWord ReadNextWord(std::u32string_view text, size_t at) {
  const size_t begin = SkipGap(text, at);
  if (begin == at || begin >= text.size()) return {};
  NumberWord word = ReadWord(text, begin);
  if (word.value != 0 || text[begin] != U'و') return word;
  word = ReadWord(text, SkipGap(text, begin + 1));
  word.joined = true;
  return word;
}

// `سی‌ام` is an ordinal of two parts.
size_t SkipOrdinalEnd(std::u32string_view text, const NumberWord& word) {
  constexpr int64_t kThirty = 30;
  const size_t next = SkipGap(text, word.end);
  const bool ends = word.value == kThirty && text.substr(next).starts_with(U"ام") && WordEnd(text, next) == next + 2;
  return ends ? next + 2 : word.end;
}

}  // namespace

namespace {

// One number as its words add up.
std::optional<SpelledNumber> ReadSum(std::u32string_view folded, size_t at) {
  Sum sum;
  std::optional<SpelledNumber> out;
  for (NumberWord word = ReadWord(folded, at); word.value != 0 && sum.Take(word.value, word.joined);) {
    out = {.value = sum.value(), .end = SkipOrdinalEnd(folded, word)};
    word = ReadNextWord(folded, out->end);
  }
  return out;
}

}  // namespace

std::optional<SpelledNumber> ReadSpelledNumber(std::u32string_view folded, size_t at) {
  constexpr int64_t kHundred = 100;
  constexpr std::u32string_view kBehind = U"بعد";  // `السابعة عشرة بعد المئة`
  const auto number = ReadSum(folded, at);
  if (!number || number->value >= kHundred) return number;
  const size_t word = SkipGap(folded, number->end);
  if (WordEnd(folded, word) != word + kBehind.size() || !folded.substr(word).starts_with(kBehind)) return number;
  const auto hundreds = ReadSum(folded, SkipGap(folded, word + kBehind.size()));
  if (!hundreds || hundreds->value < kHundred) return number;
  return SpelledNumber{.value = hundreds->value + number->value, .end = hundreds->end};
}

}  // namespace diwan
