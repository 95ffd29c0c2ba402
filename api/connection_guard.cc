// The one place that knows all connections of a server, for deadlines and for its end.
#include "api/connection_guard.h"

#include <Poco/Exception.h>

#include <algorithm>

namespace diwan {
namespace {

constexpr std::chrono::milliseconds kTick{200};

// Wakes the thread that serves the connection; it closes it.
void ShutDown(Poco::Net::StreamSocket& socket) {
  try {
    socket.shutdown();
  } catch (const Poco::Exception&) {  // it is closed already
  }
}

int KeyOf(const Poco::Net::StreamSocket& socket) { return static_cast<int>(socket.impl()->sockfd()); }

}  // namespace

ConnectionGuard::ConnectionGuard() : watcher_([this] { Watch(); }) {}

ConnectionGuard::~ConnectionGuard() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  watcher_.join();
}

void ConnectionGuard::Await(const Poco::Net::StreamSocket& socket, std::chrono::seconds time) {
  const std::lock_guard lock(mutex_);
  Connection& connection = connections_.insert_or_assign(KeyOf(socket), Connection{.socket = socket}).first->second;
  connection.deadline = Clock::now() + time;
  if (stopped_) ShutDown(connection.socket);
  changed_.notify_all();
}

void ConnectionGuard::Answering(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(KeyOf(socket));
  if (found != connections_.end()) found->second.deadline = Clock::time_point::max();
}

void ConnectionGuard::Forget(const Poco::Net::StreamSocket& socket) {
  const std::lock_guard lock(mutex_);
  connections_.erase(KeyOf(socket));
  changed_.notify_all();
}

bool ConnectionGuard::Answers() const {
  return std::ranges::any_of(connections_,
                             [](const auto& entry) { return entry.second.deadline == Clock::time_point::max(); });
}

void ConnectionGuard::Stop(std::chrono::seconds grace) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, grace, [this] { return !Answers(); });
  stopped_ = true;
  for (auto& [key, connection] : connections_) ShutDown(connection.socket);
}

void ConnectionGuard::Watch() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kTick, [this] { return over_; })) {
    const Clock::time_point now = Clock::now();
    for (auto& [key, connection] : connections_) {
      if (connection.deadline <= now) ShutDown(connection.socket);
    }
  }
}

}  // namespace diwan
