// If-None-Match, on the way out: what a client has already is not sent again.
#pragma once

#include "api/message.h"

namespace diwan {

// Makes a 200 with an ETag that the request's If-None-Match names, or "*", a 304 without a body. Of GET and HEAD alone.
// What has an ETag may be kept by a browser as long as it asks again.
void ApplyIfNoneMatch(const Request& request, Response& response);

}  // namespace diwan
