// The query parameters of a request, read strictly: a value that can't be understood is the caller's mistake, told with
// the parameter's name, never silently replaced. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "core/error.h"
#include "core/query.h"

namespace diwan {

struct NumberRange {
  uint64_t fallback = 0;  // when the parameter is not given
  uint64_t least = 0;
  uint64_t most = 0;
  bool operator==(const NumberRange&) const = default;
};

enum class ParameterKind { kText, kNumber, kFlag, kChoice };

// A query parameter as its operation declares it (api/query_parameters.h): what is documented is what is checked.
struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::kText;
  std::string_view what;          // for people: a line of Markdown
  NumberRange range = {};         // of a number
  bool fallback = false;          // of a flag that is not given
  std::string_view choices = "";  // of a choice, as "one|other"; the first one when it is not given
  size_t longest = 4096;          // of a text, bytes
  std::string_view example = "";  // "": the fallback
  bool operator==(const Parameter&) const = default;
};

// Each reads a parameter that the request's operation declares, if it has one; another is a bug of ours (kInternal).
// They throw kInvalid, with the parameter's name, for what it can't be.
uint64_t NumberParameter(const Request& request, const Parameter& parameter);
// "yes" or "no" (also "true", "false", "1", "0").
bool FlagParameter(const Request& request, const Parameter& parameter);
std::string TextParameter(const Request& request, const Parameter& parameter, const std::string& fallback = "");
std::string_view ChoiceParameter(const Request& request, const Parameter& parameter);
bool HasParameter(const Request& request, const Parameter& parameter);

// Throws kInvalid, naming it, for a parameter that the request's operation does not declare, or that is not as
// declared.
void CheckParameters(const Request& request);

// "one|other" as its parts.
std::vector<std::string_view> ChoicesOf(const Parameter& parameter);

// The question of GET /v1/search. The limit is cut where results end.
Query SearchParameters(const Request& request);

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
