// A bucket that leaks is one number: when it will be empty.
#include "archive/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace diwan {
namespace {

constexpr double kSecond = 1000;

int SecondsFor(double milliseconds) { return std::max(1, static_cast<int>(std::ceil(milliseconds / kSecond))); }

}  // namespace

int RateLimit::Take(const std::string& key, int64_t now) {
  if (rate_.burst == 0) return 0;
  const std::lock_guard lock(mutex_);
  const auto found = full_at_.find(key);
  const auto at = static_cast<double>(now);
  const double full = (found == full_at_.end() ? at : std::max(found->second, at)) + rate_.refill_ms;
  const double too_much = full - at - rate_.refill_ms * rate_.burst;
  if (too_much > 0) return SecondsFor(too_much);
  if (found != full_at_.end()) {
    found->second = full;
    return 0;
  }
  if (full_at_.size() >= kMostKeys) MakeRoom(now);
  full_at_[key] = full;
  return 0;
}

void RateLimit::GiveBack(const std::string& key) {
  const std::lock_guard lock(mutex_);
  if (const auto found = full_at_.find(key); found != full_at_.end()) found->second -= rate_.refill_ms;
}

size_t RateLimit::keys() const {
  const std::lock_guard lock(mutex_);
  return full_at_.size();
}

void RateLimit::MakeRoom(int64_t now) {
  std::erase_if(full_at_, [now](const auto& each) { return each.second <= static_cast<double>(now); });
  if (full_at_.size() < kMostKeys) return;
  full_at_.erase(std::ranges::min_element(full_at_, {}, [](const auto& each) { return each.second; }));
}

int Lockout::Begin(const std::string& name, int64_t now) {
  constexpr int64_t kFirstMs = 30'000;
  constexpr int64_t kLongestMs = 900'000;
  constexpr int kMostDoublings = 10;
  const std::lock_guard lock(mutex_);
  if (tries_.size() >= kMostNames) MakeRoom(now);
  Tries& tries = tries_[name];
  if (tries.locked_until > now) return SecondsFor(static_cast<double>(tries.locked_until - now));
  constexpr int64_t kForgottenMs = 3'600'000;
  if (now - tries.last > kForgottenMs) tries = {};
  tries.last = now;
  if (++tries.failed >= kFreeTries) {
    const int doublings = std::min(tries.failed - kFreeTries, kMostDoublings);
    tries.locked_until = now + std::min(kFirstMs << doublings, kLongestMs);
  }
  return 0;
}

void Lockout::Succeeded(const std::string& name) {
  const std::lock_guard lock(mutex_);
  tries_.erase(name);
}

void Lockout::TakeBack(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = tries_.find(name);
  if (found == tries_.end()) return;
  --found->second.failed;
  found->second.locked_until = 0;
}

void Lockout::MakeRoom(int64_t now) {
  std::erase_if(tries_,
                [now](const auto& each) { return each.second.failed < kFreeTries && each.second.locked_until <= now; });
  if (tries_.size() < kMostNames) return;
  tries_.erase(std::ranges::min_element(tries_, {}, [](const auto& each) { return each.second.last; }));
}

}  // namespace diwan
