// Nothing is kept of the queue: it is what is stored, looked through from where the reader was.
#include "archive/queue.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "archive/fetch.h"
#include "archive/place.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMostLimit = 100;
constexpr size_t kMostRecords = 5'000;  // that one call looks at
constexpr size_t kMostPages = 200;
constexpr size_t kTogether = 500;
constexpr std::array<std::string_view, 3> kNumberFields = {"number", "year", "date"};

// As it is shown, to a tenth of a percent.
bool Reaches(float confidence, float least) { return confidence >= least - 0.05F; }

class FieldQueue {
 public:
  FieldQueue(const Store& store, const QueueFilter& filter) : filter_(filter), places_(store) {}

  Queue List(Archive& archive, std::string after, size_t limit) {
    size_t looked = 0;
    for (;;) {
      const std::vector<Record> records = ListRecords(archive, after, kTogether);
      for (const Record& record : records) {
        after = record.id;
        if (Add(record) && --limit == 0) return Ended(after);
      }
      looked += records.size();
      if (records.size() < kTogether) return Ended("");
      if (looked >= kMostRecords) return Ended(after);
    }
  }

 private:
  Queue Ended(const std::string& next) {
    queue_.next = next;
    return std::move(queue_);
  }

  bool Wanted(const Field& field) const {
    const bool number = std::ranges::count(kNumberFields, field.name) > 0;
    return field.state == FieldState::kProposed && Reaches(field.confidence, filter_.least) &&
           number == (filter_.kind == DoubtKind::kNumbers);
  }

  bool Add(const Record& record) {
    const size_t before = queue_.doubts.size();
    for (const Field& field : record.fields) {
      if (!Wanted(field)) continue;
      Doubt doubt{.record = record, .version = record.version, .field = field, .word = {}, .page = field.page};
      auto place = places_.Show(record.id, {.page = field.page, .begin = field.begin, .end = field.end});
      if (place) {
        doubt.boxes = std::move(place->boxes);
        doubt.passage = std::move(place->words);
      }
      queue_.doubts.push_back(std::move(doubt));
    }
    return queue_.doubts.size() > before;
  }

  const QueueFilter filter_;
  PlaceFinder places_;
  Queue queue_;
};

using PageKey = std::pair<std::string, int>;

std::string TextOf(const PageKey& key) { return fmt::format("{}/{}", key.first, key.second); }

PageKey PageKeyOf(std::string_view text) {
  if (text.empty()) return {};
  PageKey key;
  const size_t slash = text.rfind('/');
  const char* end = text.data() + text.size();
  if (slash != std::string_view::npos) {
    key.first = text.substr(0, slash);
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, key.second);
    if (error == std::errc() && stop == end) return key;
  }
  throw Error(ErrorCode::kInvalid, "this is no place in a queue of words");
}

// Numbers first: a wrong digit makes another paper of it.
std::vector<size_t> WantedWords(const Page& page, float least) {
  std::vector<size_t> words = DoubtfulWords(page);
  std::erase_if(words, [&](size_t i) { return !Reaches(page.words[i].confidence, least); });
  const auto unsure = [&](size_t i) { return page.words[i].number == NumberState::kUnsure; };
  std::stable_partition(words.begin(), words.end(), unsure);  // Clang 14 can't read the one of std::ranges
  return words;
}

bool AddWords(const Store& store, const PageKey& key, float least, Queue& queue) {
  const auto page = store.GetPage(key.first, key.second);
  const std::vector<size_t> wanted = page ? WantedWords(*page, least) : std::vector<size_t>();
  const auto record = wanted.empty() ? std::nullopt : store.GetRecord(key.first);
  if (!record) return false;
  for (const size_t i : wanted) {
    const Word& word = page->words[i];
    Doubt doubt{.record = *record, .version = page->version, .field = {}, .word_index = i, .word = word};
    doubt.page = page->number;
    doubt.boxes = {word.box};
    const auto end = static_cast<uint32_t>(word.offset + word.text.size());
    if (auto place = ShowPlace(*page, {.page = page->number, .begin = word.offset, .end = end})) {
      doubt.passage = std::move(place->words);
    }
    queue.doubts.push_back(std::move(doubt));
  }
  return true;
}

Queue ListWords(const Store& store, float least, PageKey after, size_t limit) {
  Queue queue;
  const std::vector<PageKey> pages = store.ListPages(after, kMostPages);
  for (const PageKey& key : pages) {
    after = key;
    if (AddWords(store, key, least, queue) && --limit == 0) break;
  }
  const bool all = pages.size() < kMostPages && (pages.empty() || after == pages.back());
  if (!all) queue.next = TextOf(after);
  return queue;
}

}  // namespace

Queue ListDoubts(Archive& archive, const QueueFilter& filter, std::string_view after, size_t limit) {
  if (limit == 0 || limit > kMostLimit) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostLimit));
  }
  if (filter.kind == DoubtKind::kWords) return ListWords(archive.store(), filter.least, PageKeyOf(after), limit);
  return FieldQueue(archive.store(), filter).List(archive, std::string(after), limit);
}

}  // namespace diwan
