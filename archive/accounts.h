// Accounts and tokens: who is known to an archive, and what each may do.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/audit.h"
#include "archive/passwords.h"
#include "core/account.h"
#include "store/store.h"

namespace diwan {

inline constexpr size_t kMaxAccountName = 64;    // bytes, folded
inline constexpr size_t kMaxDisplayName = 200;   // bytes, also of a token's name
inline constexpr size_t kMostAccounts = 10'000;  // of an archive
inline constexpr size_t kMostTokens = 100;       // of an account
inline constexpr size_t kMostBodies = 100;       // of a clearance
inline constexpr std::string_view kTokenMark = "diwan_";
inline constexpr std::string_view kFirstAccount = "administrator";

// What an account is called: folded, so that no two look the same. Throws kInvalid for what can't be a name.
std::string AccountName(std::string_view given);

// Milliseconds since 1970.
using WallClock = std::function<int64_t()>;

struct NewAccount {
  std::string name;
  std::string display_name;  // "" for the name as it was given
  Role role = Role::kReader;
  Viewer clearance{.level = AccessLevel::kInternal, .bodies = {}};
  std::string password;     // "" for none: nobody signs in, but tokens can be made for it
  bool must_change = true;  // before anything else
};

struct AccountChange {
  std::optional<std::string> display_name = {};
  std::optional<Role> role = {};
  std::optional<Viewer> clearance = {};
  std::optional<bool> disabled = {};
};

struct NewToken {
  std::string account;
  std::string name;
  Rights rights = 0;  // no more than the account's role has
  int days = 0;       // until it expires; 0: never
};

struct MadeToken {
  Token token;
  std::string secret;  // told once, kept nowhere
};

// A token that is in use.
struct TokenUse {
  Account account;
  Token token;
  Rights rights = 0;  // what both the token and the account's role have
};

// Every change is in the audit trail, in the name of its `actor`. Any thread may call.
class Accounts {
 public:
  Accounts(Store& store, WallClock now);

  // Makes the first account, an administrator, and returns its password for one use; empty when there are accounts.
  std::optional<std::string> MakeFirst(std::string_view actor);

  // Throws kInvalid for a name that is taken or a password that is none, kTooLarge when there are too many.
  Account Add(const NewAccount& made, std::string_view actor);
  // Throws kNotFound; kInvalid when nobody would be left to administer.
  Account Change(std::string_view name, const AccountChange& change, std::string_view actor);
  // Ends every session of the account. Throws kNotFound, kInvalid.
  Account SetPassword(std::string_view name, std::string_view password, bool must_change, std::string_view actor);
  Account Get(std::string_view name) const;  // throws kNotFound
  std::vector<Account> List() const;

  // Throws kNotFound, kInvalid for rights that the account has not, kTooLarge.
  MadeToken AddToken(const NewToken& made, std::string_view actor);
  void Revoke(const Token& token, std::string_view actor);
  Token GetToken(std::string_view id) const;  // throws kNotFound
  // Of one account, or with "" of all; in the order of their making.
  std::vector<Token> Tokens(std::string_view account) const;

  // Who `secret` speaks for; empty for what is no token, has expired or was revoked, or whose account was disabled.
  std::optional<TokenUse> Find(std::string_view secret);

  Passwords& passwords() { return passwords_; }
  int64_t Now() const { return now_(); }

 private:
  friend class SignIns;
  Account Require(std::string_view name) const;
  void RequireAdministrator(const Account& changed) const;
  void Commit(ChangeSet changes, AuditEntry entry);
  void EndSessionsOf(std::string_view account, ChangeSet& changes) const;

  Store& store_;
  const WallClock now_;
  Passwords passwords_;
  mutable std::mutex mutex_;  // one change at a time; also of sessions
};

}  // namespace diwan
