#include "ingest/fields_values.h"

#include <algorithm>

#include "core/fold.h"
#include "core/paper_number.h"
#include "ingest/fields_own.h"
#include "ingest/printed_number.h"

namespace diwan {
namespace {

std::string WithYear(const SplitNumber& split) { return split.number + (split.year.empty() ? "" : "/" + split.year); }

void TakeDate(const FieldPage& page, SlotValue& out) {
  const PrintedDate& date = page.text.SurerDate(*page.text.DateAt(out.where.first));
  out.where.first = page.text.First(date);
  out.where.last = page.text.After(date);
  out.date = date;
  out.value = page.text.NormalForm(date);
  out.sure = static_cast<float>(date.confidence);
}

// With the year that the rule found beside it.
void TakeNumber(const FieldPage& page, const RuleMatch& match, const std::string& printed, SlotValue& out) {
  SplitNumber split = SplitPrinted(printed);
  const Capture* year = out.where.slot->name == "number" ? match.Find("year") : nullptr;
  if (split.year.empty() && year != nullptr) split.year = page.text.YearDigits(year->first, year->last);
  out.value = WithYear(split);
  out.sure = split.sure;
  if (out.where.slot->name == "number") out.year = split.year.empty() ? YearInNumber(split.number) : split.year;
}

int64_t TimesOf(const FieldPage& page, size_t token) {
  for (const WordMatch& word : page.matcher.WordsOf(token)) {
    const auto found = page.matcher.rules().times.find(word.word);
    if (found != page.matcher.rules().times.end()) return found->second;
  }
  return 1;
}

std::string Digits(const FieldPage& page, const Capture& amount) {
  if (const auto spelled = page.text.SpelledAt(amount.first)) return std::to_string(spelled->value);
  const bool two = amount.last > amount.first + 1;
  return PlainAmount(page.text.Printed(amount.first, amount.first + 1), two ? TimesOf(page, amount.last - 1) : 1);
}

// The amount, then the words of its currency, which reach to `last`.
std::string NormalAmount(const FieldPage& page, const Capture& amount, size_t last) {
  std::string out = Digits(page, amount);
  if (out.empty()) return out;
  for (size_t i = amount.last; i < last; ++i) {
    if (page.text[i].kind == TokenKind::kWord) out += " " + std::string(page.text.Printed(i, i + 1));
  }
  return out;
}

}  // namespace

SlotValue ReadSlotValue(const FieldPage& page, const RuleMatch& match, const Capture& capture) {
  SlotValue out{.where = capture};
  const SlotKind kind = capture.slot->kind;
  if (kind == SlotKind::kAmount) out.where.last = match.last;
  const std::string printed(page.text.Printed(out.where.first, out.where.last));
  if (kind == SlotKind::kDate) {
    TakeDate(page, out);
  } else if (kind == SlotKind::kAmount) {
    out.value = NormalAmount(page, capture, match.last);
  } else if (kind == SlotKind::kNumber) {
    TakeNumber(page, match, printed, out);
  } else if (kind == SlotKind::kArticle) {
    out.value = ArticleNumbers(page.matcher, capture.first, capture.last);
  } else if (kind == SlotKind::kYear) {
    out.value = page.text.YearDigits(capture.first, capture.last);
  } else {
    out.value = TidyText(printed);
    const bool particle = kind == SlotKind::kTopic || (kind == SlotKind::kBody && !IsBareWord(page, capture.first));
    if (particle) out.value = WithoutParticle(out.value);
  }
  return out;
}

}  // namespace diwan
