// Who listens to a server's events: each holds a thread while it does, so there is room for some, and all of them go
// when the server stops. Inside api/ only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace diwan {

inline constexpr int kMostListeners = 16;

// Any thread may call.
class Listeners {
 public:
  // A place among them, for as long as it lives; must not outlive the listeners.
  class Place {
   public:
    explicit Place(Listeners* of) : of_(of) {}
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool taken() const { return of_ != nullptr; }
    // Returns whether to go on listening: false at once when the server stops, else true after `time`.
    bool Wait(std::chrono::milliseconds time);

   private:
    Listeners* of_;
  };

  // One that is not taken where there are kMostListeners, or the server stops.
  static Place Take(Listeners* listeners);  // of nullptr none is taken

  // From now on none is taken, and nobody waits.
  void Close();

 private:
  std::mutex mutex_;  // guards what follows
  std::condition_variable closing_;
  int taken_ = 0;
  bool closed_ = false;
};

}  // namespace diwan
