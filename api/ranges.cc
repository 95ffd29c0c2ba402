#include "api/ranges.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "api/accept.h"
#include "api/problem.h"

namespace diwan {
namespace {

struct Range {
  uint64_t first = 0;
  uint64_t last = 0;  // the last byte of it
};

std::optional<uint64_t> ParseNumber(std::string_view text) {
  uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

// Of "bytes=FIRST-LAST", "bytes=FIRST-" or "bytes=-COUNT". `satisfiable` is false when all of it lies beyond `size`.
std::optional<Range> ParseRange(std::string_view text, uint64_t size, bool& satisfiable) {
  constexpr std::string_view kUnit = "bytes=";
  const size_t dash = text.find('-');
  if (!text.starts_with(kUnit) || dash == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(kUnit.size(), dash - kUnit.size());
  const std::string_view behind = text.substr(dash + 1);
  const auto begin = ParseNumber(before);
  const auto end = ParseNumber(behind);
  if ((!begin && !before.empty()) || (!end && !behind.empty()) || (!begin && !end)) return std::nullopt;
  if (begin && end && *end < *begin) return std::nullopt;
  satisfiable = begin ? *begin < size : *end > 0 && size > 0;
  if (!satisfiable) return Range{};
  if (!begin) return Range{.first = size - std::min(*end, size), .last = size - 1};
  return Range{.first = *begin, .last = std::min(end.value_or(size - 1), size - 1)};
}

// The pieces of a stream that lie in `range`.
auto PartOf(decltype(Response::stream) whole, Range range) {
  return [whole = std::move(whole), range](const std::function<bool(std::string_view)>& sink) {
    uint64_t skip = range.first;
    uint64_t left = range.last - range.first + 1;
    whole([&](std::string_view piece) {
      const uint64_t skipped = std::min<uint64_t>(skip, piece.size());
      skip -= skipped;
      piece = piece.substr(skipped, left);
      left -= piece.size();
      return (piece.empty() || sink(piece)) && left > 0;
    });
  };
}

Response NotSatisfiable(const Request& request, uint64_t size) {
  const Problem problem{.code = ErrorCode::kInvalid,
                        .detail = fmt::format("there are {} bytes, and none in this range", size),
                        .status = 416};
  Response response = ProblemResponse(problem, LanguageOf(request));
  response.headers["Content-Range"] = fmt::format("bytes */{}", size);
  return response;
}

}  // namespace

void ApplyRange(const Request& request, Response& response) {
  const auto etag = response.headers.find("ETag");
  if (response.status != 200 || etag == response.headers.end()) return;
  response.headers["Accept-Ranges"] = "bytes";
  const auto wanted = request.headers.find("range");
  if (wanted == request.headers.end() || request.method != "GET") return;
  const auto on = request.headers.find("if-range");
  if (on != request.headers.end() && on->second != etag->second) return;
  const uint64_t size = response.stream_size.value_or(response.body.size());
  bool satisfiable = true;
  const auto range = ParseRange(wanted->second, size, satisfiable);
  if (!range) return;
  if (!satisfiable) {
    response = NotSatisfiable(request, size);
    return;
  }
  response.status = 206;
  response.headers["Content-Range"] = fmt::format("bytes {}-{}/{}", range->first, range->last, size);
  const uint64_t count = range->last - range->first + 1;
  if (response.stream) {
    response.stream = PartOf(std::move(response.stream), *range);
    response.stream_size = count;
  } else {
    response.body = response.body.substr(range->first, count);
  }
}

}  // namespace diwan
