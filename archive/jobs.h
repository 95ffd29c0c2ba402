// What became of each file that was brought in, for those who follow it: a job is an entry of a batch, so it is there
// for as long as that, and nothing is kept for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/ingest.h"

namespace diwan {

enum class JobState { kWaiting, kReading, kStalled, kDone };

struct DeliveryJob {
  std::string id;
  JobState state = JobState::kWaiting;
  BatchEntry entry;  // as it is by now
  uint64_t pages_done = 0;
  uint64_t pages_total = 0;  // 0: not known yet, or there are none
};

// "BATCH-NUMBER".
std::string JobIdOf(const BatchEntry& entry);

// The batch, where it is `owner`'s, or with "" anybody's. Throws kNotFound.
Batch FindBatch(Archive& archive, std::string_view id, std::string_view owner);

// The account of such a batch. An owner is told of all files in it.
BatchAccount AccountFor(Archive& archive, std::string_view id, std::string_view owner);

// The job, the same way. An owner sees it whatever became of its record; who may not see that is not told its id.
DeliveryJob FindJob(Archive& archive, std::string_view id, std::string_view owner);

// Jobs of the owner, or of everybody: those of the newest batches first, and in a batch the newest. Begins behind the
// job `after` ("" for the first). Throws kInvalid where that is no job's id.
std::vector<DeliveryJob> ListJobs(Archive& archive, std::string_view owner, std::string_view after, size_t limit);

}  // namespace diwan
