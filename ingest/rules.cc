// The parser of rules files: lines, lists and the heads of rules. Every mistake is told with its line.
#include "ingest/rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/error.h"
#include "core/fold.h"
#include "ingest/built_in_rules.h"
#include "ingest/fields.h"
#include "ingest/rule_pattern.h"

namespace diwan {
namespace {

constexpr std::string_view kBlanks = " \t\r";

struct Line {
  int number = 0;
  std::string text;
};

class Parser {
 public:
  Parser(std::string_view name, std::string_view text) : name_(name) { Split(text); }

  RuleSet Parse() {
    for (const Line& line : lines_) ParseLine(line);
    Mark(bodies_, set_.bodies);
    Mark(courts_, set_.courts);
    Mark(stops_, set_.stops);
    Mark(joins_, set_.joins);
    Mark(titles_, set_.titles);
    Mark(leads_, set_.leads);
    Mark(labels_, set_.labels);
    Mark(names_, set_.names);
    Mark(plurals_, set_.plurals);
    set_.first.resize(set_.vocabulary.size());
    for (uint32_t i = 0; i < set_.rules.size(); ++i) IndexFirst(i);
    set_.vocabulary.Finish(prefixes_, never_);
    return std::move(set_);
  }

 private:
  [[noreturn]] void Refuse(const std::string& why) const {
    throw Error(ErrorCode::kInvalid, fmt::format("{}:{}: {}", name_, line_, why));
  }

  // A line that begins with a blank goes on the one before; `#` begins a comment.
  void Split(std::string_view text) {
    int number = 0;
    while (!text.empty()) {
      const size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, std::min(end, text.find('#')));
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (line.find_first_not_of(kBlanks) == std::string_view::npos) continue;
      if (line.front() != ' ' || lines_.empty()) lines_.push_back({.number = number, .text = {}});
      lines_.back().text += WithoutZwnj(line);
    }
  }

  // The text is cut at ZWNJ, so the words of the rules are.
  static std::string WithoutZwnj(std::string_view line) {
    constexpr std::string_view kZwnj = "\u200C";
    std::string out;
    for (size_t at = line.find(kZwnj); at != std::string_view::npos; at = line.find(kZwnj)) {
      out.append(line.substr(0, at)).append(" ");
      line.remove_prefix(at + kZwnj.size());
    }
    return out.append(line);
  }

  void Mark(const std::set<uint32_t>& words, std::vector<bool>& list) const {
    list.assign(set_.vocabulary.size(), false);
    for (const uint32_t word : words) list[word] = true;
  }

  void ParseLine(const Line& line) {
    line_ = line.number;
    const std::string_view text = line.text;
    if (const size_t equals = text.find(" = "); equals != std::string_view::npos) {
      definitions_[std::string(text.substr(0, equals))] = PatternPieces(text.substr(equals + 3));
      return;
    }
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos) Refuse("neither ':' nor ' = ' stands in the line");
    std::vector<std::string> head;
    for (std::string& piece : PatternPieces(text.substr(0, colon))) head.push_back(std::move(piece));
    const std::vector<std::string> pieces = PatternPieces(text.substr(colon + 1));
    if (head.empty() || pieces.empty()) Refuse("there is nothing on one side of ':'");
    if (!ParseList(head, pieces)) ParseRule(head, pieces);
  }

  // Lists of single words. Whether `head` names one.
  bool ParseList(const std::vector<std::string>& head, const std::vector<std::string>& pieces) {
    static const std::set<std::string_view> lists = {"prefixes", "never",   "bodies", "courts", "stops",
                                                     "names",    "titles",  "leads",  "joins",  "labels",
                                                     "plurals",  "ordinal", "times",  "misread"};
    if (RuleWords* words = FindWords(head[0]); words != nullptr && head.size() == 1) {
      for (const std::string& piece : pieces) {
        if (piece != "|") words->insert(Fold(piece).text);
      }
      return true;
    }
    if (!lists.contains(head[0])) return false;
    const bool has_value = head[0] == "ordinal" || head[0] == "times" || head[0] == "misread";
    if (head.size() != (has_value ? 2U : 1U)) Refuse(fmt::format("'{}' is not followed by what it wants", head[0]));
    for (const std::string& piece : pieces) {
      if (piece != "|") AddToList(head, Fold(piece).text);
    }
    return true;
  }

  RuleWords* FindWords(std::string_view name) {
    const std::pair<std::string_view, RuleWords*> lists[] = {
        {"doubts", &set_.doubts},       {"conditions", &set_.conditions},
        {"asked", &set_.asked},         {"links", &set_.links},
        {"negations", &set_.negations}, {"occasions", &set_.occasions},
        {"about", &set_.about},         {"decided", &set_.decided},
        {"settled", &set_.settled},     {"verbs", &set_.verbs},
        {"holders", &set_.holders},     {"exceptions", &set_.exceptions},
        {"between", &set_.between},     {"towns", &set_.towns},
        {"wished", &set_.wished},       {"suspensions", &set_.suspensions},
        {"parts", &set_.parts},         {"plain", &set_.plain},
        {"above", &set_.above},         {"limits", &set_.limits},
        {"opens", &set_.opens},         {"calls", &set_.calls},
        {"force", &set_.force}};
    const auto found = std::ranges::find(lists, name, &std::pair<std::string_view, RuleWords*>::first);
    return found == std::end(lists) ? nullptr : found->second;
  }

  void AddToList(const std::vector<std::string>& head, const std::u32string& word) {
    if (head[0] == "prefixes") return prefixes_.push_back(word);
    if (head[0] == "never") return never_.push_back(word);
    if (head[0] == "misread") return set_.vocabulary.AddMisread(word, set_.vocabulary.Add(Fold(head[1]).text));
    const uint32_t id = set_.vocabulary.Add(word);
    if (head[0] == "bodies") bodies_.insert(id);
    if (head[0] == "courts") courts_.insert(id);
    if (head[0] == "stops") stops_.insert(id);
    if (head[0] == "joins") joins_.insert(id);
    if (head[0] == "names") names_.insert(id);
    if (head[0] == "titles") titles_.insert(id);
    if (head[0] == "leads") leads_.insert(id);
    if (head[0] == "labels") labels_.insert(id);
    if (head[0] == "plurals") plurals_.insert(id);
    if (head[0] == "ordinal") set_.ordinals[id] = static_cast<int>(Whole(head[1]));
    if (head[0] == "times") set_.times[id] = Whole(head[1]);
  }

  int64_t Whole(const std::string& digits) const {
    constexpr size_t kMost = 12;
    if (digits.size() > kMost || digits.find_first_not_of("0123456789") != std::string::npos) {
      Refuse(fmt::format("'{}' is not a number", digits));
    }
    return std::stoll(digits);
  }

  void ParseRule(const std::vector<std::string>& head, const std::vector<std::string>& pieces) {
    rule_ = {.line = line_};
    ParseHead(head);
    CompilePattern(pieces, definitions_, fmt::format("{}:{}", name_, line_), set_.vocabulary, rule_);
    if (rule_.use == RuleUse::kSeat && rule_.slots.empty()) Refuse("a seat without a slot for its name");
    set_.rules.push_back(std::move(rule_));
  }

  void ParseHead(const std::vector<std::string>& head) {
    static const std::map<std::string_view, RuleUse> uses = {
        {"cite", RuleUse::kCite},           {"then", RuleUse::kThen},       {"relation", RuleUse::kRelation},
        {"type", RuleUse::kType},           {"signed", RuleUse::kSigned},   {"opening", RuleUse::kOpening},
        {"field", RuleUse::kField},         {"seat", RuleUse::kSeat},       {"organ", RuleUse::kOrgan},
        {"open", RuleUse::kOpen},           {"neutral", RuleUse::kNeutral}, {"said", RuleUse::kSaid},
        {"undecided", RuleUse::kUndecided}, {"term", RuleUse::kTerm}};
    static const std::map<std::string_view, RuleZone> zones = {
        {"any", RuleZone::kAny}, {"head", RuleZone::kHead},     {"line", RuleZone::kLine},
        {"end", RuleZone::kEnd}, {"before", RuleZone::kBefore}, {"after", RuleZone::kAfter}};
    const auto use = uses.find(head[0]);
    if (use == uses.end()) Refuse(fmt::format("there is no kind of line '{}'", head[0]));
    rule_.use = use->second;
    for (size_t i = 1; i < head.size(); ++i) {
      const auto zone = zones.find(head[i]);
      if (zone != zones.end()) {
        rule_.zone = zone->second;
      } else if (i > 1 && (rule_.use == RuleUse::kOrgan || rule_.use == RuleUse::kOpen)) {
        rule_.begins += (rule_.begins.empty() ? "" : " ") + head[i];
      } else if (rule_.name.empty()) {
        rule_.name = head[i];
      } else {
        Refuse(fmt::format("'{}' is neither a place nor a name", head[i]));
      }
    }
    if (rule_.use == RuleUse::kCite && !CitedKindOfName(rule_.name)) Refuse("a citation of no kind");
    if (rule_.use == RuleUse::kRelation && !CitedRelationOfName(rule_.name)) Refuse("no relation is called so");
    if (rule_.use == RuleUse::kThen && !rule_.name.empty() && rule_.name != "several" && rule_.name != "to") {
      Refuse("behind 'then' stands 'several', 'to' or nothing");
    }
    if (rule_.use == RuleUse::kSaid && !CitedKindOfName(rule_.name)) Refuse("a paper of no kind is said");
    if (rule_.use == RuleUse::kNeutral && !rule_.name.empty() && rule_.name != "topic" && rule_.name != "next") {
      Refuse("behind 'neutral' stands 'topic', 'next' or nothing");
    }
    if (rule_.use == RuleUse::kType && rule_.name.empty()) Refuse("a type without a name");
  }

  static bool BeginsWithDigits(SlotKind kind) {
    return kind == SlotKind::kAmount || kind == SlotKind::kDate || kind == SlotKind::kArticle;
  }

  // By which words the rule may begin, so that only those look at it.
  void IndexFirst(uint32_t index) {
    const Rule& rule = set_.rules[index];
    line_ = rule.line;
    std::set<uint32_t> seen;
    std::vector<uint32_t> steps = {0};
    while (!steps.empty()) {
      const uint32_t step = steps.back();
      steps.pop_back();
      if (!seen.insert(step).second) continue;
      const RuleOp& op = rule.program[step];
      if (op.code == OpCode::kSplit) steps.push_back(step + 1);
      if (op.code == OpCode::kSplit || op.code == OpCode::kJump) {
        steps.push_back(op.to);
      } else if (op.code == OpCode::kWord) {
        set_.first[op.to].push_back(index);
      } else if (op.code == OpCode::kSlot && BeginsWithDigits(rule.slots[op.to].kind)) {
        set_.first_amount.push_back(index);
      } else if (op.code == OpCode::kSign && (op.sign == kAtLineBegin || op.sign == kNearLineBegin)) {
        steps.push_back(step + 1);
      } else {
        Refuse("a rule begins with a word, an {amount}, an {article} or a {date}");
      }
    }
  }

  std::string name_;
  int line_ = 0;
  std::vector<Line> lines_;
  RuleDefinitions definitions_;
  std::set<uint32_t> bodies_;
  std::set<uint32_t> courts_;
  std::set<uint32_t> stops_;
  std::set<uint32_t> joins_;
  std::set<uint32_t> titles_;
  std::set<uint32_t> leads_;
  std::set<uint32_t> labels_;
  std::set<uint32_t> names_;
  std::set<uint32_t> plurals_;
  std::vector<std::u32string> prefixes_;
  std::vector<std::u32string> never_;
  RuleSet set_;
  Rule rule_;
};

}  // namespace

RuleSet ParseRules(std::string_view name, std::string_view text) { return Parser(name, text).Parse(); }

const RuleSet& BuiltInRules(std::string_view language) {
  static const RuleSet arabic = ParseRules("arabic.rules", kArabicRules);
  static const RuleSet persian = ParseRules("persian.rules", kPersianRules);
  return language == "fas" ? persian : arabic;
}

}  // namespace diwan
