// Query parameters and the Accept header, from outside bytes to checked values, on the way from route to use case.
#include "api/parameters.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "archive/cursor.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr uint32_t kDeepestHit = 10'000;

struct FormatName {
  std::string_view name;
  std::string_view media_type;
  PageFormat format;
};
constexpr FormatName kFormats[] = {
    {"json", "application/json", PageFormat::kJson},
    {"text", "text/plain", PageFormat::kText},
    {"alto", "application/alto+xml", PageFormat::kAlto},
    {"hocr", "text/vnd.hocr+html", PageFormat::kHocr},
};

struct FlagName {
  std::string_view name;
  bool value;
};
constexpr FlagName kFlags[] = {{"yes", true},    {"no", false}, {"true", true},
                               {"false", false}, {"1", true},   {"0", false}};

struct SortName {
  std::string_view name;
  SortOrder sort;
};
constexpr SortName kSorts[] = {
    {"relevance", SortOrder::kRelevance}, {"newest", SortOrder::kNewest}, {"oldest", SortOrder::kOldest}};

const std::string* Given(const Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? nullptr : &found->second;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

PageFormat AcceptedFormat(std::string_view accept) {
  while (!accept.empty()) {
    const size_t comma = accept.find(',');
    const std::string_view item = accept.substr(0, comma);
    const std::string_view media_type = Trimmed(item.substr(0, item.find(';')));
    for (const FormatName& known : kFormats) {
      if (media_type == known.media_type) return known.format;
    }
    if (comma == std::string_view::npos) break;
    accept.remove_prefix(comma + 1);
  }
  return PageFormat::kJson;
}

SortOrder SortParameter(const Request& request) {
  const std::string* text = Given(request, "sort");
  if (text == nullptr) return SortOrder::kRelevance;
  for (const SortName& known : kSorts) {
    if (*text == known.name) return known.sort;
  }
  throw Error(ErrorCode::kInvalid, "'sort' must be relevance, newest or oldest");
}

// Where the answer begins; the text, order and limit are known.
void SetOffset(const Request& request, Query& query) {
  if (const std::string* cursor = Given(request, "cursor")) {
    if (Given(request, "offset") != nullptr) {
      throw Error(ErrorCode::kInvalid, "'cursor' and 'offset' don't go together");
    }
    const CursorPlace place = ReadCursor(*cursor, query);
    query.offset = place.offset;
    query.applied = place.applied;
    if (query.offset >= kDeepestHit) {
      throw Error(ErrorCode::kInvalid, fmt::format("'cursor' goes beyond the {} results that are shown", kDeepestHit));
    }
    query.limit = std::min(query.limit, kDeepestHit - query.offset);
    return;
  }
  query.offset = static_cast<uint32_t>(NumberParameter(request, "offset", {.most = kDeepestHit}));
  if (query.offset + query.limit > kDeepestHit) {
    throw Error(ErrorCode::kInvalid, fmt::format("'offset' and 'limit' together must be at most {}", kDeepestHit));
  }
}

}  // namespace

uint64_t NumberParameter(const Request& request, const std::string& name, const NumberRange& range) {
  const std::string* text = Given(request, name);
  if (text == nullptr) return range.fallback;
  uint64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < range.least || number > range.most) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("'{}' must be a number between {} and {}", name, range.least, range.most));
  }
  return number;
}

bool FlagParameter(const Request& request, const std::string& name, bool fallback) {
  const std::string* text = Given(request, name);
  if (text == nullptr) return fallback;
  for (const FlagName& flag : kFlags) {
    if (*text == flag.name) return flag.value;
  }
  throw Error(ErrorCode::kInvalid, fmt::format("'{}' must be yes or no (or true, false, 1, 0)", name));
}

std::string TextParameter(const Request& request, const std::string& name, const std::string& fallback) {
  const std::string* text = Given(request, name);
  return text == nullptr ? fallback : *text;
}

Query SearchParameters(const Request& request) {
  Query query;
  query.text = TextParameter(request, "q");
  query.sort = SortParameter(request);
  query.limit = static_cast<uint32_t>(NumberParameter(request, "limit", {.fallback = 20, .least = 1, .most = 1000}));
  SetOffset(request, query);
  query.snippets = FlagParameter(request, "snippets", true);
  query.facets = FlagParameter(request, "facets", false);
  query.explain = FlagParameter(request, "explain", false);
  return query;
}

std::string ReadBody(const Request& request, size_t most) {
  if (request.body_size > most) {
    throw Error(ErrorCode::kTooLarge, fmt::format("the body may have {} bytes at most", most));
  }
  if (request.body == nullptr) return {};
  std::string body(request.body_size, '\0');
  request.body->read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<size_t>(request.body->gcount()));
  return body;
}

int IfMatchVersion(const Request& request) {
  const auto given = request.headers.find("if-match");
  if (given == request.headers.end() || given->second == "*") {
    throw MissingCondition(ErrorCode::kInvalid,
                           "say which version the change was made from: If-Match with the ETag of the record or page");
  }
  const std::string_view tag = Trimmed(given->second);
  int version = 0;
  if (tag.size() > 2) {
    const char* end = tag.data() + tag.size() - 1;
    const auto [stop, error] = std::from_chars(tag.data() + 1, end, version);
    if (error == std::errc() && stop == end && version >= 1 && tag == EntityTag(version)) return version;
  }
  throw Error(ErrorCode::kInvalid, "If-Match must be one ETag of the record or page, as \"3\" with its quotes");
}

std::string EntityTag(int version) { return fmt::format("\"{}\"", version); }

PageFormat FormatParameter(const Request& request) {
  if (const std::string* format = Given(request, "format")) {
    for (const FormatName& known : kFormats) {
      if (*format == known.name) return known.format;
    }
    throw Error(ErrorCode::kInvalid, "'format' must be json, text, alto or hocr");
  }
  const auto accept = request.headers.find("accept");
  return accept == request.headers.end() ? PageFormat::kJson : AcceptedFormat(accept->second);
}

}  // namespace diwan
