// What one commit writes. Everything in it rests on one rule: each stored record and page has its entry in
// `change_of`, which tells its place in the feed and how it was counted.
#include "store/change_writer.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>

#include "core/encoding.h"
#include "core/error.h"
#include "store/audit_chain.h"

namespace diwan {
namespace {

constexpr size_t kMaxExternalIdBytes = 1024;

std::string RequireKey(std::string key, std::string_view what, std::string_view id) {
  if (key.empty()) throw Error(ErrorCode::kInvalid, fmt::format("\"{}\" is no {}", id, what));
  return key;
}

std::string RecordKey(std::string_view id) { return RequireKey(IdKey(id), "record id", id); }

std::string NameOf(const Page& page) { return fmt::format("page {} of record {}", page.number, page.record_id); }

Presence PresenceOf(const Page& page) {
  return page.text.find_first_not_of(" \t\r\n\f\v") == std::string::npos ? Presence::kBlank : Presence::kText;
}

// How a thing counts in the totals.
StoreTotals WeightOf(Presence presence) {
  StoreTotals weight;
  weight.records = presence == Presence::kRecord ? 1 : 0;
  weight.pages = presence == Presence::kText || presence == Presence::kBlank ? 1 : 0;
  weight.pages_without_text = presence == Presence::kBlank ? 1 : 0;
  return weight;
}

// Which records have pages of a source is never forgotten, since all of them decide who sees it: whoever brought the
// same bytes in again may not have seen the others.
void KeepParts(const SourceFile& old, SourceFile& next) {
  std::vector<std::string> known = old.parts;
  known.push_back(old.record_id);
  for (std::string& id : known) {
    const bool there = id.empty() || id == next.record_id || std::ranges::count(next.parts, id) > 0;
    if (!there) next.parts.push_back(std::move(id));
  }
}

void Count(StoreTotals& totals, const StoreTotals& more, const StoreTotals& less) {
  totals.records += more.records - less.records;
  totals.pages += more.pages - less.pages;
  totals.pages_without_text += more.pages_without_text - less.pages_without_text;
}

}  // namespace

ChangeWriter::ChangeWriter(const Database& database, const Uploads& uploads, const Counters& counters)
    : database_(database), uploads_(uploads), counters_(counters), writes_(database) {}

void ChangeWriter::Add(const ChangeSet& changes) {
  if (changes.audit.empty() && !(changes.records.empty() && changes.pages.empty() && changes.citations.empty())) {
    throw Error(ErrorCode::kInternal, "a change of a record or page came without an audit entry");
  }
  CheckBases(changes.bases);
  AddRecords(changes);
  AddPages(changes);
  AddCitations(changes.citations);
  AddSources(changes.sources);
  for (const Batch& batch : changes.batches) {
    writes_.Put(Family::kBatches, RequireKey(IdKey(batch.id), "batch id", batch.id), Encode(batch));
    if (!batch.owner.empty()) writes_.Put(Family::kDeliveries, OwnedBatchKey(batch.owner, batch.id), "");
  }
  for (const BatchEntry& entry : changes.entries) {
    const std::string key = RequireKey(NumberedKey(entry.batch_id, entry.number), "batch id", entry.batch_id);
    writes_.Put(Family::kEntries, key, Encode(entry));
  }
  AddJobs(changes);
  AddAccess(changes);
  AddDeliveries(changes);
  AddAudit(changes.audit);
  WriteTotals();
  if (!writes_.empty()) writes_.Put(Family::kMeta, kCountersKey, EncodeCounters(counters_));
}

void ChangeWriter::CheckBases(const std::vector<ChangeSet::Base>& bases) const {
  for (const ChangeSet::Base& base : bases) {
    const std::string key = RecordKey(base.record_id);
    const std::string record = fmt::format("record {}", base.record_id);
    std::string value;
    int version = 0;
    if (base.page != 0) {
      version = StoredPageVersion(base.record_id, static_cast<uint32_t>(base.page), value);
    } else if (const auto stored = database_.Get(Family::kRecords, key, record)) {
      version = DecodeRecord(*stored, record).version;
    }
    if (version == base.version) continue;
    const std::string what = base.page == 0 ? record : fmt::format("page {} of {}", base.page, record);
    throw Conflict(fmt::format("{} was changed meanwhile: its version is {}, not {}; look at it again", what, version,
                               base.version),
                   version);
  }
}

void ChangeWriter::AddRecords(const ChangeSet& changes) {
  for (const Record& record : changes.records) {
    records_[RecordKey(record.id)] = &record;
    if (record.page_count < 0) throw Error(ErrorCode::kInvalid, fmt::format("record {}: no page count", record.id));
  }
  for (const auto& [key, record] : records_) {
    const std::string what = fmt::format("record {}", record->id);
    auto stored = database_.Get(Family::kRecords, key, what);
    if (!stored) continue;
    old_records_[key] = DecodeRecord(*stored, what);
    old_bytes_[key] = std::move(*stored);
  }
  MoveExternalIds();
  for (const auto& [key, record] : records_) AddRecord(key, *record, changes);
}

void ChangeWriter::AddRecord(const std::string& key, const Record& record, const ChangeSet& changes) {
  const auto old = old_records_.find(key);
  const bool is_new = old == old_records_.end();
  Record next = record;
  next.version = is_new ? 1 : old->second.version + 1;
  writes_.Put(Family::kRecords, key, Encode(next));
  ReplaceEntries(Family::kNumbers, is_new ? NumberEntries() : EntriesOf(old->second), EntriesOf(record));
  NoteChange(record.id, 0, Presence::kRecord);
  if (!is_new) {
    ReplaceEntries(Family::kNumbers, {}, GivenUpEntries(old->second, record));
    KeepPast({.record_id = record.id, .version = old->second.version, .replaced_by = {}, .value = old_bytes_[key]},
             changes);
    const bool gone_or_back = old->second.deleted.has_value() != record.deleted.has_value();
    if (gone_or_back || AudienceOf(old->second) != AudienceOf(record)) RenotePages(record, changes);
  }
  RemovePagesBeyond(record, changes);
}

void ChangeWriter::KeepPast(PastVersion past, const ChangeSet& changes) {
  const auto ended = std::find_if(changes.audit.rbegin(), changes.audit.rend(),
                                  [&](const AuditEntry& entry) { return entry.subject == past.record_id; });
  past.replaced_by = ended == changes.audit.rend() ? changes.audit.back() : *ended;
  const auto page = static_cast<uint32_t>(past.page);
  writes_.Put(Family::kHistory, VersionKey(past.record_id, page, static_cast<uint32_t>(past.version)), Encode(past));
}

void ChangeWriter::RenotePages(const Record& record, const ChangeSet& changes) {
  std::set<int> put;
  for (const ChangeSet::PagePut& page : changes.pages) {
    if (page.page.record_id == record.id) put.insert(page.page.number);
  }
  database_.Scan(Family::kChangeOf, RecordKey(record.id), NumberedKey(record.id, 1), [&](std::string_view key, auto) {
    const uint32_t number = ParseNumberedKey(key).number;
    const Presence presence = StoredThing(record.id, number).presence;
    const bool stays = number <= static_cast<uint32_t>(record.page_count) && !put.contains(static_cast<int>(number));
    if (stays && presence != Presence::kGone) NoteChange(record.id, number, presence);
    return true;
  });
}

// First every id that is given up, then every id that is claimed, so that records may swap theirs in one commit.
void ChangeWriter::MoveExternalIds() {
  std::set<std::string> given_up;
  for (const auto& [key, record] : records_) {
    const auto stored = old_records_.find(key);
    if (stored == old_records_.end()) continue;
    const std::string& old = stored->second.external_id;
    if (old.empty() || old == record->external_id) continue;
    writes_.Delete(Family::kExternalIds, old);
    given_up.insert(old);
  }
  std::map<std::string_view, std::string> claimed;
  for (const auto& [key, record] : records_) {
    const std::string& id = record->external_id;
    if (id.empty()) continue;
    if (id.size() > kMaxExternalIdBytes) {
      throw Error(ErrorCode::kTooLarge,
                  fmt::format("an external id of {} bytes; up to {} are allowed", id.size(), kMaxExternalIdBytes));
    }
    const auto stored = given_up.contains(id)
                            ? std::nullopt
                            : database_.Get(Family::kExternalIds, id, fmt::format("external id \"{}\"", id));
    if ((stored && *stored != key) || !claimed.emplace(id, key).second) {
      throw Error(ErrorCode::kInvalid, fmt::format("external id \"{}\" of record {} is another record's; give each "
                                                   "record one of its own",
                                                   id, record->id));
    }
    writes_.Put(Family::kExternalIds, id, key);
  }
}

void ChangeWriter::ReplaceEntries(Family family, const NumberEntries& old, const NumberEntries& now) {
  for (const auto& [key, value] : old) {
    if (!now.contains(key)) writes_.Delete(family, key);
  }
  for (const auto& [key, value] : now) {
    const auto same = old.find(key);
    if (same == old.end() || same->second != value) writes_.Put(family, key, value);
  }
}

void ChangeWriter::AddCitations(const std::vector<RecordCitations>& citations) {
  std::map<std::string, const RecordCitations*> newest;
  for (const RecordCitations& each : citations) newest[RecordKey(each.record_id)] = &each;
  for (const auto& [key, each] : newest) {
    if (!records_.contains(key) && StoredThing(each->record_id, 0).presence == Presence::kGone) {
      throw Error(ErrorCode::kInvalid,
                  fmt::format("the citations of record {}: there is no such record", each->record_id));
    }
    AddCitationsOf(key, each);
  }
  for (const auto& [key, record] : records_) {
    if (!newest.contains(key) && IsCiting(record->id) != WasCiting(record->id)) AddCitationsOf(key, nullptr);
  }
}

// `now` nullptr: they stay, and their record is deleted or restored.
void ChangeWriter::AddCitationsOf(const std::string& key, const RecordCitations* now) {
  const std::string id = ParseIdKey(key);
  const std::string what = fmt::format("the citations of record {}", id);
  const auto stored = database_.Get(Family::kCitations, key, what);
  const RecordCitations old = stored ? DecodeRecordCitations(*stored, what) : RecordCitations{.record_id = id};
  ReplaceEntries(Family::kCitedNumbers, WasCiting(id) ? EntriesOf(old) : NumberEntries(),
                 IsCiting(id) ? EntriesOf(now == nullptr ? old : *now) : NumberEntries());
  if (now != nullptr) writes_.Put(Family::kCitations, key, Encode(*now));
}

void ChangeWriter::RemovePagesBeyond(const Record& record, const ChangeSet& changes) {
  const std::string key = RecordKey(record.id);
  const auto first = static_cast<uint32_t>(record.page_count) + 1;
  database_.Scan(Family::kChangeOf, key, NumberedKey(record.id, first), [&](std::string_view page, std::string_view) {
    const uint32_t number = ParseNumberedKey(page).number;
    PastVersion past{.record_id = record.id, .page = static_cast<int>(number)};
    past.version = StoredPageVersion(record.id, number, past.value);
    if (past.version == 0) return true;
    KeepPast(std::move(past), changes);
    writes_.Delete(Family::kPages, page);
    writes_.Delete(Family::kImages, page);
    NoteChange(record.id, number, Presence::kGone);
    return true;
  });
}

void ChangeWriter::AddPages(const ChangeSet& changes) {
  std::map<std::string, const ChangeSet::PagePut*> newest;  // of a page given twice the last
  for (const ChangeSet::PagePut& put : changes.pages) {
    if (put.page.number < 1) throw Error(ErrorCode::kInvalid, fmt::format("{}: pages count from 1", NameOf(put.page)));
    const auto number = static_cast<uint32_t>(put.page.number);
    newest[RequireKey(NumberedKey(put.page.record_id, number), "record id", put.page.record_id)] = &put;
  }
  for (const auto& [key, put] : newest) AddPage(key, *put, changes);
}

int ChangeWriter::LastPast(std::string_view record_id, uint32_t page) const {
  int last = 0;
  database_.Scan(Family::kHistory, NumberedKey(record_id, page), "", [&](std::string_view key, std::string_view) {
    last = static_cast<int>(ParseVersionKey(key));
    return true;
  });
  return last;
}

int ChangeWriter::StoredPageVersion(std::string_view record_id, uint32_t page, std::string& value) const {
  if (StoredThing(record_id, page).presence == Presence::kGone) return 0;
  const std::string what = fmt::format("page {} of record {}", page, record_id);
  auto stored = database_.Get(Family::kPages, NumberedKey(record_id, page), what);
  value = stored ? std::move(*stored) : std::string();
  try {
    return DecodePageVersion(value, what);
  } catch (const Error&) {
    return LastPast(record_id, page) + 1;  // a damaged page can be replaced, and keeps its place in the history
  }
}

void ChangeWriter::AddPage(const std::string& key, const ChangeSet::PagePut& put, const ChangeSet& changes) {
  const Page& page = put.page;
  const auto record = records_.find(RecordKey(page.record_id));
  const bool known = record != records_.end() || StoredThing(page.record_id, 0).presence != Presence::kGone;
  if (!known) throw Error(ErrorCode::kInvalid, fmt::format("{}: there is no such record", NameOf(page)));
  if (record != records_.end() && page.number > record->second->page_count) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("{}: the record has {} pages", NameOf(page), record->second->page_count));
  }
  AddImage(key, put);
  const auto number = static_cast<uint32_t>(page.number);
  PastVersion past{.record_id = page.record_id, .page = page.number};
  past.version = StoredPageVersion(page.record_id, number, past.value);
  const bool removed = past.version == 0 && StoredThing(page.record_id, number).sequence != 0;
  Page next = page;
  next.version = 1 + (removed ? LastPast(page.record_id, number) : past.version);
  if (past.version != 0) KeepPast(std::move(past), changes);
  writes_.Put(Family::kPages, key, Encode(next));
  NoteChange(page.record_id, number, PresenceOf(page));
}

void ChangeWriter::AddImage(const std::string& key, const ChangeSet::PagePut& put) {
  if (put.keep_image) return;
  if (put.image.empty() && !put.page.image_type.empty()) {
    throw Error(ErrorCode::kInvalid, fmt::format("{}: its image is missing", NameOf(put.page)));
  }
  if (put.image.empty()) {
    writes_.Delete(Family::kImages, key);
  } else {
    writes_.Put(Family::kImages, key, put.image);
  }
}

void ChangeWriter::AddSources(const std::vector<SourceFile>& sources) {
  std::map<std::string, const SourceFile*> newest;
  for (const SourceFile& source : sources) {
    newest[RequireKey(DigestKey(source.digest), "digest", source.digest)] = &source;
  }
  for (const auto& [key, source] : newest) {
    const std::string what = fmt::format("source {}", source->digest);
    const auto stored = database_.Get(Family::kSources, key, what);
    SourceFile next = *source;
    if (stored) {
      const SourceFile old = DecodeSourceFile(*stored, what);
      counters_.totals.bytes -= old.size;
      KeepParts(old, next);
    } else {
      const auto upload = uploads_.Finished(source->digest);
      if (!upload || upload->size != source->size) {
        throw Error(ErrorCode::kInvalid, fmt::format("{}: its {} bytes were not stored before", what, source->size));
      }
      writes_.Put(Family::kChunksOf, key, IdKey(upload->id));
      writes_.Delete(Family::kUploads, IdKey(upload->id));
      adopted_.push_back(source->digest);
    }
    counters_.totals.bytes += source->size;
    writes_.Put(Family::kSources, key, Encode(next));
  }
}

void ChangeWriter::AddJobs(const ChangeSet& changes) {
  std::map<std::string, const Job*> newest;  // nullptr: finished
  for (const Job& job : changes.jobs) newest[RecordKey(job.record_id)] = &job;
  for (const std::string& id : changes.finished_jobs) newest[RecordKey(id)] = nullptr;
  for (const auto& [key, job] : newest) {
    counters_.totals.jobs -= database_.Get(Family::kJobs, key, "a job") ? 1 : 0;
    counters_.totals.jobs += job != nullptr ? 1 : 0;
    if (job != nullptr) {
      writes_.Put(Family::kJobs, key, Encode(*job));
    } else {
      writes_.Delete(Family::kJobs, key);
    }
  }
}

void ChangeWriter::AddAccess(const ChangeSet& changes) {
  for (const Account& account : changes.accounts) {
    writes_.Put(Family::kAccess, AccountKey(account.name), Encode(account));
  }
  for (const Token& token : changes.tokens) {
    writes_.Put(Family::kAccess, RequireKey(TokenKey(token.digest), "digest", token.digest), Encode(token));
  }
  for (const Session& session : changes.sessions) {
    writes_.Put(Family::kAccess, RequireKey(SessionKey(session.digest), "digest", session.digest), Encode(session));
  }
  for (const std::string& digest : changes.ended) {
    writes_.Delete(Family::kAccess, RequireKey(TokenKey(digest), "digest", digest));
    writes_.Delete(Family::kAccess, SessionKey(digest));
  }
}

void ChangeWriter::AddDeliveries(const ChangeSet& changes) {
  for (const Parcel& parcel : changes.parcels) {
    writes_.Put(Family::kDeliveries, RequireKey(ParcelKey(parcel.id), "parcel", parcel.id), Encode(parcel));
  }
  for (const std::string& id : changes.gone_parcels) {
    writes_.Delete(Family::kDeliveries, RequireKey(ParcelKey(id), "parcel", id));
  }
  for (const Receipt& receipt : changes.receipts) {
    writes_.Put(Family::kDeliveries, RequireKey(ReceiptKey(receipt.digest), "digest", receipt.digest), Encode(receipt));
  }
  for (const std::string& digest : changes.gone_receipts) {
    writes_.Delete(Family::kDeliveries, RequireKey(ReceiptKey(digest), "digest", digest));
  }
}

void ChangeWriter::AddAudit(const std::vector<AuditEntry>& entries) {
  if (entries.empty()) return;
  AuditHead head = StoredAuditHead(database_);
  for (const AuditEntry& entry : entries) AppendAudit(writes_, head, entry);
  PutAuditHead(writes_, head);
  counters_.audit = head.entries;
}

Thing ChangeWriter::StoredThing(std::string_view record_id, uint32_t page) const {
  const std::string what = fmt::format("page {} of record {}", page, record_id);
  const auto stored = database_.Get(Family::kChangeOf, NumberedKey(record_id, page), what);
  return stored ? DecodeThing(*stored, what) : Thing{};
}

bool ChangeWriter::WasHidden(std::string_view record_id) const {
  return StoredThing(record_id, 0).presence == Presence::kHiddenRecord;
}

bool ChangeWriter::IsHidden(std::string_view record_id) const {
  const auto record = records_.find(RecordKey(record_id));
  return record == records_.end() ? WasHidden(record_id) : record->second->deleted.has_value();
}

bool ChangeWriter::WasCiting(std::string_view record_id) const {
  if (!WasHidden(record_id)) return true;
  const std::string key = RecordKey(record_id);
  if (const auto old = old_records_.find(key); old != old_records_.end()) return HasEntries(old->second);
  const std::string what = fmt::format("record {}", record_id);
  const auto stored = database_.Get(Family::kRecords, key, what);
  return stored && HasEntries(DecodeRecord(*stored, what));
}

bool ChangeWriter::IsCiting(std::string_view record_id) const {
  const auto record = records_.find(RecordKey(record_id));
  return record == records_.end() ? WasCiting(record_id) : HasEntries(*record->second);
}

void ChangeWriter::NoteChange(std::string_view record_id, uint32_t page, Presence presence) {
  const Presence now = WithHidden(presence, IsHidden(record_id));
  const Thing old = StoredThing(record_id, page);
  if (old.sequence != 0) writes_.Delete(Family::kChanges, SequenceKey(old.sequence));
  const Change change{.sequence = ++counters_.sequence,
                      .kind = page == 0 ? ChangeKind::kRecord : ChangeKind::kPage,
                      .record_id = std::string(record_id),
                      .page = static_cast<int>(page)};
  writes_.Put(Family::kChanges, SequenceKey(change.sequence), Encode(change));
  writes_.Put(Family::kChangeOf, NumberedKey(record_id, page),
              EncodeThing({.sequence = change.sequence, .presence = now}));
  const StoreTotals less = WeightOf(old.presence);
  const StoreTotals more = WeightOf(now);
  Count(counters_.totals, more, less);
  Count(moved_[AudienceBefore(record_id)], {}, less);
  Count(moved_[AudienceAfter(record_id)], more, {});
}

std::string ChangeWriter::AudienceAfter(std::string_view record_id) {
  const std::string key = RecordKey(record_id);
  const auto record = records_.find(key);
  return record == records_.end() ? AudienceBefore(record_id) : KeyOf(AudienceOf(*record->second));
}

std::string ChangeWriter::AudienceBefore(std::string_view record_id) {
  const std::string key = RecordKey(record_id);
  if (const auto old = old_records_.find(key); old != old_records_.end()) return KeyOf(AudienceOf(old->second));
  if (records_.contains(key)) return "";
  const auto [known, added] = audiences_.try_emplace(key);
  if (!added) return known->second;
  const std::string what = fmt::format("record {}", record_id);
  if (const auto stored = database_.Get(Family::kRecords, key, what)) {
    known->second = KeyOf(AudienceOf(DecodeRecord(*stored, what)));
  }
  return known->second;
}

void ChangeWriter::WriteTotals() {
  for (const auto& [audience, moved] : moved_) {
    if (audience.empty() || moved == StoreTotals{}) continue;
    const std::string key = std::string(kTotalsKey) + audience;
    const auto stored = database_.Get(Family::kMeta, key, "the store's counters");
    StoreTotals totals = stored ? DecodeTotals(*stored) : StoreTotals{};
    Count(totals, moved, {});
    writes_.Put(Family::kMeta, key, EncodeTotals(totals));
  }
}

}  // namespace diwan
