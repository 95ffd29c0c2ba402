// The handlers that the route table (api/router.cc) names, grouped by what they are about.
#pragma once

#include <string>
#include <string_view>

#include "api/routes.h"

namespace diwan {

// handlers_search.cc
Response ShowHealth(Archive& archive, const Request& request, const PathParameters& path);
Response ShowStats(Archive& archive, const Request& request, const PathParameters& path);
Response SearchRecords(Archive& archive, const Request& request, const PathParameters& path);
Response SuggestWords(Archive& archive, const Request& request, const PathParameters& path);
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
Response ShowBatch(Archive& archive, const Request& request, const PathParameters& path);
Response ImportLines(Archive& archive, const Request& request, const PathParameters& path);
Response ExportRecords(Archive& archive, const Request& request, const PathParameters& path);

// handlers_reports.cc
Response ShowGaps(Archive& archive, const Request& request, const PathParameters& path);

// handlers_upkeep.cc
Response VerifyArchive(Archive& archive, const Request& request, const PathParameters& path);
Response ReindexArchive(Archive& archive, const Request& request, const PathParameters& path);

// A 200 with JSON in it, and with another status.
Response JsonResponse(std::string json, int status = 200);

// "attachment" with `file_name` as RFC 6266 and RFC 5987 want it: an ASCII stand-in, and the name itself in UTF-8.
std::string Attachment(std::string_view file_name);

}  // namespace diwan
