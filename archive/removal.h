// What takes a record out of sight, brings it back, and forbids that it is taken.
#pragma once

#include "archive/edit.h"

namespace diwan {

// Marks the record as deleted, with the reason, which must be given. It and its pages are not found, counted, listed or
// cited any more; all of it stays stored, and can be restored. Throws kDenied under a legal hold, kInvalid when it is
// deleted already, kBusy while its pages are being read; otherwise as ChangeRecord.
Record DeleteRecord(Archive& archive, const Edit& edit);

// Brings back a record that was deleted or merged into another. Of a merged one, what the other got from it and nobody
// confirmed goes again. Throws kInvalid when it is neither; otherwise as ChangeRecord.
Record RestoreRecord(Archive& archive, const Edit& edit);

// Puts the record under a legal hold, or lifts it; the reason must be given. Throws kInvalid when nothing would change;
// otherwise as ChangeRecord.
Record HoldRecord(Archive& archive, const Edit& edit, bool on);

// Throws kDenied under a legal hold, kBusy while the record's pages are being read, kInvalid when it is deleted:
// `doing` says what was asked, as "be merged away".
void CheckMayGo(const Store& store, const Record& record, std::string_view doing);

}  // namespace diwan
