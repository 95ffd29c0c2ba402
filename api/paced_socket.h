// A connection as the thread sees it that answers a request on it. Inside api/ only.
#pragma once

#include <Poco/Net/StreamSocketImpl.h>

#include <chrono>

#include "api/connection.h"

namespace diwan {

// Gives first what the connection has received, then what comes. Waits for the client at most `stall` at a time, and
// over the whole no longer than a client takes that moves kSlowestBytesPerSecond; then throws Poco::TimeoutException.
// Closing it does not close the connection, which must outlive it. One thread.
class PacedSocket : public Poco::Net::StreamSocketImpl {
 public:
  PacedSocket(Connection& connection, std::chrono::seconds stall);

  int receiveBytes(void* buffer, int length, int flags) override;
  int sendBytes(const void* buffer, int length, int flags) override;  // all of them
  Poco::Net::SocketAddress address() override { return connection_.socket.address(); }
  Poco::Net::SocketAddress peerAddress() override { return connection_.socket.peerAddress(); }
  bool secure() const override { return connection_.socket.secure(); }
  void setSendTimeout(const Poco::Timespan& /*timeout*/) override {}
  void setReceiveTimeout(const Poco::Timespan& /*timeout*/) override {}
  void shutdownSend() override { connection_.socket.shutdownSend(); }
  void close() override {}

 private:
  using Clock = std::chrono::steady_clock;
  void WaitFor(short events);
  void WaitAsTold(int told);

  Connection& connection_;
  const std::chrono::seconds stall_;
  Clock::duration waited_{};
  uint64_t moved_ = 0;  // bytes, in both directions
};

}  // namespace diwan
