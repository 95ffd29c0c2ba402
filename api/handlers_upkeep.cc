// Keeping an archive sound: checking it, and making its index anew.
#include "api/handlers.h"
#include "api/json.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "archive/fetch.h"
#include "archive/read_fields.h"
#include "archive/verify.h"

namespace diwan {
namespace {

void NoProgress(uint64_t /*done*/, uint64_t /*total*/) {}

}  // namespace

Response VerifyArchive(Archive& archive, const Request& /*request*/, const PathParameters& /*path*/) {
  return JsonResponse(VerifyJson(Verify(archive, NoProgress)));
}

Response ReindexArchive(Archive& archive, const Request& /*request*/, const PathParameters& /*path*/) {
  archive.Reindex(NoProgress);
  return JsonResponse(ReindexJson(FetchStats(archive).pages_searchable));
}

Response ReadFieldsAnew(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const uint64_t limit = NumberParameter(request, parameters::kListLimit);
  const std::string after = TextParameter(request, parameters::kAfter);
  return JsonResponse(ReadFieldsJson(ReadFields(archive, request.caller.actor, after, limit)));
}

}  // namespace diwan
