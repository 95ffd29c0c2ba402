// Parts of a body (RFC 9110, section 14): so that a viewer need not load a whole file, and a download goes on where it
// broke off. Inside api/ only.
#pragma once

#include "api/message.h"

namespace diwan {

// Where `request` asks for one range of bytes of the body of `response`, and that has an ETag and status 200, makes it
// 206 with that range alone, or 416 when none of it is there. A range in another form, several of them, or an If-Range
// that is not the ETag leave the whole body, as any method but GET does. Tells of what has an ETag that it takes
// ranges.
void ApplyRange(const Request& request, Response& response);

}  // namespace diwan
