// From stored records to lines that Import and manifests take: the way back of archive/import.cc.
#include "archive/export.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/description.h"
#include "archive/fetch.h"
#include "archive/merge.h"
#include "archive/said.h"
#include "archive/search.h"
#include "core/error.h"
#include "core/id.h"

namespace diwan {
namespace {

constexpr size_t kMaxRecords = 1000;
constexpr size_t kEnoughBytes = 8U << 20;  // of one answer
constexpr uint32_t kMaxFound = 10'000;
constexpr size_t kMaxQuery = 1000;  // bytes: the address of what comes next repeats it

bool IsGiven(const Field& field) { return field.origin != FieldOrigin::kOcr || field.state == FieldState::kConfirmed; }

std::vector<Field> WantedFields(const Record& record, bool proposed) {
  std::vector<Field> fields;
  std::ranges::copy_if(record.fields, std::back_inserter(fields),
                       [proposed](const Field& field) { return proposed || IsGiven(field); });
  return fields;
}

// As a manifest or an import makes the value of it again; what was read and nobody confirmed, also as if it was given.
void MakePlain(std::vector<Field>& fields, bool all) {
  const auto language = std::ranges::find(fields, "language", &Field::name);
  const bool persian = language != fields.end() && language->value == "fas";
  for (Field& field : fields) {
    if (all || !IsGiven(field)) field = GivenField(field.name, GivenForm(field, persian), persian);
  }
  std::erase_if(fields, [](const Field& field) { return field.printed.empty() && field.value.empty(); });
}

// How other records of the export name this one.
std::string NameIn(const Record& record) { return record.external_id.empty() ? record.id : record.external_id; }

// Whether a relation leads to the record, or to one that is this one now.
bool IsNamed(const Store& store, const Record& record) {
  bool named = false;
  store.VisitCitations(NumberRole::kRecord, record.id, "", [&](const NumberedCitation&) {
    named = true;
    return false;
  });
  return named || std::ranges::any_of(record.merged, [&](const std::string& id) {
           const auto merged = store.GetRecord(id);
           return merged && merged->merged.empty() && IsNamed(store, *merged);
         });
}

Said SaidOf(const Store& store, const Record& record, bool deleted) {
  Said said;
  said.removed = record.removed;
  said.hold = record.hold;
  said.deleted = record.deleted;
  const RecordCitations stored = store.GetCitations(record.id).value_or(RecordCitations());
  for (const Citation& each : stored.citations) {
    if (each.target.empty()) {
      if (each.state != CitationState::kProposed) said.judged.push_back(each);
      continue;
    }
    const auto other = deleted ? store.GetRecord(each.target) : PresentRecord(store, each.target);
    if (!other || other->id == record.id || each.state == CitationState::kRejected) continue;
    said.relations.push_back(
        {.relation = each.relation, .to = NameIn(*other), .article = each.article, .clause = each.clause});
  }
  if (record.merged_into.empty()) return said;
  if (const auto into = store.GetRecord(record.merged_into)) said.merged_into = NameIn(*into);
  return said;
}

std::string LineOf(const Store& store, const Record& record, const ExportRequest& request) {
  Description description{.file = record.file_name, .external_id = record.external_id, .fields = {}, .access = {}};
  if (record.access != AccessLevel::kInternal) description.access = record.access;
  const bool nameless = request.text && description.external_id.empty();
  if (nameless && (request.deleted || IsNamed(store, record))) description.external_id = record.id;
  description.fields = WantedFields(record, request.proposed);
  MakePlain(description.fields, /*all=*/!request.text);
  nlohmann::ordered_json line = DescriptionJson(description, request.text);
  if (request.text) {
    AddSaid(SaidOf(store, record, request.deleted), line);
    auto& pages = line["pages"] = nlohmann::ordered_json::array();
    for (int number = 1; number <= record.page_count; ++number) {
      pages.push_back(store.GetPageText(record.id, number).value_or(""));
    }
  }
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

// The records that a question finds, behind `after`, in the order of their ids.
std::vector<std::string> Found(Archive& archive, const std::string& text, const std::string& after) {
  const Answer answer = Search(archive, {.text = text, .limit = kMaxFound, .snippets = false});
  if (answer.total > kMaxFound) {
    throw Error(ErrorCode::kTooLarge, fmt::format("{} records are found, and a question may export {}; narrow it, "
                                                  "for instance year by year, or export all",
                                                  answer.total, kMaxFound));
  }
  std::set<std::string> ids;
  for (const Hit& hit : answer.hits) {
    if (!hit.guess && hit.record_id > after) ids.insert(hit.record_id);
  }
  return {ids.begin(), ids.end()};
}

// Up to `limit` records behind `after`, and whether there are more.
std::pair<std::vector<Record>, bool> RecordsBehind(Archive& archive, const ExportRequest& request) {
  std::vector<Record> records;
  if (request.query.empty()) {
    records = archive.store().ListRecords(request.after, request.limit + 1,
                                          request.deleted ? RecordsListed::kAll : RecordsListed::kPresent);
  } else {
    for (const std::string& id : Found(archive, request.query, request.after)) {
      if (records.size() > request.limit) break;
      if (auto record = archive.store().GetRecord(id)) records.push_back(std::move(*record));
    }
  }
  const bool more = records.size() > request.limit;
  if (more) records.pop_back();
  return {std::move(records), more};
}

}  // namespace

ExportedLines Export(Archive& archive, const ExportRequest& request) {
  if (request.limit < 1 || request.limit > kMaxRecords) {
    throw Error(ErrorCode::kInvalid, fmt::format("an answer may have 1 to {} records", kMaxRecords));
  }
  if (!request.after.empty() && !IsId(request.after)) {
    throw Error(ErrorCode::kInvalid, "what to go on after must be the id of a record");
  }
  if (request.query.size() > kMaxQuery) {
    throw Error(ErrorCode::kTooLarge, fmt::format("a question to export may have {} bytes at most", kMaxQuery));
  }
  if (request.deleted && !request.query.empty()) {
    throw Error(ErrorCode::kInvalid, "a question finds no deleted records; export all");
  }
  const auto [records, more] = RecordsBehind(archive, request);
  ExportedLines exported;
  for (const Record& record : records) {
    exported.lines += LineOf(archive.store(), record, request);
    const bool last = &record == &records.back();
    if (last && !more) break;
    if (last || exported.lines.size() >= kEnoughBytes) {
      exported.next = record.id;
      break;
    }
  }
  return exported;
}

}  // namespace diwan
