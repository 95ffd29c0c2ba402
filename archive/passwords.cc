// The one place in the archive that hashes passwords.
#include "archive/passwords.h"

#include <fmt/core.h>

#include "archive/rate_limit.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/secret.h"

namespace diwan {

void CheckPasswordRules(std::string_view password, std::string_view account) {
  if (password.size() > kLongestPassword) {
    throw Error(ErrorCode::kInvalid, fmt::format("a password may have {} bytes at most", kLongestPassword));
  }
  if (ToUtf8(FromUtf8(password)) != password) throw Error(ErrorCode::kInvalid, "the password is not UTF-8");
  if (CodePoints(password) < kShortestPassword) {
    throw Error(ErrorCode::kInvalid, fmt::format("a password must have {} characters or more", kShortestPassword));
  }
  if (FoldToUtf8(password) == account) {
    throw Error(ErrorCode::kInvalid, "the password must not be the name of the account");
  }
}

class Passwords::Turn {
 public:
  explicit Turn(Passwords& passwords) : passwords_(passwords) {
    std::unique_lock lock(passwords_.mutex_);
    if (passwords_.running_ >= kAtOnce) {
      if (passwords_.waiting_ >= kMostWaiting) {
        throw TooOften("many sign in at this moment; try again", /*retry_seconds=*/1);
      }
      ++passwords_.waiting_;
      passwords_.freed_.wait(lock, [this] { return passwords_.running_ < kAtOnce; });
      --passwords_.waiting_;
    }
    ++passwords_.running_;
  }
  ~Turn() {
    const std::lock_guard lock(passwords_.mutex_);
    --passwords_.running_;
    passwords_.freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Passwords& passwords_;
};

std::string Passwords::Hash(std::string_view password) {
  const Turn turn(*this);
  return HashPassword(password);
}

bool Passwords::Check(const std::string& hash, std::string_view password) {
  const Turn turn(*this);
  std::call_once(made_, [this] { nobodys_ = HashPassword(NewSecret()); });
  const bool right = CheckPassword(hash.empty() ? nobodys_ : hash, password);
  return right && !hash.empty();
}

}  // namespace diwan
