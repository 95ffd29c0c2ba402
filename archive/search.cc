// A question, answered from the index and dressed with what the store knows.
#include "archive/search.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMaxText = 4096;
constexpr uint32_t kMaxWindow = 10'000;

using Marks = std::vector<std::pair<uint32_t, uint32_t>>;

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

void AddSnippet(const Query& query, const Page& page, Hit& hit) {
  const Marks marks = MarkMatches(query.text, page.text);
  hit.snippet = MakeSnippet(page.text, marks);
  hit.boxes = BoxesOf(page, marks);
}

}  // namespace

Answer Search(Archive& archive, const Query& query) {
  if (query.text.size() > kMaxText) {
    throw Error(ErrorCode::kInvalid, fmt::format("a question may have {} bytes at most", kMaxText));
  }
  if (query.limit > kMaxWindow || query.offset > kMaxWindow - query.limit) {
    throw Error(ErrorCode::kInvalid, fmt::format("offset and limit may reach {} results at most", kMaxWindow));
  }
  const auto begin = std::chrono::steady_clock::now();
  Answer answer;
  IndexAnswer found;
  archive.WithReader([&](IndexReader& reader) {
    found = reader.Search(query);
    answer.pages_searched = reader.PageCount();
  });
  answer.total = found.total;
  answer.notes = std::move(found.notes);
  answer.pages_without_text = archive.store().Totals().pages_without_text;
  Record record;
  for (IndexHit& indexed : found.hits) {
    if (record.id != indexed.record_id) {
      auto stored = archive.store().GetRecord(indexed.record_id);
      if (!stored) continue;  // gone since the index was committed
      record = std::move(*stored);
    }
    Hit hit{.record_id = indexed.record_id,
            .page = indexed.page,
            .score = indexed.score,
            .external_id = record.external_id,
            .file_name = record.file_name,
            .has_image = !record.source.empty(),
            .fields = record.fields};
    if (query.snippets) {
      if (const auto page = archive.store().GetPage(hit.record_id, hit.page)) AddSnippet(query, *page, hit);
    }
    answer.hits.push_back(std::move(hit));
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  answer.took_ms = took.count();
  return answer;
}

}  // namespace diwan
