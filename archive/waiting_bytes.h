// How much each account has delivered that is not read yet, so that none can fill the disk.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "store/store.h"

namespace diwan {

// Counts files from their coming to the end of their reading, each under a key: the id of its record, parcel, or of the
// request that brings it. Any thread may call.
class WaitingBytes {
 public:
  // `store` shows everything and must outlive this. What it has is counted at the first Take.
  WaitingBytes(const Store& store, uint64_t most);

  // Counts `bytes` for `owner`; throws kTooLarge, and counts nothing, where that would be more than an account may
  // have. What is not `limited` is counted and never refused.
  void Take(const std::string& key, const std::string& owner, uint64_t bytes, bool limited);
  void Drop(const std::string& key);

  // Counts what a commit brought, and no more what it ended.
  void Follow(const ChangeSet& changes);

 private:
  struct Counted {
    std::string owner;
    uint64_t bytes = 0;
  };
  void Load();
  void Put(const std::string& key, const std::string& owner, uint64_t bytes);
  void Remove(const std::string& key);
  void PutParcel(const Parcel& parcel);
  void PutJob(const Job& job);

  const Store& store_;
  const uint64_t most_;

  std::mutex mutex_;  // guards what follows
  bool loaded_ = false;
  std::map<std::string, Counted> counted_;    // by key
  std::map<std::string, uint64_t> bytes_of_;  // by owner
};

}  // namespace diwan
