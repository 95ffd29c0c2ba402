// From stored records to lines that Import and manifests take: the way back of archive/import.cc.
#include "archive/export.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/description.h"
#include "archive/fetch.h"
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

Description DescriptionOf(const Record& record, bool proposed) {
  Description description{.file = record.file_name, .external_id = record.external_id, .fields = {}, .access = {}};
  if (record.access != AccessLevel::kInternal) description.access = record.access;
  const auto wanted = [proposed](const Field& field) { return proposed || IsGiven(field); };
  const auto language = std::ranges::find_if(
      record.fields, [&](const Field& field) { return field.name == "language" && wanted(field); });
  const bool persian = language != record.fields.end() && language->value == "fas";
  for (const Field& field : record.fields) {
    if (!wanted(field)) continue;
    std::string given = GivenForm(field, persian);
    if (!given.empty()) description.fields.push_back({.name = field.name, .printed = std::move(given)});
  }
  return description;
}

std::string LineOf(const Store& store, const Record& record, const ExportRequest& request) {
  nlohmann::ordered_json line = DescriptionJson(DescriptionOf(record, request.proposed));
  if (request.text) {
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
    records = archive.store().ListRecords(request.after, request.limit + 1);
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
