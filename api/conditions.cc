#include "api/conditions.h"

#include <string_view>

#include "api/accept.h"

namespace diwan {
namespace {

// Whether a list like `W/"3", "4"` has the tag; weak ones count as strong ones (RFC 9110, 13.1.2).
bool HasTag(std::string_view list, std::string_view etag) {
  if (list == "*") return true;
  while (true) {
    const size_t begin = list.find('"');
    if (begin == std::string_view::npos) return false;
    const size_t end = list.find('"', begin + 1);
    if (end == std::string_view::npos) return false;
    if (list.substr(begin, end - begin + 1) == etag) return true;
    list.remove_prefix(end + 1);
  }
}

}  // namespace

void ApplyIfNoneMatch(const Request& request, Response& response) {
  const auto etag = response.headers.find("ETag");
  if (response.status != 200 || etag == response.headers.end()) return;
  response.headers["Cache-Control"] = "private, no-cache";
  if (request.method != "GET" && request.method != "HEAD") return;
  if (!HasTag(HeaderOf(request, "if-none-match"), etag->second)) return;
  response.status = 304;
  response.headers.erase("Content-Type");
  response.body.clear();
  response.stream = nullptr;
  response.stream_size.reset();
}

}  // namespace diwan
