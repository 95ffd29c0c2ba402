// The truth: everything that may never be lost, in one RocksDB database. The index is derived from its change feed.
// docs/on_disk_format.md has the column families, keys and values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/account.h"
#include "core/citation.h"
#include "core/delivery.h"
#include "core/paper_number.h"
#include "core/record.h"

namespace diwan {

class Sight;

// Of keys, values and column families together. A program opens stores of its own format and of older ones.
inline constexpr int kStoreFormat = 6;

struct StoreOptions {
  size_t block_cache_bytes = 64U << 20;
  size_t write_buffer_bytes = 16U << 20;  // of each column family
};

// How much is stored. Counted while writing, so asking is cheap.
struct StoreTotals {
  uint64_t records = 0;
  uint64_t pages = 0;
  uint64_t pages_without_text = 0;
  uint64_t bytes = 0;  // of the source files
  uint64_t jobs = 0;   // files waiting to be read
  bool operator==(const StoreTotals&) const = default;
};

// Several changes that become true together, in one synced write. Build it, then Store::Commit it. A record or page
// put here also puts its change-feed entry and gets the next version; what it replaces stays readable as PastVersion.
// Every commit that changes either must bring at least one audit entry: a version is ended by the last one whose
// subject is its record, else by the last.
struct ChangeSet {
  struct PagePut {
    Page page;
    std::string image;        // the access image's bytes; "" for none
    bool keep_image = false;  // the image that is stored stays
  };
  // The change was made from this version of the record (page 0) or page; 0: from its not being there.
  struct Base {
    std::string record_id;
    int page = 0;
    int version = 0;
  };
  std::vector<Base> bases;
  std::vector<Record> records;
  std::vector<PagePut> pages;
  std::vector<SourceFile> sources;  // their bytes were stored before, by SourceWriter
  std::vector<Batch> batches;
  std::vector<BatchEntry> entries;
  std::vector<Job> jobs;
  std::vector<std::string> finished_jobs;  // record ids
  std::vector<RecordCitations> citations;  // each replaces those that its record had
  std::vector<Account> accounts;           // each replaces the one of its name
  std::vector<Token> tokens;               // the same of its digest
  std::vector<Session> sessions;           // the same
  std::vector<std::string> ended;          // digests of tokens and sessions that go
  std::vector<Parcel> parcels;             // each replaces the one of its id
  std::vector<std::string> gone_parcels;   // ids
  std::vector<Receipt> receipts;           // each replaces the one of its digest
  std::vector<std::string> gone_receipts;  // digests
  std::vector<AuditEntry> audit;
};

// A record that bears a number, with what tells papers of one number apart; "" is not known.
struct NumberedPaper {
  PaperNumber number;
  std::string record_id;
  std::string merged_into;        // id of the record that it was merged into, or ""
  std::string type, body, court;  // values of its fields
  std::string date;               // the same
  int confidence = 0;             // percent, that the number is right; 100 when it is confirmed
  Audience audience;              // of the record
};

// A citation that names a number; the rest of it is among the citations of its record.
struct NumberedCitation {
  PaperNumber number;
  std::string record_id;
  uint32_t index = 0;
  CitedKind kind = CitedKind::kDecision;
  CitedRelation relation = CitedRelation::kRefersTo;
  bool whole = true;  // of no article or clause alone
  std::string body;
  std::string date;
  int confidence = 0;  // percent
};

// An audit entry and its place in the chain; hashes are hex. `hash` is the SHA-256 of the number (8 bytes, big-endian),
// the raw bytes of `previous`, and `bytes`, the entry as it is stored.
struct ChainedAuditEntry {
  uint64_t number = 0;
  AuditEntry entry;
  std::string previous;
  std::string hash;
  std::string bytes;
};

// What an earlier check said, kept outside of the archive; 0 entries: nothing is known.
struct KnownAuditHead {
  uint64_t entries = 0;
  std::string hash;
};

struct AuditCheck {
  uint64_t entries = 0;
  std::string head;  // hash of the last entry, hex; zeros without any
  uint64_t problem_count = 0;
  std::vector<std::string> problems;  // one line each; the first 100
};

// Whether lists have records that a person deleted or merged away.
enum class RecordsListed { kPresent, kAll };

// Receives the bytes of one source file in pieces, before its digest is known. Bytes written become part of the
// archive only with Finish and a committed SourceFile of that digest; those of a writer that was dropped, or of a
// process that died, are removed at the next opening of the store. One thread.
class SourceWriter {
 public:
  virtual ~SourceWriter() = default;
  virtual void Append(std::string_view bytes) = 0;
  // The digest of all bytes appended; they are readable under it as soon as a SourceFile of it is committed.
  virtual std::string Finish() = 0;
  virtual uint64_t size() const = 0;
};

// Store keeps records, pages and source bytes. One process may hold it open; in it, every method may be called from
// any thread. A store is what one viewer sees of it: to that viewer every method that reads is as if the records that
// are for others, and all that belongs to them, had never been stored. Any method throws kCorrupt when what it reads is
// damaged, and kUnavailable when the disk is full or fails.
class Store {
 public:
  // Opens the store in `dir`, or creates it (`dir`'s parent must be there). Throws kBusy while another process holds
  // it, kCorrupt when it is damaged or its format is newer than this program's, kDenied when the folder can't be used.
  // Shows everything.
  explicit Store(const std::filesystem::path& dir, const StoreOptions& options = {});
  ~Store();

  // The same store, as `viewer` sees it; it may outlive this. Changes made through it are of what is stored, whole:
  // whoever makes them has looked up what they change.
  Store SeenBy(const Viewer& viewer) const;
  const Viewer& viewer() const;
  bool SeesAll() const;
  // Whether there is such a record, deleted or not, that the viewer sees. True without a look for who sees everything.
  bool SeesRecord(std::string_view id) const;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Writes everything in `changes` in one synced batch: when this returns, none of it can be lost; when it throws,
  // none of it was written. Replacing a value is not an error, but throws Conflict when one of the set's bases is not
  // what is stored: so no change is lost to another that did not know of it. Returns the change feed's newest sequence
  // number.
  uint64_t Commit(const ChangeSet& changes);

  // The writer must not outlive the store.
  std::unique_ptr<SourceWriter> NewSource();

  // Each is empty when there is no such thing.
  std::optional<Record> GetRecord(std::string_view id) const;
  std::optional<std::string> RecordIdOfExternal(std::string_view external_id) const;
  // Whether a record has that external id, also one that the viewer does not see: it can't be given to another.
  bool HasExternalId(std::string_view external_id) const;
  std::optional<Page> GetPage(std::string_view record_id, int number) const;
  // The text alone of what GetPage gives, in a small part of its time.
  std::optional<std::string> GetPageText(std::string_view record_id, int number) const;
  std::optional<std::string> GetImage(std::string_view record_id, int number) const;
  std::optional<SourceFile> GetSource(std::string_view digest) const;
  std::optional<Batch> GetBatch(std::string_view id) const;
  std::optional<BatchEntry> GetEntry(std::string_view batch_id, uint32_t number) const;
  std::optional<Job> GetJob(std::string_view record_id) const;

  // What the record cites; empty when nothing was read of it.
  std::optional<RecordCitations> GetCitations(std::string_view record_id) const;
  // Hands what bears or names the number, in normal form, to `visit` until it returns false: of that year ("" is not
  // known), or of every year, by year and then by record.
  void VisitPapers(NumberRole role, std::string_view number, const std::optional<std::string>& year,
                   const std::function<bool(const NumberedPaper&)>& visit) const;
  void VisitCitations(NumberRole role, std::string_view number, const std::optional<std::string>& year,
                      const std::function<bool(const NumberedCitation&)>& visit) const;
  // How many entries of VisitPapers and VisitCitations are not what records and citations say; 0 in a sound store.
  uint64_t WrongNumberEntries() const;
  // Makes them right, and returns how many were not. Commits go on meanwhile.
  uint64_t MendNumberEntries();

  // What replaced the versions of a record (page 0) or page from `from` on, oldest first, each without its value.
  // Versions follow each other without a gap, those of a page also when it was removed and came again.
  std::vector<PastVersion> History(std::string_view record_id, int page, int from, size_t limit) const;
  // A version that was replaced, whole.
  std::optional<PastVersion> GetPast(std::string_view record_id, int page, int version) const;
  // Versions of History, by key alone.
  std::vector<int> PastVersions(std::string_view record_id, int page) const;

  // Numbers of the record's stored pages, in order.
  std::vector<int> PageNumbers(std::string_view record_id) const;

  // Hands the source's bytes to `sink` in order, piece by piece, until it returns false. Throws kNotFound when there is
  // no such source, kCorrupt when a piece is missing or the size is not the one stored.
  void ReadSource(std::string_view digest, const std::function<bool(std::string_view)>& sink) const;

  // Records in the order of their ids (that is, of their making), beginning after `after` ("" for the first).
  std::vector<Record> ListRecords(std::string_view after, size_t limit,
                                  RecordsListed listed = RecordsListed::kPresent) const;
  std::vector<SourceFile> ListSources(std::string_view after_digest, size_t limit) const;
  std::vector<BatchEntry> ListEntries(std::string_view batch_id) const;
  std::vector<Batch> ListBatches() const;
  // Those of `owner`, or of everybody with "", from behind the batch `from` on; "" for the first of the order.
  enum class Order { kOldestFirst, kNewestFirst };
  std::vector<Batch> Batches(std::string_view owner, std::string_view from, size_t limit, Order order) const;
  std::vector<Job> ListJobs() const;  // oldest first
  // Stored pages in key order, as (record id, page number), after that pair; not those of deleted records.
  std::vector<std::pair<std::string, int>> ListPages(const std::pair<std::string, int>& after, size_t limit) const;
  // The same of those without text alone.
  std::vector<std::pair<std::string, int>> ListPagesWithoutText(const std::pair<std::string, int>& after,
                                                                size_t limit) const;

  // Entries of the change feed with a sequence number greater than `after`, in order. A newer change of the same
  // thing has replaced its older entry, so following the feed ends.
  std::vector<Change> Changes(uint64_t after, size_t limit) const;
  uint64_t LastSequence() const;

  // Audit entries, oldest first, from the `from`-th on (0 is the first).
  std::vector<AuditEntry> Audit(uint64_t from, size_t limit) const;
  // The same with their places in the chain.
  std::vector<ChainedAuditEntry> AuditChain(uint64_t from, size_t limit) const;
  uint64_t AuditCount() const;
  // Goes over every entry from the first on. Finds whatever was altered, taken out, moved or cut off since it was
  // written, unless all that follows and the stored end were made anew to fit; then `known` tells.
  AuditCheck CheckAudit(const KnownAuditHead& known = {}) const;

  // Each is empty when there is no such thing. Lists are in the order of names, or of digests.
  std::optional<Account> GetAccount(std::string_view name) const;
  std::optional<Token> GetToken(std::string_view digest) const;
  std::optional<Session> GetSession(std::string_view digest) const;
  std::vector<Account> ListAccounts() const;
  std::vector<Token> ListTokens() const;
  std::vector<Session> ListSessions() const;

  // Each is empty when there is no such thing. Files on their way in are nobody's records yet: who asks compares
  // owners.
  std::optional<Parcel> GetParcel(std::string_view id) const;
  std::optional<Receipt> GetReceipt(std::string_view digest) const;
  std::vector<Parcel> ListParcels() const;
  // Digests of receipts from before `at`.
  std::vector<std::string> ReceiptsBefore(int64_t at, size_t limit) const;

  // Bytes and jobs are 0 for a viewer who does not see everything.
  StoreTotals Totals() const;

 private:
  class Impl;
  Store(std::shared_ptr<Impl> impl, const Viewer& viewer);

  std::shared_ptr<Impl> impl_;
  std::unique_ptr<const Sight> sight_;
};

}  // namespace diwan
