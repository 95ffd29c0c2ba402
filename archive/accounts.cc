// Each change reads what is stored, and writes it whole, while no other change is made.
#include "archive/accounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/digest.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"
#include "core/secret.h"

namespace diwan {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kUsedEveryMs = 3'600'000;  // when a token's use is written anew
constexpr int kMostDays = 3650;

[[noreturn]] void Refuse(const std::string& why) { throw Error(ErrorCode::kInvalid, why); }

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// A name for people: one line of UTF-8.
std::string CheckedLine(std::string_view text, std::string_view what) {
  if (text.size() > kMaxDisplayName) Refuse(fmt::format("{} may have {} bytes at most", what, kMaxDisplayName));
  if (std::ranges::any_of(text, IsControl) || ToUtf8(FromUtf8(text)) != text) {
    Refuse(fmt::format("{} must be one line of UTF-8", what));
  }
  return std::string(text);
}

Viewer CheckedClearance(const Viewer& given) {
  if (given.bodies.size() > kMostBodies) Refuse(fmt::format("a clearance names {} bodies at most", kMostBodies));
  Viewer clearance{.level = given.level, .bodies = {}};
  for (const std::string& body : given.bodies) {
    clearance.bodies.push_back(FoldedBody(CheckedLine(body, "the name of a body")));
  }
  return clearance;
}

std::string Describe(const Account& account) {
  return fmt::format("{}, level {}{}{}{}", NameOf(account.role), NameOf(account.clearance.level),
                     account.clearance.bodies.empty() ? "" : ", confidential of ",
                     fmt::join(account.clearance.bodies, ", "), account.disabled ? ", disabled" : "");
}

bool Administers(const Account& account) { return account.role == Role::kAdministrator && !account.disabled; }

}  // namespace

std::string AccountName(std::string_view given) {
  std::string name = FoldToUtf8(given);
  constexpr std::string_view kNever = " /\\:;,\"'<>?#%&=+*|`^~{}[]()!$";
  const bool bad = name.empty() || name.size() > kMaxAccountName || name.find_first_of(kNever) != std::string::npos ||
                   std::ranges::any_of(name, IsControl) || name.front() == '.' || name.front() == '-' ||
                   ToUtf8(FromUtf8(given)) != given;
  if (!bad) return name;
  Refuse(fmt::format("the name of an account has 1 to {} bytes: letters, digits, '.', '-', '_' and '@', no space",
                     kMaxAccountName));
}

Accounts::Accounts(Store& store, WallClock now) : store_(store), now_(std::move(now)) {}

std::optional<std::string> Accounts::MakeFirst(std::string_view actor) {
  if (!store_.ListAccounts().empty()) return std::nullopt;
  std::string password = NewOneTimePassword();
  Add({.name = std::string(kFirstAccount),
       .display_name = "",
       .role = Role::kAdministrator,
       .clearance = {.level = AccessLevel::kConfidential, .bodies = {}},
       .password = password},
      actor);
  return password;
}

Account Accounts::Add(const NewAccount& made, std::string_view actor) {
  Account account{.name = AccountName(made.name),
                  .display_name = CheckedLine(made.display_name.empty() ? made.name : made.display_name, "a name"),
                  .password_hash = "",
                  .role = made.role,
                  .clearance = CheckedClearance(made.clearance)};
  if (!made.password.empty()) {
    CheckPasswordRules(made.password, account.name);
    account.password_hash = passwords_.Hash(made.password);
    account.must_change = made.must_change;
  }
  account.created_at = account.changed_at = Now();
  const std::lock_guard lock(mutex_);
  if (store_.GetAccount(account.name)) Refuse(fmt::format("there is an account {} already", account.name));
  if (store_.ListAccounts().size() >= kMostAccounts) {
    throw Error(ErrorCode::kTooLarge, fmt::format("an archive has {} accounts at most", kMostAccounts));
  }
  ChangeSet changes;
  changes.accounts = {account};
  Commit(
      std::move(changes),
      {.actor = std::string(actor), .action = "account.create", .subject = account.name, .detail = Describe(account)});
  return account;
}

Account Accounts::Change(std::string_view name, const AccountChange& change, std::string_view actor) {
  const std::lock_guard lock(mutex_);
  Account account = Require(name);
  if (change.display_name) account.display_name = CheckedLine(*change.display_name, "a name");
  if (change.role) account.role = *change.role;
  if (change.clearance) account.clearance = CheckedClearance(*change.clearance);
  if (change.disabled) account.disabled = *change.disabled;
  RequireAdministrator(account);
  account.changed_at = Now();
  ChangeSet changes;
  changes.accounts = {account};
  if (account.disabled) EndSessionsOf(account.name, changes);
  Commit(
      std::move(changes),
      {.actor = std::string(actor), .action = "account.change", .subject = account.name, .detail = Describe(account)});
  return account;
}

Account Accounts::SetPassword(std::string_view name, std::string_view password, bool must_change,
                              std::string_view actor) {
  CheckPasswordRules(password, Get(name).name);
  std::string hash = passwords_.Hash(password);
  const std::lock_guard lock(mutex_);
  Account account = Require(name);
  account.password_hash = std::move(hash);
  account.must_change = must_change;
  account.changed_at = Now();
  ChangeSet changes;
  changes.accounts = {account};
  EndSessionsOf(account.name, changes);
  Commit(std::move(changes), {.actor = std::string(actor),
                              .action = "account.password",
                              .subject = account.name,
                              .detail = must_change ? "to be changed at the first sign-in" : ""});
  return account;
}

Account Accounts::Get(std::string_view name) const { return Require(name); }

std::vector<Account> Accounts::List() const { return store_.ListAccounts(); }

MadeToken Accounts::AddToken(const NewToken& made, std::string_view actor) {
  if (made.days < 0 || made.days > kMostDays) Refuse(fmt::format("a token is for 1 to {} days", kMostDays));
  if (made.rights == 0) Refuse("a token needs at least one right");
  MadeToken token{.token = {}, .secret = std::string(kTokenMark) + NewSecret()};
  const std::lock_guard lock(mutex_);
  const Account account = Require(made.account);
  if ((made.rights & ~RightsOf(account.role)) != 0) {
    Refuse(fmt::format("a token of {} may have: {}", account.name, fmt::join(NamesOf(RightsOf(account.role)), ", ")));
  }
  if (Tokens(account.name).size() >= kMostTokens) {
    throw Error(ErrorCode::kTooLarge, fmt::format("an account has {} tokens at most; revoke some", kMostTokens));
  }
  const int64_t now = Now();
  token.token = {.digest = Sha256Hex(token.secret),
                 .id = NewId(),
                 .name = CheckedLine(made.name, "the name of a token"),
                 .account = account.name,
                 .rights = made.rights,
                 .created_at = now,
                 .expires_at = made.days == 0 ? 0 : now + made.days * kDayMs};
  ChangeSet changes;
  changes.tokens = {token.token};
  Commit(std::move(changes), {.actor = std::string(actor),
                              .action = "token.create",
                              .subject = token.token.id,
                              .detail = fmt::format("«{}» of {}: {}", token.token.name, account.name,
                                                    fmt::join(NamesOf(made.rights), ", "))});
  return token;
}

void Accounts::Revoke(const Token& token, std::string_view actor) {
  const std::lock_guard lock(mutex_);
  ChangeSet changes;
  changes.ended = {token.digest};
  Commit(std::move(changes), {.actor = std::string(actor),
                              .action = "token.revoke",
                              .subject = token.id,
                              .detail = fmt::format("«{}» of {}", token.name, token.account)});
}

Token Accounts::GetToken(std::string_view id) const {
  for (Token& token : store_.ListTokens()) {
    if (token.id == id) return std::move(token);
  }
  throw Error(ErrorCode::kNotFound, "there is no such token");
}

std::vector<Token> Accounts::Tokens(std::string_view account) const {
  std::vector<Token> tokens = store_.ListTokens();
  std::erase_if(tokens, [account](const Token& token) { return !account.empty() && token.account != account; });
  std::ranges::sort(tokens, {}, &Token::id);
  return tokens;
}

std::optional<TokenUse> Accounts::Find(std::string_view secret) {
  if (!secret.starts_with(kTokenMark)) return std::nullopt;
  const std::string digest = Sha256Hex(secret);
  auto token = store_.GetToken(digest);
  const int64_t now = Now();
  if (!token || (token->expires_at != 0 && token->expires_at <= now)) return std::nullopt;
  auto account = store_.GetAccount(token->account);
  if (!account || account->disabled) return std::nullopt;
  if (now - token->used_at > kUsedEveryMs) {
    const std::lock_guard lock(mutex_);
    token = store_.GetToken(digest);  // it may have been revoked meanwhile
    if (!token) return std::nullopt;
    token->used_at = now;
    ChangeSet changes;
    changes.tokens = {*token};
    store_.Commit(changes);
  }
  const Rights rights = token->rights & RightsOf(account->role);
  return TokenUse{.account = std::move(*account), .token = std::move(*token), .rights = rights};
}

Account Accounts::Require(std::string_view name) const {
  auto account = store_.GetAccount(FoldToUtf8(name));
  if (!account) throw Error(ErrorCode::kNotFound, "there is no such account");
  return std::move(*account);
}

void Accounts::RequireAdministrator(const Account& changed) const {
  if (Administers(changed)) return;
  const std::vector<Account> all = store_.ListAccounts();
  const auto was = std::ranges::find(all, changed.name, &Account::name);
  const auto administers_too = [&](const Account& each) { return each.name != changed.name && Administers(each); };
  if (was == all.end() || !Administers(*was) || std::ranges::any_of(all, administers_too)) return;
  Refuse(fmt::format("{} is the last administrator; make another one first", changed.name));
}

void Accounts::Commit(ChangeSet changes, AuditEntry entry) {
  entry.at = NowMillis();
  changes.audit.push_back(std::move(entry));
  store_.Commit(changes);
}

void Accounts::EndSessionsOf(std::string_view account, ChangeSet& changes) const {
  for (const Session& session : store_.ListSessions()) {
    if (session.account == account) changes.ended.push_back(session.digest);
  }
}

}  // namespace diwan
