// Jobs and uploads as JSON. Pure; any thread may call.
#pragma once

#include <string>
#include <vector>

#include "archive/jobs.h"
#include "core/delivery.h"

namespace diwan {

std::string JobUrl(const BatchEntry& entry);
std::string JobJson(const DeliveryJob& job);
std::string JobsJson(const std::vector<DeliveryJob>& jobs, const std::string& next);
std::string UploadJson(const Parcel& parcel);

// The line of JSON that says for whom a file will be: {"access","body"}, each where it is not ""; "" for neither.
std::string SaidJson(const std::string& access, const std::string& body);

}  // namespace diwan
