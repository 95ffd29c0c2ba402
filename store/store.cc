// The store's door: commits one at a time, reads at any time. A page comes here when its worker has read it, and from
// here go the indexer, the readers, and whoever asks for the bytes as received.
#include "store/store.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "core/encoding.h"
#include "core/error.h"
#include "store/audit_chain.h"
#include "store/change_writer.h"
#include "store/database.h"
#include "store/keys.h"
#include "store/number_check.h"
#include "store/number_entries.h"
#include "store/sight.h"
#include "store/uploads.h"

namespace diwan {

class Store::Impl {
 public:
  Impl(const std::filesystem::path& dir, const StoreOptions& options) : database_(dir, options), uploads_(database_) {
    constexpr int kFirstWithNumbers = 4;  // in the form that NormalPaperNumber gives them today
    constexpr int kFirstWithLevels = 4;
    constexpr int kFirstWithChain = 5;
    const int format = database_.StoredFormat();
    if (format == kStoreFormat) return;
    if (format < kFirstWithNumbers) CheckNumbers(/*mend=*/true);
    if (format < kFirstWithLevels) {
      CountAsInternal();
      NoteParts();
    }
    if (format < kFirstWithChain) ChainOldAudit(database_);
    database_.RaiseFormat();
  }

  const Database& database() const { return database_; }
  Uploads& uploads() { return uploads_; }

  Counters StoredCounters() const {
    const auto stored = database_.Get(Family::kMeta, kCountersKey, "the store's counters");
    return stored ? DecodeCounters(*stored) : Counters{};
  }

  // One commit at a time: each counts on from the one before. When a sync fails, RocksDB takes no write until it
  // could put everything before it into tables, so a later commit never stands on one that was lost.
  uint64_t Commit(const ChangeSet& changes) {
    const std::lock_guard lock(commit_mutex_);
    ChangeWriter writer(database_, uploads_, StoredCounters());
    writer.Add(changes);
    if (!writer.writes().empty()) database_.Write(writer.writes(), Database::Sync::kYes);
    for (const std::string& digest : writer.adopted()) uploads_.Forget(digest);
    return writer.counters().sequence;
  }

  StoreTotals TotalsSeenBy(const Viewer& viewer) const {
    StoreTotals seen;
    database_.Scan(
        Family::kMeta, kTotalsKey, "",
        [&](std::string_view key, std::string_view value) {
          if (!Sees(viewer, AudienceOfKey(key.substr(kTotalsKey.size())))) return true;
          const StoreTotals totals = DecodeTotals(value);
          seen.records += totals.records;
          seen.pages += totals.pages;
          seen.pages_without_text += totals.pages_without_text;
          return true;
        },
        Database::Walk::kShort);
    return seen;
  }

  uint64_t CheckNumbers(bool mend) { return NumberCheck(database_, commit_mutex_, mend).Run(); }

  // The value under `key`, decoded; empty when `key` is empty, that is, of an id that can't be stored.
  template <typename T>
  std::optional<T> Read(Family family, const std::string& key, T (*decode)(std::string_view, std::string_view),
                        const std::string& what) const {
    if (key.empty()) return std::nullopt;
    const auto stored = database_.Get(family, key, what);
    return stored ? std::optional(decode(*stored, what)) : std::nullopt;
  }

  // Up to `limit` values with keys that begin with `prefix`, from `from` on. `name` names one by its key.
  template <typename T>
  std::vector<T> List(Family family, const std::string& prefix, const std::string& from, size_t limit,
                      T (*decode)(std::string_view, std::string_view),
                      const std::function<std::string(std::string_view key)>& name,
                      const std::function<bool(const T&)>& wanted = {}) const {
    std::vector<T> found;
    if (limit == 0) return found;
    database_.Scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
      T next = decode(value, name(key));
      if (!wanted || wanted(next)) found.push_back(std::move(next));
      return found.size() < limit;
    });
    return found;
  }

 private:
  // Of a store from before there were levels: all that it has is internal.
  void CountAsInternal() {
    Writes writes(database_);
    const std::string key = std::string(kTotalsKey) + KeyOf({});
    writes.Put(Family::kMeta, key, EncodeTotals(StoredCounters().totals));
    database_.Write(writes, Database::Sync::kYes);
  }

  // Of a store from before sources knew the records that were split off.
  void NoteParts() {
    std::map<std::string, SourceFile> sources;
    database_.Scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
      const Record record = DecodeRecord(value, "record " + ParseIdKey(key));
      if (record.first_page == 1 || record.source.empty()) return true;
      const auto stored = Read(Family::kSources, DigestKey(record.source), DecodeSourceFile, record.source);
      if (!stored) return true;
      SourceFile& source = sources.emplace(DigestKey(record.source), *stored).first->second;
      if (std::ranges::count(source.parts, record.id) == 0) source.parts.push_back(record.id);
      return true;
    });
    Writes writes(database_);
    for (const auto& [key, source] : sources) writes.Put(Family::kSources, key, Encode(source));
    database_.Write(writes, Database::Sync::kYes);
  }

  Database database_;
  Uploads uploads_;
  std::mutex commit_mutex_;
};

namespace {

constexpr size_t kAll = SIZE_MAX;

std::string NameOfRecord(std::string_view id) { return fmt::format("record {}", id); }
std::string NameOfPage(std::string_view id, int64_t number) { return fmt::format("page {} of record {}", number, id); }
std::string NameOfSource(std::string_view digest) { return fmt::format("source {}", digest); }
std::string NameOfBatch(std::string_view id) { return fmt::format("batch {}", id); }
std::string NameOfEntry(std::string_view id, uint32_t number) {
  return fmt::format("entry {} of batch {}", number, id);
}

std::string PageKey(std::string_view record_id, int number) {
  return number < 1 ? std::string() : NumberedKey(record_id, static_cast<uint32_t>(number));
}

// "" for what can't be stored; page 0 is the record.
std::string ThingKey(std::string_view record_id, int page) {
  return page < 0 ? std::string() : NumberedKey(record_id, static_cast<uint32_t>(page));
}

std::string NameOfVersion(std::string_view id, int page, int version) {
  return fmt::format("version {} of {}", version, page == 0 ? NameOfRecord(id) : NameOfPage(id, page));
}

PastVersion Named(PastVersion past, std::string_view record_id, int page, int version) {
  past.record_id = record_id;
  past.page = page;
  past.version = version;
  return past;
}

// Where a list begins that continues after `key`, made from `after`.
std::string Begin(std::string_view after, std::string key, std::string_view what) {
  if (after.empty()) return {};
  if (key.empty()) throw Error(ErrorCode::kInvalid, fmt::format("\"{}\" is no {} to continue after", after, what));
  return KeyAfter(std::move(key));
}

std::vector<std::pair<std::string, int>> ListPagesThat(const Database& database, const Sight& sight,
                                                       const std::pair<std::string, int>& after, size_t limit,
                                                       bool (*wanted)(Presence now)) {
  std::vector<std::pair<std::string, int>> pages;
  const auto number = static_cast<uint32_t>(std::max(after.second, 0));
  const std::string from = Begin(after.first, NumberedKey(after.first, number), "record id");
  if (limit == 0) return pages;
  database.Scan(Family::kChangeOf, "", from, [&](std::string_view key, std::string_view value) {
    Numbered page = ParseNumberedKey(key);
    if (!wanted(DecodeThing(value, NameOfPage(page.id, page.number)).presence)) return true;
    if (!sight.SeesRecord(page.id)) return true;
    pages.emplace_back(std::move(page.id), static_cast<int>(page.number));
    return pages.size() < limit;
  });
  return pages;
}

}  // namespace

Store::Store(const std::filesystem::path& dir, const StoreOptions& options)
    : Store(std::make_shared<Impl>(dir, options), Viewer()) {}

Store::Store(std::shared_ptr<Impl> impl, const Viewer& viewer)
    : impl_(std::move(impl)), sight_(std::make_unique<const Sight>(impl_->database(), viewer)) {}

Store::~Store() = default;

Store Store::SeenBy(const Viewer& viewer) const { return {impl_, viewer}; }

const Viewer& Store::viewer() const { return sight_->viewer(); }

bool Store::SeesAll() const { return sight_->all(); }

bool Store::SeesRecord(std::string_view id) const { return sight_->SeesRecord(id); }

uint64_t Store::Commit(const ChangeSet& changes) { return impl_->Commit(changes); }

std::unique_ptr<SourceWriter> Store::NewSource() { return impl_->uploads().New(); }

std::optional<Record> Store::GetRecord(std::string_view id) const {
  if (!sight_->SeesRecord(id)) return std::nullopt;
  return impl_->Read(Family::kRecords, IdKey(id), DecodeRecord, NameOfRecord(id));
}

std::optional<std::string> Store::RecordIdOfExternal(std::string_view external_id) const {
  const auto key = impl_->database().Get(Family::kExternalIds, external_id, "an external id");
  if (!key) return std::nullopt;
  std::string id = ParseIdKey(*key);
  return sight_->SeesRecord(id) ? std::optional(std::move(id)) : std::nullopt;
}

bool Store::HasExternalId(std::string_view external_id) const {
  return impl_->database().Get(Family::kExternalIds, external_id, "an external id").has_value();
}

std::optional<Page> Store::GetPage(std::string_view record_id, int number) const {
  if (!sight_->SeesRecord(record_id)) return std::nullopt;
  return impl_->Read(Family::kPages, PageKey(record_id, number), DecodePage, NameOfPage(record_id, number));
}

std::optional<std::string> Store::GetPageText(std::string_view record_id, int number) const {
  if (!sight_->SeesRecord(record_id)) return std::nullopt;
  return impl_->Read(Family::kPages, PageKey(record_id, number), DecodePageText, NameOfPage(record_id, number));
}

std::optional<std::string> Store::GetImage(std::string_view record_id, int number) const {
  const std::string key = PageKey(record_id, number);
  if (key.empty() || !sight_->SeesRecord(record_id)) return std::nullopt;
  return impl_->database().Get(Family::kImages, key, "the image of " + NameOfPage(record_id, number));
}

std::optional<SourceFile> Store::GetSource(std::string_view digest) const {
  auto source = impl_->Read(Family::kSources, DigestKey(digest), DecodeSourceFile, NameOfSource(digest));
  return source && sight_->Sees(*source) ? std::move(source) : std::nullopt;
}

std::optional<Batch> Store::GetBatch(std::string_view id) const {
  return impl_->Read(Family::kBatches, IdKey(id), DecodeBatch, NameOfBatch(id));
}

std::optional<BatchEntry> Store::GetEntry(std::string_view batch_id, uint32_t number) const {
  const std::string key = NumberedKey(batch_id, number);
  auto entry = impl_->Read(Family::kEntries, key, DecodeBatchEntry, NameOfEntry(batch_id, number));
  return entry && sight_->Sees(*entry) ? std::move(entry) : std::nullopt;
}

std::optional<Job> Store::GetJob(std::string_view record_id) const {
  auto job = impl_->Read(Family::kJobs, IdKey(record_id), DecodeJob, "the job of " + NameOfRecord(record_id));
  return job && sight_->Sees(*job) ? std::move(job) : std::nullopt;
}

std::optional<RecordCitations> Store::GetCitations(std::string_view record_id) const {
  if (!sight_->SeesRecord(record_id)) return std::nullopt;
  return impl_->Read(Family::kCitations, IdKey(record_id), DecodeRecordCitations,
                     "the citations of " + NameOfRecord(record_id));
}

void Store::VisitPapers(NumberRole role, std::string_view number, const std::optional<std::string>& year,
                        const std::function<bool(const NumberedPaper&)>& visit) const {
  impl_->database().Scan(
      Family::kNumbers, NumberPrefix(role, number, year), "",
      [&](std::string_view key, std::string_view value) {
        const NumberedPaper paper = ParsePaper(key, value);
        const bool seen = Sees(sight_->viewer(), paper.audience) &&
                          (paper.merged_into.empty() || sight_->SeesRecord(paper.merged_into));
        return !seen || visit(paper);
      },
      Database::Walk::kShort);
}

void Store::VisitCitations(NumberRole role, std::string_view number, const std::optional<std::string>& year,
                           const std::function<bool(const NumberedCitation&)>& visit) const {
  impl_->database().Scan(
      Family::kCitedNumbers, NumberPrefix(role, number, year), "",
      [&](std::string_view key, std::string_view value) {
        const NumberedCitation citation = ParseCitation(key, value);
        return !sight_->SeesRecord(citation.record_id) || visit(citation);
      },
      Database::Walk::kShort);
}

uint64_t Store::WrongNumberEntries() const { return impl_->CheckNumbers(/*mend=*/false); }

uint64_t Store::MendNumberEntries() { return impl_->CheckNumbers(/*mend=*/true); }

std::vector<PastVersion> Store::History(std::string_view record_id, int page, int from, size_t limit) const {
  std::vector<PastVersion> past;
  const std::string prefix = ThingKey(record_id, page);
  if (prefix.empty() || limit == 0 || !sight_->SeesRecord(record_id)) return past;
  const std::string begin =
      VersionKey(record_id, static_cast<uint32_t>(page), static_cast<uint32_t>(std::max(from, 0)));
  impl_->database().Scan(Family::kHistory, prefix, begin, [&](std::string_view key, std::string_view value) {
    const auto version = static_cast<int>(ParseVersionKey(key));
    past.push_back(Named(DecodePastChange(value, NameOfVersion(record_id, page, version)), record_id, page, version));
    return past.size() < limit;
  });
  return past;
}

std::optional<PastVersion> Store::GetPast(std::string_view record_id, int page, int version) const {
  if (ThingKey(record_id, page).empty() || version < 1 || !sight_->SeesRecord(record_id)) return std::nullopt;
  const std::string key = VersionKey(record_id, static_cast<uint32_t>(page), static_cast<uint32_t>(version));
  auto past = impl_->Read(Family::kHistory, key, DecodePastVersion, NameOfVersion(record_id, page, version));
  return past ? std::optional(Named(std::move(*past), record_id, page, version)) : std::nullopt;
}

std::vector<int> Store::PastVersions(std::string_view record_id, int page) const {
  std::vector<int> versions;
  const std::string prefix = ThingKey(record_id, page);
  if (prefix.empty() || !sight_->SeesRecord(record_id)) return versions;
  impl_->database().Scan(Family::kHistory, prefix, "", [&](std::string_view key, std::string_view) {
    versions.push_back(static_cast<int>(ParseVersionKey(key)));
    return true;
  });
  return versions;
}

std::vector<int> Store::PageNumbers(std::string_view record_id) const {
  std::vector<int> numbers;
  const std::string prefix = IdKey(record_id);
  if (prefix.empty() || !sight_->SeesRecord(record_id)) return numbers;
  impl_->database().Scan(Family::kChangeOf, prefix, NumberedKey(record_id, 1), [&](auto key, auto value) {
    const auto number = static_cast<int>(ParseNumberedKey(key).number);
    if (DecodeThing(value, NameOfPage(record_id, number)).presence != Presence::kGone) numbers.push_back(number);
    return true;
  });
  return numbers;
}

void Store::ReadSource(std::string_view digest, const std::function<bool(std::string_view)>& sink) const {
  const std::string what = NameOfSource(digest);
  const auto source = GetSource(digest);
  if (!source) throw Error(ErrorCode::kNotFound, fmt::format("{}: there is no such source file", what));
  const auto upload = impl_->database().Get(Family::kChunksOf, DigestKey(digest), what);
  uint64_t size = 0;
  for (uint32_t piece = 0; upload && size < source->size; ++piece) {
    const auto bytes = impl_->database().Get(Family::kChunks, NumberedKey(ParseIdKey(*upload), piece), what);
    if (!bytes || bytes->empty()) break;
    size += bytes->size();
    if (size > source->size) break;
    if (!sink(*bytes)) return;
  }
  if (upload && size == source->size) return;
  throw Error(ErrorCode::kCorrupt, fmt::format("{}: {} of its {} bytes are there; restore the archive from a backup",
                                               what, size, source->size));
}

std::vector<Record> Store::ListRecords(std::string_view after, size_t limit, RecordsListed listed) const {
  std::vector<Record> found;
  const std::string from = Begin(after, IdKey(after), "record id");
  if (limit == 0) return found;
  impl_->database().Scan(Family::kRecords, "", from, [&](std::string_view key, std::string_view value) {
    Record record = DecodeRecord(value, NameOfRecord(ParseIdKey(key)));
    const bool wanted = listed == RecordsListed::kAll || !record.deleted;
    const bool seen = Sees(sight_->viewer(), AudienceOf(record)) &&
                      (record.merged_into.empty() || sight_->SeesRecord(record.merged_into));
    if (wanted && seen) found.push_back(std::move(record));
    return found.size() < limit;
  });
  return found;
}

std::vector<SourceFile> Store::ListSources(std::string_view after_digest, size_t limit) const {
  return impl_->List<SourceFile>(
      Family::kSources, "", Begin(after_digest, DigestKey(after_digest), "digest"), limit, DecodeSourceFile,
      [](std::string_view key) { return NameOfSource(ParseDigestKey(key)); },
      [&](const SourceFile& source) { return sight_->Sees(source); });
}

std::vector<BatchEntry> Store::ListEntries(std::string_view batch_id) const {
  const std::string prefix = IdKey(batch_id);
  auto entries = impl_->List<BatchEntry>(
      Family::kEntries, prefix, "", prefix.empty() ? 0 : kAll, DecodeBatchEntry,
      [](std::string_view key) {
        const Numbered entry = ParseNumberedKey(key);
        return NameOfEntry(entry.id, entry.number);
      },
      [&](const BatchEntry& entry) { return sight_->Sees(entry); });
  // A gap would tell of an entry that is not seen.
  for (size_t i = 0; i < entries.size() && !sight_->all(); ++i) entries[i].number = static_cast<uint32_t>(i) + 1;
  return entries;
}

std::vector<Batch> Store::ListBatches() const {
  return impl_->List(Family::kBatches, "", "", kAll, DecodeBatch,
                     [](std::string_view key) { return NameOfBatch(ParseIdKey(key)); });
}

// With an owner, the keys are of `deliveries` and end in the batch's id.
std::vector<Batch> Store::Batches(std::string_view owner, std::string_view from, size_t limit, Order order) const {
  std::vector<Batch> found;
  const std::string id = IdKey(from);
  if (limit == 0 || (id.empty() && !from.empty())) return found;
  const Family family = owner.empty() ? Family::kBatches : Family::kDeliveries;
  const std::string prefix = owner.empty() ? std::string() : OwnerKey(owner);
  const auto visit = [&](std::string_view key, std::string_view) {
    if (auto batch = GetBatch(ParseIdKey(key.substr(prefix.size())))) found.push_back(std::move(*batch));
    return found.size() < limit;
  };
  if (order == Order::kNewestFirst) {
    impl_->database().ScanBack(family, prefix, id.empty() ? id : prefix + id, visit);
  } else {
    impl_->database().Scan(family, prefix, id.empty() ? id : KeyAfter(prefix + id), visit);
  }
  return found;
}

std::vector<Job> Store::ListJobs() const {
  auto jobs = impl_->List<Job>(
      Family::kJobs, "", "", kAll, DecodeJob,
      [](std::string_view key) { return "the job of " + NameOfRecord(ParseIdKey(key)); },
      [&](const Job& job) { return sight_->Sees(job); });
  std::ranges::stable_sort(jobs, {}, &Job::queued_at);
  return jobs;
}

std::vector<std::pair<std::string, int>> Store::ListPages(const std::pair<std::string, int>& after,
                                                          size_t limit) const {
  return ListPagesThat(impl_->database(), *sight_, after, limit,
                       [](Presence now) { return now == Presence::kText || now == Presence::kBlank; });
}

std::vector<std::pair<std::string, int>> Store::ListPagesWithoutText(const std::pair<std::string, int>& after,
                                                                     size_t limit) const {
  return ListPagesThat(impl_->database(), *sight_, after, limit, [](Presence now) { return now == Presence::kBlank; });
}

std::vector<Change> Store::Changes(uint64_t after, size_t limit) const {
  return impl_->List<Change>(
      Family::kChanges, "", KeyAfter(SequenceKey(after)), limit, DecodeChange,
      [](std::string_view key) { return fmt::format("change {}", ParseSequenceKey(key)); },
      [&](const Change& change) { return sight_->SeesRecord(change.record_id); });
}

uint64_t Store::LastSequence() const { return impl_->StoredCounters().sequence; }

std::vector<AuditEntry> Store::Audit(uint64_t from, size_t limit) const {
  std::vector<AuditEntry> entries;
  for (ChainedAuditEntry& chained : AuditChain(from, limit)) entries.push_back(std::move(chained.entry));
  return entries;
}

std::vector<ChainedAuditEntry> Store::AuditChain(uint64_t from, size_t limit) const {
  std::vector<ChainedAuditEntry> entries;
  if (limit == 0) return entries;
  impl_->database().Scan(Family::kAudit, "", SequenceKey(from), [&](std::string_view key, std::string_view value) {
    entries.push_back(ReadAuditValue(ParseSequenceKey(key), value));
    return entries.size() < limit;
  });
  return entries;
}

uint64_t Store::AuditCount() const { return impl_->StoredCounters().audit; }

AuditCheck Store::CheckAudit(const KnownAuditHead& known) const { return CheckAuditChain(impl_->database(), known); }

std::optional<Account> Store::GetAccount(std::string_view name) const {
  return impl_->Read(Family::kAccess, AccountKey(name), DecodeAccount, fmt::format("account {}", name));
}

std::optional<Token> Store::GetToken(std::string_view digest) const {
  return impl_->Read(Family::kAccess, TokenKey(digest), DecodeToken, "a token");
}

std::optional<Session> Store::GetSession(std::string_view digest) const {
  return impl_->Read(Family::kAccess, SessionKey(digest), DecodeSession, "a session");
}

std::vector<Account> Store::ListAccounts() const {
  return impl_->List(Family::kAccess, std::string(kAccountPrefix), "", kAll, DecodeAccount,
                     [](std::string_view key) { return fmt::format("account {}", key.substr(1)); });
}

std::vector<Token> Store::ListTokens() const {
  return impl_->List(Family::kAccess, std::string(kTokenPrefix), "", kAll, DecodeToken,
                     [](std::string_view) { return "a token"; });
}

std::vector<Session> Store::ListSessions() const {
  return impl_->List(Family::kAccess, std::string(kSessionPrefix), "", kAll, DecodeSession,
                     [](std::string_view) { return "a session"; });
}

std::optional<Parcel> Store::GetParcel(std::string_view id) const {
  return impl_->Read(Family::kDeliveries, ParcelKey(id), DecodeParcel, fmt::format("upload {}", id));
}

std::optional<Receipt> Store::GetReceipt(std::string_view digest) const {
  return impl_->Read(Family::kDeliveries, ReceiptKey(digest), DecodeReceipt, "the answer to a delivery");
}

std::vector<Parcel> Store::ListParcels() const {
  return impl_->List(Family::kDeliveries, std::string(kParcelPrefix), "", kAll, DecodeParcel,
                     [](std::string_view key) { return "upload " + ParseIdKey(key.substr(kParcelPrefix.size())); });
}

std::vector<std::string> Store::ReceiptsBefore(int64_t at, size_t limit) const {
  std::vector<std::string> digests;
  impl_->database().Scan(Family::kDeliveries, kReceiptPrefix, "", [&](std::string_view, std::string_view value) {
    Receipt receipt = DecodeReceipt(value, "the answer to a delivery");
    if (receipt.at < at) digests.push_back(std::move(receipt.digest));
    return digests.size() < limit;
  });
  return digests;
}

StoreTotals Store::Totals() const {
  return sight_->all() ? impl_->StoredCounters().totals : impl_->TotalsSeenBy(sight_->viewer());
}

}  // namespace diwan
