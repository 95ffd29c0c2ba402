// The rules by which fields and citations are read, parsed from a rules file (docs/fields.md has its form) into small
// programs for the matcher.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace diwan {

// What a slot takes from the text.
enum class SlotKind : uint8_t {
  kNumber,
  kYear,
  kDate,
  kPair,
  kBody,
  kCourt,
  kWords,
  kName,
  kLine,
  kAmount,
  kArticle,
  kClause,
  kLaw,
  kTopic,
  kFullYear
};

// One step of a pattern. kSplit tries the next step first, then `to`.
enum class OpCode : uint8_t { kWord, kSign, kSlot, kGap, kSplit, kJump, kAccept };
struct RuleOp {
  OpCode code = OpCode::kAccept;
  uint32_t to = 0;  // kSplit, kJump: a step; kWord: a word of the vocabulary; kSlot: its place in Rule::slots
  char32_t sign = 0;
};

struct RuleSlot {
  SlotKind kind = SlotKind::kNumber;
  std::string name;   // the field that it fills, or the part of a citation
  bool last = false;  // nothing follows that would tell where it ends
};

enum class RuleUse : uint8_t {
  kCite,
  kThen,
  kRelation,
  kOpening,
  kType,
  kSigned,
  kField,
  kSeat,
  kOrgan,
  kOpen,
  kNeutral,
  kSaid,
  kUndecided,
  kTerm
};
enum class RuleZone : uint8_t { kAny, kHead, kLine, kEnd, kBefore, kAfter };

struct Rule {
  RuleUse use = RuleUse::kField;
  RuleZone zone = RuleZone::kAny;  // kBefore and kAfter of relations alone
  std::string name;  // kind of a citation, of a seat or an organ, name of a relation, value of a type; field of a match
  std::string begins;  // of an organ: how the name of the body begins
  int line = 0;        // of the file
  std::vector<RuleOp> program;
  std::vector<RuleSlot> slots;
};

// A word of the rules that a token of a text may be, and how sure that is: below 1 for look-alikes.
struct WordMatch {
  uint32_t word = 0;
  float sure = 1;
};

// The words of all rules. Filled by the parser, then only asked.
class RuleVocabulary {
 public:
  uint32_t Add(std::u32string_view folded);
  // `form` is read as the word, not to the letter.
  void AddMisread(std::u32string_view form, uint32_t word) { misread_.emplace(form, word); }
  // Words with less than five letters have no look-alikes but those told. What is in `never` is only what it is to the
  // letter. REQUIRES: nothing is added afterwards.
  void Finish(std::vector<std::u32string> prefixes, const std::vector<std::u32string>& never);
  // The words that a folded token may be: itself, what stands behind a prefix, else look-alikes.
  std::vector<WordMatch> Match(std::u32string_view token) const;
  bool Has(std::u32string_view folded) const { return ids_.contains(std::u32string(folded)); }
  // Whether it is told of the form which word it stands for.
  bool IsMisread(std::u32string_view form) const { return misread_.contains(std::u32string(form)); }
  size_t size() const { return words_.size(); }

 private:
  void AddExact(std::u32string_view token, std::vector<WordMatch>& out) const;
  void AddMisread(std::u32string_view token, std::vector<WordMatch>& out) const;
  void AddLookAlikes(std::u32string_view token, std::vector<WordMatch>& out) const;

  std::vector<std::u32string> words_;
  std::unordered_map<std::u32string, uint32_t> ids_;
  std::unordered_map<std::u32string, std::vector<std::pair<std::u32string, uint32_t>>> near_;
  std::unordered_map<std::u32string, uint32_t> misread_;
  std::unordered_set<std::u32string> never_;
  std::vector<std::u32string> prefixes_;
};

// Folded words that no rule is matched by: in the vocabulary they would only make others unlike themselves.
using RuleWords = std::set<std::u32string>;

struct RuleSet {
  RuleVocabulary vocabulary;
  std::vector<Rule> rules;                     // in the order of the file, which is the order of preference
  std::vector<std::vector<uint32_t>> first;    // by word: the rules that may begin with it
  std::vector<uint32_t> first_amount;          // those that begin with a number
  std::vector<bool> bodies;                    // by word: begins the name of a council or court
  std::vector<bool> courts;                    // by word: begins the name of a court
  std::vector<bool> stops;                     // by word: ends {body} and {words}
  std::vector<bool> names;                     // by word: may be part of a person's name, though it stops other names
  std::vector<bool> titles;                    // by word: may follow the record's own number in its line
  std::vector<bool> labels;                    // by word: with a date in one of the first lines, of the paper itself
  std::vector<bool> leads;                     // by word: may stand before the record's own number in its line
  std::vector<bool> joins;                     // by word: may stand between two citations of one relation
  std::vector<bool> plurals;                   // by word: several papers are cited together
  RuleWords doubts;                            // what is said beside it is perhaps not done
  RuleWords conditions;                        // the same, whatever else is said
  RuleWords asked;                             // the same, but where it is the occasion of what is decided
  RuleWords negations;                         // the same, right before the words of a relation alone
  RuleWords occasions;                         // what is asked behind it is an occasion
  RuleWords links;                             // may stand between an occasion, what is asked, and its matter
  RuleWords about;                             // behind what is asked, tells its matter
  RuleWords decided;                           // what stands behind it is decided
  RuleWords settled;                           // what stands before it is decided
  RuleWords verbs;                             // in a relation's words: it is done, by no other word
  RuleWords between;                           // may stand between what decides and what is decided
  RuleWords towns;                             // may stand there, and the name behind it too
  RuleWords wished;                            // what it ends is to be done, not done
  RuleWords holders;                           // between a decision and a number: the number is its, not the decision's
  RuleWords exceptions;                        // of the paper behind it nothing is said
  RuleWords suspensions;                       // in a relation's words: done for a time only, if at all
  RuleWords parts;                             // what is said is said of a part of the paper
  RuleWords above;                             // begins the name of who stands above a council in its heading
  RuleWords plain;                             // changes nothing between a relation's words and its paper
  RuleWords limits;                            // in its clause: not the whole, not yet, not always, or not so
  RuleWords opens;                             // the clause behind it is no main one: أن
  RuleWords calls;                             // a paper named behind it is only called upon: بناء
  RuleWords force;                             // speaks of being in force, so that a mention beside it is no mere one
  std::unordered_map<uint32_t, int> ordinals;  // by word: الثالثة is 3
  std::unordered_map<uint32_t, int64_t> times;  // by word: ألف is 1000
};

// Parses the text of a rules file. Throws kInvalid with "NAME:LINE: what is wrong".
RuleSet ParseRules(std::string_view name, std::string_view text);

// The built-in rules of "ara" or "fas", parsed at the first call. Any thread may call.
const RuleSet& BuiltInRules(std::string_view language);

}  // namespace diwan
