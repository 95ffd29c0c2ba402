// The whole API on one screen, and the way of a request through it: path, parameters, handler, and every failure as a
// problem.
#include "api/router.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "api/accept.h"
#include "api/compression.h"
#include "api/conditions.h"
#include "api/handlers.h"
#include "api/operations_access.h"
#include "api/operations_changes.h"
#include "api/operations_citations.h"
#include "api/operations_contract.h"
#include "api/operations_delivery.h"
#include "api/operations_records.h"
#include "api/operations_search.h"
#include "api/operations_uploads.h"
#include "api/parameters.h"
#include "api/problem.h"
#include "api/ranges.h"
#include "api/routes.h"
#include "api/target.h"
#include "api/web_files.h"
#include "archive/audit.h"
#include "archive/fetch.h"
#include "core/error.h"

namespace diwan {
namespace {

// method, path, right that it needs, what answers it, what is told of it (api/operations_*.h)
constexpr Route kRoutes[] = {
    {"GET", "/openapi.json", Right::kNone, ShowOpenApi, operations::kOpenApi},
    {"GET", "/opensearch.xml", Right::kNone, ShowOpenSearch, operations::kOpenSearch},
    {"GET", "/docs", Right::kNone, ShowDocs, operations::kDocs},
    {"GET", "/problems/{code}", Right::kNone, ShowProblem, operations::kProblem},
    {"GET", "/v1/health", Right::kNone, ShowHealth, operations::kHealth},
    {"GET", "/v1/ready", Right::kNone, ShowReady, operations::kReady},
    {"GET", "/metrics", Right::kMonitor, ShowMetrics, operations::kMetrics},
    {"GET", "/v1/stats", Right::kRead, ShowStats, operations::kStats},
    {"GET", "/v1/search", Right::kRead, SearchRecords, operations::kSearch},
    {"GET", "/v1/suggest", Right::kRead, SuggestWords, operations::kSuggest},
    {"GET", "/v1/records", Right::kRead, ShowRecords, operations::kListRecords},
    {"POST", "/v1/records", Right::kDeliver, ReceiveFile, operations::kReceive},
    {"GET", "/v1/records/{id}", Right::kRead, ShowRecord, operations::kGetRecord},
    {"PATCH", "/v1/records/{id}", Right::kEdit, ChangeFields, operations::kChangeFields},
    {"DELETE", "/v1/records/{id}", Right::kEdit, RemoveRecord, operations::kRemove},
    {"POST", "/v1/records/{id}/restore", Right::kEdit, BringBack, operations::kRestore},
    {"PUT", "/v1/records/{id}/hold", Right::kEdit, SetHold, operations::kHold},
    {"POST", "/v1/records/{id}/merge", Right::kEdit, MergeInto, operations::kMerge},
    {"POST", "/v1/records/{id}/split", Right::kEdit, SplitFrom, operations::kSplit},
    {"POST", "/v1/records/{id}/read", Right::kEdit, ReadOnceMore, operations::kReadAgain},
    {"POST", "/v1/records/{id}/take-back", Right::kEdit, UndoFields, operations::kTakeBackFields},
    {"POST", "/v1/records/{id}/relations", Right::kEdit, NewRelationOf, operations::kAddRelation},
    {"PATCH", "/v1/records/{id}/relations/{n}", Right::kEdit, ChangeRelation, operations::kJudgeRelation},
    {"DELETE", "/v1/records/{id}/relations/{n}", Right::kEdit, DropRelation, operations::kDropRelation},
    {"GET", "/v1/records/{id}/history", Right::kRead, ShowHistory, operations::kHistory},
    {"GET", "/v1/records/{id}/history/{version}", Right::kRead, ShowRecordVersion, operations::kRecordVersion},
    {"GET", "/v1/records/{id}/related", Right::kRead, ShowRelated, operations::kRelated},
    {"GET", "/v1/records/{id}/matches", Right::kRead, ShowMatches, operations::kMatches},
    {"GET", "/v1/records/{id}/citations", Right::kRead, ShowCitations, operations::kCitations},
    {"GET", "/v1/records/{id}/cited-by", Right::kRead, ShowCitedBy, operations::kCitedBy},
    {"GET", "/v1/records/{id}/status", Right::kRead, ShowStatus, operations::kStatus},
    {"GET", "/v1/records/{id}/pages/{n}", Right::kRead, ShowPage, operations::kGetPage},
    {"PATCH", "/v1/records/{id}/pages/{n}", Right::kEdit, ChangeWords, operations::kChangeWords},
    {"POST", "/v1/records/{id}/pages/{n}/take-back", Right::kEdit, UndoWords, operations::kTakeBackWords},
    {"GET", "/v1/records/{id}/pages/{n}/history", Right::kRead, ShowHistory, operations::kPageHistory},
    {"GET", "/v1/records/{id}/pages/{n}/history/{version}", Right::kRead, ShowPageVersion, operations::kPageVersion},
    {"GET", "/v1/records/{id}/pages/{n}/image", Right::kRead, ShowImage, operations::kGetImage},
    {"GET", "/v1/records/{id}/source", Right::kRead, ShowSource, operations::kGetSource},
    {"POST", "/v1/citations/resolve", Right::kRead, ResolveCitations, operations::kResolve},
    {"GET", "/v1/decision/{body}/{year}/{number}", Right::kRead, ShowDecision, operations::kDecision},
    {"GET", "/v1/ruling/{body}/{year}/{number}", Right::kRead, ShowRuling, operations::kRuling},
    {"GET", "/v1/queue", Right::kEdit, ShowQueue, operations::kQueue},
    {"GET", "/v1/batches", Right::kDeliver, ShowBatches, operations::kListBatches},
    {"POST", "/v1/batches", Right::kDeliver, NewBatch, operations::kOpenBatch},
    {"GET", "/v1/batches/{id}", Right::kDeliver, ShowBatch, operations::kGetBatch},
    {"GET", "/v1/batches/{id}/events", Right::kDeliver, FollowBatch, operations::kFollowBatch},
    {"OPTIONS", "/v1/uploads", Right::kDeliver, ShowTus, operations::kTus},
    {"POST", "/v1/uploads", Right::kDeliver, NewUpload, operations::kNewUpload},
    {"GET", "/v1/uploads/{id}", Right::kDeliver, ShowUpload, operations::kGetUpload},
    {"PATCH", "/v1/uploads/{id}", Right::kDeliver, AppendToUpload, operations::kAppend},
    {"DELETE", "/v1/uploads/{id}", Right::kDeliver, EndUpload, operations::kEndUpload},
    {"GET", "/v1/jobs", Right::kDeliver, ShowJobs, operations::kListJobs},
    {"GET", "/v1/jobs/{id}", Right::kDeliver, ShowJob, operations::kGetJob},
    {"GET", "/v1/jobs/{id}/events", Right::kDeliver, FollowJob, operations::kFollowJob},
    {"POST", "/v1/import", Right::kEdit, ImportLines, operations::kImport},
    {"GET", "/v1/export", Right::kRead, ExportRecords, operations::kExport},
    {"GET", "/v1/reports/gaps", Right::kRead, ShowGaps, operations::kGaps},
    {"POST", "/v1/verify", Right::kAdminister, VerifyArchive, operations::kVerify},
    {"POST", "/v1/reindex", Right::kAdminister, ReindexArchive, operations::kReindex},
    {"POST", "/v1/read-fields", Right::kAdminister, ReadFieldsAnew, operations::kReadFields},
    {"GET", "/v1/session", Right::kNone, ShowSession, operations::kSession},
    {"POST", "/v1/session", Right::kNone, BeginSession, operations::kSignIn},
    {"DELETE", "/v1/session", Right::kNone, EndSession, operations::kSignOut},
    {"PUT", "/v1/session/password", Right::kNone, ChangeOwnPassword, operations::kOwnPassword},
    {"GET", "/v1/accounts", Right::kAdminister, ShowAccounts, operations::kListAccounts},
    {"POST", "/v1/accounts", Right::kAdminister, NewAccountOf, operations::kAddAccount},
    {"GET", "/v1/accounts/{id}", Right::kAdminister, ShowAccount, operations::kGetAccount},
    {"PATCH", "/v1/accounts/{id}", Right::kAdminister, ChangeAccount, operations::kChangeAccount},
    {"PUT", "/v1/accounts/{id}/password", Right::kAdminister, SetAccountPassword, operations::kSetPassword},
    {"GET", "/v1/tokens", Right::kRead, ShowTokens, operations::kListTokens},
    {"POST", "/v1/tokens", Right::kRead, NewTokenOf, operations::kAddToken},
    {"DELETE", "/v1/tokens/{id}", Right::kRead, RevokeToken, operations::kRevokeToken},
    {"GET", "/v1/audit", Right::kAdminister, ShowAudit, operations::kListAudit},
    {"GET", "/v1/audit/export", Right::kAdminister, ExportAudit, operations::kExportAudit},
    {"POST", "/v1/audit/verify", Right::kAdminister, VerifyAudit, operations::kVerifyAudit},
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
      {"{number}", &PathParameters::number},
      {"{code}", &PathParameters::code}};
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
  if (!path.starts_with(pattern.substr(0, pattern.find('{')))) return std::nullopt;  // most rows end here
  PathParameters parameters;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = NextSegment(pattern);
    if (!TakeSegment(wanted, NextSegment(path), parameters)) return std::nullopt;
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parameters;
}

Problem NoRoute(const RouteMatch& match) {
  if (match.allow.empty())
    return {.code = ErrorCode::kNotFound, .detail = "there is nothing at this address; see /docs"};
  return {.code = ErrorCode::kInvalid, .detail = "this address answers " + match.allow + " only", .status = 405};
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

Problem NotAllowed(const Caller& caller, const Route& route) {
  if (!caller.signed_in) {
    return {.code = ErrorCode::kDenied, .detail = "sign in, or send a token, to do this", .status = 401};
  }
  if (caller.must_change) {
    return {.code = ErrorCode::kDenied, .detail = "change your password first: PUT /v1/session/password"};
  }
  return {.code = ErrorCode::kDenied,
          .detail = fmt::format("{} may not {} {}: it needs the right to {}", caller.actor, route.method, route.pattern,
                                NameOf(route.needs))};
}

// Whoever looks at a confidential record, or at a part of it, is in the trail before anything is shown.
void NoteIfConfidential(Archive& archive, const Request& request, const RouteMatch& match) {
  constexpr std::string_view kRecord = "/v1/records/{id}";
  if (match.route->method != "GET" || !match.route->pattern.starts_with(kRecord)) return;
  const Viewer& viewer = request.caller.viewer;
  if (viewer.level != AccessLevel::kConfidential && viewer.bodies.empty()) return;  // sees none
  const Record record = FetchRecord(archive, match.path.id, Gone::kShow);
  if (record.access != AccessLevel::kConfidential) return;
  const size_t end = request.path.find('/', kRecord.find('{'));
  NoteView(archive, request.caller.actor, record.id, end == std::string::npos ? "" : request.path.substr(end + 1));
}

Response Routed(Archive& archive, Request& request) {
  const std::string_view language = LanguageOf(request);
  CheckPath(request.path);
  const RouteMatch match = FindRoute(request.method, request.path);
  if (match.route == nullptr) {
    if (auto file = WebFile(request)) return std::move(*file);
    Response response = ProblemResponse(NoRoute(match), language);
    if (!match.allow.empty()) response.headers["Allow"] = match.allow;
    return response;
  }
  request.operation = &match.route->operation;
  if (!May(request.caller, match.route->needs)) {
    NoteRefused(archive, request, *match.route);
    return ProblemResponse(NotAllowed(request.caller, *match.route), language);
  }
  CheckParameters(request);
  Response response = match.route->handler(archive, request, match.path);
  NoteIfConfidential(archive, request, match);
  return response;
}

Response Answered(Archive& archive, Request& request) {
  const auto told = [&request](const Problem& problem) { return ProblemResponse(problem, LanguageOf(request)); };
  try {
    return Routed(archive, request);
  } catch (const Conflict& conflict) {
    return told({.code = conflict.code(), .detail = conflict.what(), .version = conflict.version()});
  } catch (const NotSignedIn& error) {
    return told({.code = error.code(), .detail = error.what(), .status = 401});
  } catch (const TooOften& error) {
    return told({.code = error.code(), .detail = error.what(), .status = 429, .retry_seconds = error.retry_seconds()});
  } catch (const MissingCondition& missing) {
    return told({.code = missing.code(), .detail = missing.what(), .status = 428});
  } catch (const NotAcceptable& error) {
    return told({.code = error.code(), .detail = error.what(), .status = 406, .available = error.available()});
  } catch (const Error& error) {
    return told({.code = error.code(), .detail = error.what()});
  } catch (const std::exception& error) {
    return told({.code = ErrorCode::kInternal, .detail = error.what()});
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

const Route* RouteOf(const Request& request) {
  if (request.operation == nullptr) return FindRoute(request.method, request.path).route;
  const auto* const found =
      std::ranges::find_if(kRoutes, [&](const Route& route) { return &route.operation == request.operation; });
  return found == std::end(kRoutes) ? nullptr : found;
}

// HEAD is GET without its body: the size is told, nothing is sent.
Response WithoutBody(Response response) {
  response.headers["Content-Length"] = std::to_string(response.stream_size.value_or(response.body.size()));
  response.body.clear();
  response.stream = nullptr;
  response.stream_size.reset();
  return response;
}

std::span<const Route> Routes() { return kRoutes; }

Response Handle(Archive& archive, Request& request) {
  UnmarkConditions(request);
  const std::shared_ptr<Archive> seen(new Archive(archive.SeenBy(request.caller.viewer)));
  Response response = Answered(*seen, request);
  if (response.stream)
    response.stream = [seen, stream = std::move(response.stream)](const auto& sink) { stream(sink); };
  ApplyIfNoneMatch(request, response);
  ApplyRange(request, response);
  Compress(request, response);
  return request.method == "HEAD" ? WithoutBody(std::move(response)) : response;
}

}  // namespace diwan
