// Cuts a question into words, phrases, fields, brackets and operators, and mends brackets and quotation marks, so that
// the parser never meets a wrong one.
#include "index/query_lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/fold.h"
#include "index/query_parser.h"

namespace diwan {
namespace {

// Direction marks come along when text is pasted, and would hide an operator.
bool IsDirectionMark(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF;
}

bool IsSpace(char32_t c) { return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000; }

// A sign as the language knows it: fullwidth ones, hyphens, the Arabic star. Letters and digits stay.
char32_t PlainSign(char32_t c) {
  const bool fullwidth = (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
                         (c >= 0xFF5B && c <= 0xFF5E);
  if (fullwidth) return c - 0xFEE0;
  if (c == 0x2010 || c == 0x2011 || c == 0x2212) return U'-';
  if (c == 0x201F || c == 0x2033) return U'"';
  return c == 0x066D ? U'*' : c;
}

// The value of a digit of the three sets, or -1.
int DigitValue(char32_t c) {
  for (const char32_t zero : {U'0', U'٠', U'۰'}) {
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  }
  return -1;
}

// What closes a quotation that `c` opens; empty when it opens none. Both marks of a pair open: in text that runs from
// the right, people type either.
std::u32string_view ClosingQuotes(char32_t c) {
  struct Row {
    char32_t open;
    std::u32string_view close;
  };
  constexpr Row kRows[] = {{U'"', U"\""}, {U'“', U"”“"}, {U'”', U"”“"}, {U'„', U"”“"},
                           {U'«', U"»"},  {U'»', U"«"},  {U'‹', U"›"},  {U'›', U"‹"}};
  for (const Row& row : kRows) {
    if (row.open == c) return row.close;
  }
  return {};
}

bool IsQuote(char32_t c) { return !ClosingQuotes(c).empty(); }

// Letters and digits of any script, roughly: what may begin a word.
bool BeginsWord(char32_t c) {
  if (c >= 0x80) return !IsSpace(c) && !IsQuote(c) && c != U'،' && c != U'؛' && c != U'؟' && c != U'…';
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

class Lexer {
 public:
  Lexer(std::string_view typed, std::vector<std::string>& notes) : notes_(notes) {
    for (const char32_t c : FromUtf8(typed)) {
      if (!IsDirectionMark(c)) text_ += PlainSign(c);
    }
  }

  std::vector<QueryToken> Run() {
    while (at_ < text_.size() && tokens_.size() < kMaxQueryParts) Next();
    if (at_ < text_.size()) {
      AddNote(notes_, fmt::format("the question was cut after {} words and signs", kMaxQueryParts));
    }
    if (open_ > 0) brackets_mended_ = true;
    for (; open_ > 0; --open_) Add(TokenKind::kClose);
    if (brackets_mended_) AddNote(notes_, "brackets that do not match, or are too deep, were left out or closed");
    return std::move(tokens_);
  }

 private:
  char32_t Peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : U' '; }

  void Add(TokenKind kind) { tokens_.push_back({kind, "", nullptr, false, 0}); }

  void Next() {
    const char32_t c = Peek();
    if (IsSpace(c) || IsSeparator(at_)) {
      ++at_;
    } else if (c == U'(') {
      Open();
    } else if (c == U')') {
      Close();
    } else if (IsQuote(c)) {
      Phrase();
    } else if (!Sign(c)) {
      Word();
    }
  }

  // An operator made of signs, when there is one here.
  bool Sign(char32_t c) {
    if (c == U'|') {
      SkipAll(c);
      Add(TokenKind::kOr);
    } else if (c == U'&' && (Peek(1) == U'&' || EndsWord(at_ + 1))) {
      SkipAll(c);
      Add(TokenKind::kAnd);
    } else if (c == U'~') {
      Near();
    } else if (c == U'-') {
      Minus();
    } else if (c == U'+' || c == U'!') {
      PlusOrExclamation(c);
    } else {
      return false;
    }
    return true;
  }

  size_t SkipAll(char32_t c) {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] == c) ++at_;
    return at_ - begin;
  }

  // A row of them is one; before a space it is a dash, and says nothing.
  void Minus() {
    SkipAll(U'-');
    if (at_ == text_.size() || IsSpace(text_[at_]) || text_[at_] == U')') return;
    Add(TokenKind::kMinus);
  }

  // Right before something they are operators, elsewhere punctuation: `!` where it stands alone, since a row shouts.
  void PlusOrExclamation(char32_t c) {
    const size_t count = SkipAll(c);
    const bool before_something = BeginsWord(Peek()) || IsQuote(Peek()) || Peek() == U'(';
    if (!before_something || (c == U'!' && count > 1)) return;
    Add(c == U'+' ? TokenKind::kPlus : TokenKind::kMinus);
  }

  // `~` or `~3`; digits that a word goes on after belong to the word.
  void Near() {
    SkipAll(U'~');
    const auto distance = Distance();
    Add(TokenKind::kNear);
    tokens_.back().distance = distance.value_or(kNearDistance);
  }

  // The number that stands here alone, within the limit.
  std::optional<uint32_t> Distance() {
    uint32_t value = 0;
    size_t end = at_;
    for (; end < text_.size() && DigitValue(text_[end]) >= 0; ++end) {
      value = std::min<uint32_t>(value * 10 + static_cast<uint32_t>(DigitValue(text_[end])), kMaxDistance + 1);
    }
    if (end == at_ || !EndsWord(end)) return std::nullopt;
    at_ = end;
    if (value > kMaxDistance) {
      AddNote(notes_, fmt::format("~ looks no further than {} words", kMaxDistance));
      value = kMaxDistance;
    }
    return value;
  }

  void Open() {
    ++at_;
    if (open_ == kMaxQueryDepth) {
      ++dropped_;
      brackets_mended_ = true;
      return;
    }
    ++open_;
    Add(TokenKind::kOpen);
  }

  void Close() {
    ++at_;
    if (dropped_ > 0) {
      --dropped_;
    } else if (open_ == 0) {
      brackets_mended_ = true;
    } else {
      --open_;
      Add(TokenKind::kClose);
    }
  }

  void Phrase() {
    QueryToken token{TokenKind::kPhrase, Quoted(), nullptr, true, 0};
    token.distance = Slack();
    tokens_.push_back(std::move(token));
  }

  // The text of the quotation that begins here.
  std::string Quoted() {
    const size_t begin = at_ + 1;
    size_t end = text_.find_first_of(ClosingQuotes(text_[at_]), begin);
    if (end == std::u32string::npos) end = OtherClosing(begin);
    at_ = std::min(end + 1, text_.size());
    return ToUtf8(text_.substr(begin, end - begin));
  }

  // Where a quotation ends that its own mark does not close: at the closing mark of another pair, else with the text.
  size_t OtherClosing(size_t begin) {
    const size_t quote = text_.find_first_of(U"\"“”„«»‹›", begin);
    if (quote != std::u32string::npos &&
        std::u32string_view(U"\"”»›").find(text_[quote]) != std::u32string_view::npos) {
      AddNote(notes_, "quotation marks that do not match were taken as a pair");
      return quote;
    }
    AddNote(notes_, "a quotation mark was not closed; the quotation goes to the end");
    return text_.size();
  }

  // The `~5` right behind a quotation.
  uint32_t Slack() {
    if (Peek() != U'~' || DigitValue(Peek(1)) < 0) return 0;
    ++at_;
    const auto slack = Distance();
    if (!slack) --at_;
    return slack.value_or(0);
  }

  // Commas and semicolons of Arabic writing; between digits the comma may be the thousands'.
  bool IsSeparator(size_t at) const {
    if (text_[at] == U'؛') return true;
    if (text_[at] != U'،') return false;
    const bool digits =
        at > 0 && at + 1 < text_.size() && DigitValue(text_[at - 1]) >= 0 && DigitValue(text_[at + 1]) >= 0;
    return !digits;
  }

  bool EndsWord(size_t at) const {
    if (at >= text_.size()) return true;
    const char32_t c = text_[at];
    const bool both = c == U'&' && at + 1 < text_.size() && text_[at + 1] == U'&';
    const bool near = c == U'~' && (at == 0 || text_[at - 1] != U'/');  // not in example.org/~name
    return IsSpace(c) || c == U'(' || c == U')' || c == U'|' || near || both || IsQuote(c) || IsSeparator(at);
  }

  void Word() {
    size_t end = at_ + 1;
    while (!EndsWord(end)) ++end;
    const std::u32string word = text_.substr(at_, end - at_);
    at_ = end;
    if (const auto op = OperatorOf(word)) return Add(*op);
    const size_t colon = word.find(U':');
    const QueryField* field =
        colon == std::u32string::npos || colon == 0 ? nullptr : FindQueryField(ToUtf8(word.substr(0, colon)));
    const bool value_here = colon + 1 < word.size();
    const bool value_follows = !value_here && (IsQuote(Peek()) || Peek() == U'(');
    if (field != nullptr && !value_here && !value_follows) {
      AddNote(notes_, fmt::format("{}: has no value right behind it, it was taken as a word", field->name));
    }
    if (field == nullptr || (!value_here && !value_follows)) {
      tokens_.push_back({TokenKind::kWord, ToUtf8(word), nullptr, false, 0});
    } else {
      Field(*field, value_here ? word.substr(colon + 1) : std::u32string());
    }
  }

  // A field with its value, which is a quotation here when `value` is empty and no bracket opens.
  void Field(const QueryField& field, const std::u32string& value) {
    QueryToken token{TokenKind::kField, ToUtf8(value), &field, false, 0};
    if (value.empty() && IsQuote(Peek())) {
      token.quoted = true;
      token.text = Quoted();
      token.distance = Slack();
    }
    tokens_.push_back(std::move(token));
  }

  // Words as operators: English in capitals, and in three languages behind a slash, with which no word begins.
  static std::optional<TokenKind> OperatorOf(const std::u32string& word) {
    struct Row {
      std::string_view name;
      TokenKind kind;
    };
    constexpr Row kCapitals[] = {{"AND", TokenKind::kAnd}, {"OR", TokenKind::kOr}, {"NOT", TokenKind::kNot}};
    constexpr Row kSlashed[] = {{"و", TokenKind::kAnd},  {"and", TokenKind::kAnd}, {"او", TokenKind::kOr},
                                {"يا", TokenKind::kOr},  {"or", TokenKind::kOr},   {"ليس", TokenKind::kNot},
                                {"نه", TokenKind::kNot}, {"not", TokenKind::kNot}};
    constexpr size_t kLongest = 12;  // tashkeel and all
    if (word.size() > kLongest) return std::nullopt;
    const bool slashed = word.front() == U'/';
    const std::string name = slashed ? FoldToUtf8(ToUtf8(word.substr(1))) : ToUtf8(word);
    for (const Row& row : slashed ? std::span<const Row>(kSlashed) : std::span<const Row>(kCapitals)) {
      if (row.name == name) return row.kind;
    }
    return std::nullopt;
  }

  std::vector<std::string>& notes_;
  std::u32string text_;
  size_t at_ = 0;
  size_t open_ = 0;     // brackets open now
  size_t dropped_ = 0;  // brackets open now that were too deep
  bool brackets_mended_ = false;
  std::vector<QueryToken> tokens_;
};

}  // namespace

std::vector<QueryToken> LexQuery(std::string_view typed, std::vector<std::string>& notes) {
  return Lexer(typed, notes).Run();
}

}  // namespace diwan
