// Accounts, tokens, sessions and the audit trail as JSON, and the bodies of requests that change them; docs/api.md has
// the shapes. Reading throws kInvalid for what is no such body. Pure; any thread may call; safe for hostile bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/access.h"
#include "archive/accounts.h"
#include "archive/sign_in.h"
#include "store/store.h"

namespace diwan {

inline constexpr size_t kMaxAccountBody = 64U << 10;  // bytes

struct SignInBody {
  std::string name;
  std::string password;
};
SignInBody ReadSignInBody(std::string_view body);

struct OwnPasswordBody {
  std::string password;
  std::string new_password;
};
OwnPasswordBody ReadOwnPasswordBody(std::string_view body);

// What is not given has the defaults of NewAccount.
NewAccount ReadNewAccountBody(std::string_view body);
AccountChange ReadAccountChangeBody(std::string_view body);

struct PasswordBody {
  std::string password;  // "" for one that is made here
  bool must_change = true;
};
PasswordBody ReadPasswordBody(std::string_view body);

NewToken ReadNewTokenBody(std::string_view body);

// `one_time_password` and `secret`: told where they were made, "" else.
std::string AccountJson(const Account& account, const std::string& one_time_password = "");
std::string AccountListJson(const std::vector<Account>& accounts);
std::string TokenJson(const Token& token, const std::string& secret = "");
std::string TokenListJson(const std::vector<Token>& tokens);
// Who asks, as the server sees it. `signed_in` null: by a token, by the local socket, or nobody.
std::string SessionJson(const Caller& caller, const SignedIn* signed_in);

// `next`: the cursor of what comes next, or "".
std::string AuditListJson(const std::vector<ChainedAuditEntry>& entries, uint64_t count, const std::string& next);
// One line, with the bytes that the hash is of, as hex.
std::string AuditLineJson(const ChainedAuditEntry& entry);
std::string AuditCheckJson(const AuditCheck& check);

}  // namespace diwan
