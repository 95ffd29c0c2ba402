// Answers that wait for clients who don't take them. Each holds a thread while it does, so there is room for some.
// Inside api/ only.
#pragma once

#include <atomic>
#include <chrono>
#include <list>
#include <mutex>

namespace diwan {

inline constexpr size_t kMostStalls = 16;  // that are never given up

// Any thread may call.
class Stalls {
 public:
  using Clock = std::chrono::steady_clock;

  // A place among them, for as long as it lives; must not outlive the stalls.
  class Place {
   public:
    Place(Stalls& stalls, Clock::time_point since);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool given_up() const { return given_up_; }

   private:
    friend class Stalls;
    Stalls& stalls_;
    const Clock::time_point since_;
    std::atomic<bool> given_up_{false};
  };

  // Others wait for `count` threads: gives up as many, those that have waited longest, as there are beyond kMostStalls.
  void Relieve(size_t count);

 private:
  std::mutex mutex_;  // guards what follows
  std::list<Place*> places_;
};

}  // namespace diwan
