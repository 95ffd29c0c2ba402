// From analysed words to what is looked up: dates and compound numbers swallow the words they are made of.
#include "index/query_leaves.h"

#include <algorithm>
#include <map>

namespace diwan {
namespace {

// A run of words that is one thing.
struct Span {
  size_t first = 0;
  size_t end = 0;
  std::string number;
  std::vector<DayRange> days;
};

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
      if (span.first >= span.end) continue;
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

bool SaysNothing(const Leaf& leaf) { return leaf.kind == LeafKind::kWord && leaf.word.stop; }

}  // namespace

std::vector<Leaf> LeavesOf(std::string_view utf8, const AnalysedText& text, size_t& words_left) {
  std::vector<Leaf> leaves;
  const std::map<size_t, Span> spans = SpansOf(utf8, text);
  for (size_t i = 0; i < text.words.size() && words_left > 0;) {
    const auto span = spans.find(i);
    const size_t used = span == spans.end() ? 1 : span->second.end - i;
    leaves.push_back(span == spans.end() ? WordLeaf(text.words[i]) : SpanLeaf(span->second, text));
    words_left -= std::min(words_left, used);
    i += used;
  }
  if (!std::all_of(leaves.begin(), leaves.end(), SaysNothing)) {
    leaves.erase(std::remove_if(leaves.begin(), leaves.end(), SaysNothing), leaves.end());
  }
  return leaves;
}

}  // namespace diwan
