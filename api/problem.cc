// Each error code's one place in HTTP, on the way out of a failed request.
#include "api/problem.h"

#include "api/json.h"

namespace diwan {
namespace {

struct CodeStatus {
  ErrorCode code;
  int status;
};
constexpr CodeStatus kStatuses[] = {
    {ErrorCode::kInvalid, 400},     {ErrorCode::kNotFound, 404}, {ErrorCode::kDenied, 403},
    {ErrorCode::kBusy, 503},        {ErrorCode::kTooLarge, 413}, {ErrorCode::kCorrupt, 500},
    {ErrorCode::kUnavailable, 503}, {ErrorCode::kInternal, 500}, {ErrorCode::kConflict, 412},
};

struct StatusTitle {
  int status;
  std::string_view title;
};
constexpr StatusTitle kTitles[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
};

constexpr const char* kRetrySeconds = "5";
constexpr int kUnauthorized = 401;

}  // namespace

int HttpStatusOf(ErrorCode code) {
  for (const CodeStatus& row : kStatuses) {
    if (row.code == code) return row.status;
  }
  return 500;
}

std::string_view TitleOfStatus(int status) {
  for (const StatusTitle& row : kTitles) {
    if (row.status == status) return row.title;
  }
  return "";
}

Response ProblemResponse(const Problem& problem) {
  Response response;
  response.status = problem.status != 0 ? problem.status : HttpStatusOf(problem.code);
  response.headers["Content-Type"] = "application/problem+json";
  if (problem.code == ErrorCode::kBusy) response.headers["Retry-After"] = kRetrySeconds;
  if (problem.retry_seconds > 0) response.headers["Retry-After"] = std::to_string(problem.retry_seconds);
  if (response.status == kUnauthorized) response.headers["WWW-Authenticate"] = "Bearer realm=\"diwan\"";
  response.body = ProblemJson(problem, response.status);
  return response;
}

}  // namespace diwan
