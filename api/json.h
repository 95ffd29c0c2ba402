// The JSON of docs/api.md, one function for each kind of answer: UTF-8, names always in the same order. Bytes that are
// not UTF-8 come out as U+FFFD; nothing here throws for what the values hold. Pure; any thread may call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/problem.h"
#include "archive/fetch.h"
#include "archive/import.h"
#include "archive/ingest.h"
#include "archive/read_fields.h"
#include "archive/search.h"
#include "archive/verify.h"
#include "core/query.h"
#include "core/record.h"

namespace diwan {

// A record with what is known of its source file, and where its fields stand on paper.
struct RecordView {
  Record record;
  std::optional<SourceFile> source;
  std::vector<std::vector<Box>> boxes;  // of each field, in order; empty when they were not looked up
};

std::string HealthJson();
std::string StatsJson(const Stats& stats);
std::string SearchJson(const Query& query, const Answer& answer);
std::string CompletionsJson(std::string_view typed, const std::vector<Completion>& completions, double took_ms);
std::string RelatedJson(std::string_view record_id, const std::vector<Hit>& hits, double took_ms);
std::string MatchesJson(std::string_view record_id, const std::vector<PageMatches>& pages);
// `note`: on the change that the answer is to; "" for none.
std::string RecordJson(const RecordView& view, std::string_view note = "");
std::string RecordListJson(const std::vector<RecordView>& views, const std::string& next);  // next: "" for the end
std::string PageJson(const Page& page);
std::string EntryJson(const BatchEntry& entry);
std::string BatchJson(const Batch& batch);
std::string BatchesJson(const std::vector<Batch>& batches, const std::string& next);
std::string AccountJson(const BatchAccount& account, bool with_entries, const std::string& next);
std::string ImportJson(const ImportReport& report);
std::string VerifyJson(const VerifyReport& report);
std::string ReindexJson(uint64_t pages);
std::string ReadFieldsJson(const ReadFieldsReport& report);
std::string ProblemJson(const Problem& problem, int status, const ProblemText& text);

// Where things are found, as the answers name them: "/v1/records/ID", ".../pages/N", ".../image", ".../source".
std::string RecordUrl(std::string_view record_id);
std::string PageUrl(std::string_view record_id, int page);

}  // namespace diwan
