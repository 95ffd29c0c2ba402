// The JSON of GET /v1/reports/gaps, as docs/api.md has it. Pure; any thread may call.
#pragma once

#include <string>

#include "archive/gaps.h"

namespace diwan {

std::string GapsJson(const GapsReport& report, double took_ms);

}  // namespace diwan
