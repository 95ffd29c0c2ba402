// A question, answered from the index and dressed with what the store knows.
#include "archive/search.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "archive/cursor.h"
#include "archive/fetch.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMaxText = 4096;
constexpr uint32_t kMaxWindow = 10'000;

using Marks = std::vector<std::pair<uint32_t, uint32_t>>;

void CheckText(std::string_view text) {
  if (text.size() <= kMaxText) return;
  throw Error(ErrorCode::kInvalid, fmt::format("a question may have {} bytes at most", kMaxText));
}

// Boxes of the words that the marks touch. Both are in the order of the text.
std::vector<Box> BoxesOf(const Page& page, const Marks& marks) {
  std::vector<Box> boxes;
  auto mark = marks.begin();
  for (const Word& word : page.words) {
    const uint32_t end = word.offset + static_cast<uint32_t>(word.text.size());
    while (mark != marks.end() && mark->second <= word.offset) ++mark;
    if (mark == marks.end()) break;
    if (mark->first < end) boxes.push_back(word.box);
  }
  return boxes;
}

// Nothing when the record was deleted, or went out of the viewer's sight, since the index was committed.
std::optional<Hit> HitOf(const Store& store, IndexHit indexed) {
  auto record = store.GetRecord(indexed.record_id);
  if (!record || record->deleted) return std::nullopt;
  return Hit{.record_id = std::move(indexed.record_id),
             .page = indexed.page,
             .score = indexed.score,
             .guess = indexed.guess,
             .more_pages = indexed.more_pages,
             .external_id = std::move(record->external_id),
             .file_name = std::move(record->file_name),
             .has_image = !record->source.empty(),
             .fields = std::move(record->fields),
             .matched = std::move(indexed.matched)};
}

// `text` is the question, and `guessed` of its answer.
void AddSnippet(const Store& store, std::string_view text, const std::vector<std::string>& guessed, Hit& hit) {
  const auto page = store.GetPage(hit.record_id, hit.page);
  if (!page) return;
  const Marks marks = MarkMatches(text, page->text, guessed);
  hit.snippet = MakeSnippet(page->text, marks);
  hit.boxes = BoxesOf(*page, marks);
  if (!hit.has_image) return;
  hit.page_width = page->width;
  hit.page_height = page->height;
}

// Texts of the pages that words to be completed stand on, each read once. People wait for every letter they type: past
// a few pages one is enough for a word.
class Samples {
 public:
  explicit Samples(const Store& store) : store_(store) {}

  // Whether the viewer still sees one of them.
  bool AreSeen(const std::vector<std::pair<std::string, int>>& samples) const {
    return store_.SeesAll() ||
           std::ranges::any_of(samples, [&](const auto& sample) { return store_.SeesRecord(sample.first); });
  }

  // The spelling that is most usual on the word's samples; as folded when they have changed since the index was
  // committed.
  std::string SpellingOf(const std::string& folded, const std::vector<std::pair<std::string, int>>& samples) {
    constexpr size_t kEnough = 8;
    std::vector<std::string_view> texts;
    for (const auto& sample : samples) {
      if (!texts.empty() && texts_.size() >= kEnough && !texts_.contains(sample)) continue;
      texts.emplace_back(TextOf(sample));
    }
    std::string spelling = UsualSpelling(folded, texts);
    return spelling.empty() ? folded : spelling;
  }

 private:
  const std::string& TextOf(const std::pair<std::string, int>& sample) {
    const auto [at, is_new] = texts_.try_emplace(sample);
    if (is_new) at->second = store_.GetPageText(sample.first, sample.second).value_or("");
    return at->second;
  }

  const Store& store_;
  std::map<std::pair<std::string, int>, std::string> texts_;
};

// The question with its corrections; "" when there are none.
std::string Corrected(const Store& store, std::string_view text, const std::vector<IndexCorrection>& corrections) {
  if (corrections.empty()) return "";
  Samples samples(store);
  std::string out;
  size_t at = 0;
  for (const IndexCorrection& correction : corrections) {
    if (!samples.AreSeen(correction.samples)) return "";
    out += text.substr(at, correction.begin - at);
    out += samples.SpellingOf(correction.text, correction.samples);
    at = correction.end;
  }
  return out.append(text.substr(at));
}

// The cursor behind the `count` hits that the index gave.
std::string NextOf(const Query& query, size_t count, uint64_t total, uint64_t applied) {
  const size_t end = query.offset + count;
  if (count == 0 || end >= std::min<uint64_t>(total, kMaxWindow)) return "";
  return MakeCursor(query, {static_cast<uint32_t>(end), applied});
}

struct Found {
  IndexAnswer answer;
  uint64_t pages = 0;
  uint64_t applied = 0;  // of what the viewer sees: for a cursor
};

Found AskOnce(Archive& archive, const Query& query) {
  Found found;
  const PageTexts texts = [&](std::string_view record_id, int number) {
    return archive.store().GetPageText(record_id, number);
  };
  archive.WithReader([&](IndexReader& reader) {
    found.answer = reader.Search(query, texts);
    found.pages = reader.PageCount();
    found.applied = archive.store().SeesAll() ? reader.Applied() : reader.Changes();
  });
  return found;
}

// A record that has just become confidential must not be in a count either. Where the index is behind the store in
// that, it is asked again when it has caught up.
Found Ask(Archive& archive, const Query& query) {
  Found found = AskOnce(archive, query);
  const Store& store = archive.store();
  const auto unseen = [&](const IndexHit& hit) { return !store.SeesRecord(hit.record_id); };
  if (store.SeesAll() || std::ranges::none_of(found.answer.hits, unseen)) return found;
  archive.WaitIndexed(store.LastSequence());
  return AskOnce(archive, query);
}

}  // namespace

Answer Search(Archive& archive, const Query& query) {
  CheckText(query.text);
  if (query.limit > kMaxWindow || query.offset > kMaxWindow - query.limit) {
    throw Error(ErrorCode::kInvalid, fmt::format("offset and limit may reach {} results at most", kMaxWindow));
  }
  const auto begin = std::chrono::steady_clock::now();
  Answer answer;
  Found asked = Ask(archive, query);
  IndexAnswer& found = asked.answer;
  const uint64_t applied = asked.applied;
  answer.pages_searched = asked.pages;
  answer.total = found.total;
  answer.next = NextOf(query, found.hits.size(), found.total, applied);
  answer.notes = std::move(found.notes);
  if (query.applied.value_or(applied) != applied) {
    answer.notes.emplace_back(
        "the archive has changed since the answer before: some results may come twice, and some not at all");
  }
  answer.suggestion = Corrected(archive.store(), query.text, found.corrections);
  answer.facets = std::move(found.facets);
  answer.explanation = std::move(found.explanation);
  answer.pages_without_text = archive.store().Totals().pages_without_text;
  for (IndexHit& indexed : found.hits) {
    auto hit = HitOf(archive.store(), std::move(indexed));
    if (!hit) continue;
    if (query.snippets) AddSnippet(archive.store(), query.text, found.guessed, *hit);
    answer.hits.push_back(std::move(*hit));
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  answer.took_ms = took.count();
  return answer;
}

std::vector<Completion> Complete(Archive& archive, std::string_view typed, uint32_t limit) {
  CheckText(typed);
  std::vector<IndexCompletion> found;
  archive.WithReader([&](IndexReader& reader) { found = reader.Complete(typed, limit); });
  Samples samples(archive.store());
  std::vector<Completion> completions;
  for (IndexCompletion& indexed : found) {
    if (indexed.kind == CompletionKind::kWord) {
      if (!samples.AreSeen(indexed.samples)) continue;
      indexed.text = samples.SpellingOf(indexed.text, indexed.samples);
    }
    if (indexed.kind == CompletionKind::kTitle) {
      const auto record = archive.store().GetRecord(indexed.record_id);
      indexed.text = record ? record->Value("title") : "";
      if (indexed.text.empty()) continue;  // gone or renamed since the index was committed
    }
    completions.push_back({.kind = indexed.kind, .text = std::move(indexed.text), .pages = indexed.pages});
  }
  return completions;
}

std::vector<PageMatches> FindMatches(Archive& archive, std::string_view record, std::string_view text) {
  constexpr size_t kMostPages = 200;
  CheckText(text);
  const std::string id = FetchRecord(archive, record).id;
  const IndexAnswer asked = Ask(archive, {.text = std::string(text), .limit = 1}).answer;
  std::vector<int> numbers = archive.store().PageNumbers(id);
  if (numbers.size() > kMostPages) numbers.resize(kMostPages);
  std::vector<PageMatches> found;
  for (const int number : numbers) {
    const auto page = archive.store().GetPage(id, number);
    if (!page) continue;
    const Marks marks = MarkMatches(text, page->text, asked.guessed);
    if (!marks.empty()) found.push_back({.page = number, .boxes = BoxesOf(*page, marks)});
  }
  return found;
}

std::vector<Hit> Related(Archive& archive, std::string_view record, uint32_t limit) {
  const std::string id = FetchRecord(archive, record).id;
  std::vector<IndexHit> found;
  archive.WithReader([&](IndexReader& reader) { found = reader.Related(id, limit); });
  std::vector<Hit> hits;
  for (IndexHit& indexed : found) {
    auto hit = HitOf(archive.store(), std::move(indexed));
    if (!hit) continue;
    if (const auto text = archive.store().GetPageText(hit->record_id, hit->page)) hit->snippet = MakeSnippet(*text, {});
    hits.push_back(std::move(*hit));
  }
  return hits;
}

}  // namespace diwan
