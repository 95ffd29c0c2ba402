// A merge moves no page: the record that goes keeps all that it has, so that it can come back.
#include "archive/merge.h"

#include <fmt/core.h>

#include <algorithm>

#include "archive/effects.h"
#include "archive/fetch.h"
#include "archive/removal.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr size_t kMostSteps = 100;
constexpr size_t kMostMerged = 1000;

// A field of the record that goes, as a proposal for the one that stays. Its place is on pages of the former.
Field Lent(Field field) {
  field.origin = FieldOrigin::kPerson;
  field.state = FieldState::kProposed;
  field.page = 0;
  field.begin = field.end = 0;
  return field;
}

// The other record's part in the change, as a version of its own.
void PutOther(const RecordChange& change, Record other, std::string_view action) {
  change.changes.bases.push_back({.record_id = other.id, .version = other.version});
  other.changed_at = change.audit.at;
  AuditEntry audit = change.audit;
  audit.action = action;
  audit.subject = other.id;
  audit.detail = fmt::format("record {}", change.record.id);
  change.changes.audit.push_back(std::move(audit));
  change.changes.records.push_back(std::move(other));
}

// What the one that goes lends must not be seen by anybody who did not see it before.
AccessLevel StricterOf(const Record& goes, Record stays) {
  stays.access = std::max(goes.access, stays.access);
  const Audience before = AudienceOf(goes);
  const Audience after = AudienceOf(stays);
  if (before.level == AccessLevel::kConfidential && !after.body.empty() && after.body != before.body) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("record {} is confidential, and record {} is another body's; change its "
                            "level or the body of one of them first",
                            goes.id, stays.id));
  }
  return stays.access;
}

// The record of the id, and those that it was merged into, step by step.
std::vector<Record> StepsFrom(const Store& store, const std::string& id) {
  std::vector<Record> steps;
  for (auto next = store.GetRecord(id); next; next = store.GetRecord(steps.back().merged_into)) {
    steps.push_back(std::move(*next));
    if (steps.size() == kMostSteps || steps.back().merged_into.empty()) break;
  }
  return steps;
}

// The record of the change, and those that were merged into it.
std::vector<std::string> PartsOf(const Record& record) {
  std::vector<std::string> parts = {record.id};
  parts.insert(parts.end(), record.merged.begin(), record.merged.end());
  return parts;
}

}  // namespace

Record FollowMerges(const Store& store, Record record) {
  for (size_t step = 0; step < kMostSteps && !record.merged_into.empty(); ++step) {
    auto next = store.GetRecord(record.merged_into);
    if (!next) break;
    record = std::move(*next);
  }
  if (record.merged_into.empty()) return record;
  throw Error(ErrorCode::kNotFound, fmt::format("record {} leads to no record", record.id));
}

std::optional<Record> PresentRecord(const Store& store, std::string_view record_id) {
  auto record = store.GetRecord(record_id);
  if (record) record = FollowMerges(store, std::move(*record));
  if (record && record->deleted) record.reset();
  return record;
}

Record MergeRecord(Archive& archive, const Edit& edit, std::string_view into) {
  CheckWhy(edit.why, /*needed=*/true);
  return ChangeRecord(archive, edit, [&](const RecordChange& change) {
    CheckMayGo(archive.store(), change.record, "be merged into another");
    Record stays = FetchRecord(archive, into);
    if (stays.id == change.record.id) throw Error(ErrorCode::kInvalid, "a record can't be merged into itself");
    if (stays.deleted) {
      throw Error(ErrorCode::kNotFound,
                  fmt::format("record {} was itself merged into {}", stays.id, stays.merged_into));
    }
    const std::vector<Field> had = stays.fields;
    for (const Field& field : change.record.fields) {
      if (std::ranges::count(had, field.name, &Field::name) == 0) stays.fields.push_back(Lent(field));
    }
    stays.access = StricterOf(change.record, stays);
    const std::vector<std::string> parts = PartsOf(change.record);
    stays.merged.insert(stays.merged.end(), parts.begin(), parts.end());
    if (stays.merged.size() > kMostMerged) {
      throw Error(ErrorCode::kTooLarge, fmt::format("more than {} records would be one", kMostMerged));
    }
    change.audit.action = "record.merge";
    change.audit.detail = fmt::format("into {} ({})", NameOfPaper(stays), stays.id);
    change.record.deleted = Mark{.why = edit.why, .who = edit.actor, .at = change.audit.at};
    change.record.merged_into = stays.id;
    PutOther(change, std::move(stays), "record.absorb");
  });
}

void Absorb(const Store& store, const RecordChange& change, const std::string& into) {
  const std::vector<std::string> parts = PartsOf(change.record);
  for (Record& other : StepsFrom(store, into)) {
    if (other.id == change.record.id) throw Error(ErrorCode::kInvalid, "a record can't be merged into itself");
    for (const std::string& part : parts) {
      if (std::ranges::count(other.merged, part) == 0) other.merged.push_back(part);
    }
    PutOther(change, std::move(other), "record.absorb");
  }
}

void TakeBack(const Store& store, const RecordChange& change) {
  const std::vector<std::string> parts = PartsOf(change.record);
  for (Record& other : StepsFrom(store, change.record.merged_into)) {
    for (const Field& field : change.record.fields) {
      const auto lent = std::ranges::find(other.fields, Lent(field));
      if (lent != other.fields.end()) other.fields.erase(lent);
    }
    std::erase_if(other.merged, [&](const std::string& id) { return std::ranges::count(parts, id) > 0; });
    if (other.id == change.record.merged_into) {
      change.audit.detail = fmt::format("from {} ({})", NameOfPaper(other), other.id);
    }
    PutOther(change, std::move(other), "record.release_merged");
  }
}

}  // namespace diwan
