// A record of which the same is read as before stays as it is, so that doing it twice costs reading alone.
#include "archive/read_fields.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/read_again.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr int kMostTries = 20;

enum class Reread { kPassedOver, kSame, kChanged, kLost };

// kLost when somebody changed the record meanwhile.
Reread TryRead(Archive& archive, const std::string& actor, const std::string& id) {
  const std::optional<Record> stored = archive.store().GetRecord(id);
  if (!stored || stored->deleted || stored->state == RecordState::kReading || stored->page_count == 0) {
    return Reread::kPassedOver;
  }
  const RecordCitations before = archive.store().GetCitations(id).value_or(RecordCitations{.record_id = id});
  Record record = *stored;
  ChangeSet changes;
  ReadAgain(archive.store(), record, {}, before, changes);
  if (Encode(record) == Encode(*stored) && Encode(changes.citations.front()) == Encode(before)) return Reread::kSame;
  changes.bases.push_back({.record_id = id, .version = stored->version});
  record.changed_at = NowMillis();
  record.version = stored->version + 1;
  changes.audit.push_back({.at = record.changed_at,
                           .actor = actor,
                           .action = "record.read_fields",
                           .subject = id,
                           .detail = fmt::format("{} fields, {} citations", record.fields.size(),
                                                 changes.citations.front().citations.size())});
  changes.records.push_back(std::move(record));
  try {
    archive.Commit(changes);
  } catch (const Conflict&) {
    return Reread::kLost;
  }
  return Reread::kChanged;
}

Reread ReadRecord(Archive& archive, const std::string& actor, const std::string& id) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    const Reread made = TryRead(archive, actor, id);
    if (made != Reread::kLost) return made;
  }
  throw Error(ErrorCode::kBusy, fmt::format("others keep changing record {}; try again from there", id));
}

}  // namespace

ReadFieldsReport ReadFields(Archive& archive, const std::string& actor, const std::string& after, size_t limit) {
  constexpr size_t kAtOnce = 100;  // records listed
  ReadFieldsReport report{.next = after};
  for (size_t left = limit; left > 0;) {
    const std::vector<Record> records = archive.store().ListRecords(report.next, std::min(left, kAtOnce));
    for (const Record& record : records) {
      const Reread made = ReadRecord(archive, actor, record.id);
      report.read += made == Reread::kPassedOver ? 0 : 1;
      report.changed += made == Reread::kChanged ? 1 : 0;
      report.next = record.id;
    }
    left -= records.size();
    if (records.empty() || archive.store().ListRecords(report.next, 1).empty()) {
      report.next.clear();
      break;
    }
  }
  return report;
}

}  // namespace diwan
