#include "api/paced_socket.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace diwan {
namespace {

namespace net = Poco::Net;

constexpr uint64_t kSlowestBytesPerSecond = 8U << 10;

}  // namespace

PacedSocket::PacedSocket(Connection& connection, std::chrono::seconds stall) : connection_(connection), stall_(stall) {}

void PacedSocket::WaitFor(short events) {
  const auto allowed = stall_ + std::chrono::seconds(moved_ / kSlowestBytesPerSecond);
  const auto left = std::min<Clock::duration>(stall_, allowed - waited_);
  pollfd waiting{.fd = static_cast<int>(connection_.socket.impl()->sockfd()), .events = events, .revents = 0};
  const auto begin = Clock::now();
  const int ready = ::poll(&waiting, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
  waited_ += Clock::now() - begin;
  const bool interrupted = ready < 0 && errno == EINTR;
  if (left <= Clock::duration::zero() || (ready <= 0 && !interrupted)) throw Poco::TimeoutException();
}

// `told` is what a socket answers that can't go on: TLS may have to send before it can receive, and the other way
// round.
void PacedSocket::WaitAsTold(int told) {
  WaitFor(told == net::SecureStreamSocket::ERR_SSL_WANT_WRITE ? POLLOUT : POLLIN);
}

int PacedSocket::receiveBytes(void* buffer, int length, int flags) {
  if (!connection_.received.empty()) {
    const size_t count = connection_.received.copy(static_cast<char*>(buffer), static_cast<size_t>(length));
    connection_.received.erase(0, count);
    return static_cast<int>(count);
  }
  int count = connection_.socket.receiveBytes(buffer, length, flags);
  for (; count < 0; count = connection_.socket.receiveBytes(buffer, length, flags)) WaitAsTold(count);
  moved_ += static_cast<uint64_t>(count);
  return count;
}

int PacedSocket::sendBytes(const void* buffer, int length, int flags) {
  const char* bytes = static_cast<const char*>(buffer);
  for (int sent = 0; sent < length;) {
    WaitFor(POLLOUT);  // first: Poco throws when a socket that doesn't block has no room
    const int count = connection_.socket.sendBytes(bytes + sent, length - sent, flags);
    if (count < 0) {
      WaitAsTold(count);
    } else {
      sent += count;
      moved_ += static_cast<uint64_t>(count);
    }
  }
  return length;
}

}  // namespace diwan
