// The whole API: one table of routes (api/router.cc) and the way through it.
#pragma once

#include "api/message.h"
#include "archive/archive.h"

namespace diwan {

// Answers `request` from `archive`. Never throws: every failure is a problem+json response (RFC 9457) with a stable
// code. Any thread may call.
Response Handle(Archive& archive, Request& request);

// The answer to a HEAD that `response` would be to a GET.
Response WithoutBody(Response response);

}  // namespace diwan
