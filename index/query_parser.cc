// Parses a question by recursive descent:
//
//   or    = and { OR and }
//   and   = unary { AND unary | NOT run }
//   unary = { NOT } run
//   run   = item { item }              side by side
//   item  = [ - ] ( word | phrase | field | "(" or ")" )
//
// An operator without something on each side is left out. Depth is bounded by the lexer, which bounds brackets.
#include "index/query_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "index/query_lexer.h"

namespace diwan {
namespace {

constexpr size_t kMaxNotes = 10;
constexpr size_t kWordsOfADate = 8;  // what a date: counts as, since a span is many terms
constexpr size_t kMaxRanges = 4;     // readings of one date, in different calendars

QueryNode Combine(NodeKind kind, std::vector<QueryNode> children) {
  if (children.empty()) return {};
  const bool needs_node = kind == NodeKind::kNot || children.size() > 1;
  if (!needs_node) return std::move(children.front());
  QueryNode node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

std::string_view CutQuery(std::string_view typed, std::vector<std::string>& notes) {
  if (typed.size() <= kMaxQueryBytes) return typed;
  notes.push_back(fmt::format("the question was cut to {} bytes", kMaxQueryBytes));
  size_t end = kMaxQueryBytes;
  while (end > 0 && (static_cast<unsigned char>(typed[end]) & 0xC0U) == 0x80U) --end;
  return typed.substr(0, end);
}

class Parser {
 public:
  explicit Parser(std::string_view typed) : tokens_(LexQuery(CutQuery(typed, parsed_.notes), parsed_.notes)) {}

  ParsedQuery Run() {
    parsed_.root = ParseOr();
    if (operator_left_out_) parsed_.notes.emplace_back("AND, OR, NOT or - without a word beside it was left out");
    if (words_left_ == 0) {
      parsed_.notes.push_back(fmt::format("only the first {} words were looked for", kMaxQueryWords));
    }
    if (parsed_.root.kind == NodeKind::kNothing) parsed_.notes.emplace_back("there is nothing to look for");
    return std::move(parsed_);
  }

 private:
  bool At(TokenKind kind) const { return at_ < tokens_.size() && tokens_[at_].kind == kind; }
  bool Accept(TokenKind kind) {
    if (!At(kind)) return false;
    ++at_;
    return true;
  }

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

  static QueryNode Negated(QueryNode node) {
    if (node.kind == NodeKind::kNothing) return node;
    std::vector<QueryNode> child;
    child.push_back(std::move(node));
    return Combine(NodeKind::kNot, std::move(child));
  }

  QueryNode ParseRun() {
    std::vector<QueryNode> items;
    std::string words;  // side by side, analysed as one text: numbers and dates may run over several
    const auto end_words = [&] {
      if (QueryNode node = Words(words); node.kind != NodeKind::kNothing) items.push_back(std::move(node));
      words.clear();
    };
    while (AtItem()) {
      const bool negated = Accept(TokenKind::kMinus);
      if (negated && !AtItem()) operator_left_out_ = true;
      if (!AtItem()) break;
      std::string bare = negated ? "" : BareWords();
      if (!bare.empty()) {
        words += words.empty() ? bare : " " + bare;
        continue;
      }
      end_words();
      QueryNode item = ParseItem();
      if (negated) item = Negated(std::move(item));
      if (item.kind != NodeKind::kNothing) items.push_back(std::move(item));
    }
    end_words();
    return Combine(NodeKind::kAny, std::move(items));
  }

  bool AtItem() const {
    constexpr TokenKind kItems[] = {TokenKind::kWord, TokenKind::kPhrase, TokenKind::kField, TokenKind::kOpen,
                                    TokenKind::kMinus};
    return std::any_of(std::begin(kItems), std::end(kItems), [this](TokenKind kind) { return At(kind); });
  }

  // The words that stand here, brackets around nothing but words left out: رقم (١٢٣) لسنة ٢٠١٩ is one text.
  std::string BareWords() {
    const bool bracket = At(TokenKind::kOpen);
    std::string out;
    size_t i = at_ + (bracket ? 1 : 0);
    for (; i < tokens_.size() && tokens_[i].kind == TokenKind::kWord; ++i) {
      out += out.empty() ? tokens_[i].text : " " + tokens_[i].text;
    }
    if (!bracket) {
      at_ = i;
      return out;
    }
    if (i >= tokens_.size() || tokens_[i].kind != TokenKind::kClose) return "";
    at_ = i + 1;
    return out.empty() ? " " : out;
  }

  QueryNode ParseItem() {
    const QueryToken& token = tokens_[at_++];
    if (token.kind == TokenKind::kWord) return Words(token.text);
    if (token.kind == TokenKind::kPhrase) return Phrase(token.text);
    if (token.kind == TokenKind::kField) return FieldValue(token);
    QueryNode inner = ParseOr();
    Accept(TokenKind::kClose);
    return inner;
  }

  QueryNode Words(const std::string& text) {
    QueryNode node;
    node.text = text;
    node.leaves = LeavesOf(text, Analyse(text), words_left_);
    if (!node.leaves.empty()) node.kind = NodeKind::kWords;
    return node;
  }

  // A phrase that is one number is that number, however it is printed.
  QueryNode Phrase(const std::string& text) {
    QueryNode node;
    node.text = text;
    node.phrase = Analyse(text);
    CutPhrase(node.phrase);
    if (node.phrase.words.empty()) return node;
    node.kind = NodeKind::kPhrase;
    return node;
  }

  void CutPhrase(AnalysedText& phrase) {
    if (phrase.words.size() > words_left_) phrase.words.resize(words_left_);
    words_left_ -= phrase.words.size();
    phrase.numbers.erase(std::remove_if(phrase.numbers.begin(), phrase.numbers.end(),
                                        [&](const TextNumber& n) { return n.end_word > phrase.words.size(); }),
                         phrase.numbers.end());
  }

  QueryNode FieldValue(const QueryToken& token) {
    QueryNode node;
    node.field = token.field;
    node.text = token.text;
    bool understood = false;
    if (token.field->kind == FieldKind::kDate) {
      if (words_left_ > 0) node.days = ParseDateQuery(token.text);
      words_left_ -= std::min(words_left_, kWordsOfADate);
      if (node.days.size() > kMaxRanges) node.days.resize(kMaxRanges);
      understood = !node.days.empty();
    } else if (token.field->kind == FieldKind::kExact) {
      understood = !ExactValue(*token.field, token.text).empty();
    } else if (token.quoted && token.field->kind == FieldKind::kText) {
      node.phrase = Analyse(token.text);
      CutPhrase(node.phrase);
      understood = !node.phrase.words.empty();
    } else {
      node.leaves = LeavesOf(token.text, Analyse(token.text), words_left_);
      understood = !node.leaves.empty();
    }
    if (understood) {
      node.kind = NodeKind::kField;
    } else if (parsed_.notes.size() < kMaxNotes) {
      parsed_.notes.push_back(fmt::format("'{}' is no value for {}:, it was left out", token.text, token.field->name));
    }
    return node;
  }

  ParsedQuery parsed_;
  std::vector<QueryToken> tokens_;
  size_t at_ = 0;
  size_t words_left_ = kMaxQueryWords;
  bool operator_left_out_ = false;
};

}  // namespace

ParsedQuery ParseQuery(std::string_view typed) { return Parser(typed).Run(); }

}  // namespace diwan
