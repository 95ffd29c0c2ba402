// Each list as its total and the first of its items, so that nobody takes a part for the whole.
#include "api/gaps_json.h"

#include "api/json_parts.h"

namespace diwan {

namespace {

using json_parts::Dump;
using json_parts::Json;
using json_parts::Rounded;
using json_parts::TextOrNull;

Json SeriesJson(const SeriesName& name) {
  return {{"body", TextOrNull(name.body)}, {"type", TextOrNull(name.type)}, {"year", TextOrNull(name.year)}};
}

Json ListedJson(const ListedRecord& record) {
  return {{"record", record.id},
          {"external_id", TextOrNull(record.external_id)},
          {"file_name", TextOrNull(record.file_name)}};
}

// With its number, and how sure it is.
Json NumberedJson(const ListedRecord& record) {
  Json json = ListedJson(record);
  json["number"] = record.number;
  json["confidence"] = Rounded(record.confidence, 10);
  return json;
}

Json NumberedOrNull(const std::optional<ListedRecord>& record) {
  return record ? NumberedJson(*record) : Json(nullptr);
}

Json NumberOrNull(uint32_t number) { return number == 0 ? Json(nullptr) : Json(number); }

Json RowJson(const SeriesRow& row) {
  Json json = SeriesJson(row.name);
  json["papers"] = row.papers;
  json["from"] = NumberOrNull(row.from);
  json["first"] = NumberOrNull(row.first);
  json["last"] = NumberOrNull(row.last);
  json["missing"] = row.missing;
  json["doubled"] = row.doubled;
  json["unsure"] = row.doubtful;
  json["not_plain"] = row.not_plain;
  json["not_plain_number"] = TextOrNull(row.not_plain_number);
  json["year_of_date"] = row.year_of_date;
  return json;
}

Json RowJson(const MissingRow& row) {
  Json json = SeriesJson(row.series);
  std::string numbers = std::to_string(row.first);
  if (row.last != row.first) numbers += "-" + std::to_string(row.last);
  json["numbers"] = std::move(numbers);
  json["count"] = row.last - row.first + 1;
  json["before"] = NumberedOrNull(row.before);
  json["after"] = NumberedOrNull(row.after);
  return json;
}

Json RowJson(const DoubledRow& row) {
  Json json = SeriesJson(row.series);
  json["number"] = row.number;
  json["certain"] = row.certain;
  json["total"] = row.total;
  json["records"] = Json::array();
  for (const ListedRecord& record : row.records) json["records"].push_back(NumberedJson(record));
  return json;
}

Json RowJson(const DoubtfulRow& row) {
  Json json = SeriesJson(row.series);
  json.update(NumberedJson(row.record));
  json["standing"] = NameOf(row.standing);
  return json;
}

Json RowJson(const PageRow& row) {
  Json json = ListedJson(row.record);
  json["page"] = row.page;
  json["failure"] = TextOrNull(row.failure);
  return json;
}

Json RowJson(const ListedRecord& row) { return ListedJson(row); }

template <typename T>
Json ListJson(const Listed<T>& list) {
  Json json = {{"total", list.total}, {"items", Json::array()}};
  for (const T& item : list.items) json["items"].push_back(RowJson(item));
  return json;
}

Json PagesJson(const GapsReport& report) {
  Json json = {{"failed", report.failed_pages}, {"not_opened", report.unopened_pages}};
  json.update(ListJson(report.pages_without_text));
  return json;
}

Json ProposedJson(const GapsReport& report) {
  Json json = Json::array();
  for (const auto& [name, count] : report.proposed) {
    json.push_back({{"name", name}, {"proposed", count.proposed}, {"unsure", count.unsure}});
  }
  return json;
}

}  // namespace

std::string GapsJson(const GapsReport& report, double took_ms) {
  Json missing = {{"numbers", report.missing_numbers}};
  missing.update(ListJson(report.missing));
  return Dump({{"records", report.records},
               {"reading", report.reading},
               {"series", ListJson(report.series)},
               {"missing", std::move(missing)},
               {"doubled", ListJson(report.doubled)},
               {"unsure_numbers", ListJson(report.doubtful)},
               {"pages_without_text", PagesJson(report)},
               {"proposed_fields", ProposedJson(report)},
               {"without_date", ListJson(report.without_date)},
               {"without_number", ListJson(report.without_number)},
               {"took_ms", Rounded(took_ms, 100)}});
}

}  // namespace diwan
