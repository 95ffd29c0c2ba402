// Core types as the JSON of docs/api.md, the last step of a successful request. What is not known is null.
#include "api/json.h"

#include <fmt/core.h>

#include "api/json_parts.h"
#include "api/version.h"
#include "archive/identifier.h"
#include "core/id.h"

namespace diwan {

using json_parts::BoxesJson;
using json_parts::BoxJson;
using json_parts::DateOf;
using json_parts::Dump;
using json_parts::EntryValue;
using json_parts::Json;
using json_parts::Rounded;
using json_parts::TextOrNull;
using json_parts::UnconfirmedOf;
using json_parts::ValueOf;

namespace {

// `boxes` nullptr: they were not looked up.
Json FieldJson(const Field& field, const std::vector<Box>* boxes) {
  return {{"name", field.name},
          {"value", field.value},
          {"printed", field.printed},
          {"origin", NameOf(field.origin)},
          {"state", NameOf(field.state)},
          {"confidence", Rounded(field.confidence, 10)},
          {"page", field.page > 0 ? Json(field.page) : Json(nullptr)},
          {"boxes", boxes == nullptr ? Json(nullptr) : BoxesJson(*boxes)}};
}

Json SourceJson(const Record& record, const std::optional<SourceFile>& source) {
  if (!source) return nullptr;
  return {{"digest", source->digest},
          {"size", source->size},
          {"media_type", source->media_type},
          {"file_name", record.file_name},
          {"url", RecordUrl(record.id) + "/source"}};
}

Json WordJson(const Word& word) {
  Json json = {{"text", word.text},
               {"box", BoxJson(word.box)},
               {"confidence", Rounded(word.confidence, 10)},
               {"line", word.line},
               {"block", word.block}};
  if (word.number != NumberState::kNone) json["number"] = NameOf(word.number);
  if (!word.first_reading.empty()) json["first_reading"] = word.first_reading;
  if (!word.alternatives.empty()) json["alternatives"] = word.alternatives;
  if (word.corrected) json["corrected"] = true;
  return json;
}

Json MarkJson(const std::optional<Mark>& mark) {
  if (!mark) return nullptr;
  return {{"why", mark->why}, {"who", mark->who}, {"at", FormatTime(mark->at)}};
}

Json RemovedJson(const std::vector<RemovedValue>& removed) {
  Json json = Json::array();
  for (const RemovedValue& gone : removed) json.push_back({{"name", gone.name}, {"value", TextOrNull(gone.value)}});
  return json;
}

Json RecordValue(const RecordView& view) {
  const Record& record = view.record;
  Json fields = Json::array();
  for (size_t i = 0; i < record.fields.size(); ++i) {
    fields.push_back(FieldJson(record.fields[i], i < view.boxes.size() ? &view.boxes[i] : nullptr));
  }
  const PaperName name = NameGivenTo(record);
  const std::string_view gone = record.merged_into.empty() ? "deleted" : "merged";
  return {{"id", record.id},
          {"external_id", TextOrNull(record.external_id)},
          {"version", record.version},
          {"state", record.deleted ? gone : NameOf(record.state)},
          {"access", NameOf(record.access)},
          {"type", ValueOf(record.fields, "type")},
          {"title", ValueOf(record.fields, "title")},
          {"number", ValueOf(record.fields, "number")},
          {"date", DateOf(record.fields)},
          {"body", ValueOf(record.fields, "body")},
          {"language", ValueOf(record.fields, "language")},
          {"unconfirmed", UnconfirmedOf(record.fields)},
          {"identifier", TextOrNull(name.identifier)},
          {"no_identifier", TextOrNull(name.why_none)},
          {"fields", std::move(fields)},
          {"removed", RemovedJson(record.removed)},
          {"deleted", MarkJson(record.deleted)},
          {"merged_into", TextOrNull(record.merged_into)},
          {"merged", record.merged},
          {"hold", MarkJson(record.hold)},
          {"page_count", record.page_count},
          {"first_page_in_source", record.source.empty() ? Json(nullptr) : Json(record.first_page)},
          {"source", SourceJson(record, view.source)},
          {"batch", TextOrNull(record.batch_id)},
          {"created_at", FormatTime(record.created_at)},
          {"changed_at", FormatTime(record.changed_at)},
          {"pages_url", RecordUrl(record.id) + "/pages/{n}"}};
}

Json FacetsJson(const std::vector<Facet>& facets) {
  Json json = Json::object();
  for (const Facet& facet : facets) {
    Json& values = json[facet.field] = Json::array();
    for (const FacetValue& value : facet.values) values.push_back({{"value", value.value}, {"count", value.count}});
  }
  return json;
}

Json ExplainedWordJson(const ExplainedWord& word) {
  Json terms = Json::array();
  for (const ExplainedTerm& term : word.terms) {
    terms.push_back({{"kind", term.kind},
                     {"text", term.text},
                     {"language", TextOrNull(term.language)},
                     {"pages", term.pages},
                     {"weight", Rounded(term.weight, 1000)}});
  }
  return {{"typed", word.typed}, {"folded", word.folded}, {"stop", word.stop}, {"terms", std::move(terms)}};
}

Json ExplanationJson(const Explanation& explanation) {
  Json words = Json::array();
  for (const ExplainedWord& word : explanation.words) words.push_back(ExplainedWordJson(word));
  return {{"parsed", explanation.parsed}, {"words", std::move(words)}};
}

std::string_view NameOf(CompletionKind kind) {
  switch (kind) {
    case CompletionKind::kNumber:
      return "number";
    case CompletionKind::kTitle:
      return "title";
    case CompletionKind::kWord:
      break;
  }
  return "word";
}

Json HitJson(const Hit& hit) {
  Json snippet = Json::array();
  for (const SnippetPart& part : hit.snippet) snippet.push_back({{"text", part.text}, {"marked", part.marked}});
  const std::string url = PageUrl(hit.record_id, hit.page);
  return {{"record", hit.record_id},
          {"page", hit.page},
          {"external_id", TextOrNull(hit.external_id)},
          {"file_name", TextOrNull(hit.file_name)},
          {"score", hit.score},
          {"guess", hit.guess},
          {"more_pages", hit.more_pages},
          {"type", ValueOf(hit.fields, "type")},
          {"number", ValueOf(hit.fields, "number")},
          {"date", DateOf(hit.fields)},
          {"title", ValueOf(hit.fields, "title")},
          {"body", ValueOf(hit.fields, "body")},
          {"unconfirmed", UnconfirmedOf(hit.fields)},
          {"snippet", std::move(snippet)},
          {"boxes", BoxesJson(hit.boxes)},
          {"page_url", url},
          {"image_url", hit.has_image ? Json(url + "/image") : Json(nullptr)},
          {"page_width", hit.page_width},
          {"page_height", hit.page_height}};
}

Json BatchValue(const Batch& batch) {
  return {{"id", batch.id}, {"label", batch.label}, {"opened_at", FormatTime(batch.opened_at)}};
}

}  // namespace

std::string RecordUrl(std::string_view record_id) { return fmt::format("/v1/records/{}", record_id); }

std::string PageUrl(std::string_view record_id, int page) {
  return fmt::format("/v1/records/{}/pages/{}", record_id, page);
}

// Asked for every second by whoever watches, and always the same.
std::string HealthJson() {
  static const std::string json = Dump({{"status", "ok"}, {"version", kVersion}});
  return json;
}

std::string StatsJson(const Stats& stats) {
  return Dump({{"records", stats.totals.records},
               {"pages", stats.totals.pages},
               {"pages_without_text", stats.totals.pages_without_text},
               {"pages_searchable", stats.pages_searchable},
               {"changes_waiting", stats.changes_waiting},
               {"bytes", stats.totals.bytes},
               {"files_waiting", stats.totals.jobs},
               {"format", stats.format}});
}

std::string SearchJson(const Query& query, const Answer& answer) {
  Json results = Json::array();
  for (const Hit& hit : answer.hits) {
    results.push_back(HitJson(hit));
    results.back()["matched"] = query.explain ? Json(hit.matched) : Json(nullptr);
  }
  return Dump({{"query", query.text},
               {"total", answer.total},
               {"pages_searched", answer.pages_searched},
               {"pages_without_text", answer.pages_without_text},
               {"took_ms", Rounded(answer.took_ms, 100)},
               {"notes", answer.notes},
               {"suggestion", TextOrNull(answer.suggestion)},
               {"facets", query.facets ? FacetsJson(answer.facets) : Json(nullptr)},
               {"results", std::move(results)},
               {"next", TextOrNull(answer.next)},
               {"explain", answer.explanation ? ExplanationJson(*answer.explanation) : Json(nullptr)}});
}

std::string CompletionsJson(std::string_view typed, const std::vector<Completion>& completions, double took_ms) {
  Json list = Json::array();
  for (const Completion& completion : completions) {
    list.push_back({{"kind", NameOf(completion.kind)}, {"text", completion.text}, {"pages", completion.pages}});
  }
  return Dump({{"query", typed}, {"completions", std::move(list)}, {"took_ms", Rounded(took_ms, 100)}});
}

std::string RelatedJson(std::string_view record_id, const std::vector<Hit>& hits, double took_ms) {
  Json results = Json::array();
  for (const Hit& hit : hits) results.push_back(HitJson(hit));
  return Dump({{"record", record_id}, {"took_ms", Rounded(took_ms, 100)}, {"results", std::move(results)}});
}

std::string MatchesJson(std::string_view record_id, const std::vector<PageMatches>& pages) {
  Json list = Json::array();
  for (const PageMatches& each : pages) list.push_back({{"page", each.page}, {"boxes", BoxesJson(each.boxes)}});
  return Dump({{"record", record_id}, {"pages", std::move(list)}});
}

std::string RecordJson(const RecordView& view, std::string_view note) {
  Json json = RecordValue(view);
  if (!note.empty()) json["note"] = note;
  return Dump(json);
}

std::string RecordListJson(const std::vector<RecordView>& views, const std::string& next) {
  Json records = Json::array();
  for (const RecordView& view : views) records.push_back(RecordValue(view));
  return Dump({{"records", std::move(records)}, {"next", TextOrNull(next)}});
}

std::string PageJson(const Page& page) {
  Json words = Json::array();
  for (const Word& word : page.words) words.push_back(WordJson(word));
  const bool has_image = !page.image_type.empty() && !page.record_id.empty();
  return Dump({{"record", TextOrNull(page.record_id)},
               {"number", page.number},
               {"version", page.version},
               {"width", page.width},
               {"height", page.height},
               {"dpi", page.dpi},
               {"rotation", page.rotation},
               {"skew", Rounded(page.skew, 100)},
               {"language", TextOrNull(page.language)},
               {"origin", NameOf(page.origin)},
               {"engine", TextOrNull(page.engine)},
               {"confidence", Rounded(page.confidence, 10)},
               {"doubtful", DoubtfulWords(page).size()},
               {"cpu_ms", page.cpu_ms},
               {"recognition_cpu_ms", page.recognition_ms},
               {"text", page.text},
               {"failure", TextOrNull(page.failure)},
               {"image_url", has_image ? Json(PageUrl(page.record_id, page.number) + "/image") : Json(nullptr)},
               {"words", std::move(words)}});
}

std::string EntryJson(const BatchEntry& entry) { return Dump(EntryValue(entry)); }

std::string BatchJson(const Batch& batch) { return Dump(BatchValue(batch)); }

std::string BatchesJson(const std::vector<Batch>& batches, const std::string& next) {
  Json list = Json::array();
  for (const Batch& batch : batches) list.push_back(BatchValue(batch));
  return Dump({{"batches", std::move(list)}, {"next", TextOrNull(next)}});
}

std::string AccountJson(const BatchAccount& account, bool with_entries, const std::string& next) {
  Json json = BatchValue(account.batch);
  json["received"] = account.received;
  json["stored"] = account.stored;
  json["duplicate"] = account.duplicate;
  json["quarantined"] = account.quarantined;
  json["waiting"] = account.waiting;
  json["stalled"] = account.stalled;
  json["pages"] = account.pages;
  json["pages_known"] = account.pages_known;
  json["failed_pages"] = account.failed_pages;
  if (with_entries) {
    json["entries"] = Json::array();
    for (const BatchEntry& entry : account.entries) json["entries"].push_back(EntryValue(entry));
    json["next"] = TextOrNull(next);
  }
  return Dump(json);
}

std::string ImportJson(const ImportReport& report) {
  Json problems = Json::array();
  for (const ImportReport::Problem& problem : report.problems) {
    problems.push_back({{"line", problem.line}, {"reason", problem.reason}});
  }
  return Dump({{"imported", report.imported},
               {"replaced", report.replaced},
               {"failed", report.failed},
               {"problems", std::move(problems)}});
}

std::string VerifyJson(const VerifyReport& report) {
  return Dump({{"ok", report.problem_count == 0},
               {"records", report.records},
               {"pages", report.pages},
               {"sources", report.sources},
               {"bytes", report.bytes},
               {"files_waiting", report.waiting},
               {"problem_count", report.problem_count},
               {"problems", report.problems}});
}

std::string ReindexJson(uint64_t pages) { return Dump({{"pages", pages}}); }

std::string ReadFieldsJson(const ReadFieldsReport& report) {
  Json json = {{"read", report.read}, {"changed", report.changed}, {"next", nullptr}};
  if (!report.next.empty()) json["next"] = report.next;
  return Dump(json);
}

std::string ProblemJson(const Problem& problem, int status, const ProblemText& text) {
  Json json = {{"type", fmt::format("/problems/{}", TypeOf(problem.code, status).name)},
               {"title", text.title},
               {"status", status},
               {"code", CodeName(problem.code)},
               {"detail", problem.detail},
               {"explanation", text.explanation}};
  if (problem.version) json["version"] = *problem.version;
  if (problem.entry != nullptr) json["entry"] = EntryValue(*problem.entry);
  if (!problem.available.empty()) json["available"] = problem.available;
  return Dump(json);
}

}  // namespace diwan
