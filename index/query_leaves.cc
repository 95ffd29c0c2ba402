// From analysed words to what is looked up: dates and compound numbers swallow the words they are made of.
#include "index/query_leaves.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "core/fold.h"

namespace diwan {
namespace {

// A run of words that is one thing.
struct Span {
  size_t first = 0;
  size_t end = 0;
  std::string number;
  std::vector<DayRange> days;
};

// How many * stand behind the word, which go on into no other.
size_t StarsBehind(std::string_view utf8, const TextWord& word) {
  size_t end = word.end;
  while (end < utf8.size() && utf8[end] == '*') ++end;
  const unsigned char next = end < utf8.size() ? static_cast<unsigned char>(utf8[end]) : ' ';
  return next < 0x80 && std::isalnum(next) == 0 ? end - word.end : 0;
}

Span SpanOf(const PrintedDate& date, const AnalysedText& text) {
  Span span;
  const auto& words = text.words;
  const auto first = std::find_if(words.begin(), words.end(), [&](const TextWord& w) { return w.end > date.begin; });
  const auto end = std::find_if(first, words.end(), [&](const TextWord& w) { return w.begin >= date.end; });
  span.first = static_cast<size_t>(first - words.begin());
  span.end = static_cast<size_t>(end - words.begin());
  span.days = {date.days};
  return span;
}

// Dates in either reading of a question's calendar, then compound numbers, by first word.
std::map<size_t, Span> SpansOf(std::string_view utf8, const AnalysedText& text) {
  std::map<size_t, Span> spans;
  for (const bool jalali_likely : {false, true}) {
    for (const PrintedDate& date : FindDates(utf8, jalali_likely)) {
      const Span span = SpanOf(date, text);
      if (span.first >= span.end || StarsBehind(utf8, text.words[span.end - 1]) > 0) continue;
      std::vector<DayRange>& days = spans.emplace(span.first, span).first->second.days;
      if (std::find(days.begin(), days.end(), date.days) == days.end()) days.push_back(date.days);
    }
  }
  for (const TextNumber& number : text.numbers) {
    if (number.parts.empty()) continue;
    spans.emplace(number.first_word, Span{number.first_word, number.end_word, number.value, {}});
  }
  return spans;
}

Leaf WordLeaf(const TextWord& word) {
  Leaf leaf;
  leaf.kind = word.number ? LeafKind::kNumber : LeafKind::kWord;
  leaf.word = word;
  if (word.number) leaf.number = word.surface;
  return leaf;
}

Leaf SpanLeaf(const Span& span, const AnalysedText& text) {
  Leaf leaf;
  leaf.kind = span.days.empty() ? LeafKind::kNumber : LeafKind::kDays;
  leaf.number = span.number;
  leaf.days = span.days;
  for (size_t i = span.first; i < span.end; ++i) {
    if (span.days.empty() && !text.words[i].number) continue;  // the لسنة of 123 لسنة 2019
    leaf.parts.push_back(WordLeaf(text.words[i]));
  }
  return leaf;
}

// The م of ٢٠١٩م, which says the calendar and nothing else.
bool IsMarkOf(const TextWord& number, const TextWord& word) {
  constexpr std::string_view kMarks[] = {"م", "ه", "ش", "ق"};
  return number.number && number.end == word.begin &&
         std::find(std::begin(kMarks), std::end(kMarks), word.surface) != std::end(kMarks);
}

// What begins like the leaf, when its * can be meant.
void TakeStar(Leaf& leaf, QueryBudget& budget) {
  constexpr size_t kFewest = 2;  // letters or digits before the *
  const size_t letters = leaf.number.empty() ? FromUtf8(leaf.word.surface).size() : leaf.number.size();
  if (leaf.kind == LeafKind::kDays || letters < kFewest) {
    budget.star_mended = true;
  } else if (budget.stars == 0) {
    budget.too_many_stars = true;
  } else {
    --budget.stars;
    leaf.kind = LeafKind::kBeginning;
    leaf.parts.clear();
  }
}

bool SaysNothing(const Leaf& leaf) { return leaf.kind == LeafKind::kWord && leaf.word.stop; }

}  // namespace

bool TakeQuotation(QueryBudget& budget) {
  if (budget.quotations == 0) {
    budget.too_many_quotations = true;
    return false;
  }
  --budget.quotations;
  return true;
}

AnalysedText PhraseWords(const std::string& text, QueryBudget& budget) {
  if (text.find('*') != std::string::npos) budget.star_mended = true;
  AnalysedText phrase = Analyse(text);
  if (phrase.words.size() > budget.words) {
    budget.too_many_words = true;
    phrase.words.resize(budget.words);
  }
  budget.words -= phrase.words.size();
  const auto beyond = [&](const TextNumber& number) { return number.end_word > phrase.words.size(); };
  phrase.numbers.erase(std::remove_if(phrase.numbers.begin(), phrase.numbers.end(), beyond), phrase.numbers.end());
  return phrase;
}

std::vector<Leaf> LeavesOf(std::string_view utf8, const AnalysedText& text, QueryBudget& budget) {
  std::vector<Leaf> leaves;
  const std::map<size_t, Span> spans = SpansOf(utf8, text);
  size_t stars = 0;
  size_t i = 0;
  while (i < text.words.size() && budget.words > 0) {
    const auto span = spans.find(i);
    if (i > 0 && IsMarkOf(text.words[i - 1], text.words[i])) {
      ++i;
      continue;
    }
    const size_t used = span == spans.end() ? 1 : span->second.end - i;
    leaves.push_back(span == spans.end() ? WordLeaf(text.words[i]) : SpanLeaf(span->second, text));
    if (const size_t behind = StarsBehind(utf8, text.words[i + used - 1]); behind > 0) {
      TakeStar(leaves.back(), budget);
      stars += behind;
    }
    budget.words -= std::min(budget.words, used);
    i += used;
  }
  budget.too_many_words = budget.too_many_words || i < text.words.size();
  if (stars < static_cast<size_t>(std::count(utf8.begin(), utf8.end(), '*'))) budget.star_mended = true;
  if (!std::all_of(leaves.begin(), leaves.end(), SaysNothing)) {
    leaves.erase(std::remove_if(leaves.begin(), leaves.end(), SaysNothing), leaves.end());
  }
  return leaves;
}

}  // namespace diwan
