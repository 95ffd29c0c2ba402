// Query strings, headers and bodies at every route of the table, with the rights of every role: each is answered as the
// route is documented, never by a fault of ours. The first line names the operation and the role (0: nobody), the
// second the parts of the path, the third the query; then come headers, an empty line and the body.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "api/openapi.h"
#include "api/router.h"
#include "api/routes.h"
#include "api/target.h"
#include "core/error.h"
#include "http_archive.h"

namespace {

std::string_view TakeUntil(std::string_view& rest, char sign) {
  const size_t end = rest.find(sign);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

[[noreturn]] void Fail(const char* what, const diwan::Request& request, const diwan::Response& response) {
  std::cerr << what << ": " << request.method << ' ' << request.path << ": " << response.status << '\n';
  for (const auto& [name, value] : response.headers) std::cerr << name << ": " << value << '\n';
  std::cerr << response.body << '\n';
  std::abort();
}

// The pattern with its parts given, each up to the next blank.
std::string PathOf(std::string_view pattern, std::string_view parts) {
  std::string path;
  while (!pattern.empty()) {
    path += TakeUntil(pattern, '{');
    if (pattern.empty()) break;
    TakeUntil(pattern, '}');
    path += TakeUntil(parts, ' ');
  }
  return path;
}

void ActAs(std::string_view who, diwan::Caller& caller) {
  const size_t role = who.empty() ? 0 : static_cast<size_t>(who.front() - '0') % 5;
  caller.signed_in = role > 0;
  caller.account = role > 0 ? "sara" : "";
  caller.actor = role > 0 ? "user:sara" : "http:127.0.0.1";
  caller.rights = role > 0 ? diwan::RightsOf(static_cast<diwan::Role>(role - 1)) : 0;
  caller.viewer.level = static_cast<diwan::AccessLevel>(std::min<size_t>(role, 2));
}

bool IsDocumented(const diwan::Request& request, int status) {
  const diwan::RouteMatch match = diwan::FindRoute(request.method, request.path);
  if (match.route == nullptr) return status == 404 || status == 405 || status == 400;
  const auto& answers = match.route->operation.answers;
  const auto problems = diwan::ProblemStatuses(*match.route);
  return std::ranges::find(problems, status) != problems.end() ||
         std::find_if(answers.begin(), answers.end(), [status](const auto& each) { return each.status == status; }) !=
             answers.end() ||
         status == 206;
}

void Check(const diwan::Request& request, diwan::Response& response) {
  if (response.status == 500) Fail("a fault of ours", request, response);
  if (!IsDocumented(request, response.status)) Fail("a status that is not documented", request, response);
  if (response.stream) {
    response.stream([&response](std::string_view piece) {
      response.body += piece;
      return true;
    });
    if (response.stream_size && *response.stream_size != response.body.size()) Fail("not its size", request, response);
  }
  const std::string& type = response.headers["Content-Type"];
  const bool json = type.find("json") != std::string::npos && type.find("jsonl") == std::string::npos;
  const bool plain = response.headers.count("Content-Encoding") == 0 && response.status != 206;
  if (json && plain && !response.body.empty() && !nlohmann::json::accept(response.body)) {
    Fail("no JSON", request, response);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  diwan::FuzzedArchive& fuzzed = diwan::Current<diwan::FuzzedArchive>();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::string_view first = TakeUntil(rest, '\n');
  const auto routes = diwan::Routes();
  const auto route =
      std::ranges::find(routes, TakeUntil(first, ' '), [](const auto& each) { return each.operation.id; });
  if (route == routes.end()) return -1;
  diwan::Request request;
  request.method = route->method;
  request.path = PathOf(route->pattern, TakeUntil(rest, '\n'));
  ActAs(first, request.caller);
  try {
    request.query = diwan::ParseTarget("/?" + std::string(TakeUntil(rest, '\n'))).query;
  } catch (const diwan::Error&) {
    return -1;  // never comes to a handler
  }
  for (std::string_view line = TakeUntil(rest, '\n'); !line.empty(); line = TakeUntil(rest, '\n')) {
    const std::string_view name = TakeUntil(line, ':');
    request.headers[std::string(name)] = line;
  }
  std::istringstream body{std::string(rest)};
  if (!rest.empty()) request.body = &body;
  request.body_size = rest.size();
  diwan::Response response = diwan::Handle(fuzzed.archive(), request);
  Check(request, response);
  fuzzed.Settle();
  return 0;
}
