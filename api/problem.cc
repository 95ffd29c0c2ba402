// Each error code's one place in HTTP, on the way out of a failed request.
#include "api/problem.h"

#include <algorithm>

#include "api/json.h"

namespace diwan {
namespace {

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
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
};

constexpr const char* kRetrySeconds = "5";
constexpr int kUnauthorized = 401;

// Begins at `at`: a mark that turns the direction of what stands behind it (U+202A to U+202E, U+2066 to U+2069).
bool IsTurningMark(std::string_view text, size_t at) {
  const std::string_view mark = text.substr(at, 3);
  return (mark >= "\u202A" && mark <= "\u202E") || (mark >= "\u2066" && mark <= "\u2069");
}

std::string Harmless(std::string_view detail) {
  constexpr size_t kLongest = 1000;
  std::string clean;
  for (size_t i = 0; i < detail.size() && clean.size() < kLongest; ++i) {
    const char c = detail[i];
    if (c == '<' || c == '>') {
      clean += c == '<' ? "‹" : "›";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      clean += ' ';
    } else if (IsTurningMark(detail, i)) {
      i += 2;
    } else {
      clean += c;
    }
  }
  while (clean.size() >= kLongest && (static_cast<unsigned char>(clean.back()) & 0xC0U) == 0x80U) clean.pop_back();
  return clean;
}

}  // namespace

const ProblemType& TypeOf(ErrorCode code, int status) {
  const auto types = ProblemTypes();
  const auto exact =
      std::ranges::find_if(types, [&](const ProblemType& type) { return type.code == code && type.status == status; });
  return exact != types.end() ? *exact : *std::ranges::find(types, code, &ProblemType::code);
}

const ProblemText& TextOf(const ProblemType& type, std::string_view language) {
  const auto* const found = std::ranges::find(type.texts, language, &ProblemText::language);
  return found == type.texts.end() ? type.texts.front() : *found;
}

int HttpStatusOf(ErrorCode code) { return std::ranges::find(ProblemTypes(), code, &ProblemType::code)->status; }

std::string_view TitleOfStatus(int status) {
  for (const StatusTitle& row : kTitles) {
    if (row.status == status) return row.title;
  }
  return "";
}

Response ProblemResponse(const Problem& problem, std::string_view language) {
  Response response;
  response.status = problem.status != 0 ? problem.status : HttpStatusOf(problem.code);
  const ProblemText& text = TextOf(TypeOf(problem.code, response.status), language);
  response.headers["Content-Type"] = "application/problem+json";
  response.headers["Content-Language"] = text.language;
  response.headers["Vary"] = "Accept-Language";
  if (problem.code == ErrorCode::kBusy) response.headers["Retry-After"] = kRetrySeconds;
  if (problem.retry_seconds > 0) response.headers["Retry-After"] = std::to_string(problem.retry_seconds);
  if (response.status == kUnauthorized) response.headers["WWW-Authenticate"] = "Bearer realm=\"diwan\"";
  Problem told = problem;
  told.detail = Harmless(problem.detail);
  response.body = ProblemJson(told, response.status, text);
  return response;
}

}  // namespace diwan
