#include "api/paced_socket.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace diwan {
namespace {

namespace net = Poco::Net;

constexpr uint64_t kSlowestBytesPerSecond = 8U << 10;
constexpr std::chrono::milliseconds kMoment{250};  // of waiting for a client to take its answer, before it counts

// What a socket answers that can't go on: TLS may have to send before it can receive, and the other way round.
short EventOf(int told) { return told == net::SecureStreamSocket::ERR_SSL_WANT_WRITE ? POLLOUT : POLLIN; }

}  // namespace

PacedSocket::PacedSocket(Connection& connection, std::chrono::seconds stall, Stalls& stalls)
    : connection_(connection), stall_(stall), stalls_(stalls) {}

void PacedSocket::WaitFor(short events, bool sending) {
  const auto allowed = stall_ + std::chrono::seconds(moved_ / kSlowestBytesPerSecond);
  const auto begin = Clock::now();
  const auto end = begin + std::min<Clock::duration>(stall_, allowed - waited_);
  pollfd waiting{.fd = static_cast<int>(connection_.socket.impl()->sockfd()), .events = events, .revents = 0};
  int ready = 0;
  for (auto now = begin; ready == 0 && now < end; now = Clock::now()) {
    if (sending && !place_ && waited_ + (now - begin) >= kMoment) place_.emplace(stalls_, begin - waited_);
    if (place_ && place_->given_up()) throw Poco::TimeoutException();
    const auto slice = sending ? std::min<Clock::duration>(end - now, kMoment) : end - now;
    ready = ::poll(&waiting, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(slice).count()));
  }
  waited_ += Clock::now() - begin;
  if (ready == 0 || (ready < 0 && errno != EINTR)) throw Poco::TimeoutException();
}

int PacedSocket::receiveBytes(void* buffer, int length, int flags) {
  if (!connection_.received.empty()) {
    const size_t count = connection_.received.copy(static_cast<char*>(buffer), static_cast<size_t>(length));
    connection_.received.erase(0, count);
    return static_cast<int>(count);
  }
  int count = connection_.socket.receiveBytes(buffer, length, flags);
  for (; count < 0; count = connection_.socket.receiveBytes(buffer, length, flags)) WaitFor(EventOf(count), false);
  moved_ += static_cast<uint64_t>(count);
  return count;
}

// Returns how many bytes were sent, or what EventOf understands. Poco throws where a plain socket that doesn't block
// has no room.
int PacedSocket::SendSome(const char* bytes, int length) {
  if (connection_.socket.secure()) return connection_.socket.sendBytes(bytes, length);
  const int descriptor = static_cast<int>(connection_.socket.impl()->sockfd());
  const auto sent = ::send(descriptor, bytes, static_cast<size_t>(length), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent >= 0) return static_cast<int>(sent);
  if (errno == EAGAIN || errno == EINTR) return net::SecureStreamSocket::ERR_SSL_WANT_WRITE;
  throw Poco::Net::NetException("the client has gone");
}

int PacedSocket::sendBytes(const void* buffer, int length, int /*flags*/) {
  const char* bytes = static_cast<const char*>(buffer);
  for (int sent = 0; sent < length;) {
    const int count = SendSome(bytes + sent, length - sent);
    if (count <= 0) {
      WaitFor(EventOf(count), true);
    } else {
      sent += count;
      moved_ += static_cast<uint64_t>(count);
    }
  }
  return length;
}

}  // namespace diwan
