// Records decide; all else that is stored belongs to one.
#include "store/sight.h"

#include <algorithm>
#include <utility>

#include "core/encoding.h"
#include "store/keys.h"

namespace diwan {
namespace {

constexpr int kMostSteps = 100;  // from a merged record to the one that it is now

}  // namespace

Sight::Sight(const Database& database, Viewer viewer)
    : database_(database), viewer_(std::move(viewer)), all_(SeesAll(viewer_)) {}

std::optional<bool> Sight::SeesStored(std::string_view record_id) const {
  std::string id(record_id);
  for (int step = 0; step < kMostSteps; ++step) {
    const std::string key = IdKey(id);
    const auto stored = key.empty() ? std::nullopt : database_.Get(Family::kRecords, key, "a record");
    if (!stored) return step == 0 ? std::nullopt : std::optional(false);
    const RecordSight sight = DecodeRecordSight(*stored, "record " + id);
    if (!diwan::Sees(viewer_, sight.audience)) return false;
    if (sight.merged_into.empty()) return true;
    id = sight.merged_into;
  }
  return false;
}

bool Sight::SeesRecord(std::string_view record_id) const { return all_ || SeesStored(record_id).value_or(false); }

bool Sight::SeesThat(std::string_view record_id, AccessLevel otherwise) const {
  if (all_) return true;
  const auto stored = SeesStored(record_id);
  return stored ? *stored : diwan::Sees(viewer_, {.level = otherwise, .body = ""});
}

bool Sight::Sees(const Job& job) const { return SeesThat(job.record_id, job.access); }
bool Sight::Sees(const SourceFile& source) const {
  if (all_) return true;
  return SeesThat(source.record_id, source.access) &&
         std::ranges::all_of(source.parts, [&](const std::string& part) { return SeesStored(part).value_or(true); });
}
bool Sight::Sees(const BatchEntry& entry) const { return SeesThat(entry.record_id, entry.access); }

}  // namespace diwan
