// A change is made from what is stored, and committed on the condition that this is still stored; else it is made anew.
#include "archive/edit.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "archive/fetch.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr int kMostTries = 50;
constexpr size_t kMaxDetail = 2000;  // bytes
constexpr size_t kMaxQuoted = 120;

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// The record that was stored, or nothing when another change came between.
std::optional<Record> TryChange(Archive& archive, const Edit& edit, bool of_record, const MakeChange& make) {
  Record record = FetchRecord(archive, edit.record, Gone::kShow);
  const int version = record.version;
  if (of_record && version != edit.version) {
    throw Conflict(fmt::format("record {} has version {}, and the change was made from version {}; look at it again",
                               record.id, version, edit.version),
                   version);
  }
  ChangeSet changes;
  changes.bases.push_back({.record_id = record.id, .version = version});
  AuditEntry audit{.at = NowMillis(), .actor = edit.actor, .subject = record.id, .why = edit.why};
  make({.record = record, .changes = changes, .audit = audit});
  audit.detail = CutAtCodePoint(audit.detail, kMaxDetail);
  record.changed_at = audit.at;
  record.version = version + 1;
  changes.records.push_back(record);
  changes.audit.push_back(std::move(audit));
  try {
    archive.Commit(changes);
  } catch (const Conflict&) {
    return std::nullopt;  // where that was the person's own version, the next look tells
  }
  return record;
}

Record Apply(Archive& archive, const Edit& edit, bool of_record, const MakeChange& make) {
  CheckWhy(edit.why, /*needed=*/false);
  for (int tries = 0; tries < kMostTries; ++tries) {
    if (auto record = TryChange(archive, edit, of_record, make)) return std::move(*record);
  }
  throw Error(ErrorCode::kBusy, "others keep changing this record; try again");
}

}  // namespace

void CheckWhy(std::string_view why, bool needed) {
  if (why.size() > kMaxWhy) {
    throw Error(ErrorCode::kInvalid, fmt::format("the reason is longer than {} bytes", kMaxWhy));
  }
  if (std::ranges::any_of(why, IsControl) || ToUtf8(FromUtf8(why)) != why) {
    throw Error(ErrorCode::kInvalid, "the reason must be one line of UTF-8");
  }
  if (needed && why.find_first_not_of(' ') == std::string_view::npos) {
    throw Error(ErrorCode::kInvalid, "the reason is missing ('why')");
  }
}

Record ChangeRecord(Archive& archive, const Edit& edit, const MakeChange& make) {
  return Apply(archive, edit, /*of_record=*/true, make);
}

Record ChangeInRecord(Archive& archive, const Edit& edit, const MakeChange& make) {
  return Apply(archive, edit, /*of_record=*/false, make);
}

std::string Quoted(std::string_view value) {
  std::string line(CutAtCodePoint(value, kMaxQuoted));
  std::ranges::replace_if(line, IsControl, ' ');
  return fmt::format("«{}{}»", line, line.size() < value.size() ? "…" : "");
}

}  // namespace diwan
