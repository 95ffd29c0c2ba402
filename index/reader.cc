// Answers questions from the newest commit of an index.
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <optional>

#include "core/error.h"
#include "index/complete.h"
#include "index/index.h"
#include "index/parts.h"
#include "index/query_parser.h"
#include "index/related.h"
#include "index/schema.h"
#include "index/search.h"
#include "index/xapian_error.h"

namespace diwan {
namespace {

constexpr int kMaxAttempts = 5;  // when the writer commits under a reader
}  // namespace

class IndexReader::Impl {
 private:
  // Runs `read` on the newest commit, again when two newer ones came in between.
  template <typename Read>
  auto WithNewest(std::string_view doing, Read read) {
    return Guarded(doing, [&] {
      for (int attempt = 1;; ++attempt) {
        try {
          parts_.Reopen();
          database_ = parts_.SeenBy(viewer_);
          return read();
        } catch (const Xapian::DatabaseModifiedError&) {
          if (attempt == kMaxAttempts) throw;
        }
      }
    });
  }

 public:
  explicit Impl(const std::filesystem::path& dir) : parts_(Guarded("opened", [&] { return Parts(dir); })) {}

  void ShowTo(const Viewer& viewer) { viewer_ = viewer; }

  IndexAnswer Search(const Query& query, const PageTexts& texts) {
    ParsedQuery parsed = ParseQuery(query.text);
    IndexAnswer answer;
    if (parsed.root.kind != NodeKind::kNothing) {
      answer = WithNewest("searched", [&] { return SearchDatabase(database_, parsed, query, texts); });
    }
    answer.notes.insert(answer.notes.begin(), parsed.notes.begin(), parsed.notes.end());
    return answer;
  }

  std::vector<IndexCompletion> Complete(std::string_view typed, size_t limit) {
    return WithNewest("read", [&] { return CompleteLast(database_, typed, limit); });
  }

  std::vector<IndexHit> Related(std::string_view record_id, size_t limit) {
    return WithNewest("searched", [&] { return RelatedPages(database_, Ranking(), record_id, limit); });
  }

  uint64_t Applied() {
    return WithNewest("read", [&] { return NumberIn(parts_.base(), kAppliedKey); });
  }

  uint64_t Changes() {
    return WithNewest("read", [&] { return parts_.ChangesSeenBy(viewer_); });
  }

  uint64_t PageCount() {
    return WithNewest("read", [&]() -> uint64_t { return database_.get_doccount(); });
  }

  // By the thousand, so that the writer may commit as often as it likes, however long `visit` takes.
  void ForEachPage(const std::function<void(std::string_view, int)>& visit) {
    std::string last(kKeyPrefix);
    for (;;) {
      const std::vector<std::string> terms = WithNewest("read", [&] { return KeyTermsAfter(last); });
      if (terms.empty()) return;
      for (const std::string& term : terms) {
        const auto [record_id, page] = ParsePageKey(std::string_view(term).substr(kKeyPrefix.size()));
        visit(record_id, page);
      }
      last = terms.back();
    }
  }

 private:
  std::vector<std::string> KeyTermsAfter(const std::string& last) const {
    constexpr size_t kMost = 1000;
    std::vector<std::string> terms;
    const std::string prefix(kKeyPrefix);
    auto at = database_.allterms_begin(prefix);
    for (at.skip_to(last); at != database_.allterms_end(prefix) && terms.size() < kMost; ++at) {
      if (*at != last) terms.push_back(*at);
    }
    return terms;
  }

  Parts parts_;
  Viewer viewer_;
  Xapian::Database database_;  // what the viewer sees of the newest commit
};

IndexReader::IndexReader(const std::filesystem::path& dir) : impl_(std::make_unique<Impl>(dir)) {}
IndexReader::~IndexReader() = default;
void IndexReader::ShowTo(const Viewer& viewer) { impl_->ShowTo(viewer); }
IndexAnswer IndexReader::Search(const Query& query, const PageTexts& texts) { return impl_->Search(query, texts); }
std::vector<IndexCompletion> IndexReader::Complete(std::string_view typed, size_t limit) {
  return impl_->Complete(typed, limit);
}
std::vector<IndexHit> IndexReader::Related(std::string_view record_id, size_t limit) {
  return impl_->Related(record_id, limit);
}
uint64_t IndexReader::Applied() { return impl_->Applied(); }
uint64_t IndexReader::Changes() { return impl_->Changes(); }
uint64_t IndexReader::PageCount() { return impl_->PageCount(); }
void IndexReader::ForEachPage(const std::function<void(std::string_view, int)>& visit) { impl_->ForEachPage(visit); }

}  // namespace diwan
