// Patterns become programs of words, slots and splits. Every mistake is told with its place, since those who write
// rules are no programmers.
#include "ingest/rule_pattern.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.h"
#include "core/fold.h"

namespace diwan {
namespace {

constexpr std::string_view kBlanks = " \t\r";

struct SlotName {
  std::string_view name;
  SlotKind kind;
};
constexpr SlotName kSlots[] = {
    {"number", SlotKind::kNumber}, {"year", SlotKind::kYear},       {"date", SlotKind::kDate},
    {"body", SlotKind::kBody},     {"words", SlotKind::kWords},     {"line", SlotKind::kLine},
    {"amount", SlotKind::kAmount}, {"name", SlotKind::kName},       {"pair", SlotKind::kPair},
    {"court", SlotKind::kCourt},   {"article", SlotKind::kArticle}, {"clause", SlotKind::kClause},
    {"law", SlotKind::kLaw},       {"topic", SlotKind::kTopic},     {"fullyear", SlotKind::kFullYear},
};

class Compiler {
 public:
  Compiler(std::vector<std::string> pieces, const RuleDefinitions& definitions, const std::string& place,
           RuleVocabulary& vocabulary, Rule& rule)
      : pieces_(std::move(pieces)), definitions_(definitions), place_(place), vocabulary_(vocabulary), rule_(rule) {}

  void Compile() {
    ParseChoice();
    if (at_ != pieces_.size()) Refuse(fmt::format("'{}' closes what was not opened", pieces_[at_]));
    Emit({.code = OpCode::kAccept});
    MarkLastSlots();
  }

 private:
  [[noreturn]] void Refuse(const std::string& why) const {
    throw Error(ErrorCode::kInvalid, fmt::format("{}: {}", place_, why));
  }

  uint32_t Emit(RuleOp op) {
    constexpr size_t kMost = 2000;
    if (rule_.program.size() >= kMost) Refuse("the rule is too long");
    rule_.program.push_back(op);
    return static_cast<uint32_t>(rule_.program.size() - 1);
  }

  bool At(std::string_view piece) const { return at_ < pieces_.size() && pieces_[at_] == piece; }

  // ALTERNATIVE | ALTERNATIVE ..., up to a closing bracket or the end.
  void ParseChoice() {
    std::vector<uint32_t> ends;
    for (;;) {
      const auto begin = static_cast<uint32_t>(rule_.program.size());
      ParseSequence();
      if (!At("|")) break;
      ++at_;
      rule_.program.insert(rule_.program.begin() + begin, {.code = OpCode::kSplit});
      Shift(begin);
      ends.push_back(Emit({.code = OpCode::kJump}));
      rule_.program[begin].to = static_cast<uint32_t>(rule_.program.size());
    }
    for (const uint32_t end : ends) rule_.program[end].to = static_cast<uint32_t>(rule_.program.size());
  }

  // A step was put in at `begin`: what leads behind it leads one further.
  void Shift(uint32_t begin) {
    for (size_t i = begin + 1; i < rule_.program.size(); ++i) {
      RuleOp& op = rule_.program[i];
      if (op.code == OpCode::kSplit || op.code == OpCode::kJump) ++op.to;
    }
  }

  void ParseSequence() {
    const size_t begin = rule_.program.size();
    while (at_ < pieces_.size() && !At("|") && !At("]") && !At(")")) ParsePiece(pieces_[at_++]);
    if (rule_.program.size() == begin) Refuse("an alternative is empty");
  }

  void ParsePiece(const std::string& piece) {
    if (piece == "[" || piece == "(") {
      ParseBracket(piece == "[");
    } else if (piece.front() == '<') {
      ParseReference(piece);
    } else if (piece.front() == '{') {
      ParseSlot(piece);
    } else if (piece == "...") {
      Emit({.code = OpCode::kGap});
    } else if (piece == ":" || piece == "/" || piece == "-" || piece == "^" || piece == "$") {
      Emit({.code = OpCode::kSign, .sign = Fold(piece).text[0]});
    } else if (piece == "^3") {
      Emit({.code = OpCode::kSign, .sign = kNearLineBegin});
    } else {
      Emit({.code = OpCode::kWord, .to = vocabulary_.Add(Fold(piece).text)});
    }
  }

  void ParseBracket(bool optional) {
    const uint32_t split = optional ? Emit({.code = OpCode::kSplit}) : 0;
    ParseChoice();
    if (!At(optional ? "]" : ")")) Refuse("a bracket is not closed");
    ++at_;
    if (optional) rule_.program[split].to = static_cast<uint32_t>(rule_.program.size());
  }

  void ParseReference(const std::string& piece) {
    constexpr int kDeepest = 8;
    const auto found = definitions_.find(piece.substr(1, piece.size() - 2));
    if (found == definitions_.end()) Refuse(fmt::format("'{}' was not defined above", piece));
    if (++depth_ > kDeepest) Refuse("definitions go round in a circle");
    std::vector<std::string> rest = std::move(pieces_);
    const size_t back = at_;
    pieces_ = found->second;
    at_ = 0;
    ParseChoice();
    if (at_ != pieces_.size()) Refuse(fmt::format("the brackets of '{}' don't match", piece));
    pieces_ = std::move(rest);
    at_ = back;
    --depth_;
  }

  void ParseSlot(const std::string& piece) {
    const std::string inner = piece.substr(1, piece.size() - 2);
    const size_t colon = inner.find(':');
    const std::string kind = colon == std::string::npos ? inner : inner.substr(colon + 1);
    for (const SlotName& slot : kSlots) {
      if (slot.name != kind) continue;
      Emit({.code = OpCode::kSlot, .to = static_cast<uint32_t>(rule_.slots.size())});
      rule_.slots.push_back({.kind = slot.kind, .name = inner.substr(0, std::min(colon, inner.size()))});
      return;
    }
    Refuse(fmt::format("there is no slot '{}'", piece));
  }

  // A slot of words that may be the last of the pattern must tell by itself where it ends.
  void MarkLastSlots() {
    for (size_t i = 0; i < rule_.program.size(); ++i) {
      const RuleOp& op = rule_.program[i];
      if (op.code == OpCode::kSlot) rule_.slots[op.to].last = LeadsToEnd(static_cast<uint32_t>(i + 1));
    }
  }

  bool LeadsToEnd(uint32_t step) const {
    const RuleOp& op = rule_.program[step];
    if (op.code == OpCode::kAccept) return true;
    if (op.code == OpCode::kJump) return LeadsToEnd(op.to);
    return op.code == OpCode::kSplit && (LeadsToEnd(step + 1) || LeadsToEnd(op.to));
  }

  std::vector<std::string> pieces_;
  size_t at_ = 0;
  int depth_ = 0;
  const RuleDefinitions& definitions_;
  const std::string& place_;
  RuleVocabulary& vocabulary_;
  Rule& rule_;
};

}  // namespace

std::vector<std::string> PatternPieces(std::string_view pattern) {
  constexpr std::string_view kAlone = "[]()|:";
  std::vector<std::string> out;
  for (size_t at = 0; at < pattern.size();) {
    size_t end = at + 1;
    if (kBlanks.find(pattern[at]) != std::string_view::npos) {
      at = pattern.find_first_not_of(kBlanks, at);
      if (at == std::string_view::npos) break;
      continue;
    }
    if (pattern[at] == '<' || pattern[at] == '{') {
      end = std::min(pattern.find(pattern[at] == '<' ? '>' : '}', at), pattern.size() - 1) + 1;
    } else if (kAlone.find(pattern[at]) == std::string_view::npos) {
      end = std::min(pattern.find_first_of(" \t\r[]()|:<{", at), pattern.size());
    }
    out.emplace_back(pattern.substr(at, end - at));
    at = end;
  }
  return out;
}

void CompilePattern(std::vector<std::string> pieces, const RuleDefinitions& definitions, const std::string& place,
                    RuleVocabulary& vocabulary, Rule& rule) {
  Compiler(std::move(pieces), definitions, place, vocabulary, rule).Compile();
}

}  // namespace diwan
