// What becomes of files that were brought in: asked for, or told as it happens by server-sent events.
#include <fmt/core.h>

#include <chrono>

#include "api/accept.h"
#include "api/delivery_json.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/listeners.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/query_parameters.h"
#include "archive/jobs.h"
#include "core/error.h"

namespace diwan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kHeartbeat{10};
constexpr std::chrono::minutes kLongest{5};  // then the client comes again, and who it is is asked anew
constexpr std::chrono::milliseconds kJobPause{300};
constexpr std::chrono::milliseconds kBatchPause{1500};  // to look at all its files costs more

// A state as it is told, by a name that it alone has.
struct Told {
  std::string id;
  std::string json;
  bool end = false;
};

Told TellJob(Archive& archive, const std::string& id, const std::string& owner) {
  const DeliveryJob job = FindJob(archive, id, owner);
  constexpr const char* kNames[] = {"waiting", "reading", "stalled", "done"};
  return {.id = fmt::format("{}-{}", kNames[static_cast<size_t>(job.state)], job.pages_done),
          .json = JobJson(job),
          .end = job.state == JobState::kDone};
}

Told TellBatch(Archive& archive, const std::string& id, const std::string& owner) {
  const BatchAccount account = AccountFor(archive, id, owner);
  return {.id = fmt::format("{}-{}-{}-{}", account.received, account.waiting, account.stalled, account.pages),
          .json = AccountJson(account, false, ""),
          .end = account.waiting == 0};
}

using Look = std::function<Told()>;
using Sink = std::function<bool(std::string_view)>;

std::string EventOf(const Told& told) {
  return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", told.id, told.end ? "end" : "progress", told.json);
}

// Tells the present state, and where there is a place among the listeners, each change until the end.
void Follow(Listeners* listeners, const Look& look, std::string last, std::chrono::milliseconds pause,
            const Sink& sink) {
  if (!sink("retry: 3000\n\n")) return;
  Listeners::Place place = Listeners::Take(listeners);
  const auto end = Clock::now() + kLongest;
  auto spoke = Clock::now();
  for (Told told = look();; told = look()) {
    if (told.id != last) {
      if (!sink(EventOf(told)) || told.end) return;
      last = told.id;
      spoke = Clock::now();
    } else if (Clock::now() - spoke >= kHeartbeat) {
      if (!sink(": still here\n\n")) return;
      spoke = Clock::now();
    }
    if (!place.taken() || Clock::now() >= end || !place.Wait(pause)) return;
  }
}

Response EventsOf(const Request& request, const Look& look, std::chrono::milliseconds pause) {
  const Told first = look();
  const std::string last(HeaderOf(request, "last-event-id"));
  if (first.end && first.id == last) return {.status = 204};
  Response response;
  response.headers["Content-Type"] = "text/event-stream";
  response.headers["X-Accel-Buffering"] = "no";
  response.stream = [listeners = request.listeners, look, last, pause](const Sink& sink) {
    try {
      Follow(listeners, look, last, pause, sink);
    } catch (const Error&) {  // it is gone, or can't be read now: the client comes again, and is told so
    }
  };
  return response;
}

}  // namespace

Response ShowJobs(Archive& archive, const Request& request, const PathParameters& /*path*/) {
  const size_t limit = NumberParameter(request, parameters::kListLimit);
  std::vector<DeliveryJob> jobs = ListJobs(archive, OwnerSeenBy(request.caller), CursorPosition(request), limit + 1);
  const std::string next = CutList(request, limit, jobs);
  Response response = JsonResponse(JobsJson(jobs, next));
  LinkNext(request, next, response);
  return response;
}

Response ShowJob(Archive& archive, const Request& request, const PathParameters& path) {
  return JsonResponse(JobJson(FindJob(archive, path.id, OwnerSeenBy(request.caller))));
}

// The router keeps the archive for as long as the stream lasts.
Response FollowJob(Archive& archive, const Request& request, const PathParameters& path) {
  const auto look = [&archive, id = path.id, owner = OwnerSeenBy(request.caller)] {
    return TellJob(archive, id, owner);
  };
  return EventsOf(request, look, kJobPause);
}

Response FollowBatch(Archive& archive, const Request& request, const PathParameters& path) {
  const auto look = [&archive, id = path.id, owner = OwnerSeenBy(request.caller)] {
    return TellBatch(archive, id, owner);
  };
  return EventsOf(request, look, kBatchPause);
}

}  // namespace diwan
