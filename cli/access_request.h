// Requests about accounts, tokens and the audit trail.
#pragma once

#include <string>

#include "cli/answer.h"
#include "cli/open.h"

namespace diwan {

// Sends `body` as JSON; null for none. Throws as Ask does.
Response AskWithBody(Client& client, const std::string& method, const std::string& path, const Json& body);

// Throws kInvalid when an argument of `action` is missing.
void RequireArgument(const Call& call, const std::string& value, const std::string& action, const char* argument);

}  // namespace diwan
