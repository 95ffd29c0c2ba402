// The open RocksDB database: reading, scanning, writing, and RocksDB's statuses as our errors. Any thread may call.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/families.h"

namespace diwan {

class Database;

// Writes that become true together. One thread.
class Writes {
 public:
  explicit Writes(const Database& database) : database_(database) {}
  void Put(Family family, std::string_view key, std::string_view value);
  void Delete(Family family, std::string_view key);
  bool empty() const { return batch_.Count() == 0; }

 private:
  friend class Database;
  const Database& database_;
  rocksdb::WriteBatch batch_;
};

class Database {
 public:
  // Opens the database in `dir`, or makes it. Throws as Store's constructor does.
  Database(const std::filesystem::path& dir, const StoreOptions& options);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `what` names the thing in the message of an error.
  std::optional<std::string> Get(Family family, std::string_view key, std::string_view what) const;

  // Visits keys that begin with `prefix`, from `from` on, in order and as they were at one moment, until `visit`
  // returns false.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  enum class Walk { kShort, kLong };  // whether what is read stays in the cache
  void Scan(Family family, std::string_view prefix, std::string_view from, const Visit& visit,
            Walk walk = Walk::kLong) const;

  // The same backwards: from the last key that begins with `prefix` and is less than `before` ("" for no bound).
  void ScanBack(Family family, std::string_view prefix, std::string_view before, const Visit& visit) const;

  // The format that the store was last written in, at most kStoreFormat; RaiseFormat makes it that one, synced.
  int StoredFormat() const;
  void RaiseFormat();

  enum class Sync { kNo, kYes };
  // All or nothing. With kYes everything written before is durable too when this returns, since RocksDB syncs every
  // write-ahead log that is still alive, oldest first, and tables and blob files when it makes them.
  void Write(Writes& writes, Sync sync);

  // Gives the room of deleted keys from `first` to `last` back to the disk; costs reading the keys between. Never
  // throws: room that does not come back now comes back with a later call, or with RocksDB's own compactions.
  void Reclaim(Family family, std::string_view first, std::string_view last);

 private:
  friend class Writes;
  rocksdb::ColumnFamilyHandle* Handle(Family family) const { return handles_[static_cast<size_t>(family)]; }
  // Opens the families that are there; returns the names of those we don't know.
  std::vector<std::string> Open(const StoreOptions& options, bool create);
  // Takes the handle over; false when it is of no family that we know.
  bool Keep(rocksdb::ColumnFamilyHandle* handle);
  void CheckFormat(const std::vector<std::string>& unknown) const;
  bool IsNew(const std::vector<std::string>& unknown) const;
  // Whether it has every family of an older format than ours.
  bool IsOlder() const;
  void MakeFamilies(const StoreOptions& options);

  // One write at a time: RocksDB 7.8 may abort when one meets the write-ahead log in the moment after another failed.
  std::mutex write_mutex_;
  std::string dir_;
  std::shared_ptr<rocksdb::Cache> cache_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<std::unique_ptr<rocksdb::ColumnFamilyHandle>> owned_;  // they go before db_
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies.size()> handles_{};
};

}  // namespace diwan
