// The JSON of the queue of what a person should look at. Pure; any thread may call.
#pragma once

#include <string>

#include "archive/queue.h"

namespace diwan {

std::string QueueJson(const Queue& queue, DoubtKind kind, const std::string& next);  // next: "" for the end

}  // namespace diwan
