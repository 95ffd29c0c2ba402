#include "api/delivery_json.h"

#include "api/json.h"
#include "api/json_parts.h"
#include "core/id.h"

namespace diwan {
namespace {

using json_parts::Json;
using json_parts::TextOrNull;

constexpr const char* kStates[] = {"waiting", "reading", "stalled", "done"};

Json JobValue(const DeliveryJob& job) {
  return {{"id", job.id},
          {"state", kStates[static_cast<size_t>(job.state)]},
          {"pages_done", job.pages_done},
          {"pages_total", job.pages_total == 0 ? Json(nullptr) : Json(job.pages_total)},
          {"created_at", FormatTime(job.entry.received_at)},
          {"entry", json_parts::EntryValue(job.entry)},
          {"events_url", JobUrl(job.entry) + "/events"}};
}

}  // namespace

std::string JobUrl(const BatchEntry& entry) { return "/v1/jobs/" + JobIdOf(entry); }

std::string JobJson(const DeliveryJob& job) { return json_parts::Dump(JobValue(job)); }

std::string JobsJson(const std::vector<DeliveryJob>& jobs, const std::string& next) {
  Json list = Json::array();
  for (const DeliveryJob& job : jobs) list.push_back(JobValue(job));
  return json_parts::Dump({{"jobs", std::move(list)}, {"next", TextOrNull(next)}});
}

std::string UploadJson(const Parcel& parcel) {
  const bool received = parcel.entry != 0;
  const BatchEntry entry{.batch_id = parcel.batch_id, .number = parcel.entry};
  return json_parts::Dump({{"id", parcel.id},
                           {"file_name", parcel.file_name},
                           {"length", parcel.size},
                           {"offset", parcel.received},
                           {"created_at", FormatTime(parcel.created_at)},
                           {"expires_at", FormatTime(parcel.expires_at)},
                           {"job", received ? Json(JobIdOf(entry)) : Json(nullptr)}});
}

std::string SaidJson(const std::string& access, const std::string& body) {
  Json said = Json::object();
  if (!access.empty()) said["access"] = access;
  if (!body.empty()) said["body"] = body;
  return said.empty() ? std::string() : json_parts::Dump(said);
}

}  // namespace diwan
