// Parses a question by recursive descent:
//
//   or    = and { OR and }
//   and   = unary { AND unary | NOT run }
//   unary = { NOT } run
//   run   = item { item }              side by side
//   item  = [ - | + ] ( near | word | phrase | field | [ field: ] "(" or ")" )
//   near  = operand { ~ operand }      an operand is a word or a phrase
//
// An operator without something on each side is left out. Depth is bounded by the lexer, which bounds brackets.
#include "index/query_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/fold.h"
#include "index/query_field_value.h"
#include "index/query_lexer.h"

namespace diwan {
namespace {

constexpr size_t kMostWordsOfADate = 6;  // that may follow the first: ٥ من شهر رمضان المبارك ١٤٤٥

// One child alone stands for itself; that it must be there goes without saying then.
QueryNode Combine(NodeKind kind, std::vector<QueryNode> children) {
  if (children.empty()) return {};
  if (children.size() == 1) {
    QueryNode only = std::move(children.front());
    return only.kind == NodeKind::kMust ? std::move(only.children.front()) : only;
  }
  QueryNode node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

// A value as a note shows it: in one line, and not long.
std::string Shown(std::string_view value) {
  constexpr size_t kMost = 40;
  std::u32string text = FromUtf8(value).substr(0, kMost);
  std::replace_if(
      text.begin(), text.end(), [](char32_t c) { return c < 0x20 || c == 0x7F; }, U' ');
  return ToUtf8(text);
}

// The ends of sentences that stick to a value.
std::string WithoutPunctuation(std::string text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';')) text.pop_back();
  return text;
}

std::string_view CutQuery(std::string_view typed, std::vector<std::string>& notes) {
  if (typed.size() <= kMaxQueryBytes) return typed;
  AddNote(notes, fmt::format("the question was cut to {} bytes", kMaxQueryBytes));
  return CutAtCodePoint(typed, kMaxQueryBytes);
}

class Parser {
 public:
  explicit Parser(std::string_view typed) : tokens_(LexQuery(CutQuery(typed, parsed_.notes), parsed_.notes)) {}

  ParsedQuery Run() {
    parsed_.root = ParseOr();
    if (operator_left_out_) Note("AND, OR, NOT, +, - or ~ without a word beside it was left out");
    if (budget_.too_many_words) Note(fmt::format("only the first {} words were looked for", kMaxQueryWords));
    if (budget_.star_mended) {
      Note("* stands for more letters only at the end of two letters or digits or more, not in quotations and exact:");
    }
    if (budget_.too_many_stars) {
      Note(fmt::format("only the first {} words with * and spans of numbers were looked for", kMaxQueryStars));
    }
    if (budget_.too_many_quotations) {
      Note(fmt::format("only the first {} quotations and pairs with ~ were looked for as such", kMaxQuotations));
    }
    if (parsed_.root.kind == NodeKind::kNothing) Note("there is nothing to look for");
    return std::move(parsed_);
  }

 private:
  bool At(TokenKind kind) const { return at_ < tokens_.size() && tokens_[at_].kind == kind; }
  bool Accept(TokenKind kind) {
    if (!At(kind)) return false;
    ++at_;
    return true;
  }

  void Note(std::string note) { AddNote(parsed_.notes, std::move(note)); }

  // What an operator was typed for, kept when it is something.
  void Keep(QueryNode node, bool after_operator, std::vector<QueryNode>& out) {
    if (node.kind != NodeKind::kNothing) {
      out.push_back(std::move(node));
    } else if (after_operator) {
      operator_left_out_ = true;
    }
  }

  QueryNode ParseOr() {
    std::vector<QueryNode> parts;
    bool after_operator = false;
    do {
      QueryNode part = ParseAnd();
      const bool before_operator = At(TokenKind::kOr);
      Keep(std::move(part), after_operator || before_operator, parts);
      after_operator = true;
    } while (Accept(TokenKind::kOr));
    return Combine(NodeKind::kOr, std::move(parts));
  }

  QueryNode ParseAnd() {
    std::vector<QueryNode> parts;
    bool after_operator = false;
    do {
      QueryNode part = ParseUnary();
      Keep(std::move(part), after_operator || At(TokenKind::kAnd), parts);
      after_operator = true;
    } while (Accept(TokenKind::kAnd) || At(TokenKind::kNot));
    return Combine(NodeKind::kAnd, std::move(parts));
  }

  QueryNode ParseUnary() {
    bool negated = false;
    bool any = false;
    for (; Accept(TokenKind::kNot); any = true) negated = !negated;
    QueryNode run = ParseRun();
    if (run.kind == NodeKind::kNothing) operator_left_out_ = operator_left_out_ || any;
    return negated ? Negated(std::move(run)) : run;
  }

  static QueryNode Negated(QueryNode node) { return Around(NodeKind::kNot, std::move(node)); }

  static QueryNode Around(NodeKind kind, QueryNode node) {
    if (node.kind == NodeKind::kNothing) return node;
    QueryNode out;
    out.kind = kind;
    out.children.push_back(std::move(node));
    return out;
  }

  QueryNode ParseRun() {
    std::vector<QueryNode> items;
    std::string words;  // side by side, analysed as one text: numbers and dates may run over several
    const auto end_words = [&] {
      if (QueryNode node = Words(words); node.kind != NodeKind::kNothing) items.push_back(std::move(node));
      words.clear();
    };
    while (AtItem()) {
      const Sign sign = ParseSign();
      if (!AtItem()) break;
      std::string bare = sign == Sign::kNone ? BareWords() : "";
      if (!bare.empty()) {
        words += words.empty() ? bare : " " + bare;
        continue;
      }
      end_words();
      QueryNode item = ParseItem();
      if (sign == Sign::kMinus) item = Negated(std::move(item));
      if (sign == Sign::kPlus && item.kind != NodeKind::kField) item = Around(NodeKind::kMust, std::move(item));
      if (item.kind != NodeKind::kNothing) items.push_back(std::move(item));
    }
    end_words();
    return Combine(NodeKind::kAny, std::move(items));
  }

  enum class Sign { kNone, kPlus, kMinus };

  // The + or - before an item; of several, a - counts. A ~ that stands here has nothing before it.
  Sign ParseSign() {
    Sign sign = Sign::kNone;
    for (;;) {
      if (Accept(TokenKind::kNear)) {
        operator_left_out_ = true;
      } else if (Accept(TokenKind::kMinus)) {
        sign = Sign::kMinus;
      } else if (Accept(TokenKind::kPlus)) {
        if (sign == Sign::kNone) sign = Sign::kPlus;
      } else {
        if (sign != Sign::kNone && !AtItem()) operator_left_out_ = true;
        return sign;
      }
    }
  }

  bool AtItem() const {
    constexpr TokenKind kItems[] = {TokenKind::kWord,  TokenKind::kPhrase, TokenKind::kField, TokenKind::kOpen,
                                    TokenKind::kMinus, TokenKind::kPlus,   TokenKind::kNear};
    return std::any_of(std::begin(kItems), std::end(kItems), [this](TokenKind kind) { return At(kind); });
  }

  bool IsWordAt(size_t at) const { return at < tokens_.size() && tokens_[at].kind == TokenKind::kWord; }

  // Whether the token at `at` and the one behind the ~ that follows belong together.
  bool IsNearPair(size_t at) const {
    const auto is_operand = [this](size_t i) {
      return IsWordAt(i) || (i < tokens_.size() && tokens_[i].kind == TokenKind::kPhrase);
    };
    return is_operand(at) && is_operand(at + 2) && tokens_[at + 1].kind == TokenKind::kNear;
  }

  // The words that stand here, brackets around nothing but words left out: رقم (١٢٣) لسنة ٢٠١٩ is one text.
  std::string BareWords() {
    const bool bracket = At(TokenKind::kOpen);
    std::string out;
    size_t i = at_ + (bracket ? 1 : 0);
    for (; IsWordAt(i) && !IsNearPair(i); ++i) out += out.empty() ? tokens_[i].text : " " + tokens_[i].text;
    if (!bracket) {
      at_ = i;
      return out;
    }
    if (i >= tokens_.size() || tokens_[i].kind != TokenKind::kClose) return "";
    at_ = i + 1;
    return out.empty() ? " " : out;
  }

  QueryNode ParseItem() {
    if (field_ == nullptr && IsNearPair(at_)) return ParseNear();
    const QueryToken& token = tokens_[at_++];
    if (token.kind == TokenKind::kWord) return Words(token.text);
    if (token.kind == TokenKind::kPhrase) return Phrase(token);
    if (token.kind == TokenKind::kField && !At(TokenKind::kOpen)) return FieldValue(token);
    if (token.kind == TokenKind::kField && (token.quoted || !token.text.empty())) return FieldValue(token);
    const QueryField* outer = field_;
    if (token.kind == TokenKind::kField && Accept(TokenKind::kOpen)) field_ = token.field;
    QueryNode inner = ParseOr();
    field_ = outer;
    Accept(TokenKind::kClose);
    return inner;
  }

  // Each pair of neighbours by itself.
  QueryNode ParseNear() {
    std::vector<QueryNode> pairs;
    QueryNode left = Operand(tokens_[at_]);
    for (; IsNearPair(at_); at_ += 2) {
      QueryNode right = Operand(tokens_[at_ + 2]);
      const bool whole = left.kind != NodeKind::kNothing && right.kind != NodeKind::kNothing;
      if (!whole) operator_left_out_ = true;
      if (whole && TakeQuotation(budget_)) {
        QueryNode near;
        near.kind = NodeKind::kNear;
        near.distance = std::max(tokens_[at_ + 1].distance, 1U);
        near.children = {left, right};
        pairs.push_back(std::move(near));
      } else if (left.kind != NodeKind::kNothing) {
        pairs.push_back(left);
      }
      left = std::move(right);
    }
    ++at_;
    if (pairs.empty()) return left;
    if (pairs.back().kind != NodeKind::kNear && left.kind != NodeKind::kNothing) pairs.push_back(std::move(left));
    return Combine(NodeKind::kAnd, std::move(pairs));
  }

  // A word in its forms, one with a * at its end, or words in their order: a quotation, a number, market-hall.
  QueryNode Operand(const QueryToken& token) {
    if (token.kind == TokenKind::kPhrase) return Phrase(token);
    const AnalysedText text = Analyse(token.text);
    const bool one_word = text.words.size() == 1 && (!text.words.front().number || token.text.back() == '*');
    if (!one_word) return PhraseOf(token.text, 0);
    QueryNode words = Words(token.text);
    const bool number = words.kind == NodeKind::kWords && words.leaves.front().kind == LeafKind::kNumber;
    return number ? PhraseOf(token.text, 0) : words;
  }

  QueryNode Words(const std::string& text) {
    if (text.empty()) return {};
    if (field_ != nullptr) return FieldValue({TokenKind::kField, text, field_, false, 0});
    QueryNode node;
    node.text = text;
    node.leaves = LeavesOf(text, Analyse(text), budget_);
    if (!node.leaves.empty()) node.kind = NodeKind::kWords;
    return node;
  }

  QueryNode Phrase(const QueryToken& token) {
    if (field_ != nullptr) return FieldValue({TokenKind::kField, token.text, field_, true, token.distance});
    if (!TakeQuotation(budget_)) return Words(token.text);
    return PhraseOf(token.text, token.distance);
  }

  // A phrase that is one number is that number, however it is printed.
  QueryNode PhraseOf(const std::string& text, uint32_t distance) {
    QueryNode node;
    node.text = text;
    node.distance = distance;
    node.phrase = PhraseWords(text, budget_);
    if (!node.phrase.words.empty()) node.kind = NodeKind::kPhrase;
    return node;
  }

  QueryNode FieldValue(const QueryToken& token) {
    std::string text = token.quoted ? token.text : WithoutPunctuation(token.text);
    std::optional<QueryNode> node;
    if (token.field->kind == FieldKind::kDate && !token.quoted) text = LongestDate(std::move(text));
    if (token.field->kind == FieldKind::kSort) {
      const auto order = SortNamed(text);
      if (order) {
        parsed_.sort = order;
        node.emplace();
      }
    } else {
      node = ReadFieldValue(*token.field, text, token.quoted, budget_);
    }
    if (!node) {
      Note(fmt::format("'{}' is no value for {}:, it was left out", Shown(text), token.field->name));
      return {};
    }
    if (!node->phrase.words.empty()) node->distance = token.distance;
    return std::move(*node);
  }

  // A date may go on behind its first word: تاريخ:رمضان ١٤٤٥. Takes the words that belong to it.
  std::string LongestDate(std::string text) {
    std::vector<DayRange> days = DaysAsked(text);
    std::string longer = text;
    const size_t begin = at_;
    for (size_t i = begin; i < begin + kMostWordsOfADate && IsWordAt(i); ++i) {
      longer += " " + tokens_[i].text;
      std::vector<DayRange> more = DaysAsked(longer);
      if (more.empty() || (more == days && !IsCalendarMark(tokens_[i].text))) continue;
      days = std::move(more);
      text = longer;
      at_ = i + 1;
    }
    return text;
  }

  ParsedQuery parsed_;
  std::vector<QueryToken> tokens_;
  size_t at_ = 0;
  const QueryField* field_ = nullptr;  // whose values stand in the bracket that is read
  QueryBudget budget_{.words = kMaxQueryWords, .stars = kMaxQueryStars, .quotations = kMaxQuotations};
  bool operator_left_out_ = false;
};

}  // namespace

void AddNote(std::vector<std::string>& notes, std::string note) {
  const bool known = std::find(notes.begin(), notes.end(), note) != notes.end();
  if (!known && notes.size() < kMaxQueryNotes) notes.push_back(std::move(note));
}

ParsedQuery ParseQuery(std::string_view typed) { return Parser(typed).Run(); }

}  // namespace diwan
