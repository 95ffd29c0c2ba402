// The one exception type, and its few codes. Each code maps once to an HTTP status (api/problem.cc) and once to an
// exit status (cli/exit_status.cc).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace diwan {

enum class ErrorCode {
  kInvalid,      // the request or the file can't be understood as it is
  kNotFound,     // no such record, page, batch or archive
  kDenied,       // the caller, or the operating system, doesn't allow it
  kConflict,     // what the change was made for is not what is stored any more
  kBusy,         // another process holds it; the same call may succeed later
  kTooLarge,     // beyond a documented limit
  kCorrupt,      // bytes are damaged, or written by a newer format
  kUnavailable,  // a resource is missing: disk full, worker lost, server not reached
  kInternal,     // our own bug
};

// The code's stable name as APIs and tests use it, "not_found" for kNotFound.
std::string_view CodeName(ErrorCode code);

// The opposite of CodeName. kInternal for a name it does not know.
ErrorCode CodeOfName(std::string_view name);

// What failed, on which file or page, and what to do: the message is one line for a person.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

// kConflict, with the version that is stored now; 0 when there is no such thing.
class Conflict : public Error {
 public:
  Conflict(const std::string& message, int version) : Error(ErrorCode::kConflict, message), version_(version) {}
  int version() const { return version_; }

 private:
  int version_;
};

}  // namespace diwan
