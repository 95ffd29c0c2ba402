// A version is made by the change that ended the one before, and with it stands in the store's history.
#include "archive/history.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/fetch.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kMostListed = 1000;

[[noreturn]] void NoVersion(const std::string& what, int version) {
  throw Error(ErrorCode::kNotFound, fmt::format("{} has no version {}", what, version));
}

std::string NameOfPage(const std::string& record_id, int page) {
  return fmt::format("page {} of record {}", page, record_id);
}

int NewestOf(const Store& store, const std::string& record_id, int page) {
  if (const auto stored = store.GetPage(record_id, page)) return stored->version;
  const std::vector<int> past = store.PastVersions(record_id, page);
  if (past.empty()) throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", record_id, page));
  return past.back() + 1;  // it was removed
}

// Whether every record is seen whose id stands in the text.
bool SeesAllIn(const Store& store, std::string_view text) {
  constexpr size_t kIdSize = 36;
  for (size_t at = 0; at + kIdSize <= text.size(); ++at) {
    const std::string_view id = text.substr(at, kIdSize);
    if (IsId(id) && !store.SeesRecord(id)) return false;
  }
  return true;
}

// A change that names a record which the viewer does not see is told as a change, and no more.
AuditEntry Told(const Store& store, AuditEntry entry) {
  if (store.SeesAll() || (SeesAllIn(store, entry.detail) && SeesAllIn(store, entry.why))) return entry;
  return {.at = entry.at, .actor = std::move(entry.actor), .action = "record.change", .subject = entry.subject};
}

}  // namespace

History HistoryOf(Archive& archive, std::string_view record, int page, int from, size_t limit) {
  if (limit == 0 || limit > kMostListed) {
    throw Error(ErrorCode::kInvalid, fmt::format("limit must be from 1 to {}", kMostListed));
  }
  const Store& store = archive.store();
  const Record found = FetchRecord(archive, record, Gone::kShow);
  History history{.record_id = found.id, .page = page};
  history.version = page == 0 ? found.version : NewestOf(store, found.id, page);
  if (from <= 1) history.versions.push_back({.version = 1, .made_by = {.at = found.created_at, .subject = found.id}});
  for (PastVersion& ended : store.History(found.id, page, std::max(from - 1, 1), limit + 1)) {
    history.versions.push_back({.version = ended.version + 1, .made_by = Told(store, std::move(ended.replaced_by))});
  }
  history.more = history.versions.size() > limit;
  if (history.more) history.versions.resize(limit);
  return history;
}

Record RecordVersion(Archive& archive, std::string_view record, int version) {
  Record now = FetchRecord(archive, record, Gone::kShow);
  HideOthers(archive.store(), now);
  if (now.version == version) return now;
  const std::string what = fmt::format("record {}", now.id);
  const auto past = archive.store().GetPast(now.id, 0, version);
  if (!past) NoVersion(what, version);
  Record then = DecodeRecord(past->value, fmt::format("version {} of {}", version, what));
  HideOthers(archive.store(), then);
  return then;
}

Page PageVersion(Archive& archive, std::string_view record, int page, int version) {
  const std::string id = FetchRecord(archive, record, Gone::kShow).id;
  auto now = archive.store().GetPage(id, page);
  if (now && now->version == version) return std::move(*now);
  const std::string what = NameOfPage(id, page);
  const auto past = archive.store().GetPast(id, page, version);
  if (!past) NoVersion(what, version);
  return DecodePage(past->value, fmt::format("version {} of {}", version, what));
}

}  // namespace diwan
