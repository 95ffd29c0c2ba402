// What an attacker tries first. Each try counts before its answer is known, so that many at once gain nothing.
#include "archive/sign_in.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/digest.h"
#include "core/fold.h"
#include "core/secret.h"

namespace diwan {
namespace {

constexpr RateLimit::Rate kWrongFromAddress{.burst = 20, .refill_ms = 15'000};
constexpr int64_t kUsedEveryMs = 5LL * 60'000;  // when a session's use is written anew

[[noreturn]] void HoldBack(int seconds) {
  throw TooOften(fmt::format("too many wrong passwords; try again in {} s", seconds), seconds);
}

std::string ActorOf(const Account& account) { return "user:" + account.name; }

}  // namespace

SignIns::SignIns(Store& store, Trail& trail, Accounts& accounts)
    : store_(store), trail_(trail), accounts_(accounts), addresses_(kWrongFromAddress) {}

SignedIn SignIns::SignIn(const SignInRequest& request) {
  Account account = Checked(request);
  Renew(account, request.password);
  return Begin(std::move(account), request);
}

SignedIn SignIns::ChangePassword(const SignInRequest& request, std::string_view new_password) {
  CheckPasswordRules(new_password, request.name);
  if (new_password == request.password) {
    throw Error(ErrorCode::kInvalid, "the new password must be another one");
  }
  const Account account = Checked(request);
  return Begin(accounts_.SetPassword(account.name, new_password, /*must_change=*/false, ActorOf(account)), request);
}

// The account of a name and its right password.
Account SignIns::Checked(const SignInRequest& request) {
  const std::string name(CutAtCodePoint(FoldToUtf8(request.name), kMaxAccountName));
  const int64_t now = accounts_.Now();
  const auto refused = [&](const char* action, const std::string& subject) {
    trail_.Count({.actor = request.origin, .action = action, .subject = subject}, Trail::Crowd::kJoin, name);
  };
  if (const int wait = addresses_.Take(request.network, now); wait > 0) {
    refused("session.held_back", "");
    HoldBack(wait);
  }
  if (const int wait = names_.Begin(name, now); wait > 0) {
    refused("session.held_back", "");
    HoldBack(wait);
  }
  auto account = store_.GetAccount(name);
  const bool open = account && !account->disabled;
  bool right = false;
  try {
    right = request.password.size() <= kLongestPassword &&
            accounts_.passwords().Check(open ? account->password_hash : "", request.password);
  } catch (const Error&) {  // it was not tried
    addresses_.GiveBack(request.network);
    names_.TakeBack(name);
    throw;
  }
  if (!right) {
    // A name that is none is not kept: it may be a password in the wrong place.
    refused("session.failed", account ? name : "");
    throw NotSignedIn("the name or the password is wrong");
  }
  addresses_.GiveBack(request.network);
  names_.Succeeded(name);
  return std::move(*account);
}

// Hashes the password by today's parameters.
void SignIns::Renew(Account& account, std::string_view password) {
  if (!NeedsRehash(account.password_hash)) return;
  const std::string hash = accounts_.passwords().Hash(password);
  const std::lock_guard lock(accounts_.mutex_);
  auto stored = store_.GetAccount(account.name);
  if (!stored || stored->password_hash != account.password_hash) return;
  stored->password_hash = account.password_hash = hash;
  ChangeSet changes;
  changes.accounts = {*stored};
  accounts_.Commit(std::move(changes),
                   {.actor = ActorOf(account), .action = "account.rehash", .subject = account.name});
}

SignedIn SignIns::Begin(Account account, const SignInRequest& request) {
  SignedIn signed_in{.account = std::move(account), .session = {}, .secret = NewSecret()};
  const int64_t now = accounts_.Now();
  signed_in.session = {
      .digest = Sha256Hex(signed_in.secret), .account = signed_in.account.name, .created_at = now, .used_at = now};
  ChangeSet changes;
  changes.sessions = {signed_in.session};
  const std::lock_guard lock(accounts_.mutex_);
  std::vector<Session> own;
  const std::string old = Sha256Hex(request.old_secret);
  for (Session& session : store_.ListSessions()) {
    if (session.digest == old || !Lives(session)) {
      changes.ended.push_back(session.digest);
    } else if (session.account == signed_in.account.name) {
      own.push_back(std::move(session));
    }
  }
  if (own.size() >= kMostSessions) {
    changes.ended.push_back(std::ranges::min_element(own, {}, &Session::used_at)->digest);
  }
  accounts_.Commit(std::move(changes), {.actor = ActorOf(signed_in.account),
                                        .action = "session.begin",
                                        .subject = signed_in.account.name,
                                        .detail = "from " + request.origin});
  return signed_in;
}

std::optional<SignedIn> SignIns::Find(std::string_view secret) {
  const std::string digest = Sha256Hex(secret);
  auto session = store_.GetSession(digest);
  if (!session || !Lives(*session)) return std::nullopt;
  auto account = store_.GetAccount(session->account);
  if (!account || account->disabled) return std::nullopt;
  const int64_t now = accounts_.Now();
  if (now - session->used_at > kUsedEveryMs) {
    const std::lock_guard lock(accounts_.mutex_);
    session = store_.GetSession(digest);  // it may have ended meanwhile
    if (!session) return std::nullopt;
    session->used_at = now;
    ChangeSet changes;
    changes.sessions = {*session};
    store_.Commit(changes);
  }
  return SignedIn{.account = std::move(*account), .session = std::move(*session), .secret = std::string(secret)};
}

void SignIns::SignOut(const SignedIn& who, std::string_view actor) {
  const std::lock_guard lock(accounts_.mutex_);
  ChangeSet changes;
  changes.ended = {who.session.digest};
  accounts_.Commit(std::move(changes),
                   {.actor = std::string(actor), .action = "session.end", .subject = who.account.name});
}

bool SignIns::Lives(const Session& session) const {
  const int64_t now = accounts_.Now();
  return now - session.created_at < kSessionLongestMs && now - session.used_at < kSessionIdleMs;
}

}  // namespace diwan
