// A question's tree as a Xapian query.
#pragma once

#include <xapian.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/compounds.h"
#include "index/exact_pages.h"
#include "index/expansion.h"
#include "index/query_parser.h"
#include "index/sought_word.h"

namespace diwan {

// Builds one question. The database and the texts must outlive it. One thread.
class QueryBuilder {
 public:
  QueryBuilder(const Xapian::Database& database, const PageTexts& texts)
      : database_(database), texts_(texts), compounds_(database) {}

  // What was asked for. Some ten thousand terms at the very most, of which the spans of numbers are the greatest part,
  // for any tree that ParseQuery gives. No OP_MAX: under OP_OR it crashes Xapian 1.4.22. No OP_AND_MAYBE: see Maybe.
  Xapian::Query Exact(const QueryNode& root);

  // The same where a page must have all the words, not any of them.
  Xapian::Query AllExact(const QueryNode& root);

  // What was asked for where words that look like those asked for count as well, with a smaller weight. After Exact.
  Xapian::Query WithGuesses(const QueryNode& root);

  // The look-alikes of the words asked for alone, as WithGuesses weighs them; empty when there are none. After Exact.
  Xapian::Query Guesses() const;

  // The words asked for, each once, in their order; after Exact. Not those of fields and unwanted ones.
  const std::vector<SoughtWord>& words() const { return words_; }

  // Badness of these.
  double badness() const { return badness_; }

  // Stem terms of the words that two typed ones make together, آیین‌نامه for آیین نامه.
  std::set<std::string> joined() const { return compounds_.JoinedStems(); }

  // What was left out, to be read when the queries have been run.
  std::vector<std::string> Notes() const;

 private:
  enum class Words { kPlain, kNoted, kGuessed };  // what is done with the page's words: see words()
  using Queries = std::vector<Xapian::Query>;

  Xapian::Query Node(const QueryNode& node);
  Xapian::Query Word(const TextWord& typed, std::string_view prefix);
  Queries Stems(const TextWord& word, std::string_view prefix) const;
  const SoughtWord& Sought(const TextWord& word);
  Xapian::Query WordsAndJoined(const QueryNode& node);
  Xapian::Query Joined(const TextWord& first, const TextWord& second);
  Xapian::Query OneLeaf(const Leaf& leaf, std::string_view prefix);
  Xapian::Query Leaves(const std::vector<Leaf>& leaves, std::string_view prefix, Xapian::Query::op op);
  Xapian::Query FieldValue(const QueryNode& node);
  Xapian::Query SideBySide(const QueryNode& node);
  Xapian::Query All(const QueryNode& node);
  Xapian::Query AllOf(const std::vector<const QueryNode*>& nodes, const Queries& unwanted);
  Xapian::Query OnePageOrSeveral(const Queries& words, const Queries& unwanted);
  Xapian::Query Any(const QueryNode& node);
  Xapian::Query Unwanted(const QueryNode& node);
  Xapian::Query WithoutGuesses(const std::vector<Leaf>& leaves);
  Xapian::Query Spelling(const QueryNode& node);
  Xapian::Query Near(const QueryNode& node);
  std::vector<std::string> FirstWords(const QueryNode& operand);
  std::vector<std::string> Beginning(const Leaf& leaf, std::string_view prefix, size_t most);
  Xapian::Query Numbers(const NumberSpan& span, std::string_view prefix);

  const Xapian::Database& database_;
  const PageTexts& texts_;
  Compounds compounds_;
  std::map<std::pair<std::string, size_t>, Expansion> expansions_;  // by beginning and how many
  ExactReading reading_;
  bool beginnings_cut_ = false;
  bool numbers_cut_ = false;
  bool across_cut_ = false;
  size_t across_left_ = 0;    // ANDs that may still be looked for across pages
  bool across_pages_ = true;  // what is built now may stand on several pages of a record
  bool all_ = false;          // what is built now takes pages that have all the words
  Words mode_ = Words::kPlain;
  std::vector<SoughtWord> words_;
  double badness_ = 0;
};

}  // namespace diwan
