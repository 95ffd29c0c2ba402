// Walks the tree and asks for each word what the builder asked for.
#include "index/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "index/compounds.h"
#include "index/day_terms.h"
#include "index/numbers.h"
#include "index/query_fields.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

class Explainer {
 public:
  Explainer(const Xapian::Database& database, const std::vector<SoughtWord>& words, double badness)
      : database_(database), compounds_(database), sought_(words), badness_(badness) {}

  void Walk(const QueryNode& node, bool guessed) {
    guessed_ = guessed;
    const std::string_view prefix = node.field != nullptr ? node.field->prefix : std::string_view();
    for (const Leaf& leaf : node.leaves) AddLeaf(leaf, node.text, prefix);
    for (const TextWord& word : node.phrase.words) {
      ExplainedWord& out = NewWord(word, node.text);
      AddTerm(out, node.kind == NodeKind::kExact ? "exact" : "surface", prefix, kSurfacePrefix, word.surface, 1);
    }
    if (node.field != nullptr && node.field->kind == FieldKind::kExact) {
      ExplainedWord& out = words_.emplace_back();
      out.typed = node.text;
      out.folded = ExactValue(*node.field, node.text);
      AddTerm(out, "field", prefix, "", out.folded, 0);
    }
    if (!node.days.empty()) AddDays(words_.emplace_back(ExplainedWord{node.text, "", false, {}}), node.days);
    const bool never_guessed = node.kind == NodeKind::kNear || node.kind == NodeKind::kNot;
    for (const QueryNode& child : node.children) Walk(child, guessed && !never_guessed);
  }

  std::vector<ExplainedWord> Take() { return std::move(words_); }

 private:
  // `text` is what the words' bytes are of.
  ExplainedWord& NewWord(const TextWord& word, const std::string& text) {
    return words_.emplace_back(ExplainedWord{Typed(text, word, word), word.surface, word.stop, {}});
  }

  ExplainedWord& NewLeaf(const Leaf& leaf, const std::string& text, std::string folded) {
    const TextWord& first = leaf.parts.empty() ? leaf.word : leaf.parts.front().word;
    const TextWord& last = leaf.parts.empty() ? leaf.word : leaf.parts.back().word;
    return words_.emplace_back(ExplainedWord{Typed(text, first, last), std::move(folded), false, {}});
  }

  static std::string Typed(const std::string& text, const TextWord& first, const TextWord& last) {
    return text.substr(first.begin, last.end - first.begin);
  }

  void AddTerm(ExplainedWord& out, std::string kind, std::string_view field, std::string_view prefix,
               const std::string& text, double weight, std::string language = "") {
    const std::string term = MakeTerm(std::string(field).append(prefix), text);
    out.terms.push_back({std::move(kind), text, std::move(language), database_.get_termfreq(term), weight});
  }

  void AddLeaf(const Leaf& leaf, const std::string& text, std::string_view field) {
    if (leaf.kind == LeafKind::kWord) return AddWord(leaf.word, text, field);
    if (leaf.kind == LeafKind::kDays) return AddDays(NewLeaf(leaf, text, ""), leaf.days);
    if (leaf.kind == LeafKind::kBeginning) {
      ExplainedWord& out = NewLeaf(leaf, text, (leaf.number.empty() ? leaf.word.surface : leaf.number) + "*");
      out.typed = out.typed.empty() ? out.folded : out.typed + "*";  // 123/20* has lost its parts
      return;
    }
    ExplainedWord& out = NewLeaf(leaf, text, leaf.number);
    AddTerm(out, "number", field, kNumberPrefix, leaf.number, 1);
    const std::string turned = TurnedNumber(leaf.number);
    if (!turned.empty()) AddTerm(out, "number", field, kNumberPrefix, turned, 1);
    for (const Leaf& part : leaf.parts) {
      if (part.kind == LeafKind::kNumber) AddTerm(out, "part", field, kNumberPrefix, part.number, 1);
    }
  }

  void AddWord(const TextWord& typed, const std::string& text, std::string_view field) {
    const TextWord word = compounds_.WithPieces(typed);
    ExplainedWord& out = NewWord(word, text);
    if (word.pieces != typed.pieces) out.folded = fmt::format("{}", fmt::join(word.pieces, " "));
    AddTerm(out, "surface", field, kSurfacePrefix, word.surface, word.stop ? 1 : kSurfaceWeight);
    if (word.stop) return;
    for (const Language language : {Language::kArabic, Language::kPersian}) {
      for (const std::string& stem : StemsOf(word, language)) {
        AddTerm(out, "stem", field, StemPrefix(language), stem, 1, NameOf(StemPrefix(language)));
      }
    }
    const auto sought = std::find_if(sought_.begin(), sought_.end(),
                                     [&](const SoughtWord& known) { return known.surface == word.surface; });
    if (sought == sought_.end() || !field.empty() || !guessed_) return;
    for (const LikeTerm& like : LikelyAlike(*sought, badness_)) {
      out.terms.push_back({"guess", like.term.substr(1), NameOf(like.term.substr(0, 1)), like.pages,
                           GuessFactor(*sought, like, badness_)});
    }
  }

  void AddDays(ExplainedWord& out, const std::vector<DayRange>& days) {
    for (const DayRange& range : days) {
      for (const std::string& term : TermsCovering(range)) {
        out.terms.push_back({"day", term.substr(1), "", database_.get_termfreq(term), 1});
      }
    }
  }

  static std::string NameOf(std::string_view prefix) { return prefix == kArabicPrefix ? "ara" : "fas"; }

  const Xapian::Database& database_;
  Compounds compounds_;
  const std::vector<SoughtWord>& sought_;
  const double badness_;
  bool guessed_ = true;  // words of the node that is read are
  std::vector<ExplainedWord> words_;
};

}  // namespace

Explanation Explain(const Xapian::Database& database, const ParsedQuery& parsed, const std::vector<SoughtWord>& words,
                    double badness) {
  Explainer explainer(database, words, badness);
  explainer.Walk(parsed.root, true);
  return {Describe(parsed.root), explainer.Take()};
}

std::string TermText(const std::string& term) {
  for (const std::string_view prefix : {kSurfacePrefix, kArabicPrefix, kPersianPrefix, kNumberPrefix, kDayPrefix}) {
    if (term.compare(0, prefix.size(), prefix) == 0) return term.substr(prefix.size());
  }
  for (const QueryField& field : QueryFields()) {
    if (field.prefix.empty() || term.compare(0, field.prefix.size(), field.prefix) != 0) continue;
    const std::string value = term.substr(field.prefix.size());
    return std::string(field.name) + ":" + (field.kind == FieldKind::kExact ? value : TermText(value));
  }
  return "";
}

}  // namespace diwan
