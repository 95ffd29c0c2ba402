// The page people use: the files that are built of api/web, which lie in the program. Pure; any thread may call.
#pragma once

#include <optional>
#include <string_view>

#include "api/message.h"

namespace diwan {

// The file at the address, or the page itself where the address is one of its own ("/", "/records/…"); no value for
// any other, and for other methods than GET and HEAD. The files tell nothing of the archive, so nobody must be signed
// in.
std::optional<Response> WebFile(const Request& request);

// Whether there is one, without making it.
bool IsWebFile(const Request& request);

// What stands for a route in logs and metrics.
inline constexpr std::string_view kWebRoute = "page";

}  // namespace diwan
