// Persons sign in with a name and a password, and out again; between them lies a session.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "archive/accounts.h"
#include "archive/rate_limit.h"

namespace diwan {

// Nobody is signed in, or the name or password is wrong; over HTTP status 401.
class NotSignedIn : public Error {
 public:
  explicit NotSignedIn(const std::string& message) : Error(ErrorCode::kDenied, message) {}
};

inline constexpr int64_t kSessionIdleMs = 2LL * 3'600'000;
inline constexpr int64_t kSessionLongestMs = 12LL * 3'600'000;
inline constexpr size_t kMostSessions = 50;  // of an account; the one that was used longest ago ends

struct SignedIn {
  Account account;
  Session session;
  std::string secret;  // what the cookie holds
};

struct SignInRequest {
  std::string name;
  std::string password;
  std::string origin;      // where it came from, as the audit trail names it: "http:ADDRESS"
  std::string network;     // for which wrong tries are counted
  std::string old_secret;  // of a session that ends with this; may be ""
};

// Sessions are stored, and survive a restart; what holds back those who guess is in memory. Any thread may call.
class SignIns {
 public:
  SignIns(Store& store, Trail& trail, Accounts& accounts);

  // Begins a new session. Throws NotSignedIn for a wrong name or password (and a disabled account), all in the same
  // time and words; TooOften after many wrong ones for the name or from the address.
  SignedIn SignIn(const SignInRequest& request);

  // Changes the password of one who is signed in, ends all sessions of the account and begins a new one. Throws as
  // SignIn does, for the present password, and kInvalid for a new one that is none.
  SignedIn ChangePassword(const SignInRequest& request, std::string_view new_password);

  // The session of a cookie's value; empty for what is none, has ended or expired, or whose account was disabled.
  std::optional<SignedIn> Find(std::string_view secret);

  void SignOut(const SignedIn& who, std::string_view actor);

 private:
  Account Checked(const SignInRequest& request);
  void Renew(Account& account, std::string_view password);
  SignedIn Begin(Account account, const SignInRequest& request);
  bool Lives(const Session& session) const;

  Store& store_;
  Trail& trail_;
  Accounts& accounts_;
  Lockout names_;
  RateLimit addresses_;
};

}  // namespace diwan
