// The Xapian index: derived from the store, disposable, one document per page. Each audience's pages are a database of
// their own (index/parts.h), so what a viewer may not see has no part in any answer, count or weight.
// index/schema.h has the table of term prefixes and value slots.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/query.h"
#include "core/record.h"
#include "index/page_texts.h"

namespace diwan {

// What is indexed of one page. The pointers must outlive the call they are given to.
struct IndexedPage {
  const Record* record = nullptr;
  const Page* page = nullptr;
};

// The one writer of one index database. One process, one thread.
class IndexWriter {
 public:
  // Opens the database in `dir`, or makes it. Throws kBusy when another writer holds it, kCorrupt when it is damaged.
  explicit IndexWriter(const std::filesystem::path& dir);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  // Adds the page for its record's audience, or replaces it by its unique term wherever it is. Never fails for what a
  // page holds: terms are cut and cleaned before Xapian sees them. Visible to readers after Commit.
  void Put(const IndexedPage& page);

  // Removes the page's document, if there is one.
  void Remove(std::string_view record_id, int page);

  // Commits together with "the change feed was applied up to `sequence`". Throws kUnavailable when it fails (disk
  // full): then nothing since the last commit is in the index, and this writer can't be used any more.
  void Commit(uint64_t sequence);

  // Up to which change this database was committed; 0 for a new one.
  uint64_t Applied() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// A record found, by its best page, before the archive adds what the store knows. See Hit.
struct IndexHit {
  std::string record_id;
  int page = 0;
  double score = 0;
  bool guess = false;
  uint32_t more_pages = 0;
  std::vector<std::string> matched;
};

// A word of the question, bytes [begin, end) of it, in one that the archive has more of; the archive gives it in its
// own spelling by UsualSpelling of the samples' texts.
struct IndexCorrection {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text;                                  // as folded
  std::vector<std::pair<std::string, int>> samples;  // record id and page of some that have it
};

// See Answer.
struct IndexAnswer {
  uint64_t total = 0;
  std::vector<IndexHit> hits;
  std::vector<std::string> notes;
  std::vector<std::string> guessed;  // stems that the question does not show: for MarkMatches
  std::vector<IndexCorrection> corrections;
  std::vector<Facet> facets;
  std::optional<Explanation> explanation;
};

// A completion, before the archive gives it in its own spelling: a word by UsualSpelling of its samples' texts, a title
// by the record's field, a number as it is.
struct IndexCompletion {
  CompletionKind kind = CompletionKind::kWord;
  std::string text;       // as folded: محكمه for محكمة; a long title is cut, or begins at a later word
  uint64_t pages = 0;     // that have it; of a title, records
  std::string record_id;  // of a title: one that bears it; else ""
  std::vector<std::pair<std::string, int>> samples;  // of a word: record id and page of some that have it, 3 at most
};

// A reader of one index database: a snapshot that Refresh moves on. One thread at a time; make one per thread.
class IndexReader {
 public:
  // Throws kNotFound when there is no database in `dir`, kCorrupt when it is damaged.
  explicit IndexReader(const std::filesystem::path& dir);
  ~IndexReader();
  IndexReader(const IndexReader&) = delete;
  IndexReader& operator=(const IndexReader&) = delete;

  // From now on the index is what `viewer` may see: every answer is as if nothing else had ever been put. A new reader
  // shows everything.
  void ShowTo(const Viewer& viewer);

  // Whatever is typed gives an answer; what could not be understood is in its notes. Reads the newest commit. `texts`
  // is asked where exact spellings are; without it they match as folded.
  IndexAnswer Search(const Query& query, const PageTexts& texts = {});

  // How the last word of `typed` may go on: words, numbers and titles of the archive, the most frequent first, `limit`
  // at most.
  std::vector<IndexCompletion> Complete(std::string_view typed, size_t limit);

  // Records whose pages share the most telling words with the record's, best first, without itself.
  std::vector<IndexHit> Related(std::string_view record_id, size_t limit);

  uint64_t Applied();
  uint64_t PageCount();  // that the viewer sees
  // Greater after each commit that changed what the viewer sees, and after no other. Of one generation only.
  uint64_t Changes();

  // Every page in the index that the viewer sees, in key order: for `verify`.
  void ForEachPage(const std::function<void(std::string_view record_id, int page)>& visit);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Where a query's words stand in an original text, as byte ranges in order, not overlapping. The same folding and
// analysis as the search, so a page found by its text has at least one mark; `guessed` is the answer's. Any thread may
// call.
std::vector<std::pair<uint32_t, uint32_t>> MarkMatches(std::string_view query, std::string_view text,
                                                       const std::vector<std::string>& guessed = {});

// The most frequent printed spelling, over `texts`, of the word that folds to `folded` (IndexCompletion::text of a
// word): محكمة for محكمه, with ZWNJ where it is printed, without tashkeel, tatweel and direction marks; the earlier on
// a tie. "" when no text has the word. Looks at the first 64 KiB of each text only. Any thread may call.
std::string UsualSpelling(std::string_view folded, const std::vector<std::string_view>& texts);

// The best passage of `text` of about `width` code points around `marks` (from MarkMatches), cut at word borders, '\n'
// as a space, "…" where something was left out.
std::vector<SnippetPart> MakeSnippet(std::string_view text, const std::vector<std::pair<uint32_t, uint32_t>>& marks,
                                     size_t width = 240);

}  // namespace diwan
