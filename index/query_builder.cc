// From the tree to Xapian. Ranking is decided here, by weights; what is found, by the shape of the tree.
#include "index/query_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "index/across_pages.h"
#include "index/day_terms.h"
#include "index/near_pages.h"
#include "index/near_terms.h"
#include "index/numbers.h"
#include "index/schema.h"
#include "index/stem_terms.h"

namespace diwan {
namespace {

using Xapian::Query;
using Queries = std::vector<Query>;

// A compound number or a date says more than a word; its parts, without the whole, less.
constexpr double kWholeWeight = 2.0;
constexpr double kPartsWeight = 0.3;
// What two words typed apart are worth where a page has them as one; what each is worth alone comes on top.
constexpr double kJoinedWeight = 0.5;

Query Join(Query::op op, const Queries& parts) { return {op, parts.begin(), parts.end()}; }
Query Scaled(const Query& query, double factor) { return {Query::OP_SCALE_WEIGHT, query, factor}; }

// What `wanted` finds; what is also `better` weighs as much more. No OP_AND_MAYBE: in an AND or a FILTER on the right
// of an AND_NOT, Xapian 1.4.22 takes it for nothing.
Query Maybe(const Query& wanted, const Query& better) {
  return {Query::OP_OR, wanted, Query(Query::OP_AND, Scaled(wanted, 0), better)};
}

// `prefix` is a field's, or empty for the page's own words.
Query Term(std::string_view prefix, std::string_view kind, std::string_view text) {
  return Query(MakeTerm(std::string(prefix).append(kind), text));
}

// A number, in whichever order it is printed.
Query Number(const std::string& number, std::string_view prefix) {
  const std::string turned = TurnedNumber(number);
  const Query typed = Term(prefix, kNumberPrefix, number);
  return turned.empty() ? typed : Query(Query::OP_SYNONYM, typed, Term(prefix, kNumberPrefix, turned));
}

// Terms that weigh as one word.
Query AsOneWord(const std::vector<std::string>& terms) { return {Query::OP_SYNONYM, terms.begin(), terms.end()}; }

Query Days(const std::vector<DayRange>& days) {
  Queries terms;
  for (const DayRange& range : days) {
    for (const std::string& term : TermsCovering(range)) terms.emplace_back(term);
  }
  return Join(Query::OP_OR, terms);
}

// The surfaces in this order. A word with ZWNJ is looked for in parts, as it is printed with ZWNJ or with a space, and
// joined.
Query Phrase(const QueryNode& node, std::string_view prefix) {
  Queries apart;
  Queries joined;
  for (const TextWord& word : node.phrase.words) {
    joined.push_back(Term(prefix, kSurfacePrefix, word.surface));
    for (const std::string& piece : word.pieces) apart.push_back(Term(prefix, kSurfacePrefix, piece));
    if (word.pieces.empty()) apart.push_back(joined.back());
  }
  const auto in_order = [&](const Queries& terms) {
    return Query(Query::OP_PHRASE, terms.begin(), terms.end(), terms.size() + node.distance);
  };
  Queries ways = {in_order(joined)};
  if (apart.size() != joined.size()) ways.push_back(in_order(apart));
  for (const TextNumber& number : node.phrase.numbers) {
    const bool all = number.first_word == 0 && number.end_word == node.phrase.words.size();
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

Query Everything() { return Query(std::string()); }

Query Without(const Query& wanted, const Queries& unwanted) {
  if (unwanted.empty()) return wanted;
  return {Query::OP_AND_NOT, wanted, Join(Query::OP_OR, unwanted)};
}

// Words that one with a * stands for; beside a ~, where each costs more; and numbers of a span.
constexpr size_t kMostBeginnings = 100;
constexpr size_t kMostNearBeginnings = 20;
constexpr size_t kMostNumbers = 1000;

// ANDs of one question whose words may stand on several pages of a record. Each doubles what is below it.
constexpr size_t kMostAcross = 3;

// A bracket with nothing but fields in it narrows as a field does.
bool IsFilter(const QueryNode& node) {
  if (node.kind == NodeKind::kField) return true;
  return !node.children.empty() && node.kind != NodeKind::kNear &&
         std::all_of(node.children.begin(), node.children.end(), IsFilter);
}

// What a term weighs in BM25 by how few pages have it, as Xapian computes it.
double RarityWeight(Xapian::doccount pages, Xapian::doccount having) {
  const double odds = (pages - having + 0.5) / (having + 0.5);
  return std::log(odds < 2 ? odds / 2 + 1 : odds);
}

}  // namespace

Query QueryBuilder::Exact(const QueryNode& root) {
  mode_ = Words::kNoted;
  across_left_ = kMostAcross;
  Query query = Node(root);
  badness_ = Badness(words_);
  return query;
}

Query QueryBuilder::AllExact(const QueryNode& root) {
  mode_ = Words::kPlain;
  across_left_ = kMostAcross;
  all_ = true;
  Query query = Node(root);
  all_ = false;
  return query;
}

Query QueryBuilder::WithGuesses(const QueryNode& root) {
  mode_ = Words::kGuessed;
  across_left_ = kMostAcross;
  return Node(root);
}

Query QueryBuilder::Guesses() const {
  Queries words;
  for (const SoughtWord& word : words_) {
    if (!word.alike.empty()) words.push_back(GuessQuery(word, badness_));
  }
  return Join(Query::OP_OR, words);
}

// Which language a word of a question is in, is not known: so it is looked up as both. The stem that fewer pages have,
// which in the other language may be another word's, must not weigh more for being rare.
Queries QueryBuilder::Stems(const TextWord& word, std::string_view prefix) const {
  std::vector<std::pair<std::string, Xapian::doccount>> stems;
  Xapian::doccount most = 0;
  for (const Language language : {Language::kArabic, Language::kPersian}) {
    for (const std::string& stem : StemTermsOf(word, language)) {
      std::string term = std::string(prefix).append(stem);
      const Xapian::doccount pages = database_.get_termfreq(term);
      if (pages > 0) stems.emplace_back(std::move(term), pages);
      most = std::max(most, pages);
    }
  }
  const Xapian::doccount all = database_.get_doccount();
  Queries queries;
  for (const auto& [term, pages] : stems) {
    queries.push_back(pages == most ? Query(term)
                                    : Scaled(Query(term), RarityWeight(all, most) / RarityWeight(all, pages)));
  }
  return queries;
}

Query QueryBuilder::Word(const TextWord& typed, std::string_view prefix) {
  const TextWord word = compounds_.WithPieces(typed);
  Query surface = Term(prefix, kSurfacePrefix, word.surface);
  if (word.stop) return surface;
  Queries forms = Stems(word, prefix);
  forms.push_back(Scaled(surface, kSurfaceWeight));
  if (mode_ != Words::kPlain && prefix.empty()) {
    const SoughtWord& sought = Sought(word);
    if (mode_ == Words::kGuessed && !sought.alike.empty()) forms.push_back(GuessQuery(sought, badness_));
  }
  return Join(Query::OP_OR, forms);
}

const SoughtWord& QueryBuilder::Sought(const TextWord& word) {
  for (const SoughtWord& known : words_) {
    if (known.surface == word.surface) return known;
  }
  return words_.emplace_back(Seek(database_, word));
}

Query QueryBuilder::OneLeaf(const Leaf& leaf, std::string_view prefix) {
  if (leaf.kind == LeafKind::kWord) return Word(leaf.word, prefix);
  if (leaf.kind == LeafKind::kBeginning) return AsOneWord(Beginning(leaf, prefix, kMostBeginnings));
  Query whole = leaf.kind == LeafKind::kDays ? Days(leaf.days) : Number(leaf.number, prefix);
  if (leaf.parts.empty()) return whole;
  if (all_) return Scaled(whole, kWholeWeight);            // a page with the parts alone may well have another number
  const Words mode = std::exchange(mode_, Words::kPlain);  // the month of a date is not guessed
  Queries parts;
  for (const Leaf& part : leaf.parts) {
    if (part.kind != LeafKind::kWord || !part.word.stop) parts.push_back(OneLeaf(part, prefix));
  }
  mode_ = mode;
  return Query(Query::OP_OR, Scaled(whole, kWholeWeight), Scaled(Join(Query::OP_AND, parts), kPartsWeight));
}

Query QueryBuilder::Leaves(const std::vector<Leaf>& leaves, std::string_view prefix, Query::op op) {
  Queries parts;
  for (const Leaf& leaf : leaves) parts.push_back(OneLeaf(leaf, prefix));
  return Join(op, parts);
}

// Any of the words, or all; neighbours also as the one word that the archive prints.
Query QueryBuilder::WordsAndJoined(const QueryNode& node) {
  const std::vector<TextWord> words = Analyse(node.text).words;
  std::map<uint32_t, Queries> joined;  // by where one of the two words begins
  Queries parts;
  for (size_t i = 1; i < std::min(words.size(), kMaxQueryWords); ++i) {
    if (words[i].begin != words[i - 1].end + 1) continue;
    const Query both = Joined(words[i - 1], words[i]);
    if (both.empty()) continue;
    for (const size_t word : {i - 1, i}) joined[words[word].begin].push_back(both);
    if (!all_) parts.push_back(Scaled(both, kJoinedWeight));
  }
  for (const Leaf& leaf : node.leaves) {
    parts.push_back(OneLeaf(leaf, ""));
    const auto other = joined.find(leaf.word.begin);
    if (all_ && leaf.kind == LeafKind::kWord && other != joined.end()) {
      parts.back() = Query(Query::OP_OR, parts.back(), Join(Query::OP_OR, other->second));
    }
  }
  return Join(all_ ? Query::OP_AND : Query::OP_OR, parts);
}

Query QueryBuilder::Joined(const TextWord& first, const TextWord& second) {
  const Compounds::OneWord& word = compounds_.Joined(first, second);
  Queries forms(word.stems.begin(), word.stems.end());
  if (!word.surface.empty()) forms.push_back(Scaled(Query(word.surface), kSurfaceWeight));
  return Join(Query::OP_OR, forms);
}

Query QueryBuilder::FieldValue(const QueryNode& node) {
  const std::string_view prefix = node.field->prefix;
  if (node.field->kind == FieldKind::kDate) return DateField(node.days);
  if (node.field->kind == FieldKind::kExact) return Query(MakeTerm(prefix, ExactValue(*node.field, node.text)));
  if (node.numbers) return Numbers(*node.numbers, prefix);
  const bool phrase = !node.phrase.words.empty();
  Query value = phrase ? Phrase(node, prefix) : Leaves(node.leaves, prefix, Query::OP_AND);
  if (!node.field->in_page_words) return value;
  // A field's terms don't weigh; the same words on the page do, and the title's weigh more.
  return Maybe(value, phrase ? Phrase(node, "") : WithoutGuesses(node.leaves));
}

Query QueryBuilder::WithoutGuesses(const std::vector<Leaf>& leaves) {
  const Words mode = std::exchange(mode_, Words::kPlain);
  Query query = Leaves(leaves, "", Query::OP_OR);
  mode_ = mode;
  return query;
}

Query QueryBuilder::Spelling(const QueryNode& node) {
  Query folded = Phrase(node, "");
  if (!texts_) return folded;
  return {Query::OP_FILTER, folded, Query((new ExactPages(node.exact, texts_, reading_))->release())};
}

// The words or numbers of the archive that a leaf with a * stands for; a word's also behind the article.
std::vector<std::string> QueryBuilder::Beginning(const Leaf& leaf, std::string_view prefix, size_t most) {
  const bool number = !leaf.number.empty();
  const std::string kind = std::string(prefix).append(number ? kNumberPrefix : kSurfacePrefix);
  std::vector<std::string> begins = {number ? leaf.number : leaf.word.surface};
  if (std::string other = number ? "" : OtherArticle(begins[0]); !other.empty()) begins.push_back(std::move(other));
  std::vector<std::string> terms;
  for (const std::string& begin : begins) {
    const auto [known, added] = expansions_.try_emplace({MakeTerm(kind, begin), most});
    Expansion& expansion = known->second;
    if (added) expansion = Expand(database_, known->first.first, most, [](std::string_view /*rest*/) { return true; });
    terms.insert(terms.end(), expansion.terms.begin(), expansion.terms.end());
    beginnings_cut_ = beginnings_cut_ || expansion.cut;
  }
  return terms;
}

// Few numbers are looked up one by one; many are looked for among those that the archive has.
Query QueryBuilder::Numbers(const NumberSpan& span, std::string_view prefix) {
  const std::string kind = std::string(prefix).append(kNumberPrefix);
  Queries terms;
  if (span.last - span.first < kMostNumbers) {
    for (uint64_t i = span.first; i <= span.last; ++i) terms.emplace_back(MakeTerm(kind, span.Number(i)));
  } else {
    const Expansion expansion =
        Expand(database_, MakeTerm(kind, span.before), kMostNumbers,
               [&](std::string_view rest) { return span.Contains(span.before + std::string(rest)); });
    terms.assign(expansion.terms.begin(), expansion.terms.end());
    numbers_cut_ = numbers_cut_ || expansion.cut;
  }
  return Scaled(Join(Query::OP_OR, terms), 0);
}

// The terms that may stand where the operand of a ~ begins.
std::vector<std::string> QueryBuilder::FirstWords(const QueryNode& operand) {
  if (operand.kind == NodeKind::kPhrase) return QuotedWordTerms(operand.phrase);
  const Leaf& leaf = operand.leaves.front();
  return leaf.kind == LeafKind::kBeginning ? Beginning(leaf, "", kMostNearBeginnings) : WordTerms(leaf.word);
}

// Of several words, the first one's place counts, and all must stand somewhere.
Query QueryBuilder::Near(const QueryNode& node) {
  const QueryNode& left = node.children.front();
  const QueryNode& right = node.children.back();
  NearPages::Sides sides = {FirstWords(left), FirstWords(right)};
  Queries all = {AsOneWord(sides[0]), AsOneWord(sides[1])};
  for (const QueryNode* operand : {&left, &right}) {
    if (operand->phrase.words.size() > 1) all.push_back(Phrase(*operand, ""));
  }
  Query near((new NearPages(std::move(sides), NearWindow(node)))->release());
  return {Query::OP_FILTER, Join(Query::OP_AND, all), near};
}

std::vector<std::string> QueryBuilder::Notes() const {
  std::vector<std::string> notes;
  if (beginnings_cut_) {
    notes.push_back(
        fmt::format("more words begin so: of a word with *, the {} most frequent were looked for", kMostBeginnings));
  }
  if (numbers_cut_) {
    notes.push_back(fmt::format("of the span of numbers, the {} most frequent were looked for", kMostNumbers));
  }
  if (across_cut_) {
    notes.push_back(fmt::format("words on different pages of one record were looked for in {} records alone",
                                AcrossPages::kMostRecords));
  }
  if (reading_.cut) {
    notes.push_back(fmt::format("the spelling of the first {} pages alone was compared; more words would narrow it",
                                ExactReading::kMostTexts));
  }
  return notes;
}

// What is unwanted is never guessed, and hides the pages that have it, not their records.
Query QueryBuilder::Unwanted(const QueryNode& node) {
  const Words mode = std::exchange(mode_, Words::kPlain);
  const bool across_pages = std::exchange(across_pages_, false);
  const bool all = std::exchange(all_, false);
  Query query = Node(node);
  all_ = all;
  mode_ = mode;
  across_pages_ = across_pages;
  return query;
}

// Fields narrow what the words found; one field named twice means either value.
Query QueryBuilder::SideBySide(const QueryNode& node) {
  Queries words;
  std::vector<const QueryNode*> musts;
  Queries unwanted;
  std::map<std::string_view, Queries> fields;
  Queries filters;
  for (const QueryNode& child : node.children) {
    if (child.kind == NodeKind::kNot) {
      unwanted.push_back(Unwanted(child.children.front()));
    } else if (child.kind == NodeKind::kMust) {
      musts.push_back(&child.children.front());
    } else if (child.kind == NodeKind::kField) {
      fields[child.field->name].push_back(Node(child));
    } else if (IsFilter(child)) {
      filters.push_back(Node(child));
    } else {
      words.push_back(Node(child));
    }
  }
  for (const auto& [name, values] : fields) filters.push_back(Join(Query::OP_OR, values));
  Query wanted = Join(all_ ? Query::OP_AND : Query::OP_OR, words);
  if (!musts.empty()) {
    const Query all = AllOf(musts, unwanted);
    wanted = words.empty() ? all : Maybe(all, wanted);
  }
  const Query filter = Join(Query::OP_AND, filters);
  if (words.empty() && musts.empty()) {
    wanted = filters.empty() ? Everything() : filter;
  } else if (!filters.empty()) {
    wanted = Query(Query::OP_FILTER, wanted, filter);
  }
  return Without(wanted, unwanted);
}

Query QueryBuilder::All(const QueryNode& node) {
  std::vector<const QueryNode*> wanted;
  Queries unwanted;
  for (const QueryNode& child : node.children) {
    if (child.kind == NodeKind::kNot) {
      unwanted.push_back(Unwanted(child.children.front()));
    } else {
      wanted.push_back(&child);
    }
  }
  return Without(wanted.empty() ? Everything() : AllOf(wanted, unwanted), unwanted);
}

// Fields stand on each page of their record.
Query QueryBuilder::AllOf(const std::vector<const QueryNode*>& nodes, const Queries& unwanted) {
  Queries words;
  Queries all;
  for (const QueryNode* node : nodes) (IsFilter(*node) ? all : words).push_back(Node(*node));
  if (!words.empty()) all.push_back(OnePageOrSeveral(words, unwanted));
  return Join(Query::OP_AND, all);
}

// All the words on one page; or, of a record that has them on several, each page that has one of them. What makes a
// page unwanted hides the words that stand there.
Query QueryBuilder::OnePageOrSeveral(const Queries& words, const Queries& unwanted) {
  Query one_page = Join(Query::OP_AND, words);
  if (words.size() < 2 || !across_pages_ || across_left_ == 0 || database_.get_value_freq(kRecordSlot) == 0) {
    return one_page;
  }
  --across_left_;
  Queries operands;
  for (const Query& word : words) operands.push_back(Without(word, unwanted));
  AcrossPages across = FindAcrossPages(database_, operands);
  across_cut_ = across_cut_ || across.cut;
  if (across.pages.empty()) return one_page;
  const Query where(Query::OP_OR, one_page, TheseDocuments(database_, across.pages));
  return {Query::OP_FILTER, Join(Query::OP_OR, words), where};
}

Query QueryBuilder::Any(const QueryNode& node) {
  Queries parts;
  for (const QueryNode& child : node.children) parts.push_back(Node(child));
  return Join(Query::OP_OR, parts);
}

Query QueryBuilder::Node(const QueryNode& node) {
  switch (node.kind) {
    case NodeKind::kNothing:
      return {};
    case NodeKind::kWords:
      return WordsAndJoined(node);
    case NodeKind::kPhrase:
      return Phrase(node, "");
    case NodeKind::kExact:
      return Spelling(node);
    case NodeKind::kNear:
      return Near(node);
    case NodeKind::kMust:
      return Node(node.children.front());
    case NodeKind::kField:
      return FieldValue(node);
    case NodeKind::kAny:
      return SideBySide(node);
    case NodeKind::kAnd:
      return All(node);
    case NodeKind::kOr:
      return Any(node);
    case NodeKind::kNot:
      return Without(Everything(), {Unwanted(node.children.front())});
  }
  return {};
}

}  // namespace diwan
