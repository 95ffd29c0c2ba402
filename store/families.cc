// RocksDB's settings: what bounds its memory, and what keeps a full disk from ending the process.
#include "store/families.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace diwan {
namespace {

constexpr double kBloomBitsPerKey = 10;
constexpr uint64_t kMinBlobBytes = 4096;
constexpr int kMaxOpenFiles = 256;
constexpr uint64_t kMaxWalBytes = 128ULL << 20;  // also what an opening after a crash replays at most
constexpr size_t kWriteBuffersInAll = 4;         // times write_buffer_bytes, over all families together

// RocksDB keeps no log file of its own: its logger aborts the process when a line could not be written because the
// disk is full, and the next one comes (seen in 7.8.3 as Debian builds it, with assertions). What matters comes back
// as a status.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

}  // namespace

// track_and_verify_wals_in_manifest, WAL compression and async_io stay off: they lose or refuse data in RocksDB 7.8.
// The WAL is recovered up to the first damaged record (RocksDB's default): unsynced pieces of an upload may lie torn
// behind the last synced commit after a power cut, and must not keep the store from opening.
rocksdb::DBOptions DatabaseOptions(const StoreOptions& options) {
  rocksdb::DBOptions db;
  db.max_open_files = kMaxOpenFiles;
  db.max_file_opening_threads = 1;  // of each family: more only costs a short command its start
  db.max_total_wal_size = kMaxWalBytes;
  db.db_write_buffer_size = kWriteBuffersInAll * options.write_buffer_bytes;
  db.max_background_jobs = 2;
  db.info_log = std::make_shared<NoLog>();
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  return db;
}

rocksdb::ColumnFamilyOptions FamilyOptions(bool blobs, const StoreOptions& options,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = options.write_buffer_bytes;
  family.compression = blobs ? rocksdb::kNoCompression : rocksdb::kZSTD;
  family.enable_blob_files = blobs;
  family.min_blob_size = kMinBlobBytes;
  family.enable_blob_garbage_collection = blobs;
  return family;
}

}  // namespace diwan
