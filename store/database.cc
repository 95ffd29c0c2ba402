// Opens the truth and refuses what it can't keep: newer formats, other programs' databases, damaged ones. Never calls
// RepairDB and never opens read-only: both lose data that lies in blob files (RocksDB 7.8).
#include "store/database.h"

#include <fmt/core.h>
#include <rocksdb/cache.h>

#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "store/folder.h"
#include "store/keys.h"

namespace diwan {
namespace {

rocksdb::Slice AsSlice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view AsView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::string OneLine(const rocksdb::Status& status) {
  std::string text = status.ToString();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

[[noreturn]] void Fail(const rocksdb::Status& status, std::string_view what) {
  const std::string why = OneLine(status);
  if (status.IsCorruption() || status.IsPathNotFound()) {
    throw Error(ErrorCode::kCorrupt, fmt::format("{}: damaged; restore the archive from a backup ({})", what, why));
  }
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::SubCode::kSpaceLimit) {
    throw Error(ErrorCode::kUnavailable, fmt::format("{}: the disk is full; make room and try again ({})", what, why));
  }
  const bool ours = status.IsInvalidArgument() || status.IsNotSupported();
  throw Error(ours ? ErrorCode::kInternal : ErrorCode::kUnavailable, fmt::format("{}: {}", what, why));
}

void Require(const rocksdb::Status& status, std::string_view what) {
  if (!status.ok()) Fail(status, what);
}

// An error of the lock file is told by the file's name alone: RocksDB has no code for it, and the system's words
// depend on the reader's language. Permissions were checked before.
[[noreturn]] void FailToOpen(const rocksdb::Status& status, const std::string& dir) {
  const std::string what = fmt::format("the store in {}", dir);
  if (status.IsIOError() && OneLine(status).find(dir + "/LOCK") != std::string::npos) {
    throw Error(ErrorCode::kBusy, fmt::format("{}: another process holds it; stop that one, or ask it", what));
  }
  if (status.IsInvalidArgument() || status.IsNotSupported()) {
    throw Error(ErrorCode::kCorrupt,
                fmt::format("{}: damaged, or of a newer version of Diwan ({})", what, OneLine(status)));
  }
  Fail(status, what);
}

constexpr size_t kLongestKey = 64;  // of those that are read backwards

const FamilyRow* FindFamily(const std::string& name) {
  const auto found = std::ranges::find_if(kFamilies, [&](const FamilyRow& row) { return name == row.name; });
  return found == kFamilies.end() ? nullptr : &*found;
}

}  // namespace

void Writes::Put(Family family, std::string_view key, std::string_view value) {
  Require(batch_.Put(database_.Handle(family), AsSlice(key), AsSlice(value)), "a group of changes");
}

void Writes::Delete(Family family, std::string_view key) {
  Require(batch_.Delete(database_.Handle(family), AsSlice(key)), "a group of changes");
}

// A new store's format is written last, synced: a process that died before that left no data to lose.
Database::Database(const std::filesystem::path& dir, const StoreOptions& options)
    : dir_(dir.string()), cache_(rocksdb::NewLRUCache(options.block_cache_bytes)) {
  const std::vector<std::string> unknown = Open(options, PrepareFolder(dir) == FolderState::kEmpty);
  if (IsNew(unknown)) {
    MakeFamilies(options);
    RaiseFormat();
  } else if (IsOlder()) {
    MakeFamilies(options);
  }
  CheckFormat(unknown);
}

void Database::RaiseFormat() {
  Writes format(*this);
  format.Put(Family::kMeta, kFormatKey, std::to_string(kStoreFormat));
  Write(format, Sync::kYes);
}

int Database::StoredFormat() const {
  const std::string text = Get(Family::kMeta, kFormatKey, "the store's format").value_or("");
  int format = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), format);
  return failure == std::errc() && end == text.data() + text.size() ? format : 0;
}

bool Database::IsOlder() const {
  const int format = StoredFormat();
  for (size_t i = 0; i < kFamilies.size(); ++i) {
    if (handles_[i] == nullptr && kFamilies[i].since <= format) return false;
  }
  return format > 0 && format < kStoreFormat;
}

std::vector<std::string> Database::Open(const StoreOptions& options, bool create) {
  rocksdb::DBOptions db_options = DatabaseOptions(options);
  db_options.create_if_missing = create;
  std::vector<std::string> names = {kFamilies[0].name};
  if (!create) {
    const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(db_options, dir_, &names);
    if (!listed.ok()) FailToOpen(listed, dir_);
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    const FamilyRow* row = FindFamily(name);
    families.emplace_back(name, FamilyOptions(row != nullptr && row->blobs, options, cache_));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> opened;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(db_options, dir_, families, &opened, &db);
  if (!status.ok()) FailToOpen(status, dir_);
  db_.reset(db);
  std::vector<std::string> unknown;
  for (rocksdb::ColumnFamilyHandle* handle : opened) {
    if (!Keep(handle)) unknown.push_back(handle->GetName());
  }
  return unknown;
}

bool Database::Keep(rocksdb::ColumnFamilyHandle* handle) {
  owned_.emplace_back(handle);
  const FamilyRow* row = FindFamily(handle->GetName());
  if (row != nullptr) handles_[static_cast<size_t>(row - kFamilies.data())] = handle;
  return row != nullptr;
}

bool Database::IsNew(const std::vector<std::string>& unknown) const {
  bool empty = unknown.empty();
  Scan(Family::kMeta, "", "", [&](std::string_view, std::string_view) { return empty = false; });
  return empty;
}

// Families of one kind together, since RocksDB writes and syncs its options once for each call.
void Database::MakeFamilies(const StoreOptions& options) {
  for (const bool blobs : {false, true}) {
    std::vector<std::string> names;
    for (size_t i = 0; i < kFamilies.size(); ++i) {
      if (handles_[i] == nullptr && kFamilies[i].blobs == blobs) names.emplace_back(kFamilies[i].name);
    }
    std::vector<rocksdb::ColumnFamilyHandle*> made;
    const rocksdb::Status status = db_->CreateColumnFamilies(FamilyOptions(blobs, options, cache_), names, &made);
    for (rocksdb::ColumnFamilyHandle* handle : made) Keep(handle);
    Require(status, fmt::format("the store in {}", dir_));
  }
}

void Database::CheckFormat(const std::vector<std::string>& unknown) const {
  const int format = StoredFormat();
  if (format > kStoreFormat) {
    throw Error(ErrorCode::kCorrupt,
                fmt::format("the store in {} has format {}, this version of Diwan knows formats up to {}; "
                            "update Diwan to open it",
                            dir_, format, kStoreFormat));
  }
  const bool whole = std::ranges::count(handles_, nullptr) == 0;
  if (format > 0 && whole && unknown.empty()) return;
  throw Error(ErrorCode::kCorrupt, fmt::format("the database in {} is another program's, or damaged; choose an empty "
                                               "folder, or restore the archive from a backup",
                                               dir_));
}

std::optional<std::string> Database::Get(Family family, std::string_view key, std::string_view what) const {
  std::string value;
  const rocksdb::Status status = db_->Get({}, Handle(family), AsSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  Require(status, what);
  return value;
}

void Database::Scan(Family family, std::string_view prefix, std::string_view from, const Visit& visit,
                    Walk walk) const {
  rocksdb::ReadOptions options;
  options.fill_cache = walk == Walk::kShort;  // a long walk must not push out what look-ups need
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, Handle(family)));
  for (it->Seek(AsSlice(std::max(prefix, from))); it->Valid(); it->Next()) {
    const std::string_view key = AsView(it->key());
    if (!key.starts_with(prefix) || !visit(key, AsView(it->value()))) break;
  }
  Require(it->status(), fmt::format("the {} of the store", kFamilies[static_cast<size_t>(family)].name));
}

void Database::ScanBack(Family family, std::string_view prefix, std::string_view before, const Visit& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, Handle(family)));
  const std::string end = std::string(prefix) + std::string(kLongestKey, '\xFF');
  for (it->SeekForPrev(AsSlice(before.empty() ? end : before)); it->Valid(); it->Prev()) {
    const std::string_view key = AsView(it->key());
    if (!before.empty() && key >= before) continue;
    if (!key.starts_with(prefix) || !visit(key, AsView(it->value()))) break;
  }
  Require(it->status(), fmt::format("the {} of the store", kFamilies[static_cast<size_t>(family)].name));
}

void Database::Reclaim(Family family, std::string_view first, std::string_view last) {
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  const rocksdb::Slice begin = AsSlice(first);
  const rocksdb::Slice end = AsSlice(last);
  const std::lock_guard lock(write_mutex_);  // it may flush, which must not meet a failing write
  db_->CompactRange(options, Handle(family), &begin, &end).PermitUncheckedError();
}

void Database::Write(Writes& writes, Sync sync) {
  rocksdb::WriteOptions options;
  options.sync = sync == Sync::kYes;
  const std::lock_guard lock(write_mutex_);
  Require(db_->Write(options, &writes.batch_), "writing to the store");
}

}  // namespace diwan
