// Query parameters, from outside bytes to checked values, on the way from route to use case.
#include "api/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/operation.h"
#include "api/query_parameters.h"
#include "archive/cursor.h"
#include "core/error.h"

namespace diwan {
namespace {

constexpr uint32_t kDeepestHit = parameters::kOffset.range.most;

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

bool IsDeclared(const Request& request, std::string_view name) {
  return std::ranges::find(request.operation->query, name, &Parameter::name) != request.operation->query.end();
}

const std::string* Given(const Request& request, const Parameter& parameter) {
  const Operation* operation = request.operation;
  const auto declared = [&] { return std::ranges::find(operation->query, parameter) != operation->query.end(); };
  if (operation != nullptr && !declared()) {
    throw Error(ErrorCode::kInternal,
                fmt::format("'{}' is read, and not in the description of this address", parameter.name));
  }
  const auto found = request.query.find(std::string(parameter.name));
  return found == request.query.end() ? nullptr : &found->second;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// What a name that came from outside may be told again as.
bool IsPlainName(std::string_view name) {
  constexpr size_t kLongestEcho = 40;
  return !name.empty() && name.size() <= kLongestEcho && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

[[noreturn]] void RefuseUnknown(const Request& request, std::string_view name) {
  std::string known;
  for (const Parameter& each : request.operation->query) {
    known += (known.empty() ? "it takes " : ", ") + std::string(each.name);
  }
  throw Error(ErrorCode::kInvalid, fmt::format("{} is not a parameter of this address; {}",
                                               IsPlainName(name) ? fmt::format("'{}'", name) : "one",
                                               known.empty() ? "it takes none" : known));
}

SortOrder SortParameter(const Request& request) {
  const std::string_view text = ChoiceParameter(request, parameters::kSort);
  return std::ranges::find(kSorts, text, &SortName::name)->sort;
}

// Where the answer begins; the text, order and limit are known.
void SetOffset(const Request& request, Query& query) {
  if (const std::string* cursor = Given(request, parameters::kCursor)) {
    if (HasParameter(request, parameters::kOffset)) {
      throw Error(ErrorCode::kInvalid, "'cursor' and 'offset' don't go together");
    }
    const CursorPlace place = ReadCursor(*cursor, query);
    query.offset = place.offset;
    query.applied = place.applied;
    if (query.offset >= kDeepestHit) {
      throw Error(ErrorCode::kInvalid, fmt::format("'cursor' goes beyond the {} results that are shown", kDeepestHit));
    }
    query.limit = std::min<uint32_t>(query.limit, kDeepestHit - query.offset);
    return;
  }
  query.offset = static_cast<uint32_t>(NumberParameter(request, parameters::kOffset));
  if (query.offset + query.limit > kDeepestHit) {
    throw Error(ErrorCode::kInvalid, fmt::format("'offset' and 'limit' together must be at most {}", kDeepestHit));
  }
}

}  // namespace

uint64_t NumberParameter(const Request& request, const Parameter& parameter) {
  const NumberRange& range = parameter.range;
  const std::string* text = Given(request, parameter);
  if (text == nullptr) return range.fallback;
  uint64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < range.least || number > range.most) {
    throw Error(ErrorCode::kInvalid,
                fmt::format("'{}' must be a number between {} and {}", parameter.name, range.least, range.most));
  }
  return number;
}

bool FlagParameter(const Request& request, const Parameter& parameter) {
  const std::string* text = Given(request, parameter);
  if (text == nullptr) return parameter.fallback;
  for (const FlagName& flag : kFlags) {
    if (*text == flag.name) return flag.value;
  }
  throw Error(ErrorCode::kInvalid, fmt::format("'{}' must be yes or no (or true, false, 1, 0)", parameter.name));
}

std::string TextParameter(const Request& request, const Parameter& parameter, const std::string& fallback) {
  const std::string* text = Given(request, parameter);
  if (text == nullptr) return fallback;
  if (text->size() > parameter.longest) {
    throw Error(ErrorCode::kInvalid, fmt::format("'{}' may have {} bytes at most", parameter.name, parameter.longest));
  }
  return *text;
}

std::string_view ChoiceParameter(const Request& request, const Parameter& parameter) {
  const std::string* text = Given(request, parameter);
  const std::vector<std::string_view> choices = ChoicesOf(parameter);
  if (text == nullptr) return choices.front();
  const auto chosen = std::ranges::find(choices, *text);
  if (chosen != choices.end()) return *chosen;
  throw Error(ErrorCode::kInvalid, fmt::format("'{}' must be one of {}", parameter.name, fmt::join(choices, ", ")));
}

bool HasParameter(const Request& request, const Parameter& parameter) { return Given(request, parameter) != nullptr; }

void CheckParameters(const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (!IsDeclared(request, name)) RefuseUnknown(request, name);
  }
  for (const Parameter& parameter : request.operation->query) {
    switch (parameter.kind) {
      case ParameterKind::kText:
        TextParameter(request, parameter);
        break;
      case ParameterKind::kNumber:
        NumberParameter(request, parameter);
        break;
      case ParameterKind::kFlag:
        FlagParameter(request, parameter);
        break;
      case ParameterKind::kChoice:
        ChoiceParameter(request, parameter);
        break;
    }
  }
}

std::vector<std::string_view> ChoicesOf(const Parameter& parameter) {
  std::vector<std::string_view> choices;
  std::string_view rest = parameter.choices;
  while (!rest.empty()) {
    choices.push_back(rest.substr(0, rest.find('|')));
    rest.remove_prefix(std::min(choices.back().size() + 1, rest.size()));
  }
  return choices;
}

Query SearchParameters(const Request& request) {
  Query query;
  query.text = TextParameter(request, parameters::kQuestion);
  query.sort = SortParameter(request);
  query.limit = static_cast<uint32_t>(NumberParameter(request, parameters::kSearchLimit));
  SetOffset(request, query);
  query.snippets = FlagParameter(request, parameters::kSnippets);
  query.facets = FlagParameter(request, parameters::kFacets);
  query.explain = FlagParameter(request, parameters::kExplain);
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

}  // namespace diwan
