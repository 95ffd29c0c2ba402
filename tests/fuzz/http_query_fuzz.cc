// Fuzzes what a request from the network says before any handler runs: the target, the route, the parameters. A target
// that is taken must come back the same from its own form.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/parameters.h"
#include "api/routes.h"
#include "api/target.h"
#include "core/error.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void ReadParameters(const diwan::Request& request) {
  try {
    const diwan::Query query = diwan::SearchParameters(request);
    Expect(query.limit >= 1 && query.limit <= 1000 && query.offset + query.limit <= 10'000);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
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
    }
    diwan::Request request;
    request.query = target.query;
    if (end != std::string_view::npos) request.headers["accept"] = bytes.substr(end + 1);
    ReadParameters(request);
  } catch (const diwan::Error& error) {
    Expect(error.code() == diwan::ErrorCode::kInvalid);
  }
  return 0;
}
