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

bool IsSpace(char32_t c) { return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x3000; }

// What closes a quotation that `c` opens; 0 when it opens none.
char32_t ClosingQuote(char32_t c) {
  struct Row {
    char32_t open;
    char32_t close;
  };
  constexpr Row kRows[] = {{U'"', U'"'}, {U'“', U'”'}, {U'”', U'”'}, {U'„', U'”'}, {U'«', U'»'}, {U'»', U'«'}};
  for (const Row& row : kRows) {
    if (row.open == c) return row.close;
  }
  return 0;
}

bool EndsWord(char32_t c) { return IsSpace(c) || c == U'(' || c == U')' || ClosingQuote(c) != 0; }

class Lexer {
 public:
  Lexer(std::string_view typed, std::vector<std::string>& notes) : notes_(notes) {
    for (const char32_t c : FromUtf8(typed)) {
      if (!IsDirectionMark(c)) text_ += c;
    }
  }

  std::vector<QueryToken> Run() {
    while (at_ < text_.size() && tokens_.size() < kMaxQueryParts) Next();
    if (at_ < text_.size()) {
      notes_.push_back(fmt::format("the question was cut after {} words and signs", kMaxQueryParts));
    }
    if (open_ > 0) brackets_mended_ = true;
    for (; open_ > 0; --open_) tokens_.push_back({TokenKind::kClose, "", nullptr, false});
    if (brackets_mended_) notes_.emplace_back("brackets that do not match, or are too deep, were left out or closed");
    return std::move(tokens_);
  }

 private:
  void Next() {
    const char32_t c = text_[at_];
    if (IsSpace(c)) {
      ++at_;
    } else if (c == U'(') {
      Open();
    } else if (c == U')') {
      Close();
    } else if (ClosingQuote(c) != 0) {
      tokens_.push_back({TokenKind::kPhrase, Quoted(), nullptr, true});
    } else if (c == U'-') {
      Minus();
    } else {
      Word();
    }
  }

  // A row of them is one; before a space it is a dash, and says nothing.
  void Minus() {
    while (at_ < text_.size() && text_[at_] == U'-') ++at_;
    if (at_ == text_.size() || IsSpace(text_[at_]) || text_[at_] == U')') return;
    tokens_.push_back({TokenKind::kMinus, "", nullptr, false});
  }

  void Open() {
    ++at_;
    if (open_ == kMaxQueryDepth) {
      ++dropped_;
      brackets_mended_ = true;
      return;
    }
    ++open_;
    tokens_.push_back({TokenKind::kOpen, "", nullptr, false});
  }

  void Close() {
    ++at_;
    if (dropped_ > 0) {
      --dropped_;
    } else if (open_ == 0) {
      brackets_mended_ = true;
    } else {
      --open_;
      tokens_.push_back({TokenKind::kClose, "", nullptr, false});
    }
  }

  // The text of the quotation that begins here.
  std::string Quoted() {
    const char32_t close = ClosingQuote(text_[at_]);
    const size_t begin = at_ + 1;
    size_t end = text_.find(close, begin);
    if (end == std::u32string::npos) {
      notes_.emplace_back("a quotation mark was not closed; the quotation goes to the end");
      end = text_.size();
    }
    at_ = std::min(end + 1, text_.size());
    return ToUtf8(text_.substr(begin, end - begin));
  }

  void Word() {
    size_t end = at_;
    while (end < text_.size() && !EndsWord(text_[end])) ++end;
    const std::u32string word = text_.substr(at_, end - at_);
    if (const auto op = OperatorOf(word)) {
      at_ = end;
      tokens_.push_back({*op, "", nullptr, false});
      return;
    }
    const size_t colon = word.find(U':');
    const QueryField* field =
        colon == std::u32string::npos || colon == 0 ? nullptr : FindQueryField(ToUtf8(word.substr(0, colon)));
    const bool quoted = end < text_.size() && ClosingQuote(text_[end]) != 0;
    const bool has_value = colon + 1 < word.size() || quoted;
    at_ = end;
    if (field == nullptr || !has_value) {
      tokens_.push_back({TokenKind::kWord, ToUtf8(word), nullptr, false});
    } else if (colon + 1 < word.size()) {
      tokens_.push_back({TokenKind::kField, ToUtf8(word.substr(colon + 1)), field, false});
    } else {
      tokens_.push_back({TokenKind::kField, Quoted(), field, true});
    }
  }

  static std::optional<TokenKind> OperatorOf(std::u32string_view word) {
    if (word == U"AND") return TokenKind::kAnd;
    if (word == U"OR") return TokenKind::kOr;
    if (word == U"NOT") return TokenKind::kNot;
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
