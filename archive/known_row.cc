// A row that comes later than its scan. What a person said stays; what another row said goes.
#include "archive/known_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "archive/edit.h"
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

bool IsRemoved(const Record& record, const Field& field) {
  return std::ranges::any_of(record.removed, [&](const RemovedValue& gone) {
    return gone.name == field.name && (gone.value.empty() || gone.value == field.value);
  });
}

// What a person said that keeps `given` out, or nullptr.
const Field* KeptInstead(const Record& record, const Field& given) {
  const auto found = std::ranges::find_if(record.fields, [&](const Field& field) {
    return IsOfPerson(field) && field.name == given.name &&
           (!HasSeveralValues(given.name) || field.value == given.value);
  });
  return found == record.fields.end() ? nullptr : &*found;
}

// The years of a row that go with the number of the row, when the number that a person said is another one.
bool KeepsYear(const Record& record, const std::vector<Field>& given) {
  const auto number = std::ranges::find(given, "number", &Field::name);
  const Field* kept = record.Find("number");
  if (kept == nullptr || !IsOfPerson(*kept)) return false;
  const bool none = number == given.end() && std::ranges::count(given, "year", &Field::name) == 0;
  return none || (number != given.end() && number->value != kept->value);
}

}  // namespace

std::string TakeRow(std::vector<Field> given, Record& record) {
  std::vector<std::string> left;
  const bool keeps_year = KeepsYear(record, given);
  std::erase_if(given, [&](const Field& field) {
    const Field* kept = KeptInstead(record, field);
    const bool removed = IsRemoved(record, field);
    if (removed) {
      left.push_back(fmt::format("its {} {}, since a person removed it", field.name, Quoted(field.value)));
    } else if (kept != nullptr && kept->value != field.value) {
      left.push_back(
          fmt::format("its {} {}, since a person said {}", field.name, Quoted(field.value), Quoted(kept->value)));
    }
    return removed || kept != nullptr || (keeps_year && field.name == "year");
  });
  std::erase_if(record.fields, [&](const Field& field) {
    if (IsOfPerson(field) || (keeps_year && field.name == "year")) return false;
    return IsOfRow(field) || std::ranges::count(given, field.name, &Field::name) > 0;
  });
  record.fields.insert(record.fields.begin(), std::make_move_iterator(given.begin()),
                       std::make_move_iterator(given.end()));
  constexpr size_t kMostTold = 10;
  if (left.size() > kMostTold) {
    left[kMostTold - 1] = fmt::format("{} others", left.size() - kMostTold + 1);
    left.resize(kMostTold);
  }
  return fmt::format("{}", fmt::join(left, ", nor "));
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
  const std::vector<Field> before = record->fields;
  const std::string left = TakeRow(row.fields, *record);
  if (!left.empty()) {
    entry.row_left = true;
    entry.reason += fmt::format("; what the manifest says of it was taken, but not {}", left);
  }
  const bool new_name = !row.external_id.empty() && row.external_id != record->external_id;
  const bool new_level = row.access && *row.access != record->access;
  if (!new_name && !new_level && FieldsOfRow(record->fields) == FieldsOfRow(before)) return;
  if (PlainFileName(entry.file_name) != record->file_name) return leave("that file has another name");
  CheckExternalId(store, row.external_id, record->id);
  if (record->deleted) return leave("its record was deleted");
  changes.bases.push_back({.record_id = record->id, .version = record->version});
  if (new_name) record->external_id = row.external_id;
  record->access = row.access.value_or(record->access);
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
