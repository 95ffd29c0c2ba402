// What the commands of user_command.cc and token_command.cc have in common.
#include "cli/access_request.h"

#include <fmt/format.h>

#include <sstream>

#include "cli/arguments.h"

namespace diwan {

Response AskWithBody(Client& client, const std::string& method, const std::string& path, const Json& body) {
  Request request = Get(path);
  request.method = method;
  request.headers["content-type"] = "application/json";
  std::istringstream bytes(body.is_null() ? "" : body.dump(-1, ' ', false, Json::error_handler_t::replace));
  request.body = &bytes;
  request.body_size = bytes.view().size();
  return Ask(client, std::move(request));
}

void RequireArgument(const Call& call, const std::string& value, const std::string& action, const char* argument) {
  if (value.empty()) ThrowUsage(call, fmt::format("{} needs {}", action, argument));
}

}  // namespace diwan
