// The handlers that the route table (api/router.cc) names, grouped by what they are about.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/routes.h"

namespace diwan {

// handlers_search.cc
Response ShowHealth(Archive& archive, const Request& request, const PathParameters& path);
Response ShowStats(Archive& archive, const Request& request, const PathParameters& path);
Response SearchRecords(Archive& archive, const Request& request, const PathParameters& path);
Response SuggestWords(Archive& archive, const Request& request, const PathParameters& path);
Response ShowMatches(Archive& archive, const Request& request, const PathParameters& path);
Response ShowRelated(Archive& archive, const Request& request, const PathParameters& path);

// handlers_records.cc
Response ShowRecords(Archive& archive, const Request& request, const PathParameters& path);
Response ShowRecord(Archive& archive, const Request& request, const PathParameters& path);
Response ShowPage(Archive& archive, const Request& request, const PathParameters& path);
Response ShowImage(Archive& archive, const Request& request, const PathParameters& path);
Response ShowSource(Archive& archive, const Request& request, const PathParameters& path);

// handlers_citations.cc
Response ShowCitations(Archive& archive, const Request& request, const PathParameters& path);
Response ShowCitedBy(Archive& archive, const Request& request, const PathParameters& path);
Response ShowStatus(Archive& archive, const Request& request, const PathParameters& path);
Response ResolveCitations(Archive& archive, const Request& request, const PathParameters& path);
Response ShowDecision(Archive& archive, const Request& request, const PathParameters& path);
Response ShowRuling(Archive& archive, const Request& request, const PathParameters& path);

// handlers_delivery.cc
Response ReceiveFile(Archive& archive, const Request& request, const PathParameters& path);
Response NewBatch(Archive& archive, const Request& request, const PathParameters& path);
Response ShowBatches(Archive& archive, const Request& request, const PathParameters& path);
Response ShowBatch(Archive& archive, const Request& request, const PathParameters& path);
Response ImportLines(Archive& archive, const Request& request, const PathParameters& path);
Response ExportRecords(Archive& archive, const Request& request, const PathParameters& path);

// handlers_uploads.cc
Response ShowTus(Archive& archive, const Request& request, const PathParameters& path);
Response NewUpload(Archive& archive, const Request& request, const PathParameters& path);
Response ShowUpload(Archive& archive, const Request& request, const PathParameters& path);
Response AppendToUpload(Archive& archive, const Request& request, const PathParameters& path);
Response EndUpload(Archive& archive, const Request& request, const PathParameters& path);

// handlers_jobs.cc
Response ShowJobs(Archive& archive, const Request& request, const PathParameters& path);
Response ShowJob(Archive& archive, const Request& request, const PathParameters& path);
Response FollowJob(Archive& archive, const Request& request, const PathParameters& path);
Response FollowBatch(Archive& archive, const Request& request, const PathParameters& path);

// handlers_reports.cc
Response ShowGaps(Archive& archive, const Request& request, const PathParameters& path);

// handlers_upkeep.cc
Response ReadFieldsAnew(Archive& archive, const Request& request, const PathParameters& path);
Response VerifyArchive(Archive& archive, const Request& request, const PathParameters& path);
Response ReindexArchive(Archive& archive, const Request& request, const PathParameters& path);

// handlers_changes.cc
Response ChangeFields(Archive& archive, const Request& request, const PathParameters& path);
Response ChangeWords(Archive& archive, const Request& request, const PathParameters& path);
Response NewRelationOf(Archive& archive, const Request& request, const PathParameters& path);
Response ChangeRelation(Archive& archive, const Request& request, const PathParameters& path);
Response DropRelation(Archive& archive, const Request& request, const PathParameters& path);
Response MergeInto(Archive& archive, const Request& request, const PathParameters& path);
Response SplitFrom(Archive& archive, const Request& request, const PathParameters& path);
Response RemoveRecord(Archive& archive, const Request& request, const PathParameters& path);
Response BringBack(Archive& archive, const Request& request, const PathParameters& path);
Response SetHold(Archive& archive, const Request& request, const PathParameters& path);
Response ReadOnceMore(Archive& archive, const Request& request, const PathParameters& path);
Response UndoFields(Archive& archive, const Request& request, const PathParameters& path);
Response UndoWords(Archive& archive, const Request& request, const PathParameters& path);
Response ShowHistory(Archive& archive, const Request& request, const PathParameters& path);
Response ShowRecordVersion(Archive& archive, const Request& request, const PathParameters& path);
Response ShowPageVersion(Archive& archive, const Request& request, const PathParameters& path);

// handlers_accounts.cc
Response ShowSession(Archive& archive, const Request& request, const PathParameters& path);
Response BeginSession(Archive& archive, const Request& request, const PathParameters& path);
Response EndSession(Archive& archive, const Request& request, const PathParameters& path);
Response ChangeOwnPassword(Archive& archive, const Request& request, const PathParameters& path);
Response ShowAccounts(Archive& archive, const Request& request, const PathParameters& path);
Response ShowAccount(Archive& archive, const Request& request, const PathParameters& path);
Response NewAccountOf(Archive& archive, const Request& request, const PathParameters& path);
Response ChangeAccount(Archive& archive, const Request& request, const PathParameters& path);
Response SetAccountPassword(Archive& archive, const Request& request, const PathParameters& path);
Response ShowTokens(Archive& archive, const Request& request, const PathParameters& path);
Response NewTokenOf(Archive& archive, const Request& request, const PathParameters& path);
Response RevokeToken(Archive& archive, const Request& request, const PathParameters& path);
Response ShowAudit(Archive& archive, const Request& request, const PathParameters& path);
Response ExportAudit(Archive& archive, const Request& request, const PathParameters& path);
Response VerifyAudit(Archive& archive, const Request& request, const PathParameters& path);

// handlers_queue.cc
Response ShowQueue(Archive& archive, const Request& request, const PathParameters& path);

// handlers_contract.cc
Response ShowOpenApi(Archive& archive, const Request& request, const PathParameters& path);
Response ShowDocs(Archive& archive, const Request& request, const PathParameters& path);
Response ShowOpenSearch(Archive& archive, const Request& request, const PathParameters& path);
Response ShowProblem(Archive& archive, const Request& request, const PathParameters& path);

// A record or page as JSON, with the ETag that a change of it names.
Response RecordResponse(Archive& archive, Record record, int status = 200, std::string_view note = "");
Response PageResponse(const Page& page);

// A 200 with JSON in it, and with another status.
Response JsonResponse(std::string json, int status = 200);

// Runs `write`, which stores things; a failure for want of disk space comes back as 507.
Response Storing(const Archive& archive, const Request& request, const std::function<Response()>& write);

// "attachment" with `file_name` as RFC 6266 and RFC 5987 want it: an ASCII stand-in, and the name itself in UTF-8.
std::string Attachment(std::string_view file_name);

}  // namespace diwan
