// A store's database without the store, for tests that look under the covers or damage what is there.
#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace diwan {

// Opens the database in `dir`, which no store holds meanwhile. Throws std::runtime_error when RocksDB does not open it.
class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& dir);

  void Put(const std::string& family, const std::string& key, const std::string& value);
  void Delete(const std::string& family, const std::string& key);
  std::map<std::string, std::string> All(const std::string& family) const;
  void AddFamily(const std::string& family);
  void DropFamily(const std::string& family);

 private:
  rocksdb::ColumnFamilyHandle* Handle(const std::string& family) const { return handles_.at(family).get(); }

  std::unique_ptr<rocksdb::DB> db_;
  std::map<std::string, std::unique_ptr<rocksdb::ColumnFamilyHandle>> handles_;
};

}  // namespace diwan
