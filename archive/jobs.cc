// An owner is shown what was delivered, not what may be seen of its record by now; so entries are looked up in all that
// the archive has, and of a record nothing is told but how many pages were read.
#include "archive/jobs.h"

#include <fmt/core.h>

#include <charconv>
#include <optional>

#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kBatchesAtOnce = 50;
constexpr size_t kIdSize = 36;

struct Place {
  std::string batch;
  uint32_t number = 0;
};

std::optional<Place> PlaceOf(std::string_view id) {
  if (id.size() <= kIdSize + 1 || id[kIdSize] != '-') return std::nullopt;
  Place place{.batch = std::string(id.substr(0, kIdSize))};
  const char* end = id.data() + id.size();
  const auto [stop, error] = std::from_chars(id.data() + kIdSize + 1, end, place.number);
  if (error != std::errc() || stop != end || id[kIdSize + 1] == '0') return std::nullopt;
  return place;
}

void HideRecord(Archive& archive, const Store& whole, BatchEntry& entry) {
  if (!archive.store().SeesRecord(entry.record_id) && whole.GetRecord(entry.record_id)) entry.record_id.clear();
}

DeliveryJob JobOf(Archive& archive, const Archive& whole, const Store& store, BatchEntry entry) {
  DeliveryJob job;
  job.id = JobIdOf(entry);
  job.entry =
      PresentEntry(whole, store, std::move(entry), [&](const std::string& id) { return store.GetJob(id).has_value(); });
  const std::string& record_id = job.entry.record_id;
  if (job.entry.outcome != Outcome::kWaiting) {
    job.state = JobState::kDone;
    job.pages_done = job.pages_total = static_cast<uint64_t>(job.entry.pages);
  } else {
    const auto record = store.GetRecord(record_id);
    job.pages_total = record ? static_cast<uint64_t>(record->page_count) : 0;
    job.pages_done = store.PageNumbers(record_id).size();
    job.state = !job.entry.reason.empty() ? JobState::kStalled : record ? JobState::kReading : JobState::kWaiting;
  }
  HideRecord(archive, store, job.entry);
  return job;
}

[[noreturn]] void NoJob(std::string_view id) {
  throw Error(ErrorCode::kNotFound, fmt::format("there is no job {}", PlainFileName(id.substr(0, 64))));
}

}  // namespace

std::string JobIdOf(const BatchEntry& entry) { return fmt::format("{}-{}", entry.batch_id, entry.number); }

Batch FindBatch(Archive& archive, std::string_view id, std::string_view owner) {
  auto batch = archive.store().GetBatch(id);
  if (batch && (owner.empty() || batch->owner == owner)) return std::move(*batch);
  throw Error(ErrorCode::kNotFound, fmt::format("there is no batch {}", PlainFileName(id.substr(0, 64))));
}

BatchAccount AccountFor(Archive& archive, std::string_view id, std::string_view owner) {
  FindBatch(archive, id, owner);
  Archive whole = archive.Whole();
  BatchAccount account = AccountOf(whole, id);
  for (BatchEntry& entry : account.entries) HideRecord(archive, whole.store(), entry);
  return account;
}

DeliveryJob FindJob(Archive& archive, std::string_view id, std::string_view owner) {
  const auto place = PlaceOf(id);
  const auto batch = place ? archive.store().GetBatch(place->batch) : std::nullopt;
  if (!batch || (!owner.empty() && batch->owner != owner)) NoJob(id);
  Archive whole = archive.Whole();
  auto entry = whole.store().GetEntry(place->batch, place->number);
  if (!entry) NoJob(id);
  return JobOf(archive, whole, whole.store(), std::move(*entry));
}

std::vector<DeliveryJob> ListJobs(Archive& archive, std::string_view owner, std::string_view after, size_t limit) {
  Archive whole = archive.Whole();
  std::vector<DeliveryJob> jobs;
  const auto add = [&](std::string_view batch, uint32_t before) {
    std::vector<BatchEntry> entries = whole.store().ListEntries(batch);
    for (auto entry = entries.rbegin(); entry != entries.rend() && jobs.size() < limit; ++entry) {
      if (entry->number < before) jobs.push_back(JobOf(archive, whole, whole.store(), std::move(*entry)));
    }
  };
  const auto place = PlaceOf(after);
  if (!place && !after.empty()) throw Error(ErrorCode::kInvalid, "that is no job to continue after");
  std::string from;
  if (place) {
    FindBatch(archive, place->batch, owner);
    add(place->batch, place->number);
    from = place->batch;
  }
  while (jobs.size() < limit) {
    const auto batches = archive.store().Batches(owner, from, kBatchesAtOnce, Store::Order::kNewestFirst);
    for (const Batch& batch : batches) add(batch.id, UINT32_MAX);
    if (batches.size() < kBatchesAtOnce) break;
    from = batches.back().id;
  }
  return jobs;
}

}  // namespace diwan
