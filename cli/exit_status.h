// The exit statuses of the command line. docs/cli.md lists them.
#pragma once

#include "core/error.h"

namespace diwan {

constexpr int kExitSuccess = 0;
constexpr int kExitSomeFailed = 1;     // the command ran, but something in it failed or was found wrong
constexpr int kExitInterrupted = 130;  // Ctrl-C

// 2 to 9, one for each code.
int ExitStatusOf(ErrorCode code);

}  // namespace diwan
