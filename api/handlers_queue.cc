// What a person should look at, in parts.
#include "api/handlers.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "api/queue_json.h"

namespace diwan {
namespace {

DoubtKind KindOf(std::string_view name) {
  if (name == "fields") return DoubtKind::kFields;
  return name == "words" ? DoubtKind::kWords : DoubtKind::kNumbers;
}

}  // namespace

Response ShowQueue(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const QueueFilter filter{.kind = KindOf(ChoiceParameter(request, parameters::kDoubtKind)),
                           .least = static_cast<float>(NumberParameter(request, parameters::kLeast))};
  const size_t limit = NumberParameter(request, parameters::kDoubtLimit);
  const Queue queue = ListDoubts(archive, filter, CursorPosition(request), limit);
  const std::string next = queue.next.empty() ? "" : MakeListCursor(request, queue.next);
  Response response = JsonResponse(QueueJson(queue, filter.kind, next));
  LinkNext(request, next, response);
  return response;
}

}  // namespace diwan
