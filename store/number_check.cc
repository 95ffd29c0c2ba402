// Both ways: each record has its entries, each entry its record.
#include "store/number_check.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/encoding.h"
#include "core/error.h"
#include "store/keys.h"

namespace diwan {
namespace {

constexpr size_t kAtOnce = 200;  // records behind one lock
constexpr size_t kIdBytes = 16;
constexpr size_t kIndexBytes = 4;

size_t HashOf(Family family, std::string_view key) {
  return std::hash<std::string_view>()(key) * 2 + (family == Family::kNumbers ? 0 : 1);
}

// The id in an entry's key; "" when it is too short to have one.
std::string IdIn(Family family, std::string_view key) {
  const size_t behind = kIdBytes + (family == Family::kNumbers ? 0 : kIndexBytes);
  return key.size() < behind ? std::string() : std::string(key.substr(key.size() - behind, kIdBytes));
}

}  // namespace

NumberCheck::NumberCheck(Database& database, std::mutex& commits, bool mend)
    : database_(database), commits_(commits), mend_(mend) {}

uint64_t NumberCheck::Run() {
  CompareRecords();
  FindStale(Family::kNumbers);
  FindStale(Family::kCitedNumbers);
  return wrong_;
}

// What the record's versions gave up, each to the next.
void NumberCheck::AddGivenUp(const Record& record, NumberEntries& entries) const {
  if (record.version == 1) return;
  std::optional<Record> before;
  const auto follow = [&](Record next) {
    if (before) entries.merge(GivenUpEntries(*before, next));
    before = std::move(next);
  };
  database_.Scan(Family::kHistory, NumberedKey(record.id, 0), "", [&](std::string_view, std::string_view value) {
    try {
      follow(DecodeRecord(DecodePastVersion(value, "a record's past").value, "a record's past"));
    } catch (const Error&) {
      before.reset();  // of a damaged version nothing is known
    }
    return true;
  });
  follow(record);
}

NumberEntries NumberCheck::Expected(Family family, const std::string& id_key) const {
  const bool records = family == Family::kNumbers;
  const std::string what = "a record's " + std::string(records ? "fields" : "citations");
  const auto stored = database_.Get(records ? Family::kRecords : Family::kCitations, id_key, what);
  if (!stored) return {};
  try {
    if (records) {
      const Record record = DecodeRecord(*stored, what);
      NumberEntries entries = EntriesOf(record);
      AddGivenUp(record, entries);
      return entries;
    }
    const auto record = database_.Get(Family::kRecords, id_key, what);
    if (record && !HasEntries(DecodeRecord(*record, what))) return {};
    return EntriesOf(DecodeRecordCitations(*stored, what));
  } catch (const Error&) {
    return {};  // a damaged value bears no number that could be relied on
  }
}

void NumberCheck::Compare(Family family, const std::string& id_key, Writes& writes) {
  for (const auto& [key, value] : Expected(family, id_key)) {
    expected_.insert(HashOf(family, key));
    if (database_.Get(family, key, "the entry of a number") == value) continue;
    ++wrong_;
    writes.Put(family, key, value);
  }
}

void NumberCheck::CompareRecords() {
  for (std::string from;;) {
    const std::lock_guard lock(commits_);
    std::vector<std::string> ids;
    database_.Scan(Family::kRecords, "", from, [&](std::string_view key, std::string_view) {
      ids.emplace_back(key);
      return ids.size() < kAtOnce;
    });
    if (ids.empty()) return;
    Writes writes(database_);
    for (const std::string& id : ids) {
      Compare(Family::kNumbers, id, writes);
      Compare(Family::kCitedNumbers, id, writes);
    }
    if (mend_ && !writes.empty()) database_.Write(writes, Database::Sync::kYes);
    from = KeyAfter(ids.back());
  }
}

void NumberCheck::FindStale(Family family) {
  std::vector<std::string> strange;
  database_.Scan(family, "", "", [&](std::string_view key, std::string_view) {
    if (!expected_.contains(HashOf(family, key))) strange.emplace_back(key);
    return true;
  });
  for (const std::string& key : strange) DropIfStale(family, key);
}

// What was committed since its record was compared is not stale.
void NumberCheck::DropIfStale(Family family, const std::string& key) {
  const std::lock_guard lock(commits_);
  if (Expected(family, IdIn(family, key)).contains(key)) return;
  if (!database_.Get(family, key, "the entry of a number")) return;
  ++wrong_;
  if (!mend_) return;
  Writes writes(database_);
  writes.Delete(family, key);
  database_.Write(writes, Database::Sync::kYes);
}

}  // namespace diwan
