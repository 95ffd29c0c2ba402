// The transport between the archive's process and a worker: see channel.h. Both processes run this code.
#include "ingest/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace diwan {
namespace {

constexpr uint32_t kKiB = 1024;
constexpr uint32_t kMiB = 1024 * kKiB;

struct FrameRule {
  FrameType type;
  uint32_t limit;  // bytes
};
constexpr FrameRule kFrameRules[] = {
    {FrameType::kOpen, 4 * kKiB},  {FrameType::kRead, 4 * kKiB},   {FrameType::kProbe, 4 * kKiB},
    {FrameType::kPage, 16 * kMiB}, {FrameType::kImage, 64 * kMiB}, {FrameType::kError, 16 * kKiB},
    {FrameType::kCut, 4 * kKiB},
};

// Waits until the socket can be read. False when the deadline passed first.
bool WaitForBytes(int socket, const Deadline& deadline) {
  using std::chrono::milliseconds;
  for (;;) {
    int timeout = -1;
    if (deadline) {
      const auto left = std::chrono::ceil<milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
      timeout = static_cast<int>(std::clamp<int64_t>(left, 0, 1'000'000));
    }
    pollfd waiting{.fd = socket, .events = POLLIN, .revents = 0};
    const int ready = poll(&waiting, 1, timeout);
    if (ready > 0) return true;
    if (ready == 0 && deadline && std::chrono::steady_clock::now() >= *deadline) return false;
  }
}

// Room for exactly one descriptor would be padded to two: every descriptor that came must be owned.
OwnedFd FirstFile(msghdr& message) {
  OwnedFd first;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
      OwnedFd owned(fd);
      if (!first.valid()) first = std::move(owned);
    }
  }
  return first;
}

// Fills `buffer`. `file` takes a descriptor that comes along, unless it is nullptr.
Arrival ReceiveExactly(int socket, char* buffer, size_t size, const Deadline& deadline, OwnedFd* file) {
  while (size > 0) {
    if (!WaitForBytes(socket, deadline)) return Arrival::kLate;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    iovec piece{.iov_base = buffer, .iov_len = size};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    if (file != nullptr) {
      message.msg_control = control.data();
      message.msg_controllen = control.size();
    }
    const ssize_t got = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return Arrival::kClosed;
    if (file != nullptr) {
      OwnedFd came = FirstFile(message);
      if (came.valid()) *file = std::move(came);
    }
    buffer += got;
    size -= static_cast<size_t>(got);
  }
  return Arrival::kFrame;
}

bool SendPlain(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

// The descriptor rides on the first byte; a header is sent whole, being far smaller than any socket buffer.
bool SendWithFile(int socket, std::string_view bytes, int file) {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  iovec piece{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &file, sizeof file);
  ssize_t sent = 0;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent > 0 && SendPlain(socket, bytes.substr(static_cast<size_t>(sent)));
}

}  // namespace

uint32_t FrameLimit(FrameType type) {
  const auto* rule = std::ranges::find(kFrameRules, type, &FrameRule::type);
  return rule == std::end(kFrameRules) ? 0 : rule->limit;
}

std::optional<FrameHeader> ParseFrameHeader(std::string_view bytes) {
  if (bytes.size() != kFrameHeaderSize) return std::nullopt;
  FrameHeader header;
  for (int i = 3; i >= 0; --i) header.size = header.size << 8 | static_cast<unsigned char>(bytes[i]);
  header.type = static_cast<FrameType>(bytes[4]);
  const uint32_t limit = FrameLimit(header.type);
  if (limit == 0 || header.size > limit) return std::nullopt;
  return header;
}

Received ReceiveFrame(int socket, const Deadline& deadline, TakeFile take_file) {
  Received received;
  std::array<char, kFrameHeaderSize> head{};
  OwnedFd* file = take_file == TakeFile::kYes ? &received.frame.file : nullptr;
  received.arrival = ReceiveExactly(socket, head.data(), head.size(), deadline, file);
  if (received.arrival != Arrival::kFrame) return received;
  const std::optional<FrameHeader> header = ParseFrameHeader({head.data(), head.size()});
  if (!header) {
    received.arrival = Arrival::kMalformed;
    return received;
  }
  received.frame.type = header->type;
  received.frame.payload.resize(header->size);
  received.arrival = ReceiveExactly(socket, received.frame.payload.data(), header->size, deadline, nullptr);
  return received;
}

bool SendFrame(int socket, FrameType type, std::string_view payload, int file) {
  std::string head;
  for (int i = 0; i < 4; ++i) head += static_cast<char>(payload.size() >> (8 * i) & 0xff);
  head += static_cast<char>(type);
  const bool head_sent = file < 0 ? SendPlain(socket, head) : SendWithFile(socket, head, file);
  return head_sent && SendPlain(socket, payload);
}

}  // namespace diwan
