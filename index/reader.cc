// Answers questions from the newest commit of an index.
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/error.h"
#include "index/index.h"
#include "index/query_builder.h"
#include "index/query_parser.h"
#include "index/schema.h"
#include "index/xapian_error.h"

namespace diwan {
namespace {

constexpr int kMaxAttempts = 5;         // when the writer commits under a reader
constexpr uint32_t kMaxPlace = 10'000;  // offset + limit

// Measured together with kSurfaceWeight.
constexpr double kTermSaturation = 1.2;
constexpr double kLengthNormalisation = 0.75;

Xapian::BM25Weight Ranking() { return {kTermSaturation, 0, 1, kLengthNormalisation, 0}; }

}  // namespace

class IndexReader::Impl {
 private:
  // Runs `read` on the newest commit, again when two newer ones came in between.
  template <typename Read>
  auto WithNewest(std::string_view doing, Read read) {
    return Guarded(doing, [&] {
      for (int attempt = 1;; ++attempt) {
        try {
          database_.reopen();
          return read();
        } catch (const Xapian::DatabaseModifiedError&) {
          if (attempt == kMaxAttempts) throw;
        }
      }
    });
  }

 public:
  explicit Impl(const std::filesystem::path& dir)
      : database_(Guarded("opened", [&] { return Xapian::Database(dir.string()); })) {}

  IndexAnswer Search(const Query& query) {
    ParsedQuery parsed = ParseQuery(query.text);
    IndexAnswer answer;
    if (parsed.root.kind != NodeKind::kNothing) {
      answer = WithNewest("searched", [&] { return Run(parsed, query); });
    }
    answer.notes = std::move(parsed.notes);
    return answer;
  }

  uint64_t Applied() {
    return WithNewest("read", [&] {
      const std::string text = database_.get_metadata(kAppliedKey);
      uint64_t applied = 0;
      std::from_chars(text.data(), text.data() + text.size(), applied);
      return applied;
    });
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

  IndexAnswer Run(const ParsedQuery& parsed, const Query& query) {
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Ranking());
    enquire.set_query(BuildQuery(parsed.root));
    enquire.set_sort_by_relevance_then_value(kKeySlot, false);
    const uint32_t offset = std::min(query.offset, kMaxPlace);
    const uint32_t limit = std::min(query.limit, kMaxPlace - offset);
    // That every page is looked at is what makes the total exact.
    const Xapian::MSet found = enquire.get_mset(offset, limit, database_.get_doccount());
    IndexAnswer answer;
    answer.total = found.get_matches_estimated();
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      const std::string key = hit.get_sort_key();
      const auto [record_id, page] = ParsePageKey(key);
      answer.hits.push_back({std::string(record_id), page, hit.get_weight()});
    }
    return answer;
  }

  Xapian::Database database_;
};

IndexReader::IndexReader(const std::filesystem::path& dir) : impl_(std::make_unique<Impl>(dir)) {}
IndexReader::~IndexReader() = default;
IndexAnswer IndexReader::Search(const Query& query) { return impl_->Search(query); }
uint64_t IndexReader::Applied() { return impl_->Applied(); }
uint64_t IndexReader::PageCount() { return impl_->PageCount(); }
void IndexReader::ForEachPage(const std::function<void(std::string_view, int)>& visit) { impl_->ForEachPage(visit); }

}  // namespace diwan
