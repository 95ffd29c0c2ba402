#include "archive/waiting_bytes.h"

#include <fmt/core.h>

#include "core/error.h"

namespace diwan {

WaitingBytes::WaitingBytes(const Store& store, uint64_t most) : store_(store), most_(most) {}

void WaitingBytes::Take(const std::string& key, const std::string& owner, uint64_t bytes, bool limited) {
  const std::lock_guard lock(mutex_);
  Load();
  const auto found = bytes_of_.find(owner);
  const uint64_t waiting = found == bytes_of_.end() ? 0 : found->second;
  if (limited && (bytes > most_ || waiting > most_ - bytes)) {
    throw Error(
        ErrorCode::kTooLarge,
        fmt::format("{} may have {} bytes at most that are not read yet, and has {}; {} more are too many. Wait "
                    "until some are read, or end uploads that are not needed",
                    owner, most_, waiting, bytes));
  }
  Put(key, owner, bytes);
}

void WaitingBytes::Drop(const std::string& key) {
  const std::lock_guard lock(mutex_);
  Remove(key);
}

void WaitingBytes::Follow(const ChangeSet& changes) {
  if (changes.jobs.empty() && changes.finished_jobs.empty() && changes.parcels.empty() && changes.gone_parcels.empty())
    return;
  const std::lock_guard lock(mutex_);
  if (!loaded_) return;
  for (const Job& job : changes.jobs) PutJob(job);
  for (const std::string& id : changes.finished_jobs) Remove(id);
  for (const Parcel& parcel : changes.parcels) PutParcel(parcel);
  for (const std::string& id : changes.gone_parcels) Remove(id);
}

void WaitingBytes::Load() {
  if (loaded_) return;
  for (const Job& job : store_.ListJobs()) PutJob(job);
  for (const Parcel& parcel : store_.ListParcels()) PutParcel(parcel);
  loaded_ = true;
}

void WaitingBytes::PutJob(const Job& job) {
  if (job.again) return;
  const auto batch = store_.GetBatch(job.batch_id);
  const auto source = store_.GetSource(job.digest);
  if (batch && source) Put(job.record_id, batch->owner, source->size);
}

void WaitingBytes::PutParcel(const Parcel& parcel) {
  if (parcel.entry == 0) {
    Put(parcel.id, parcel.owner, parcel.size);
  } else {
    Remove(parcel.id);
  }
}

void WaitingBytes::Put(const std::string& key, const std::string& owner, uint64_t bytes) {
  Remove(key);
  counted_[key] = {.owner = owner, .bytes = bytes};
  bytes_of_[owner] += bytes;
}

void WaitingBytes::Remove(const std::string& key) {
  const auto found = counted_.find(key);
  if (found == counted_.end()) return;
  const auto owner = bytes_of_.find(found->second.owner);
  owner->second -= found->second.bytes;
  if (owner->second == 0) bytes_of_.erase(owner);
  counted_.erase(found);
}

}  // namespace diwan
