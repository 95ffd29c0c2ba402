// A cursor is base64url of "1 DIGEST POSITION". The digest has no key: it tells mistakes, and no secret is in it.
#include "api/paging.h"

#include <fmt/core.h>

#include <charconv>
#include <limits>

#include "api/parameters.h"
#include "api/query_parameters.h"
#include "api/target.h"
#include "core/base64.h"
#include "core/digest.h"

namespace diwan {
namespace {

// Clients, ours among them, take header lines up to 8 KiB.
constexpr size_t kLongestLink = 4096;
constexpr size_t kDigestSize = 16;
constexpr std::string_view kVersion = "1 ";

[[noreturn]] void Refuse() {
  throw Error(ErrorCode::kInvalid, "'cursor' must be the 'next' of an answer to the same question");
}

}  // namespace

std::string MakeListCursor(const Request& request, std::string_view position) {
  Target list{.path = request.path, .query = request.query};
  list.query.erase("cursor");
  list.query.erase("limit");
  const std::string digest = Sha256Hex(fmt::format("{} {}", position, FormatTarget(list)));
  return ToBase64Url(fmt::format("{}{} {}", kVersion, digest.substr(0, kDigestSize), position));
}

std::string CursorPosition(const Request& request) {
  const std::string cursor = TextParameter(request, parameters::kCursor);
  if (!HasParameter(request, parameters::kCursor)) return "";
  const std::string text = FromBase64Url(cursor);
  constexpr size_t kBegin = kVersion.size() + kDigestSize + 1;
  std::string position = text.size() > kBegin ? text.substr(kBegin) : "";
  if (position.empty() || cursor != MakeListCursor(request, position)) Refuse();
  return position;
}

std::optional<uint32_t> CursorNumber(const Request& request) {
  const std::string position = CursorPosition(request);
  if (position.empty()) return std::nullopt;
  uint32_t number = 0;
  const char* end = position.data() + position.size();
  const auto [stop, error] = std::from_chars(position.data(), end, number);
  if (error != std::errc() || stop != end || number > std::numeric_limits<int>::max()) Refuse();
  return number;
}

void LinkNext(const Request& request, const std::string& next, Response& response) {
  if (next.empty()) return;
  Target target{.path = request.path, .query = request.query};
  target.query.erase("offset");
  target.query["cursor"] = next;
  std::string link = "<" + FormatTarget(target) + ">; rel=\"next\"";
  if (link.size() <= kLongestLink) response.headers["Link"] = std::move(link);
}

}  // namespace diwan
