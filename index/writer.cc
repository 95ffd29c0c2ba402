// The one writer of an index: pages come from the change feed and become searchable with the next commit.
//
// Everything since the last commit is one Xapian transaction of each part. In a transaction Xapian writes blocks when
// its own limit of 10,000 documents is reached, but commits nothing: so a commit is always ours, with the sequence that
// belongs to it. A commit that we make early, to bound memory, keeps the old sequence: a crash then replays changes
// that are in the index already, and a replay changes nothing.
#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <vector>

#include "core/error.h"
#include "index/document.h"
#include "index/frequent_terms.h"
#include "index/index.h"
#include "index/likeness.h"
#include "index/parts.h"
#include "index/schema.h"
#include "index/xapian_error.h"

namespace diwan {
namespace {

// Text put since the last commit; what Xapian holds for it in memory is about ten times as much.
constexpr size_t kMaxPendingBytes = size_t{32} << 20U;

Xapian::WritableDatabase Open(const std::filesystem::path& dir, int how) {
  std::error_code failed;
  std::filesystem::create_directories(dir, failed);
  if (failed) {
    throw Error(ErrorCode::kUnavailable,
                fmt::format("the index can't be made in {}: {}", dir.string(), failed.message()));
  }
  return Guarded("opened", [&] { return Xapian::WritableDatabase(dir.string(), how | Xapian::DB_BACKEND_GLASS); });
}

// One database of the index, and what is noted for its next commit.
struct WrittenPart {
  std::string audience;
  Xapian::WritableDatabase database;
  LikenessWriter likeness;
  FrequentTermsWriter frequent;
  std::set<std::pair<std::string, std::string>> compounds;
  uint64_t changes = 0;

  void Put(const std::string& key, const PageDocument& page) {
    ++changes;
    likeness.Note(database, page.document);
    frequent.Note(page.document);
    compounds.insert(page.compounds.begin(), page.compounds.end());
    database.replace_document(key, page.document);
  }

  void Remove(const std::string& key) {
    if (!database.term_exists(key)) return;
    ++changes;
    database.delete_document(key);
  }

  void Commit() {
    likeness.Write(database);
    frequent.Write(database);
    for (const auto& [word, pieces] : compounds) database.add_synonym(MakeTerm(kCompoundKey, word), pieces);
    compounds.clear();
    if (changes > 0) database.set_metadata(kChangesKey, std::to_string(NumberIn(database, kChangesKey) + changes));
    changes = 0;
    database.commit_transaction();
    database.begin_transaction();
  }
};

}  // namespace

class IndexWriter::Impl {
 public:
  explicit Impl(std::filesystem::path dir) : dir_(std::move(dir)) {
    parts_.push_back({.audience = KeyOf({}), .database = Open(dir_, Xapian::DB_CREATE_OR_OPEN)});
    Guarded("opened", [&] {
      applied_ = NumberIn(Base(), kAppliedKey);
      CheckFormat();
      Base().begin_transaction();
      for (const std::string& audience : PartsOf(Base())) AddPart(audience, Xapian::DB_OPEN);
    });
  }

  // Destruction without a commit gives up what is pending: Xapian cancels the transaction.

  void Put(const IndexedPage& page) {
    const PageDocument made = MakeDocument(page);
    const std::string key = MakeTerm(kKeyPrefix, PageKey(page.page->record_id, page.page->number));
    const std::string audience = KeyOf(AudienceOf(*page.record));
    Change("written", [&] {
      WrittenPart& own = PartOf(audience);
      for (WrittenPart& part : parts_) {
        if (&part != &own) part.Remove(key);
      }
      own.Put(key, made);
    });
    pending_bytes_ += page.page->text.size();
    if (pending_bytes_ >= kMaxPendingBytes) Commit(applied_);
  }

  void Remove(std::string_view record_id, int page) {
    const std::string key = MakeTerm(kKeyPrefix, PageKey(record_id, page));
    Change("written", [&] {
      for (WrittenPart& part : parts_) part.Remove(key);
    });
  }

  void Commit(uint64_t sequence) {
    Change("committed", [&] {
      std::vector<std::string> audiences;
      for (size_t i = 1; i < parts_.size(); ++i) {
        audiences.push_back(parts_[i].audience);
        parts_[i].Commit();
      }
      Base().set_metadata(kPartsKey, PartsText(audiences));
      Base().set_metadata(kAppliedKey, std::to_string(sequence));
      parts_.front().Commit();
    });
    applied_ = sequence;
    pending_bytes_ = 0;
  }

  uint64_t Applied() const { return applied_; }

 private:
  Xapian::WritableDatabase& Base() { return parts_.front().database; }

  WrittenPart& AddPart(const std::string& audience, int how) {
    parts_.push_back({.audience = audience, .database = Open(PartFolder(dir_, parts_.size()), how)});
    parts_.back().database.begin_transaction();
    return parts_.back();
  }

  // A folder that no commit of the base names was left by a process that died.
  WrittenPart& PartOf(const std::string& audience) {
    const auto known =
        std::find_if(parts_.begin(), parts_.end(), [&](const WrittenPart& part) { return part.audience == audience; });
    return known != parts_.end() ? *known : AddPart(audience, Xapian::DB_CREATE_OR_OVERWRITE);
  }

  void CheckFormat() {
    const uint64_t format = NumberIn(Base(), kFormatKey);
    if (format == kIndexFormat) return;
    if (format != 0 || Base().get_doccount() != 0) {
      throw Error(ErrorCode::kCorrupt, fmt::format("the index has format {}, this program reads {}: build it anew "
                                                   "with reindex",
                                                   format, kIndexFormat));
    }
    Base().set_metadata(kFormatKey, std::to_string(kIndexFormat));
    Base().commit();
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

  const std::filesystem::path dir_;
  std::deque<WrittenPart> parts_;  // the base first
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
