// Who asks over the network: a program by its token, a person by the cookie of a session, or nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/message.h"
#include "archive/archive.h"
#include "archive/rate_limit.h"

namespace diwan {

// What those may do who don't sign in.
enum class Anonymous {
  kNone,    // nothing but to ask whether the server is alive, and to sign in
  kPublic,  // read public records
};

// Makes the caller of a request out of its headers; the caller's address and network, and whether it came by TLS, are
// set already. Returns the answer where the request goes no further: 401 for a token that is none, 403 for a change in
// a session without its CSRF token, 429. A cookie that is of no session that was begun here is as none.
std::optional<Response> Authenticate(Archive& archive, RateLimit& requests, Anonymous anonymous, Request& request);

// The fields of `caller` that an account and its rights decide.
void ActAs(const Account& account, Rights rights, Caller& caller);

// What a change within a session must bring in the header X-CSRF-Token. Follows from the session's secret alone.
std::string CsrfToken(std::string_view secret);

// The secret in the request's cookie, or "".
std::string CookieOf(const Request& request);

// A Set-Cookie header that brings the secret to the browser; with "" one that takes it away.
std::string SetCookie(const std::string& secret, bool secure);

}  // namespace diwan
