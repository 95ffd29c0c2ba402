// Fuzzes what a request from the network says before any handler runs: the target, the route, the parameters. A target
// that is taken must come back the same from its own form.
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "api/accept.h"
#include "api/forms.h"
#include "api/paging.h"
#include "api/parameters.h"
#include "api/problem.h"
#include "api/query_parameters.h"
#include "api/routes.h"
#include "api/target.h"
#include "core/error.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void ReadParameters(const diwan::Request& request) {
  try {
    const diwan::Form form = diwan::ChooseForm(request, diwan::parameters::kPageFormat, diwan::PageForms());
    Expect(!form.media_type.empty());
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
  try {
    diwan::CursorNumber(request);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
  try {
    const diwan::Query query = diwan::SearchParameters(request);
    Expect(query.limit >= 1 && query.limit <= 1000 && query.offset + query.limit <= 10'000);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
}

// Declared parameters are taken or refused, others refused.
void CheckAgainst(const diwan::Route& route, const diwan::Target& target) {
  diwan::Request request{.path = target.path, .query = target.query};
  request.operation = &route.operation;
  try {
    diwan::CheckParameters(request);
    Expect(target.query.size() <=
           static_cast<size_t>(std::distance(route.operation.query.begin(), route.operation.query.end())));
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
    Expect(!diwan::ProblemResponse({.code = error.code(), .detail = error.what()}).body.empty());
  }
}

}  // namespace

// The first line is the target, the second the Accept header.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t end = bytes.find('\n');
  try {
    const diwan::Target target = diwan::ParseTarget(bytes.substr(0, end));
    const diwan::Target again = diwan::ParseTarget(diwan::FormatTarget(target));
    Expect(again.path == target.path && again.query == target.query);
    for (const std::string_view method : {"GET", "HEAD", "POST", ""}) {
      const diwan::RouteMatch match = diwan::FindRoute(method, target.path);
      if (match.route == nullptr) continue;
      Expect(!match.allow.empty());
      Expect(match.path.id.find('/') == std::string::npos);
      CheckAgainst(*match.route, target);
    }
    diwan::Request request;
    request.query = target.query;
    if (end != std::string_view::npos) request.headers["accept"] = bytes.substr(end + 1);
    const std::string_view language = diwan::LanguageOf(diwan::HeaderOf(request, "accept"));
    Expect(language == "en" || language == "ar" || language == "fa");
    ReadParameters(request);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
  return 0;
}
