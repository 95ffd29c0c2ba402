// Passwords of an archive's accounts: what one must be, and how many are hashed at the same time.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

namespace diwan {

inline constexpr size_t kShortestPassword = 10;   // characters
inline constexpr size_t kLongestPassword = 1024;  // bytes

// Throws kInvalid for a password that is too short, too long, no UTF-8, or the account's name.
void CheckPasswordRules(std::string_view password, std::string_view account);

// Hashes and compares, two at a time, since each takes 64 MiB. Any thread may call; every method waits its turn, and
// throws TooOften when many wait already.
class Passwords {
 public:
  std::string Hash(std::string_view password);

  // Whether `hash` is of `password`. An empty hash is of none, and telling so takes the same time.
  bool Check(const std::string& hash, std::string_view password);

  static constexpr int kAtOnce = 2;
  static constexpr int kMostWaiting = 6;

 private:
  class Turn;

  std::mutex mutex_;
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
  std::once_flag made_;
  std::string nobodys_;  // hash of a password that nobody knows
};

}  // namespace diwan
