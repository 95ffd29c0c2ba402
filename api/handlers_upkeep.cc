// Keeping an archive sound: checking it, and making its index anew.
#include "api/handlers.h"
#include "api/json.h"
#include "api/parameters.h"
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
  const uint64_t limit = NumberParameter(request, "limit", {.fallback = 100, .least = 1, .most = 1000});
  return JsonResponse(ReadFieldsJson(ReadFields(archive, request.caller.actor, TextParameter(request, "after"), limit)));
}

}  // namespace diwan
