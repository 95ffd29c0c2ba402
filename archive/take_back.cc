// Nothing is wiped out: the version that is taken back stays in the history, as the change that took it back does.
#include "archive/take_back.h"

#include <fmt/core.h>

#include "archive/history.h"
#include "archive/read_again.h"
#include "core/error.h"

namespace diwan {
namespace {

// What made the present version, where it was a change of that kind ("field.", "page.").
AuditEntry LastChange(Archive& archive, const std::string& record, int page, int version, std::string_view kind) {
  const AuditEntry made_by = HistoryOf(archive, record, page, version, 1).versions.front().made_by;
  const bool correction = made_by.action == "page.correct" || made_by.action == "page.take_back";
  if (kind == "page." ? correction : made_by.action.starts_with(kind)) return made_by;
  throw Error(ErrorCode::kInvalid, "the last change is none that can be taken back; change the value instead");
}

bool SameReading(const Record& a, const Record& b) {
  for (const std::string_view name : {"number", "year", "language"}) {
    if (a.Value(name) != b.Value(name)) return false;
  }
  return true;
}

}  // namespace

Record TakeBackFields(Archive& archive, const Edit& edit) {
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    Record& record = change.record;
    const AuditEntry taken = LastChange(archive, record.id, 0, record.version, "field.");
    const Record before = RecordVersion(archive, record.id, record.version - 1);
    const bool cites_the_same = SameReading(before, record);
    record.fields = before.fields;
    record.removed = before.removed;
    record.access = before.access;
    if (!cites_the_same) {
      ReadAgain(archive.store(), record, {}, change.changes);
      record.fields = before.fields;  // as they were, though rules may be others now
    }
    change.audit.action = "field.take_back";
    change.audit.detail = taken.detail;
  });
}

Page TakeBackWords(Archive& archive, const Edit& edit, int page) {
  Page restored;
  ChangeInRecord(archive, edit, [&](const RecordChange& change) {
    const Store& store = archive.store();
    const std::string& id = change.record.id;
    const auto now = store.GetPage(id, page);
    if (!now) throw Error(ErrorCode::kNotFound, fmt::format("record {} has no page {}", id, page));
    if (now->version != edit.version) {
      throw Conflict(fmt::format("page {} of record {} has version {}, and the change was made from version {}; look "
                                 "at it again",
                                 page, id, now->version, edit.version),
                     now->version);
    }
    change.audit.detail = LastChange(archive, id, page, now->version, "page.").detail;
    change.audit.action = "page.take_back";
    restored = PageVersion(archive, id, page, now->version - 1);
    restored.version = now->version;
    change.changes.bases.push_back({.record_id = id, .page = page, .version = now->version});
    ReadAgain(store, change.record, {restored}, change.changes);
    change.changes.pages.push_back({.page = restored, .image = {}, .keep_image = true});
  });
  ++restored.version;
  return restored;
}

}  // namespace diwan
