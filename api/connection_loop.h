// A server's connections: one thread watches those that wait for a request, some answer those that have one. A client
// that is slow, or says nothing, costs a descriptor and not a thread. Inside api/ only.
#pragma once

#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "api/connection.h"

namespace diwan {

class ConnectionLoop {
 public:
  struct Limits {
    int threads = 16;
    int upload_threads = 12;             // of these, at most so many read large bodies
    size_t connections = 1000;           // beyond, the one that has waited longest is closed for a new one
    size_t connections_per_address = 0;  // the same among those of one address; 0: no limit
    size_t head_bytes = kMaxHeadBytes;
    std::chrono::milliseconds
        head_time{};  // from a request's first byte, or the connection's beginning, to its whole head
    std::chrono::milliseconds idle_time{};  // from an answer to the next request's first byte
    std::chrono::milliseconds grace{};      // for the requests under way, at the end
  };
  // Whether a new connection is let in, and what it becomes: the socket given, or one around it; and for which address
  // it counts, "" for none. Called by one thread.
  using Admit = std::function<bool(Poco::Net::StreamSocket&, std::string& counted_for)>;
  // Answers the request that a connection has; returns whether the connection goes on, if only to be left. Must not
  // throw. Called by several threads.
  using Answer = std::function<bool(Connection&)>;
  // So many requests have waited for a thread for a while. Called by one thread, again as long as they do.
  using Starving = std::function<void(size_t requests)>;

  // `socket` listens already. `held` counts the connections there are, and must outlive this. Throws kUnavailable when
  // the system has no descriptors left.
  ConnectionLoop(const Poco::Net::ServerSocket& socket, const Limits& limits, std::atomic<size_t>& held, Admit admit,
                 Answer answer, Starving starving);
  ~ConnectionLoop();  // takes no more; the requests under way have `grace` to be answered
  ConnectionLoop(const ConnectionLoop&) = delete;
  ConnectionLoop& operator=(const ConnectionLoop&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  struct Held : Connection {
    explicit Held(std::atomic<size_t>& all) : count(all) { ++count; }
    ~Held() {
      --count;
      if (of_address) --*of_address;
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    std::atomic<size_t>& count;
    std::shared_ptr<std::atomic<size_t>> of_address;  // connections of its address; null: it counts for none
    Clock::time_point deadline;  // of what it waits for; where it waits for a thread, when that began
    size_t thrown_away = 0;      // bytes that came while it is left
  };
  using HeldPtr = std::unique_ptr<Held>;
  using Queue = std::deque<HeldPtr>;

  void Watch();
  void AcceptAll();
  void Accept(int descriptor);
  bool MakeRoom(const std::atomic<size_t>* of_address = nullptr);
  std::shared_ptr<std::atomic<size_t>> CountOf(const std::string& address);
  void Receive(int descriptor);
  void ThrowAway(Held& connection);
  void Refuse(Held& connection, std::string_view answer);
  void TakeBack();
  void Wait(HeldPtr connection, std::chrono::milliseconds time);
  HeldPtr Forget(int descriptor);
  void HandOver(HeldPtr connection, bool upload);
  void CloseOverdue();
  void TellStarving();
  void Wake() const;

  void Work();
  HeldPtr Next(bool& upload);
  bool NextComes(Connection& connection);
  void Finish(HeldPtr connection, bool goes_on, bool upload);

  Poco::Net::ServerSocket socket_;
  const Limits limits_;
  const Admit admit_;
  const Answer answer_;
  const Starving starving_;
  const int poll_;  // epoll's descriptor
  const int wake_;  // eventfd's
  std::atomic<bool> stopping_{false};
  std::atomic<size_t>& held_;  // connections in all

  std::map<int, HeldPtr> waiting_;                                         // by descriptor; the watching thread's alone
  std::map<std::string, std::shared_ptr<std::atomic<size_t>>> addresses_;  // the same's

  std::mutex mutex_;  // of all that follows
  std::condition_variable work_;
  std::condition_variable quiet_;
  Queue requests_;
  Queue uploads_;
  Queue answered_;           // to be watched again
  std::set<int> answering_;  // descriptors
  int uploading_ = 0;
  bool turn_ = false;  // an upload is next, where both wait
  bool over_ = false;

  std::vector<std::thread> workers_;
  std::thread watcher_;
};

}  // namespace diwan
