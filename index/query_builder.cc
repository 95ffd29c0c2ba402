// From the tree to Xapian. Ranking is decided here, by weights; what is found, by the shape of the tree.
#include "index/query_builder.h"

#include <algorithm>
#include <map>

#include "index/day_terms.h"
#include "index/schema.h"

namespace diwan {
namespace {

using Xapian::Query;
using Queries = std::vector<Query>;

// A word weighs by its stem; that it also stands in the very form typed adds this much. Measured on public Arabic and
// Persian question collections.
constexpr double kSurfaceWeight = 0.3;
// A compound number or a date says more than a word; its parts, without the whole, less.
constexpr double kWholeWeight = 2.0;
constexpr double kPartsWeight = 0.3;

Query Join(Query::op op, const Queries& parts) { return {op, parts.begin(), parts.end()}; }
Query Scaled(const Query& query, double factor) { return {Query::OP_SCALE_WEIGHT, query, factor}; }

// `prefix` is a field's, or empty for the page's own words.
Query Term(std::string_view prefix, std::string_view kind, std::string_view text) {
  return Query(MakeTerm(std::string(prefix).append(kind), text));
}

// Pages have stems of one language, and which it is, is not known of a question: so the word is looked up as both.
Query Word(const TextWord& word, std::string_view prefix) {
  Query surface = Term(prefix, kSurfacePrefix, word.surface);
  if (word.stop) return surface;
  Queries forms;
  for (const std::string& stem : StemsOf(word, Language::kArabic)) forms.push_back(Term(prefix, kArabicPrefix, stem));
  for (const std::string& stem : StemsOf(word, Language::kPersian)) forms.push_back(Term(prefix, kPersianPrefix, stem));
  forms.push_back(Scaled(surface, kSurfaceWeight));
  return Join(Query::OP_OR, forms);
}

Query Days(const std::vector<DayRange>& days) {
  Queries terms;
  for (const DayRange& range : days) {
    for (const std::string& term : TermsCovering(range)) terms.emplace_back(term);
  }
  return Join(Query::OP_OR, terms);
}

Query OneLeaf(const Leaf& leaf, std::string_view prefix) {
  if (leaf.kind == LeafKind::kWord) return Word(leaf.word, prefix);
  Query whole = leaf.kind == LeafKind::kDays ? Days(leaf.days) : Term(prefix, kNumberPrefix, leaf.number);
  if (leaf.parts.empty()) return whole;
  Queries parts;
  for (const Leaf& part : leaf.parts) {
    if (part.kind != LeafKind::kWord || !part.word.stop) parts.push_back(OneLeaf(part, prefix));
  }
  return Query(Query::OP_OR, Scaled(whole, kWholeWeight), Scaled(Join(Query::OP_AND, parts), kPartsWeight));
}

Query Leaves(const std::vector<Leaf>& leaves, std::string_view prefix, Query::op op) {
  Queries parts;
  for (const Leaf& leaf : leaves) parts.push_back(OneLeaf(leaf, prefix));
  return Join(op, parts);
}

// The surfaces in this order. A word with ZWNJ is looked for in parts, as it is printed with ZWNJ or with a space, and
// joined.
Query Phrase(const AnalysedText& phrase, std::string_view prefix) {
  Queries apart;
  Queries joined;
  for (const TextWord& word : phrase.words) {
    joined.push_back(Term(prefix, kSurfacePrefix, word.surface));
    for (const std::string& piece : word.pieces) apart.push_back(Term(prefix, kSurfacePrefix, piece));
    if (word.pieces.empty()) apart.push_back(joined.back());
  }
  Queries ways = {Query(Query::OP_PHRASE, joined.begin(), joined.end(), joined.size())};
  if (apart.size() != joined.size()) ways.emplace_back(Query::OP_PHRASE, apart.begin(), apart.end(), apart.size());
  for (const TextNumber& number : phrase.numbers) {
    const bool all = number.first_word == 0 && number.end_word == phrase.words.size();
    if (all) ways.push_back(Term(prefix, kNumberPrefix, number.value));
  }
  return Join(Query::OP_OR, ways);
}

// The record's date by its slots, which hold any span; the dates in the text by terms.
Query DateField(const std::vector<DayRange>& days) {
  Queries ways = {Days(days)};
  for (const DayRange& range : days) {
    ways.emplace_back(Query::OP_AND, Query(Query::OP_VALUE_LE, kFirstDaySlot, Xapian::sortable_serialise(range.last)),
                      Query(Query::OP_VALUE_GE, kLastDaySlot, Xapian::sortable_serialise(range.first)));
  }
  return Scaled(Join(Query::OP_OR, ways), 0);
}

Query FieldValue(const QueryNode& node) {
  const std::string_view prefix = node.field->prefix;
  if (node.field->kind == FieldKind::kDate) return DateField(node.days);
  if (node.field->kind == FieldKind::kExact) return Query(MakeTerm(prefix, ExactValue(*node.field, node.text)));
  if (!node.phrase.words.empty()) return Phrase(node.phrase, prefix);
  return Leaves(node.leaves, prefix, Query::OP_AND);
}

// `wanted` may be empty: then everything but the `unwanted`.
Query Without(Query wanted, const Queries& unwanted) {
  if (unwanted.empty()) return wanted;
  if (wanted.empty()) wanted = Query(std::string());  // matches all
  return {Query::OP_AND_NOT, wanted, Join(Query::OP_OR, unwanted)};
}

// Fields narrow what the words found; one field named twice means either value.
Query SideBySide(const QueryNode& node) {
  Queries words;
  Queries unwanted;
  std::map<std::string_view, Queries> fields;
  for (const QueryNode& child : node.children) {
    if (child.kind == NodeKind::kNot) {
      unwanted.push_back(BuildQuery(child.children.front()));
    } else if (child.kind == NodeKind::kField) {
      fields[child.field->name].push_back(BuildQuery(child));
    } else {
      words.push_back(BuildQuery(child));
    }
  }
  Queries filters;
  for (const auto& [name, values] : fields) filters.push_back(Join(Query::OP_OR, values));
  Query wanted = Join(Query::OP_OR, words);
  const Query filter = Join(Query::OP_AND, filters);
  if (wanted.empty()) {
    wanted = filter;
  } else if (!filter.empty()) {
    wanted = Query(Query::OP_FILTER, wanted, filter);
  }
  return Without(wanted, unwanted);
}

Query All(const QueryNode& node) {
  Queries wanted;
  Queries unwanted;
  for (const QueryNode& child : node.children) {
    const bool negated = child.kind == NodeKind::kNot;
    (negated ? unwanted : wanted).push_back(BuildQuery(negated ? child.children.front() : child));
  }
  return Without(Join(Query::OP_AND, wanted), unwanted);
}

Query Any(const QueryNode& node) {
  Queries parts;
  for (const QueryNode& child : node.children) parts.push_back(BuildQuery(child));
  return Join(Query::OP_OR, parts);
}

}  // namespace

Query BuildQuery(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::kNothing:
      return {};
    case NodeKind::kWords:
      return Leaves(node.leaves, "", Query::OP_OR);
    case NodeKind::kPhrase:
      return Phrase(node.phrase, "");
    case NodeKind::kField:
      return FieldValue(node);
    case NodeKind::kAny:
      return SideBySide(node);
    case NodeKind::kAnd:
      return All(node);
    case NodeKind::kOr:
      return Any(node);
    case NodeKind::kNot:
      return Without({}, {BuildQuery(node.children.front())});
  }
  return {};
}

}  // namespace diwan
