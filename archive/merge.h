// Two records that turn out to be one paper.
#pragma once

#include <optional>
#include <string_view>

#include "archive/edit.h"

namespace diwan {

// Says that the record is the same paper as `into`, which stays, and gets those fields that it lacks, as proposals. The
// record is marked as merged: it is not found, counted or listed any more, what names it names `into`, what its
// citations say is said by `into`, and its own pages stay readable under it. RestoreRecord undoes it. The reason must
// be given. Throws as CheckMayGo; kInvalid for a merge into itself, kNotFound when `into` is not there or was deleted
// or merged; otherwise as ChangeRecord.
Record MergeRecord(Archive& archive, const Edit& edit, std::string_view into);

// The record that a merged one is now, step by step; itself when it was not merged. Throws kNotFound.
Record FollowMerges(const Store& store, Record record);

// The record of the id, or the one that it is now; no value when there is none or that one was deleted.
std::optional<Record> PresentRecord(const Store& store, std::string_view record_id);

// Makes `change` say that its record is part of the one with the id `into` too, and of all that this was merged into.
// Throws kInvalid when one of them is the record itself.
void Absorb(const Store& store, const RecordChange& change, const std::string& into);

// What restoring the record of `change` does to the one that it was merged into, and to those that this was merged into
// since.
void TakeBack(const Store& store, const RecordChange& change);

}  // namespace diwan
