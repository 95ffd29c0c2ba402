// What becomes of two readings of one line. The second reader is asked for one stretch of the line at a time; where its
// answer has several parts, each is brought together with the words that stand in its place.
#include "ingest/number_merge.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/fold.h"
#include "ingest/number_choice.h"
#include "ingest/number_places.h"
#include "ingest/number_text.h"
#include "ingest/reading.h"
#include "ingest/script.h"

namespace diwan {
namespace {

constexpr double kLoneInk = 0.9;       // at most, of a single sign where no word was read
constexpr double kGainsaid = 0.9;      // at most, of one that the first reader gainsays, or that can't be
constexpr double kOrderGuessed = 0.7;  // at most, of a number whose parts may well be written the other way round

double Middle(const Box& box) { return box.x + box.width / 2.0; }

// Words and tokens that share a place, from right to left, which is logical order.
struct Place {
  std::vector<const Token*> tokens;
  std::vector<size_t> words;
};

bool Meet(const Token& token, const Word& word) {
  const double middle = Middle(word.box);
  return (middle >= token.from && middle < token.to) ||
         (token.middle >= word.box.x && token.middle < word.box.x + word.box.width);
}

void Append(Place& place, const Place& more) {
  place.tokens.insert(place.tokens.end(), more.tokens.begin(), more.tokens.end());
  for (const size_t word : more.words) {
    if (std::ranges::count(place.words, word) == 0) place.words.push_back(word);
  }
}

// Tokens that meet a common word, and all that stands between them, are one place.
std::vector<Place> PlacesOf(const std::vector<Token>& tokens, const std::vector<Word>& line, const Stretch& stretch) {
  std::vector<Place> places;
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
    Place place{.tokens = {&*token}};
    std::copy_if(stretch.words.rbegin(), stretch.words.rend(), std::back_inserter(place.words),
                 [&](size_t word) { return Meet(*token, line[word]); });
    const auto shares = [&](const Place& other) {
      return std::ranges::find_first_of(other.words, place.words) != other.words.end();
    };
    const auto first = std::ranges::find_if(places, shares);
    if (first == places.end()) {
      places.push_back(std::move(place));
      continue;
    }
    for (auto later = std::next(first); later != places.end(); ++later) Append(*first, *later);
    Append(*first, place);
    places.erase(std::next(first), places.end());
  }
  return places;
}

bool HasDigit(std::u32string_view text) { return std::ranges::any_of(text, IsDigit); }
bool HasLetters(std::u32string_view label) { return label.find(kLetters) != label.npos; }

// Runs of letters of a text, at least `least` long, as they are written.
std::vector<std::u32string> LetterRuns(std::string_view text, size_t least) {
  std::vector<std::u32string> runs(1);
  for (const char32_t c : FromUtf8(text)) {
    if (IsArabicLetter(c) || IsLatinLetter(c) || IsArabicMark(c)) {
      runs.back() += c;
    } else if (!runs.back().empty()) {
      runs.emplace_back();
    }
  }
  std::erase_if(runs, [&](const std::u32string& run) { return run.size() < least; });
  return runs;
}

// The one run of letters of a text that holds more than it; of several, where `between` numbers, the one between
// slashes.
std::optional<std::u32string> LettersWithin(const std::string& text, bool between) {
  std::vector<std::u32string> runs = LetterRuns(text, 1);
  if (between) {
    std::erase_if(runs, [&](const std::u32string& run) { return text.find("/" + ToUtf8(run) + "/") == text.npos; });
  }
  if (runs.size() != 1 || ToUtf8(runs[0]) == text) return std::nullopt;
  return runs[0];
}

// A slash before or behind the letters that was first read as ا, which looks like it, is no letter of theirs.
void TakeSlashOff(std::u32string& letters, std::string_view first, bool before, bool behind) {
  if (letters.size() < 2 || first.find('/' + ToUtf8(letters)) != first.npos ||
      first.find(ToUtf8(letters) + '/') != first.npos) {
    return;
  }
  if (before && letters.front() == U'ا') letters.erase(0, 1);
  if (behind && letters.size() > 1 && letters.back() == U'ا') letters.pop_back();
}

// It is printed like a full stop, a bullet or a speck.
bool IsLoneZero(std::u32string_view label) { return label == U"٠" || label == U"0"; }

// A stop is printed like a zero; it stands after a word more often.
bool IsNothingOrNumber(std::u32string_view label) {
  return label.empty() || (IsNumber(label) && label.find_first_of(U"123456789١٢٣٤٥٦٧٨٩") != label.npos);
}

class LineMerger {
 public:
  LineMerger(const std::vector<Word>& line, std::string_view language, DigitSet digits, FirstReader first)
      : line_(line), language_(language), digits_(digits), first_(first) {
    for (const Word& word : line) merged_.push_back({word});
  }

  void Take(const Stretch& stretch, const NumberReading& reading) {
    const std::vector<Token> tokens = TokensOf(Fitted(reading, stretch, line_));
    for (const Place& place : PlacesOf(tokens, line_, stretch)) {
      First first = FirstOf(line_, place.words);
      first.alone = Neighbours(place, stretch.box).empty();
      first.by = first_;
      std::vector<Word> words = Resolve(place, first, stretch.box);
      if (words.empty() && IsLatinWord(place, first)) words = {LatinWord(place, first, stretch.box)};
      if (words.empty()) {
        NoteDoubt(place, first);
      } else {
        Put(place, first, std::move(words));
      }
    }
  }

  std::vector<Word> Result() && {
    std::vector<Word> result;
    for (std::vector<Word>& words : merged_) std::ranges::move(words, std::back_inserter(result));
    for (Word& word : from_ink_) {
      const double middle = Middle(word.box);
      const auto after = std::ranges::find_if(result, [&](const Word& other) { return Middle(other.box) < middle; });
      result.insert(after, std::move(word));
    }
    return result;
  }

 private:
  // The words that take the place's; none when the first reading stays.
  std::vector<Word> Resolve(const Place& place, const First& first, const Box& around) const {
    if (place.tokens.size() == 1 && HasLetters(place.tokens[0]->text())) return ResolveTouching(place, first, around);
    const auto letter_tokens = static_cast<size_t>(
        std::ranges::count_if(place.tokens, [](const Token* token) { return HasLetters(token->text()); }));
    if (letter_tokens == place.tokens.size()) return {};
    constexpr size_t kLeastLetters = 2;
    const std::vector<std::u32string> letters = LetterRuns(first.text, kLeastLetters);
    if (letter_tokens > 0 && letters.size() != letter_tokens) return {};
    First part = first;  // which is of the whole place
    if (place.tokens.size() > 1) part.bare.clear();
    std::vector<Word> words;
    size_t next_letters = 0;
    for (const Token* token : place.tokens) {
      if (HasLetters(token->text())) {
        words.push_back(WordOf(ToUtf8(letters[next_letters++]), first.probability, BoxOf(*token, around)));
        continue;
      }
      if (place.tokens.size() > 1 && (token->text() == U"/" || token->text() == U"-")) {
        words.push_back(WordOf(ToUtf8(token->text()), first.probability, BoxOf(*token, around)));
        continue;
      }
      std::optional<Settled> number = Settle(*token, part, language_, digits_);
      if (!number || !IsBelieved(*number, *token, part, language_)) return {};
      const bool lone_ink = first.text.empty() && token->text().size() == 1;  // a speck, as likely
      if (lone_ink && IsLoneZero(token->text()) && (first_ == FirstReader::kOwn || InWords(place, around))) return {};
      if (lone_ink || IsLoneZero(token->text())) number->probability = std::min(number->probability, kLoneInk);
      words.push_back(NumberWord(*number, BoxOf(*token, around)));
    }
    DoubtGainsaid(first, words);
    return words;
  }

  // Numbers with one run of letters written on to them, as in ٥/ص/٩٠, stay one word. The letters are the first
  // reading's, which must have more than them.
  std::vector<Word> ResolveTouching(const Place& place, const First& first, const Box& around) const {
    constexpr double kBelieved = 0.7;
    const Token& token = *place.tokens[0];
    const std::u32string_view label = token.text();
    const size_t at = label.find(kLetters);
    const std::u32string_view left = label.substr(0, at);
    const std::u32string_view right = label.substr(at + 1);
    if (token.labels[0].probability < kBelieved) return {};
    if ((left.empty() && right.empty()) || !IsNothingOrNumber(left) || !IsNothingOrNumber(right)) return {};
    std::optional<std::u32string> letters = LettersWithin(first.text, !left.empty() && !right.empty());
    if (!letters) return WithoutLetters(token, left, right, first, around);
    const auto written = [&](std::u32string_view part) { return part.empty() ? "" : NumberText(part, language_); };
    TakeSlashOff(*letters, first.text, right.starts_with(U'/'), left.ends_with(U'/'));
    const std::string text = written(right) + ToUtf8(*letters) + written(left);
    const bool told = OrderIsTold(left, language_) && OrderIsTold(right, language_);
    return {NumberWord({text, token.labels[0].probability, {}, told, IsGainsaid(text, first)}, BoxOf(token, around))};
  }

  // Numbers are not sure where our own reader of lines read others.
  void DoubtGainsaid(const First& first, std::vector<Word>& words) const {
    if (first_ == FirstReader::kEngine) return;
    std::string text;
    for (const Word& word : words) text += word.text + " ";
    if (DigitGroups(text) == DigitGroups(first.text)) return;
    for (Word& word : words) {
      word.confidence = std::min(word.confidence, static_cast<float>(100 * kGainsaid));
      if (word.number == NumberState::kSure) word.number = NumberState::kUnsure;
    }
  }

  static std::string DigitsIn(const std::string& text) {
    std::string digits = LatinDigits(text);
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    return digits;
  }

  // Whether a first reader who knows these digits was sure of as many others.
  bool IsGainsaid(const std::string& text, const First& first) const {
    constexpr double kSure = 0.8;
    const std::string here = DigitsIn(text);
    const std::string there = DigitsIn(first.text);
    if (first_ == FirstReader::kOwn) return DigitGroups(text) != DigitGroups(first.text);
    return language_ == "fas" && first.probability > kSure && here != there && here.size() == there.size();
  }

  // A long number with letters on one side that nobody could read, all of which the first reading took for digits.
  std::vector<Word> WithoutLetters(const Token& token, std::u32string_view left, std::u32string_view right,
                                   const First& first, const Box& around) const {
    constexpr ptrdiff_t kLong = 3;
    if (!left.empty() && !right.empty()) return {};
    std::u32string_view number = left.empty() ? right : left;
    if (first.letters > 0 || std::ranges::count_if(number, IsDigit) < kLong) return {};
    if (first_ == FirstReader::kOwn && !first.bare.empty()) return {};  // it saw no letters
    const auto is_separator = [](char32_t c) { return c == U'/' || c == U'-'; };
    if (is_separator(number.front())) number.remove_prefix(1);
    if (is_separator(number.back())) number.remove_suffix(1);
    return {NumberWord({NumberText(number, language_), token.labels[0].probability, {}, false}, BoxOf(token, around))};
  }

  Word WordOf(std::string text, double probability, const Box& box) const {
    Word merged;
    merged.text = std::move(text);
    merged.confidence = static_cast<float>(std::clamp(100 * probability, 0.0, 100.0));
    merged.box = box;
    if (!line_.empty()) {
      merged.line = line_[0].line;
      merged.block = line_[0].block;
    }
    return merged;
  }

  Word NumberWord(const Settled& number, const Box& box) const {
    double probability = number.order_told ? number.probability : std::min(number.probability, kOrderGuessed);
    if (number.gainsaid || !IsPossible(number.text)) probability = std::min(probability, kGainsaid);
    Word merged = WordOf(number.text, probability, box);
    merged.number = probability >= kSureNumber ? NumberState::kSure : NumberState::kUnsure;
    merged.alternatives = number.alternatives;
    return merged;
  }

  static Box BoxOf(const Token& token, const Box& around) {
    const double right = std::min<double>(token.to, around.x + around.width);
    const double left = std::clamp<double>(token.from, around.x, right);
    return {static_cast<int>(left), around.y, static_cast<int>(right) - static_cast<int>(left), around.height};
  }

  // Words of the line that don't stand in the place but near it.
  std::vector<const Word*> Neighbours(const Place& place, const Box& around) const {
    constexpr double kCellGap = 1.0;  // of the line's height
    double left = around.x + around.width;
    double right = around.x;
    for (const Token* token : place.tokens) {
      const Box box = BoxOf(*token, around);
      left = std::min<double>(left, box.x);
      right = std::max<double>(right, box.x + box.width);
    }
    std::vector<const Word*> near;
    for (size_t i = 0; i < line_.size(); ++i) {
      if (std::ranges::count(place.words, i) > 0) continue;
      const Box& other = line_[i].box;
      if (std::max(left - other.x - other.width, other.x - right) < kCellGap * around.height) near.push_back(&line_[i]);
    }
    return near;
  }

  // Among words of letters, where a dot is a letter's, a stop or a speck.
  bool InWords(const Place& place, const Box& around) const {
    const std::vector<const Word*> near = Neighbours(place, around);
    return !near.empty() && std::ranges::none_of(near, [](const Word* word) { return HasDigit(FromUtf8(word->text)); });
  }

  // Whether a first reading in Latin digits is a Latin word: nothing like that number was seen the second time.
  static bool IsLatinWord(const Place& place, const First& first) {
    constexpr double kSeen = 0.02;
    const std::u32string text = FromUtf8(first.text);
    const auto digits = std::ranges::count_if(text, [](char32_t c) { return c >= '0' && c <= '9'; });
    if (first.expected != NumberExpected::kNothing) return false;
    if (digits < 2 || first.letters > 0 || digits != std::ranges::count_if(text, IsDigit)) return false;
    if (place.tokens.size() != 1 || place.words.size() != 1) return false;
    return std::ranges::none_of(place.tokens[0]->labels, [&](const NumberLabel& label) {
      return label.probability > kSeen && std::ranges::count_if(label.text, IsDigit) >= digits;
    });
  }

  Word LatinWord(const Place& place, const First& first, const Box& around) const {
    constexpr double kGuessed = 0.4;  // at most, of letters told from digits
    return WordOf(LettersForDigits(first.text), std::min(first.probability, kGuessed), BoxOf(*place.tokens[0], around));
  }

  // Words that stay, though one of the readers saw a number in them: not as sure.
  void NoteDoubt(const Place& place, const First& first) {
    const bool expected = first.expected != NumberExpected::kNothing;
    const bool seen = expected && std::ranges::any_of(place.tokens, [](const Token* t) { return HasDigit(t->text()); });
    for (const size_t word : place.words) {
      const std::string& text = line_[word].text;
      const bool number = first_ == FirstReader::kOwn ? HasDigit(FromUtf8(text)) : !BareNumber(text).empty();
      if (merged_[word].empty() || (!seen && !number)) continue;
      merged_[word][0].number = NumberState::kUnsure;
    }
  }

  void Put(const Place& place, const First& first, std::vector<Word> words) {
    if (place.words.empty()) {
      std::ranges::move(words, std::back_inserter(from_ink_));
      return;
    }
    for (Word& word : words) {
      if (word.text != first.text && first.text.size() <= kMaxReadingBytes) word.first_reading = first.text;
    }
    for (const size_t word : place.words) merged_[word].clear();
    merged_[*std::ranges::min_element(place.words)] = std::move(words);
  }

  const std::vector<Word>& line_;
  std::string_view language_;
  DigitSet digits_;
  FirstReader first_;
  std::vector<std::vector<Word>> merged_;  // what stands in the place of each word of the line
  std::vector<Word> from_ink_;
};

}  // namespace

std::vector<Word> MergeNumbers(const std::vector<Word>& line, const std::vector<Stretch>& stretches,
                               const std::vector<NumberReading>& readings, std::string_view language, DigitSet digits,
                               FirstReader first) {
  LineMerger merger(line, language, digits, first);
  for (size_t i = 0; i < stretches.size(); ++i) merger.Take(stretches[i], readings[i]);
  return std::move(merger).Result();
}

}  // namespace diwan
