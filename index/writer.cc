// The one writer of an index: pages come from the change feed and become searchable with the next commit.
//
// Everything since the last commit is one Xapian transaction. In a transaction Xapian writes blocks when its own limit
// of 10,000 documents is reached, but commits nothing: so a commit is always ours, with the sequence that belongs to
// it. A commit that we make early, to bound memory, keeps the old sequence: a crash then replays changes that are in
// the index already, and a replay changes nothing.
#include <fmt/format.h>
#include <xapian.h>

#include <charconv>
#include <optional>
#include <set>

#include "core/error.h"
#include "index/document.h"
#include "index/frequent_terms.h"
#include "index/index.h"
#include "index/likeness.h"
#include "index/schema.h"
#include "index/xapian_error.h"

namespace diwan {
namespace {

// Text put since the last commit; what Xapian holds for it in memory is about ten times as much.
constexpr size_t kMaxPendingBytes = size_t{32} << 20U;

uint64_t ReadNumber(const Xapian::Database& database, const char* key) {
  const std::string text = database.get_metadata(key);
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Xapian::WritableDatabase Open(const std::filesystem::path& dir) {
  std::error_code failed;
  std::filesystem::create_directories(dir, failed);
  if (failed) {
    throw Error(ErrorCode::kUnavailable,
                fmt::format("the index can't be made in {}: {}", dir.string(), failed.message()));
  }
  return Guarded("opened", [&] {
    return Xapian::WritableDatabase(dir.string(), Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
  });
}

}  // namespace

class IndexWriter::Impl {
 public:
  explicit Impl(const std::filesystem::path& dir) : database_(Open(dir)) {
    Guarded("opened", [&] {
      applied_ = ReadNumber(database_, kAppliedKey);
      CheckFormat();
      database_.begin_transaction();
    });
  }

  // Destruction without a commit gives up what is pending: Xapian cancels the transaction.

  void Put(const IndexedPage& page) {
    const PageDocument made = MakeDocument(page);
    const std::string key = MakeTerm(kKeyPrefix, PageKey(page.page->record_id, page.page->number));
    Change("written", [&] {
      likeness_.Note(database_, made.document);
      frequent_.Note(made.document);
      compounds_.insert(made.compounds.begin(), made.compounds.end());
      database_.replace_document(key, made.document);
    });
    pending_bytes_ += page.page->text.size();
    if (pending_bytes_ >= kMaxPendingBytes) Commit(applied_);
  }

  void Remove(std::string_view record_id, int page) {
    const std::string key = MakeTerm(kKeyPrefix, PageKey(record_id, page));
    Change("written", [&] { database_.delete_document(key); });
  }

  void Commit(uint64_t sequence) {
    Change("committed", [&] {
      likeness_.Write(database_);
      frequent_.Write(database_);
      for (const auto& [word, pieces] : compounds_) database_.add_synonym(MakeTerm(kCompoundKey, word), pieces);
      compounds_.clear();
      database_.set_metadata(kAppliedKey, std::to_string(sequence));
      database_.commit_transaction();
      database_.begin_transaction();
    });
    applied_ = sequence;
    pending_bytes_ = 0;
  }

  uint64_t Applied() const { return applied_; }

 private:
  void CheckFormat() {
    const uint64_t format = ReadNumber(database_, kFormatKey);
    if (format == kIndexFormat) return;
    if (format != 0 || database_.get_doccount() != 0) {
      throw Error(ErrorCode::kCorrupt, fmt::format("the index has format {}, this program reads {}: build it anew "
                                                   "with reindex",
                                                   format, kIndexFormat));
    }
    database_.set_metadata(kFormatKey, std::to_string(kIndexFormat));
    database_.commit();
  }

  // After a failure Xapian has dropped all that was pending, so a later commit would claim pages that are not there.
  template <typename Work>
  void Change(std::string_view doing, Work work) {
    if (failed_) throw Error(ErrorCode::kUnavailable, "the index writer failed before; open it again");
    try {
      work();
    } catch (const Xapian::Error& error) {
      failed_ = true;
      ThrowOurs(error, doing);
    } catch (...) {
      failed_ = true;
      throw;
    }
  }

  Xapian::WritableDatabase database_;
  LikenessWriter likeness_;
  FrequentTermsWriter frequent_;
  std::set<std::pair<std::string, std::string>> compounds_;  // to be written with the commit
  uint64_t applied_ = 0;
  size_t pending_bytes_ = 0;
  bool failed_ = false;
};

IndexWriter::IndexWriter(const std::filesystem::path& dir) : impl_(std::make_unique<Impl>(dir)) {}
IndexWriter::~IndexWriter() = default;
void IndexWriter::Put(const IndexedPage& page) { impl_->Put(page); }
void IndexWriter::Remove(std::string_view record_id, int page) { impl_->Remove(record_id, page); }
void IndexWriter::Commit(uint64_t sequence) { impl_->Commit(sequence); }
uint64_t IndexWriter::Applied() const { return impl_->Applied(); }

}  // namespace diwan
