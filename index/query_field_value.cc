// What stands behind a field's colon: words, a quotation, days, a span of numbers, a name.
#include "index/query_field_value.h"

#include <algorithm>

#include "core/fold.h"

namespace diwan {
namespace {

// What a date: counts as, since a span is many terms; one year of it more or less.
constexpr size_t kWordsOfADate = 8;
constexpr int32_t kDaysOfAWord = 8 * 366;
constexpr int32_t kMostDays = 300 * 366;  // of which there are terms
constexpr size_t kMaxRanges = 4;          // readings of one date, in different calendars

bool ReadWords(QueryNode& node, QueryBudget& budget) {
  node.leaves = LeavesOf(node.text, Analyse(node.text), budget);
  return !node.leaves.empty();
}

bool ReadText(QueryNode& node, bool quoted, QueryBudget& budget) {
  if (!quoted || !TakeQuotation(budget)) return ReadWords(node, budget);
  node.phrase = PhraseWords(node.text, budget);
  return !node.phrase.words.empty();
}

bool ReadDate(QueryNode& node, QueryBudget& budget) {
  node.days = DaysAsked(node.text);
  if (node.days.empty()) return false;
  if (node.days.size() > kMaxRanges) node.days.resize(kMaxRanges);
  if (budget.words == 0) {
    budget.too_many_words = true;
    node = {};
  }
  size_t cost = kWordsOfADate;
  for (const DayRange& range : node.days) {
    cost += static_cast<size_t>(std::min(range.last - range.first, kMostDays) / kDaysOfAWord);
  }
  budget.words -= std::min(budget.words, cost);
  return true;
}

bool ReadNumbers(QueryNode& node, QueryBudget& budget) {
  if (!IsSpan(node.text)) return ReadWords(node, budget);
  node.numbers = NumbersAsked(node.text);
  if (!node.numbers) return false;
  if (budget.stars == 0) {
    budget.too_many_stars = true;
    node = {};
  } else {
    --budget.stars;
  }
  return true;
}

bool ReadSpelling(QueryNode& node, QueryBudget& budget) {
  if (!TakeQuotation(budget)) {
    node.kind = NodeKind::kWords;
    return ReadWords(node, budget);
  }
  node.kind = NodeKind::kExact;
  node.phrase = PhraseWords(node.text, budget);
  for (const TextWord& word : node.phrase.words) {
    node.exact.push_back(ExactForm(std::string_view(node.text).substr(word.begin, word.end - word.begin)));
  }
  return !node.exact.empty();
}

bool Read(QueryNode& node, bool quoted, QueryBudget& budget) {
  switch (node.field->kind) {
    case FieldKind::kText:
      return ReadText(node, quoted, budget);
    case FieldKind::kNumber:
      return ReadNumbers(node, budget);
    case FieldKind::kDate:
      return ReadDate(node, budget);
    case FieldKind::kExact:
      return !ExactValue(*node.field, node.text).empty();
    case FieldKind::kSpelling:
      return ReadSpelling(node, budget);
    case FieldKind::kSort:
      break;
  }
  return false;
}

}  // namespace

std::optional<QueryNode> ReadFieldValue(const QueryField& field, const std::string& text, bool quoted,
                                        QueryBudget& budget) {
  QueryNode node;
  node.kind = NodeKind::kField;
  node.field = &field;
  node.text = text;
  if (!Read(node, quoted, budget)) return std::nullopt;
  return node;
}

}  // namespace diwan
