// Failures as RFC 9457 problem details, the one form in which the API tells of them.
#pragma once

#include <optional>
#include <string>

#include "api/message.h"
#include "core/error.h"
#include "core/record.h"

namespace diwan {

struct Problem {
  ErrorCode code = ErrorCode::kInternal;
  std::string detail;                 // one line for a person
  int status = 0;                     // 0: the one that belongs to the code
  const BatchEntry* entry = nullptr;  // the quarantined file's, told with the problem
  std::optional<int> version = {};    // of a conflict: the one that is stored, told with the problem
  int retry_seconds = 0;              // when to come again, where that is known
};

Response ProblemResponse(const Problem& problem);

// The status that belongs to `code`.
int HttpStatusOf(ErrorCode code);

// "Not Found" for 404; "" for a status that Diwan doesn't answer with.
std::string_view TitleOfStatus(int status);

}  // namespace diwan
