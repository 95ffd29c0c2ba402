// How often somebody may do something, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/error.h"

namespace diwan {

// Somebody asks too often, or too many do at the same time; over HTTP status 429.
class TooOften : public Error {
 public:
  TooOften(const std::string& message, int retry_seconds)
      : Error(ErrorCode::kBusy, message), retry_seconds_(retry_seconds) {}
  int retry_seconds() const { return retry_seconds_; }

 private:
  int retry_seconds_;
};

// Lets each key do `burst` things at once, and after that one more each `refill_ms`. Any thread may call; times are in
// milliseconds of any clock that does not go back.
class RateLimit {
 public:
  struct Rate {
    int burst = 0;  // 0: no limit
    double refill_ms = 0;
  };
  explicit RateLimit(const Rate& rate) : rate_(rate) {}

  // Counts one. Returns 0, or in how many seconds to come again, and then has counted nothing.
  int Take(const std::string& key, int64_t now);
  // As if one had not been counted.
  void GiveBack(const std::string& key);

  // Keys that are kept at most; beyond, those that are not held back go first.
  static constexpr size_t kMostKeys = 10'000;
  size_t keys() const;

 private:
  void MakeRoom(int64_t now);

  const Rate rate_;
  mutable std::mutex mutex_;
  std::map<std::string, double> full_at_;  // when the key may do its whole burst again
};

// Holds a name back for longer and longer after tries that failed: 5 are free; then 30 s, doubled up to 15 minutes. An
// hour without a try forgets them. Any thread may call.
class Lockout {
 public:
  // A try begins, and counts as failed until Succeeded. Returns 0, or in how many seconds to come again.
  int Begin(const std::string& name, int64_t now);
  void Succeeded(const std::string& name);
  // The try was not made after all.
  void TakeBack(const std::string& name);

  static constexpr int kFreeTries = 5;
  static constexpr size_t kMostNames = 10'000;

 private:
  struct Tries {
    int failed = 0;
    int64_t locked_until = 0;
    int64_t last = 0;
  };
  void MakeRoom(int64_t now);

  std::mutex mutex_;
  std::map<std::string, Tries> tries_;
};

}  // namespace diwan
