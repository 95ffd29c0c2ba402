// The whole API on one screen, and the way of a request through it: path, parameters, handler, and every failure as a
// problem.
#include "api/router.h"

#include <fmt/core.h>

#include <charconv>
#include <optional>
#include <utility>

#include "api/compression.h"
#include "api/handlers.h"
#include "api/parameters.h"
#include "api/problem.h"
#include "api/ranges.h"
#include "api/routes.h"
#include "api/target.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr Route kRoutes[] = {
    {"GET", "/v1/health", ShowHealth},
    {"GET", "/v1/stats", ShowStats},
    {"GET", "/v1/search", SearchRecords},
    {"GET", "/v1/suggest", SuggestWords},
    {"GET", "/v1/records", ShowRecords},
    {"POST", "/v1/records", ReceiveFile},
    {"GET", "/v1/records/{id}", ShowRecord},
    {"PATCH", "/v1/records/{id}", ChangeFields},
    {"DELETE", "/v1/records/{id}", RemoveRecord},
    {"POST", "/v1/records/{id}/restore", BringBack},
    {"PUT", "/v1/records/{id}/hold", SetHold},
    {"POST", "/v1/records/{id}/merge", MergeInto},
    {"POST", "/v1/records/{id}/split", SplitFrom},
    {"POST", "/v1/records/{id}/read", ReadOnceMore},
    {"POST", "/v1/records/{id}/relations", NewRelationOf},
    {"PATCH", "/v1/records/{id}/relations/{n}", ChangeRelation},
    {"DELETE", "/v1/records/{id}/relations/{n}", DropRelation},
    {"GET", "/v1/records/{id}/history", ShowHistory},
    {"GET", "/v1/records/{id}/history/{version}", ShowRecordVersion},
    {"GET", "/v1/records/{id}/related", ShowRelated},
    {"GET", "/v1/records/{id}/citations", ShowCitations},
    {"GET", "/v1/records/{id}/cited-by", ShowCitedBy},
    {"GET", "/v1/records/{id}/status", ShowStatus},
    {"GET", "/v1/records/{id}/pages/{n}", ShowPage},
    {"PATCH", "/v1/records/{id}/pages/{n}", ChangeWords},
    {"GET", "/v1/records/{id}/pages/{n}/history", ShowHistory},
    {"GET", "/v1/records/{id}/pages/{n}/history/{version}", ShowPageVersion},
    {"GET", "/v1/records/{id}/pages/{n}/image", ShowImage},
    {"GET", "/v1/records/{id}/source", ShowSource},
    {"POST", "/v1/citations/resolve", ResolveCitations},
    {"GET", "/v1/decision/{body}/{year}/{number}", ShowDecision},
    {"GET", "/v1/ruling/{body}/{year}/{number}", ShowRuling},
    {"POST", "/v1/batches", NewBatch},
    {"GET", "/v1/batches/{id}", ShowBatch},
    {"POST", "/v1/import", ImportLines},
    {"GET", "/v1/export", ExportRecords},
    {"GET", "/v1/reports/gaps", ShowGaps},
    {"POST", "/v1/verify", VerifyArchive},
    {"POST", "/v1/reindex", ReindexArchive},
    {"POST", "/v1/read-fields", ReadFieldsAnew},
};

// Takes the first segment off: "/a/b" gives "a" and leaves "/b".
std::string_view NextSegment(std::string_view& path) {
  path.remove_prefix(1);
  const size_t end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(segment.size());
  return segment;
}

bool TakeSegment(std::string_view wanted, std::string_view segment, PathParameters& path) {
  constexpr std::pair<std::string_view, std::string PathParameters::*> kTexts[] = {
      {"{id}", &PathParameters::id},
      {"{body}", &PathParameters::body},
      {"{year}", &PathParameters::year},
      {"{number}", &PathParameters::number}};
  for (const auto& [name, member] : kTexts) {
    if (wanted != name) continue;
    path.*member = segment;
    return !segment.empty();
  }
  constexpr std::pair<std::string_view, int PathParameters::*> kNumbers[] = {{"{n}", &PathParameters::page},
                                                                             {"{version}", &PathParameters::version}};
  for (const auto& [name, member] : kNumbers) {
    if (wanted != name) continue;
    const char* end = segment.data() + segment.size();
    const auto [stop, error] = std::from_chars(segment.data(), end, path.*member);
    return error == std::errc() && stop == end && path.*member >= 1;
  }
  return wanted == segment;
}

std::optional<PathParameters> MatchPath(std::string_view pattern, std::string_view path) {
  PathParameters parameters;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = NextSegment(pattern);
    if (!TakeSegment(wanted, NextSegment(path), parameters)) return std::nullopt;
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parameters;
}

Response NoRoute(const Request& request, const RouteMatch& match) {
  if (match.allow.empty()) {
    constexpr size_t kLongestEcho = 200;
    return ProblemResponse({.code = ErrorCode::kNotFound,
                            .detail = fmt::format("there is nothing at {}", request.path.substr(0, kLongestEcho))});
  }
  Response response = ProblemResponse(
      {.code = ErrorCode::kInvalid, .detail = "this address answers " + match.allow + " only", .status = 405});
  response.headers["Allow"] = match.allow;
  return response;
}

// HEAD is GET without its body: the size is told, nothing is sent.
Response WithoutBody(Response response) {
  response.headers["Content-Length"] = std::to_string(response.stream_size.value_or(response.body.size()));
  response.body.clear();
  response.stream = nullptr;
  response.stream_size.reset();
  return response;
}

Response Answered(Archive& archive, const Request& request) {
  try {
    CheckPath(request.path);
    const RouteMatch match = FindRoute(request.method, request.path);
    if (match.route == nullptr) return NoRoute(request, match);
    return match.route->handler(archive, request, match.path);
  } catch (const Conflict& conflict) {
    return ProblemResponse({.code = conflict.code(), .detail = conflict.what(), .version = conflict.version()});
  } catch (const MissingCondition& missing) {
    return ProblemResponse({.code = missing.code(), .detail = missing.what(), .status = 428});
  } catch (const Error& error) {
    return ProblemResponse({.code = error.code(), .detail = error.what()});
  } catch (const std::exception& error) {
    return ProblemResponse({.code = ErrorCode::kInternal, .detail = error.what()});
  }
}

}  // namespace

RouteMatch FindRoute(std::string_view method, std::string_view path) {
  RouteMatch match;
  if (path.empty() || path.front() != '/') return match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const Route& route : kRoutes) {
    auto parameters = MatchPath(route.pattern, path);
    if (!parameters) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.path = std::move(*parameters);
    }
    match.allow += (match.allow.empty() ? "" : ", ") + std::string(route.method == "GET" ? "GET, HEAD" : route.method);
  }
  return match;
}

std::vector<std::string> RouteNames() {
  std::vector<std::string> names;
  for (const Route& route : kRoutes) names.push_back(fmt::format("{} {}", route.method, route.pattern));
  return names;
}

Response Handle(Archive& archive, Request& request) {
  UnmarkConditions(request);
  Response response = Answered(archive, request);
  ApplyRange(request, response);
  Compress(request, response);
  return request.method == "HEAD" ? WithoutBody(std::move(response)) : response;
}

}  // namespace diwan
