// RocksDB's settings: what bounds its memory, and what keeps its log files small.
#include "store/families.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace diwan {
namespace {

constexpr double kBloomBitsPerKey = 10;
constexpr uint64_t kMinBlobBytes = 4096;
constexpr int kMaxOpenFiles = 256;
constexpr uint64_t kMaxWalBytes = 128ULL << 20;  // also what an opening after a crash replays at most
constexpr size_t kWriteBuffersInAll = 4;         // times write_buffer_bytes, over all families together

}  // namespace

// track_and_verify_wals_in_manifest, WAL compression and async_io stay off: they lose or refuse data in RocksDB 7.8.
// The WAL is recovered up to the first damaged record (RocksDB's default): unsynced pieces of an upload may lie torn
// behind the last synced commit after a power cut, and must not keep the store from opening.
rocksdb::DBOptions DatabaseOptions(const StoreOptions& options) {
  rocksdb::DBOptions db;
  db.max_open_files = kMaxOpenFiles;
  db.max_total_wal_size = kMaxWalBytes;
  db.db_write_buffer_size = kWriteBuffersInAll * options.write_buffer_bytes;
  db.max_background_jobs = 2;
  db.info_log_level = rocksdb::WARN_LEVEL;
  db.keep_log_file_num = 3;
  db.max_log_file_size = 1U << 20;
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
