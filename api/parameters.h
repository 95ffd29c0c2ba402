// The query parameters of a request, read strictly: a value that can't be understood is the caller's mistake, told with
// the parameter's name, never silently replaced. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "api/message.h"
#include "core/error.h"
#include "core/query.h"

namespace diwan {

struct NumberRange {
  uint64_t fallback = 0;  // when the parameter is not given
  uint64_t least = 0;
  uint64_t most = 0;
};

// Throws kInvalid when it is no decimal number or outside of the range.
uint64_t NumberParameter(const Request& request, const std::string& name, const NumberRange& range);

// "yes" or "no" (also "true", "false", "1", "0"). Throws kInvalid for anything else.
bool FlagParameter(const Request& request, const std::string& name, bool fallback);

std::string TextParameter(const Request& request, const std::string& name, const std::string& fallback = "");

// The question of GET /v1/search: q, limit (1..1000, 20), offset (0..10,000, together with limit at most 10,000) or
// cursor (of ReadCursor; the limit is cut where results end), sort (relevance), snippets (yes), facets and explain
// (no).
Query SearchParameters(const Request& request);

// In which form a page is asked for: by `format`, else by the Accept header's first media type that is known here.
enum class PageFormat { kJson, kText, kAlto, kHocr };
PageFormat FormatParameter(const Request& request);

// The body as it came. Throws kTooLarge when it has more than `most` bytes.
std::string ReadBody(const Request& request, size_t most);

// A change without If-Match, which names the version that it was made from: status 428.
class MissingCondition : public Error {
 public:
  using Error::Error;
};

// The version that If-Match names by the ETag of EntityTag. Throws MissingCondition when it is missing or "*", which
// names none, and kInvalid for anything but one such ETag.
int IfMatchVersion(const Request& request);
std::string EntityTag(int version);

}  // namespace diwan
