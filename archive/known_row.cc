// A row that comes later than its scan. What a person said stays; what another row said goes.
#include "archive/known_row.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "archive/ingest.h"
#include "archive/read_again.h"
#include "core/error.h"

namespace diwan {
namespace {

bool IsOfRow(const Field& field) { return field.origin == FieldOrigin::kManifest; }

// Whether somebody said it who goes before a manifest.
bool IsOfPerson(const Field& field) {
  return field.origin == FieldOrigin::kPerson || (field.state == FieldState::kConfirmed && !IsOfRow(field));
}

std::vector<Field> FieldsOfRow(const std::vector<Field>& fields) {
  std::vector<Field> given;
  std::ranges::copy_if(fields, std::back_inserter(given), IsOfRow);
  return given;
}

}  // namespace

std::vector<Field> JoinedFields(const std::vector<Field>& old, const std::vector<Field>& given) {
  std::vector<Field> joined;
  const auto by_person = [&](const Field& field) {
    return std::ranges::any_of(old, [&](const Field& o) { return IsOfPerson(o) && o.name == field.name; });
  };
  std::ranges::copy_if(given, std::back_inserter(joined), std::not_fn(by_person));
  for (const Field& field : old) {
    const bool replaced = std::ranges::count(given, field.name, &Field::name) > 0 && !IsOfPerson(field);
    if (!replaced && !IsOfRow(field)) joined.push_back(field);
  }
  return joined;
}

void CheckExternalId(const Store& store, std::string_view external_id, std::string_view record_id) {
  if (external_id.empty()) return;
  const auto owner = store.RecordIdOfExternal(external_id);
  if (owner ? *owner == record_id : !store.HasExternalId(external_id)) return;
  if (!owner) throw Error(ErrorCode::kInvalid, fmt::format("the external id \"{}\" can't be given", external_id));
  throw Error(ErrorCode::kInvalid,
              fmt::format("the external id \"{}\" is that of record {} already", external_id, *owner));
}

void TakeRowOfKnown(const Store& store, const Description& row, const KnownFile& known, BatchEntry& entry,
                    ChangeSet& changes) {
  const auto leave = [&](std::string_view why) {
    entry.row_left = true;
    entry.reason += fmt::format("; what the manifest says of it was not taken, since {}", why);
  };
  if (const auto job = store.GetJob(known.source.record_id)) {
    const bool same_level = !row.access || *row.access == job->access;
    if (row.external_id != job->external_id || row.fields != job->fields || !same_level)
      leave("that file is still to be read");
    return;
  }
  auto record = store.GetRecord(known.source.record_id);
  if (!record) return;
  std::vector<Field> fields = JoinedFields(record->fields, row.fields);
  const bool new_name = !row.external_id.empty() && row.external_id != record->external_id;
  const bool new_level = row.access && *row.access != record->access;
  if (!new_name && !new_level && FieldsOfRow(fields) == FieldsOfRow(record->fields)) return;
  if (PlainFileName(entry.file_name) != record->file_name) return leave("that file has another name");
  CheckExternalId(store, row.external_id, record->id);
  if (record->deleted) return leave("its record was deleted");
  changes.bases.push_back({.record_id = record->id, .version = record->version});
  if (new_name) record->external_id = row.external_id;
  record->access = row.access.value_or(record->access);
  record->fields = std::move(fields);
  record->changed_at = entry.received_at;
  ReadAgain(store, *record, {}, changes);
  changes.audit.push_back({.at = entry.received_at,
                           .actor = known.actor,
                           .action = "record.describe",
                           .subject = record->id,
                           .detail = entry.file_name});
  changes.records.push_back(std::move(*record));
}

}  // namespace diwan
