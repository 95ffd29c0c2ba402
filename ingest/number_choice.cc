// Bayes in plain clothes: the second reader's probabilities, multiplied by what speaks for and against each answer. The
// factors were chosen on drawn pages.
#include "ingest/number_choice.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "core/fold.h"
#include "ingest/script.h"

namespace diwan {
namespace {

constexpr size_t kAlternatives = 3;   // kept for a number
constexpr double kNoticeable = 0.01;  // probability from which an alternative is kept

std::vector<std::u32string> Parts(std::u32string_view label) {
  std::vector<std::u32string> parts(1);
  for (const char32_t c : label) {
    if (c == U' ') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The probability of a part is the sum over the labels that have it in this place.
void Add(Token& token, const std::u32string& text, double probability) {
  const auto same = std::ranges::find(token.labels, text, &NumberLabel::text);
  if (same != token.labels.end()) {
    same->probability += probability;
  } else {
    token.labels.push_back({text, probability});
  }
}

// Probability from which a number is believed against the first reading.
double Needed(const First& first, std::u32string_view label) {
  const auto digits = std::ranges::count_if(label, IsDigit);
  if (first.text.empty()) return digits > 1 ? 0.7 : 0.9;
  if (!first.is_word) return 0.2;
  if (digits == 1 && first.letters > 1) return 0.98;  // a ligature, more often than not
  if (first.expected != NumberExpected::kNothing && digits > 1) return 0.4;
  const double by_confidence = first.probability < 0.6 ? 0.5 : first.probability < 0.85 ? 0.8 : 0.95;
  return digits > 1 ? by_confidence : std::max(by_confidence, 0.9);
}

DigitSet DigitsOf(std::u32string_view number) {
  const bool latin = std::ranges::any_of(number, [](char32_t c) { return c >= '0' && c <= '9'; });
  return latin ? DigitSet::kLatin : DigitSet::kNative;
}

// How much a first reading that is a number says: stock models know few digits but the Latin and the Persian ones.
double Trust(const First& first, std::u32string_view label, std::string_view language) {
  const bool known = first.by == FirstReader::kOwn || language != "ara" || DigitsOf(label) == DigitSet::kLatin;
  return known && !first.bare.empty() ? first.probability : 0;
}

// A label without the marks that stand around a number and say nothing of it.
std::u32string_view CoreOf(std::u32string_view label) {
  constexpr std::u32string_view kAround = U".,:()";
  const size_t first = label.find_first_not_of(kAround);
  return first == label.npos ? label : label.substr(first, label.find_last_not_of(kAround) + 1 - first);
}

struct Weighed {
  std::u32string label;
  double weight;
};

// Answers that differ in the marks around the number alone are one: the likeliest of them, with the weight of all.
// Best first.
std::vector<Weighed> Joined(std::vector<Weighed> answers) {
  std::ranges::stable_sort(answers, std::greater<>(), &Weighed::weight);
  std::vector<Weighed> joined;
  for (Weighed& answer : answers) {
    const auto same =
        std::ranges::find_if(joined, [&](const Weighed& other) { return CoreOf(other.label) == CoreOf(answer.label); });
    if (same == joined.end()) {
      joined.push_back(std::move(answer));
    } else {
      same->weight += answer.weight;
    }
  }
  std::ranges::stable_sort(joined, std::greater<>(), &Weighed::weight);
  return joined;
}

}  // namespace

std::vector<Token> TokensOf(const NumberReading& reading) {
  const std::vector<std::u32string> parts = Parts(reading.label.text);
  std::vector<Token> tokens(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) Add(tokens[i], parts[i], reading.label.probability);
  for (const NumberLabel& other : reading.others) {
    const std::vector<std::u32string> others = Parts(other.text);
    if (others.size() != parts.size()) continue;
    for (size_t i = 0; i < parts.size(); ++i) Add(tokens[i], others[i], other.probability);
  }
  double begin = std::numeric_limits<double>::lowest();
  size_t at = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const size_t end = at + parts[i].size();
    tokens[i].from = begin;
    tokens[i].to = end < reading.columns.size() ? reading.columns[end] : std::numeric_limits<double>::max();
    if (end > at) tokens[i].middle = (reading.columns[at] + reading.columns[end - 1]) / 2.0;
    begin = tokens[i].to;
    at = end + 1;
  }
  std::erase_if(tokens, [](const Token& token) { return token.text().empty(); });
  return tokens;
}

First FirstOf(const std::vector<Word>& line, std::vector<size_t> words) {
  First first;
  std::ranges::sort(words);
  for (const size_t word : words) {
    first.text += line[word].text;
    const double probability = line[word].confidence / 100;
    first.probability = word == words[0] ? probability : std::min(first.probability, probability);
  }
  const std::u32string text = FromUtf8(first.text);
  first.bare = BareNumber(first.text);
  first.letters = static_cast<size_t>(
      std::ranges::count_if(text, [](char32_t c) { return IsArabicLetter(c) || IsLatinLetter(c); }));
  first.latin_letters = static_cast<size_t>(std::ranges::count_if(text, IsLatinLetter));
  first.is_word = first.letters > 0 && std::ranges::none_of(text, IsDigit);
  if (!words.empty() && words[0] > 0) first.expected = ExpectedAfter(line[words[0] - 1].text);
  return first;
}

std::optional<Settled> Settle(const Token& token, const First& first, std::string_view language, DigitSet digits) {
  constexpr double kAgreement = 10;     // a first reading that agrees makes the answer so much more likely
  constexpr double kGainsaying = 0.5;   // a first reading as probable as this makes another answer unsure
  constexpr double kOtherDigits = 0.1;  // as likely is a number in other digits than the page's
  std::vector<Weighed> answers;
  double sum = 0;
  double answered = 0;
  for (const NumberLabel& label : token.labels) {
    answered += label.probability;
    double weight = label.probability;
    if (IsNumber(label.text)) {
      const std::string bare = BareNumber(NumberText(label.text, language, first.alone));
      weight *= Plausibility(bare, first.expected) * MarkPlausibility(label.text);
      if (digits != DigitSet::kAny && digits != DigitsOf(label.text)) {
        weight *= kOtherDigits;
      } else if (bare == first.bare) {
        weight *= 1 + kAgreement * Trust(first, label.text, language);
      }
    }
    answers.push_back({label.text, weight});
    sum += weight;
  }
  sum += std::max(0.0, 1 - answered);
  answers = Joined(std::move(answers));
  if (!IsNumber(answers[0].label)) return std::nullopt;
  Settled settled;
  settled.text = NumberText(answers[0].label, language, first.alone);
  settled.probability = answers[0].weight / sum;
  settled.order_told = OrderIsTold(answers[0].label, language);
  const std::string bare = BareNumber(settled.text);
  settled.gainsaid = first.by == FirstReader::kEngine && bare != first.bare && bare.size() == first.bare.size() &&
                     Trust(first, answers[0].label, language) > kGainsaying;
  const auto add = [&](const std::string& text) {
    if (!text.empty() && text != settled.text && settled.alternatives.size() < kAlternatives &&
        std::ranges::count(settled.alternatives, text) == 0) {
      settled.alternatives.push_back(text);
    }
  };
  for (size_t i = 1; i < answers.size(); ++i) {
    if (IsNumber(answers[i].label) && answers[i].weight / sum >= kNoticeable)
      add(NumberText(answers[i].label, language, first.alone));
  }
  add(TurnedNumberText(answers[0].label, language, first.alone));
  return settled;
}

std::vector<std::string> DigitGroups(std::string_view text) {
  std::vector<std::string> groups(1);
  for (const char c : LatinDigits(text)) {
    if (c >= '0' && c <= '9') {
      groups.back() += c;
    } else if (!groups.back().empty()) {
      groups.emplace_back();
    }
  }
  std::erase(groups, "");
  std::ranges::sort(groups);
  return groups;
}

bool IsBelieved(const Settled& number, const Token& token, const First& first, std::string_view language) {
  if (number.probability < Needed(first, token.text())) return false;
  // Letters like those of www and AB look like numbers to a reader of numbers; ours of lines knows them.
  if (first.by == FirstReader::kOwn && first.latin_letters > 1 && DigitGroups(first.text) != DigitGroups(number.text)) {
    return false;
  }
  const std::string bare = BareNumber(number.text);
  if (first.bare.empty() || first.bare == bare) return true;
  if (first.by == FirstReader::kOwn && DigitGroups(first.text) == DigitGroups(number.text)) return true;
  // A part of what the first one read: the word's box was too narrow, as the second can't know. But a percent sign is
  // read as a digit or two by the first.
  const bool percent = token.text().find(U'%') != std::u32string::npos;
  const bool cut = !percent && (first.bare.starts_with(bare) || first.bare.ends_with(bare));
  // As much as the second.
  const double first_counts = first.by == FirstReader::kOwn ? (cut ? 2.0 : 1.1) : (cut ? 1.2 : 0.8);
  return number.probability > first_counts * Trust(first, token.text(), language);
}

DigitSet DigitsOf(const std::vector<NumberReading>& readings) {
  constexpr double kCertain = 0.9;
  constexpr int kFew = 3;
  int native = 0;
  int latin = 0;
  for (const NumberReading& reading : readings) {
    if (!IsNumber(reading.label.text) || reading.label.probability < kCertain) continue;
    if (std::ranges::count_if(reading.label.text, IsDigit) < 2) continue;  // a lone sign is soon taken for another
    (DigitsOf(reading.label.text) == DigitSet::kLatin ? latin : native) += 1;
  }
  constexpr int kClearly = 10;
  if (native >= kFew && native >= kClearly * latin) return DigitSet::kNative;
  return latin >= kFew && latin >= kClearly * native ? DigitSet::kLatin : DigitSet::kAny;
}

}  // namespace diwan
