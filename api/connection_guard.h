// Poco bounds each read from a connection, not all of them together: a client that sends a byte now and then would keep
// its thread for ever. The guard knows every connection and ends those that don't bring a whole request head in time.
// Inside api/ only.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace diwan {

// Any thread may call.
class ConnectionGuard {
 public:
  ConnectionGuard();
  ~ConnectionGuard();
  ConnectionGuard(const ConnectionGuard&) = delete;
  ConnectionGuard& operator=(const ConnectionGuard&) = delete;

  // The connection waits for a request, whose head must be there in `time`; else it is shut down.
  void Await(const Poco::Net::StreamSocket& socket, std::chrono::seconds time);
  // A request of the connection is being answered.
  void Answering(const Poco::Net::StreamSocket& socket);
  // The connection is over.
  void Forget(const Poco::Net::StreamSocket& socket);

  // Waits until no request is being answered, at most for `grace`, then shuts every connection down; those that are
  // awaited later too.
  void Stop(std::chrono::seconds grace);

 private:
  using Clock = std::chrono::steady_clock;
  struct Connection {
    Poco::Net::StreamSocket socket;
    Clock::time_point deadline = Clock::time_point::max();  // max: it is being answered
  };
  void Watch();
  bool Answers() const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int, Connection> connections_;  // by descriptor
  bool stopped_ = false;
  bool over_ = false;
  std::thread watcher_;
};

}  // namespace diwan
