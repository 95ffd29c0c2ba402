// RocksDB's column families as one table, and how each is tuned.
#pragma once

#include <rocksdb/options.h>

#include <array>

#include "store/store.h"

namespace diwan {

// In the order of kFamilies.
enum class Family {
  kMeta,
  kRecords,
  kPages,
  kImages,
  kSources,
  kChunksOf,
  kChunks,
  kUploads,
  kExternalIds,
  kBatches,
  kEntries,
  kJobs,
  kChanges,
  kChangeOf,
  kAudit,
  kCitations,
  kNumbers,
  kCitedNumbers,
  kHistory,
  kAccess,
  kDeliveries,
};

struct FamilyRow {
  const char* name;  // on disk: add at the end, never change
  bool blobs;        // large values that are compressed already: in blob files, so that compaction leaves them alone
  int since = 1;     // the store's format that brought it
};

inline constexpr std::array<FamilyRow, 21> kFamilies = {{
    {"default", false},           // meta; RocksDB demands a family of this name
    {"records", false},           // record id -> Record
    {"pages", false},             // record id + number -> Page
    {"images", true},             // record id + number -> bytes of the access image
    {"sources", false},           // digest -> SourceFile
    {"chunks_of", false},         // digest -> id of the upload that brought its bytes
    {"chunks", true},             // upload id + piece number -> up to 1 MiB of source bytes
    {"uploads", false},           // upload id -> pieces written, while no committed source needs them
    {"external_ids", false},      // the caller's id -> record id
    {"batches", false},           // batch id -> Batch
    {"entries", false},           // batch id + number -> BatchEntry
    {"jobs", false},              // record id -> Job
    {"changes", false},           // sequence -> Change
    {"change_of", false},         // record id + page number, 0 for the record -> its newest sequence, and what is there
    {"audit", false},             // number -> hash of the entry before + AuditEntry
    {"citations", false, 2},      // record id -> RecordCitations
    {"numbers", false, 2},        // a paper's number + record id -> what else tells papers of that number apart
    {"cited_numbers", false, 2},  // a cited number + record id + citation's index -> what the citation says
    {"history", false, 3},        // record id + page number, 0 for the record + version -> PastVersion
    {"access", false, 5},         // a letter + name or digest -> Account, Token, Session
    {"deliveries", false, 6},     // a letter + id or digest -> Parcel, Receipt, nothing
}};

rocksdb::DBOptions DatabaseOptions(const StoreOptions& options);

// `cache` holds data, index and filter blocks of all families together.
rocksdb::ColumnFamilyOptions FamilyOptions(bool blobs, const StoreOptions& options,
                                           const std::shared_ptr<rocksdb::Cache>& cache);

}  // namespace diwan
