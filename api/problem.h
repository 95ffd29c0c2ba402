// Failures as RFC 9457 problem details, the one form in which the API tells of them.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/message.h"
#include "core/error.h"
#include "core/record.h"

namespace diwan {

// What a problem is called and what to do, in one language.
struct ProblemText {
  std::string_view language;  // "en", "ar", "fa"
  std::string_view title;
  std::string_view explanation;
};

// A kind of problem: /problems/NAME, for good.
struct ProblemType {
  std::string_view name;
  ErrorCode code;
  int status;
  std::array<ProblemText, 3> texts;  // English first
};

// Every kind of problem (api/problem_types.cc). The first of a code is the one that belongs to it.
std::span<const ProblemType> ProblemTypes();

struct Problem {
  ErrorCode code = ErrorCode::kInternal;
  std::string detail;                       // one line for a person, in English
  int status = 0;                           // 0: the one that belongs to the code
  const BatchEntry* entry = nullptr;        // the quarantined file's, told with the problem
  std::optional<int> version = {};          // of a conflict: the one that is stored, told with the problem
  std::vector<std::string> available = {};  // of 406: the media types that there are
  int retry_seconds = 0;                    // when to come again, where that is known
};

// In `language` of LanguageOf. Of the detail, which may repeat what came from outside, control characters, marks that
// turn the direction of text, and "<" and ">" are not passed on, and it is cut at 1,000 bytes.
Response ProblemResponse(const Problem& problem, std::string_view language = "en");

// The kind of a problem with that code and status; that of the code where no kind has both.
const ProblemType& TypeOf(ErrorCode code, int status);
const ProblemText& TextOf(const ProblemType& type, std::string_view language);

// The status that belongs to `code`.
int HttpStatusOf(ErrorCode code);

// "Not Found" for 404; "" for a status that Diwan doesn't answer with.
std::string_view TitleOfStatus(int status);

// Nothing that there is has a media type that the client takes: status 406.
class NotAcceptable : public Error {
 public:
  NotAcceptable(const std::string& message, std::vector<std::string> available)
      : Error(ErrorCode::kInvalid, message), available_(std::move(available)) {}
  const std::vector<std::string>& available() const { return available_; }

 private:
  std::vector<std::string> available_;
};

}  // namespace diwan
