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
    {"GET", "/v1/health", Right::kNone, ShowHealth},
    {"GET", "/v1/stats", Right::kRead, ShowStats},
    {"GET", "/v1/search", Right::kRead, SearchRecords},
    {"GET", "/v1/suggest", Right::kRead, SuggestWords},
    {"GET", "/v1/records", Right::kRead, ShowRecords},
    {"POST", "/v1/records", Right::kDeliver, ReceiveFile},
    {"GET", "/v1/records/{id}", Right::kRead, ShowRecord},
    {"PATCH", "/v1/records/{id}", Right::kEdit, ChangeFields},
    {"DELETE", "/v1/records/{id}", Right::kEdit, RemoveRecord},
    {"POST", "/v1/records/{id}/restore", Right::kEdit, BringBack},
    {"PUT", "/v1/records/{id}/hold", Right::kEdit, SetHold},
    {"POST", "/v1/records/{id}/merge", Right::kEdit, MergeInto},
    {"POST", "/v1/records/{id}/split", Right::kEdit, SplitFrom},
    {"POST", "/v1/records/{id}/read", Right::kEdit, ReadOnceMore},
    {"POST", "/v1/records/{id}/relations", Right::kEdit, NewRelationOf},
    {"PATCH", "/v1/records/{id}/relations/{n}", Right::kEdit, ChangeRelation},
    {"DELETE", "/v1/records/{id}/relations/{n}", Right::kEdit, DropRelation},
    {"GET", "/v1/records/{id}/history", Right::kRead, ShowHistory},
    {"GET", "/v1/records/{id}/history/{version}", Right::kRead, ShowRecordVersion},
    {"GET", "/v1/records/{id}/related", Right::kRead, ShowRelated},
    {"GET", "/v1/records/{id}/citations", Right::kRead, ShowCitations},
    {"GET", "/v1/records/{id}/cited-by", Right::kRead, ShowCitedBy},
    {"GET", "/v1/records/{id}/status", Right::kRead, ShowStatus},
    {"GET", "/v1/records/{id}/pages/{n}", Right::kRead, ShowPage},
    {"PATCH", "/v1/records/{id}/pages/{n}", Right::kEdit, ChangeWords},
    {"GET", "/v1/records/{id}/pages/{n}/history", Right::kRead, ShowHistory},
    {"GET", "/v1/records/{id}/pages/{n}/history/{version}", Right::kRead, ShowPageVersion},
    {"GET", "/v1/records/{id}/pages/{n}/image", Right::kRead, ShowImage},
    {"GET", "/v1/records/{id}/source", Right::kRead, ShowSource},
    {"POST", "/v1/citations/resolve", Right::kRead, ResolveCitations},
    {"GET", "/v1/decision/{body}/{year}/{number}", Right::kRead, ShowDecision},
    {"GET", "/v1/ruling/{body}/{year}/{number}", Right::kRead, ShowRuling},
    {"POST", "/v1/batches", Right::kDeliver, NewBatch},
    {"GET", "/v1/batches/{id}", Right::kDeliver, ShowBatch},
    {"POST", "/v1/import", Right::kDeliver, ImportLines},
    {"GET", "/v1/export", Right::kRead, ExportRecords},
    {"GET", "/v1/reports/gaps", Right::kRead, ShowGaps},
    {"POST", "/v1/verify", Right::kAdminister, VerifyArchive},
    {"POST", "/v1/reindex", Right::kAdminister, ReindexArchive},
    {"POST", "/v1/read-fields", Right::kAdminister, ReadFieldsAnew},
    {"GET", "/v1/session", Right::kNone, ShowSession},
    {"POST", "/v1/session", Right::kNone, BeginSession},
    {"DELETE", "/v1/session", Right::kNone, EndSession},
    {"PUT", "/v1/session/password", Right::kNone, ChangeOwnPassword},
    {"GET", "/v1/accounts", Right::kAdminister, ShowAccounts},
    {"POST", "/v1/accounts", Right::kAdminister, NewAccountOf},
    {"GET", "/v1/accounts/{id}", Right::kAdminister, ShowAccount},
    {"PATCH", "/v1/accounts/{id}", Right::kAdminister, ChangeAccount},
    {"PUT", "/v1/accounts/{id}/password", Right::kAdminister, SetAccountPassword},
    {"GET", "/v1/tokens", Right::kRead, ShowTokens},
    {"POST", "/v1/tokens", Right::kRead, NewTokenOf},
    {"DELETE", "/v1/tokens/{id}", Right::kRead, RevokeToken},
    {"GET", "/v1/audit", Right::kAdminister, ShowAudit},
    {"GET", "/v1/audit/export", Right::kAdminister, ExportAudit},
    {"POST", "/v1/audit/verify", Right::kAdminister, VerifyAudit},
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

// What is refused to strangers is told of the route alone, so that the trail can't be filled with names they make up.
void NoteRefused(Archive& archive, const Request& request, const Route& route) {
  const std::string_view where = request.caller.signed_in ? std::string_view(request.path) : route.pattern;
  archive.trail().Count({.actor = request.caller.actor,
                         .action = "access.refused",
                         .subject = "",
                         .detail = fmt::format("{} {}", route.method, where)},
                        Trail::Crowd::kJoin);
}

Response NotAllowed(Archive& archive, const Request& request, const Route& route) {
  NoteRefused(archive, request, route);
  const Caller& caller = request.caller;
  if (!caller.signed_in) {
    return ProblemResponse(
        {.code = ErrorCode::kDenied, .detail = "sign in, or send a token, to do this", .status = 401});
  }
  if (caller.must_change) {
    return ProblemResponse({.code = ErrorCode::kDenied, .detail = "change your password first: PUT /v1/session/password"});
  }
  return ProblemResponse(
      {.code = ErrorCode::kDenied,
       .detail = fmt::format("{} may not {} {}: it needs the right to {}", caller.actor, request.method, route.pattern,
                             NameOf(route.needs))});
}

Response Answered(Archive& archive, const Request& request) {
  try {
    CheckPath(request.path);
    const RouteMatch match = FindRoute(request.method, request.path);
    if (match.route == nullptr) return NoRoute(request, match);
    if (!May(request.caller, match.route->needs)) return NotAllowed(archive, request, *match.route);
    return match.route->handler(archive, request, match.path);
  } catch (const Conflict& conflict) {
    return ProblemResponse({.code = conflict.code(), .detail = conflict.what(), .version = conflict.version()});
  } catch (const NotSignedIn& error) {
    return ProblemResponse({.code = error.code(), .detail = error.what(), .status = 401});
  } catch (const TooOften& error) {
    return ProblemResponse(
        {.code = error.code(), .detail = error.what(), .status = 429, .retry_seconds = error.retry_seconds()});
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

// HEAD is GET without its body: the size is told, nothing is sent.
Response WithoutBody(Response response) {
  response.headers["Content-Length"] = std::to_string(response.stream_size.value_or(response.body.size()));
  response.body.clear();
  response.stream = nullptr;
  response.stream_size.reset();
  return response;
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
