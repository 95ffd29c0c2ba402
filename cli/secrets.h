// Passwords and tokens on their way into a command: never as an argument, where every user of the machine sees them.
#pragma once

#include <string>

#include "cli/command.h"

namespace diwan {

// A password: asked for twice on the terminal, without showing it, when standard input is one; else the first line of
// standard input. Throws kInvalid when the two differ or none is given.
std::string ReadPassword(const Console& console);

// The token for the server of --server: the content of --token-file, else of DIWAN_TOKEN, else "". Throws kNotFound or
// kDenied for a file that can't be read or that others may read, kInvalid for what is no token.
std::string ServerToken(const GlobalOptions& global);

}  // namespace diwan
