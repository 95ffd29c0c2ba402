// Who may use an archive: accounts of persons and programs, tokens, sessions, and what a role may do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access.h"

namespace diwan {

// What a request may do, each a right of its own.
enum class Right {
  kNone,        // anybody, without signing in
  kRead,        // look, search, ask, export what one may see
  kDeliver,     // bring in files and rows
  kEdit,        // change what is stored
  kAdminister,  // accounts, tokens, audit trail, upkeep
  kMonitor,     // how the server does, in numbers
};

// Bit 1 << Right of each right.
using Rights = unsigned;
inline constexpr Rights kEveryRight = ~0U;
constexpr Rights SetOf(Right right) { return right == Right::kNone ? 0 : 1U << static_cast<unsigned>(right); }

// What a person is to the archive, the least first.
enum class Role { kReader, kArchivist, kEditor, kAdministrator };

// One who signs in with a password, or in whose name tokens are used.
struct Account {
  std::string name;           // folded (AccountName), unique; never changed
  std::string display_name;   // as people read it
  std::string password_hash;  // of core/secret.h; "" where nobody can sign in by a password
  Role role = Role::kReader;
  Viewer clearance;
  bool disabled = false;
  bool must_change = false;  // the password was given by somebody else, and only it may be changed
  int64_t created_at = 0;    // milliseconds since 1970
  int64_t changed_at = 0;
  bool operator==(const Account&) const = default;
};

// What a program signs its requests with. The token itself is told once, to whom it is made for.
struct Token {
  std::string digest;  // SHA-256 of the token, hex
  std::string id;      // NewId(), to name it by
  std::string name;    // for persons
  std::string account;
  Rights rights = 0;       // at most; what the account may not, the token may not either
  int64_t created_at = 0;  // milliseconds since 1970
  int64_t expires_at = 0;  // 0: never
  int64_t used_at = 0;     // to the hour; 0: never
  bool operator==(const Token&) const = default;
};

// A person who is signed in.
struct Session {
  std::string digest;  // SHA-256 of what the cookie holds, hex
  std::string account;
  int64_t created_at = 0;  // milliseconds since 1970
  int64_t used_at = 0;     // to a few minutes
  bool operator==(const Session&) const = default;
};

// What a role may do: a table of its own, the only one.
Rights RightsOf(Role role);

// Stable names, as the API, the command line and the stored values write them ("none" of kNone); and back, empty for
// what is none.
std::string_view NameOf(Role role);
std::string_view NameOf(Right right);
std::optional<Role> RoleOfName(std::string_view name);
std::optional<Right> RightOfName(std::string_view name);

// Names of the rights in `rights`, in the order of Right.
std::vector<std::string> NamesOf(Rights rights);

// The stored form, as core/encoding.h has it for records; docs/on_disk_format.md lists the keys. Decoding throws
// kCorrupt when `bytes` are damaged, of another type or of a newer format. Safe for hostile bytes.
std::string Encode(const Account& account);
std::string Encode(const Token& token);
std::string Encode(const Session& session);
Account DecodeAccount(std::string_view bytes, std::string_view what);
Token DecodeToken(std::string_view bytes, std::string_view what);
Session DecodeSession(std::string_view bytes, std::string_view what);

}  // namespace diwan
