// One exit status for each error code, as docs/api.md promises.
#include "cli/exit_status.h"

namespace diwan {

int ExitStatusOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid:
      return 2;
    case ErrorCode::kNotFound:
      return 3;
    case ErrorCode::kDenied:
      return 4;
    case ErrorCode::kBusy:
      return 5;
    case ErrorCode::kTooLarge:
      return 6;
    case ErrorCode::kCorrupt:
      return 7;
    case ErrorCode::kUnavailable:
      return 8;
    case ErrorCode::kInternal:
      return 9;
    case ErrorCode::kConflict:
      return 10;
  }
  return 9;
}

}  // namespace diwan
