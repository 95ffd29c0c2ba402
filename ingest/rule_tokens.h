// A page's text cut for the rules: words, numbers, signs and line ends of the folded text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/fold.h"
#include "core/number_words.h"

namespace diwan {

// A number is one token with its separators, inner spaces and letters: `45/2018`, `١٢ / ٢٠١٩`, `۱۴۰۲/ص/۱۲۳`,
// `221/هيئة مدنية/2022`, `ح م/445`. An abbreviation is one word: `ل.س`.
enum class TokenKind : uint8_t { kWord, kNumber, kSign, kLineEnd, kBlankLine };

struct RuleToken {
  TokenKind kind = TokenKind::kWord;
  uint32_t begin = 0;  // characters of the folded text
  uint32_t end = 0;
  uint32_t word_end = 0;  // before ها and its like, which are printed and are no part of the word
  uint32_t line = 0;      // counts lines that are not blank, from 0
};

// Owns the folding, not the text. ZWNJ parts words; the plural and the ezafe behind it (ها, های, ی) are no words.
class RuleText {
 public:
  // REQUIRES: `utf8` is shorter than 4 GiB and outlives this.
  RuleText(std::string_view utf8, bool jalali_likely);

  const std::vector<RuleToken>& tokens() const { return tokens_; }
  const RuleToken& operator[](size_t token) const { return tokens_[token]; }
  size_t size() const { return tokens_.size(); }
  uint32_t lines() const { return lines_; }

  // The folded characters of a token, up to its word_end.
  std::u32string_view Folded(const RuleToken& token) const;
  // The bytes of tokens [first, last), and the original text there.
  size_t BeginByte(size_t first) const { return folded_.begin[tokens_[first].begin]; }
  size_t EndByte(size_t last) const { return folded_.end[tokens_[last - 1].end - 1]; }
  std::string_view Printed(size_t first, size_t last) const;

  // The date with a day that begins with the token, in digits or in words, or nullptr; and the first token behind it.
  const PrintedDate* DateAt(size_t token) const;
  size_t First(const PrintedDate& date) const;
  size_t After(const PrintedDate& date) const;
  // The date behind it, of another calendar, that is said to be the same day or is: `الموافق ١٥/١/٢٠٢٠`. `date` is one
  // of DateAt's, as what comes back is; nullptr when there is none.
  const PrintedDate* SameDayBehind(const PrintedDate& date) const;
  // Of a date and those behind it that name its day, the one that tells the day best: of a Hijri one, tables differ; of
  // two others, the second.
  const PrintedDate& SurerDate(const PrintedDate& date) const;
  // Whether it is said so of the date before.
  bool IsSameDayAsBefore(const PrintedDate& date) const {
    return &date != dates_.data() && SameDayBehind(*(&date - 1)) == &date;
  }
  // Whether the number of tokens [first, last) may be a part of another, as MayBeCut has it; a date beside it is no
  // part of it.
  bool IsDoubtful(size_t first, size_t last, bool year) const;
  // The number in words that begins with the token, and the first token behind it; no value when none does.
  std::optional<SpelledNumber> SpelledAt(size_t token) const;
  size_t After(const SpelledNumber& number) const;
  // The Latin digits of a year in tokens [first, last), which has digits or words.
  std::string YearDigits(size_t first, size_t last) const;
  // Whether the token stands first in its line; and, of the one that does, whether it and two more words at most are
  // what stands before a colon: `رقم القرار: `.
  bool BeginsLine(size_t token) const { return token == 0 || tokens_[token - 1].kind >= TokenKind::kLineEnd; }
  bool BeginsLabel(size_t token) const;
  // Whether ZWNJ alone stands between it and the token before.
  bool IsPart(size_t token) const;
  // Whether ها or های is printed behind it, which is no part of the word.
  bool HasPluralEnding(size_t token) const;
  // Whether it is a slash that encloses, as both of `/٦٢/` do.
  bool IsEnclosing(size_t token) const;
  // Its normal form, as core/calendar.h has it.
  std::string NormalForm(const PrintedDate& date) const { return NormalDate(date, utf8_); }

 private:
  void Cut();
  uint32_t NumberEnd(uint32_t at) const;
  bool IsYear(uint32_t begin, uint32_t end) const;
  uint32_t JoinedEnd(uint32_t at) const;
  uint32_t JoinedPart(uint32_t at) const;
  uint32_t LettersEnd(uint32_t at) const;
  uint32_t MixedEnd(uint32_t at) const;
  uint32_t SpacedLetters(uint32_t at) const;
  uint32_t LoneLetterEnd(uint32_t at) const;
  uint32_t LetterBetween(uint32_t at) const;
  uint32_t RangeEnd(uint32_t begin, uint32_t at) const;
  uint32_t WordsInNumberEnd(uint32_t at) const;
  uint32_t LetteredNumber(uint32_t at) const;
  uint32_t AbbreviationEnd(uint32_t at) const;
  uint32_t WordOrNumber(uint32_t at);
  void PushNumber(uint32_t begin, uint32_t end);
  void PushWord(uint32_t begin, uint32_t end);
  void PushLineEnd(uint32_t at);

  std::string_view utf8_;
  FoldedText folded_;
  std::vector<PrintedDate> dates_;
  std::vector<RuleToken> tokens_;
  uint32_t lines_ = 0;
};

// Whether a token ends a sentence, so that words beyond it say nothing of what stands here.
bool EndsSentence(const RuleText& text, size_t token);

}  // namespace diwan
