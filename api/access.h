// What a request may do. Roles of persons and scopes of tokens are sets of rights.
#pragma once

#include <string>

#include "core/access.h"
#include "core/account.h"

namespace diwan {

// Who asks. The command line in its own process and the archive's local socket have every right.
struct Caller {
  std::string actor;  // for the audit trail: "local:USER", "http:ADDRESS", "user:NAME", "token:NAME/TOKEN"
  Rights rights = kEveryRight;
  Viewer viewer;
  bool signed_in = true;     // false: nobody is known, and signing in may help
  std::string account;       // the account's name; "" without one, as on the local socket
  std::string session;       // digest of the session that is used; "" without one
  bool must_change = false;  // nothing is allowed until the password was changed
  std::string address;       // over the network: where the request came from
  std::string network;       // over the network: what limits are counted for; of IPv6 the first 64 bits
};

// Whom deliveries of the caller belong to.
inline std::string OwnerOf(const Caller& caller) { return caller.account.empty() ? caller.actor : caller.account; }

inline bool May(const Caller& caller, Right right) {
  return right == Right::kNone || (caller.rights & SetOf(right)) != 0;
}

// Whose deliveries the caller sees: "" for everybody's.
inline std::string OwnerSeenBy(const Caller& caller) {
  return May(caller, Right::kEdit) && SeesAll(caller.viewer) ? std::string() : OwnerOf(caller);
}

}  // namespace diwan
