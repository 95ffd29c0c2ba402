#include "tests/store/raw_store.h"

#include <stdexcept>

namespace diwan {
namespace {

void Require(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

}  // namespace

RawStore::RawStore(const std::filesystem::path& dir) {
  rocksdb::Options options;
  options.create_if_missing = true;
  std::vector<std::string> names = {"default"};
  if (std::filesystem::exists(dir / "CURRENT")) {
    Require(rocksdb::DB::ListColumnFamilies(options, dir.string(), &names));
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted;
  for (const std::string& name : names) wanted.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> opened;
  rocksdb::DB* db = nullptr;
  Require(rocksdb::DB::Open(options, dir.string(), wanted, &opened, &db));
  db_.reset(db);
  for (rocksdb::ColumnFamilyHandle* handle : opened) handles_[handle->GetName()].reset(handle);
}

void RawStore::Put(const std::string& family, const std::string& key, const std::string& value) {
  Require(db_->Put({}, Handle(family), key, value));
}

void RawStore::Delete(const std::string& family, const std::string& key) {
  Require(db_->Delete({}, Handle(family), key));
}

std::map<std::string, std::string> RawStore::All(const std::string& family) const {
  std::map<std::string, std::string> found;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, Handle(family)));
  for (it->SeekToFirst(); it->Valid(); it->Next()) found[it->key().ToString()] = it->value().ToString();
  Require(it->status());
  return found;
}

void RawStore::AddFamily(const std::string& family) {
  rocksdb::ColumnFamilyHandle* handle = nullptr;
  Require(db_->CreateColumnFamily({}, family, &handle));
  handles_[family].reset(handle);
}

void RawStore::DropFamily(const std::string& family) {
  Require(db_->DropColumnFamily(Handle(family)));
  handles_.erase(family);
}

}  // namespace diwan
