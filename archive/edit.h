// What every change by a person goes through: it says from which version it started, who makes it and why, and is
// written as a new version with its audit entry, or not at all.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "archive/archive.h"

namespace diwan {

inline constexpr size_t kMaxWhy = 1000;     // bytes of a reason
inline constexpr size_t kMostEdits = 1000;  // words or fields that one change touches

struct Edit {
  std::string record;  // its id or external id
  int version = 0;     // that the person saw; of the page where a page is changed
  std::string actor;
  std::string why;  // one line; may be "" where nothing is taken away
};

// Throws kInvalid for a reason that is too long or not one line of UTF-8, and, with `needed`, for one that is missing.
void CheckWhy(std::string_view why, bool needed);

// Changes the record, its citations or pages. It is called anew when another change came between, so it must not
// change anything outside `changes`, and must not rely on the call before.
struct RecordChange {
  Record& record;      // as stored; put into the set when the function is done
  ChangeSet& changes;  // with the base of the record in it
  AuditEntry& audit;   // time, actor, subject and reason are there; action and detail are to be set
};
using MakeChange = std::function<void(const RecordChange&)>;

// Commits what `make` changes, and returns the record as it is stored then. Throws kNotFound when there is no such
// record, Conflict when its version is not the one that the edit started from, kBusy when others keep changing what the
// change also needs, and what `make` throws.
Record ChangeRecord(Archive& archive, const Edit& edit, const MakeChange& make);

// The same where the version is not the record's: `make` adds the base that it is of.
Record ChangeInRecord(Archive& archive, const Edit& edit, const MakeChange& make);

// A value as an audit entry tells it: bounded, one line.
std::string Quoted(std::string_view value);

}  // namespace diwan
