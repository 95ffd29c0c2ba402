// What a request may do. Roles of persons and scopes of tokens are sets of these rights.
#pragma once

#include <string>

#include "core/access.h"

namespace diwan {

// What a route needs, each a right of its own.
enum class Right {
  kNone,        // anybody, without signing in
  kRead,        // look, search, ask, export what one may see
  kDeliver,     // bring in files and rows
  kEdit,        // change what is stored
  kAdminister,  // accounts, tokens, audit trail, upkeep
};

// Who asks. The command line in its own process and the archive's local socket have every right.
struct Caller {
  std::string actor;      // for the audit trail: "local:USER", "http:ADDRESS", "user:NAME", "token:NAME"
  unsigned rights = ~0U;  // bit 1 << Right of each right
  Viewer viewer;
};

inline bool May(const Caller& caller, Right right) {
  return right == Right::kNone || (caller.rights & (1U << static_cast<unsigned>(right))) != 0;
}

}  // namespace diwan
