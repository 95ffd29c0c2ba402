// Nothing is ever destroyed here: a deleted record is one with a mark.
#include "archive/removal.h"

#include <fmt/core.h>

#include "archive/merge.h"
#include "core/error.h"

namespace diwan {

void CheckMayGo(const Store& store, const Record& record, std::string_view doing) {
  if (record.deleted) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("record {} was {} already", record.id, record.merged_into.empty() ? "deleted" : "merged"));
  }
  if (record.hold) {
    throw Error(ErrorCode::kDenied,
                fmt::format("record {} is under a legal hold ({}) and can't {}; lift the hold first", record.id,
                            record.hold->why, doing));
  }
  if (record.state == RecordState::kReading || store.GetJob(record.id)) {
    throw Error(ErrorCode::kBusy, fmt::format("the pages of record {} are being read; try again later", record.id));
  }
}

Record DeleteRecord(Archive& archive, const Edit& edit) {
  CheckWhy(edit.why, /*needed=*/true);
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    CheckMayGo(archive.store(), change.record, "be deleted");
    change.audit.action = "record.delete";
    change.record.deleted = Mark{.why = edit.why, .who = edit.actor, .at = change.audit.at};
  });
}

Record RestoreRecord(Archive& archive, const Edit& edit) {
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    Record& record = change.record;
    if (!record.deleted) throw Error(ErrorCode::kInvalid, fmt::format("record {} was not deleted", record.id));
    change.audit.action = "record.restore";
    if (!record.merged_into.empty()) TakeBack(archive.store(), change);
    record.merged_into.clear();
    record.deleted.reset();
  });
}

Record HoldRecord(Archive& archive, const Edit& edit, bool on) {
  CheckWhy(edit.why, /*needed=*/true);
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    Record& record = change.record;
    if (record.hold.has_value() == on) {
      throw Error(ErrorCode::kInvalid,
                  fmt::format("record {} is {} under a legal hold", record.id, on ? "already" : "not"));
    }
    change.audit.action = on ? "record.hold" : "record.release";
    record.hold.reset();
    if (on) record.hold = Mark{.why = edit.why, .who = edit.actor, .at = change.audit.at};
  });
}

}  // namespace diwan
