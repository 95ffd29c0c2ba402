// A connection as the thread sees it that answers a request on it. Inside api/ only.
#pragma once

#include <Poco/Net/StreamSocketImpl.h>

#include <chrono>
#include <optional>

#include "api/connection.h"
#include "api/stalls.h"

namespace diwan {

// Gives first what the connection has received, then what comes. Waits for the client at most `stall` at a time, and
// over the whole no longer than a client takes that moves kSlowestBytesPerSecond; then throws Poco::TimeoutException.
// Once its sends have waited for more than a moment it counts among `stalls`, and may be given up there for others.
// Closing it does not close the connection, which must outlive it. One thread.
class PacedSocket : public Poco::Net::StreamSocketImpl {
 public:
  PacedSocket(Connection& connection, std::chrono::seconds stall, Stalls& stalls);

  int receiveBytes(void* buffer, int length, int flags) override;
  int sendBytes(const void* buffer, int length, int flags) override;  // all of them
  Poco::Net::SocketAddress address() override { return connection_.here; }
  Poco::Net::SocketAddress peerAddress() override { return connection_.peer; }
  bool secure() const override { return connection_.socket.secure(); }
  void setSendTimeout(const Poco::Timespan& /*timeout*/) override {}
  void setReceiveTimeout(const Poco::Timespan& /*timeout*/) override {}
  void shutdownSend() override { connection_.socket.shutdownSend(); }
  void close() override {}

 private:
  using Clock = std::chrono::steady_clock;
  void WaitFor(short events, bool sending);
  int SendSome(const char* bytes, int length);

  Connection& connection_;
  const std::chrono::seconds stall_;
  Stalls& stalls_;
  std::optional<Stalls::Place> place_;  // among them, from some waiting on
  Clock::duration waited_{};
  uint64_t moved_ = 0;  // bytes, in both directions
};

}  // namespace diwan
