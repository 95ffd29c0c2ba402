// Bytes as they come over the network, at a real server: each is answered in whole HTTP answers or not at all, and
// never by a fault of ours. {token}, {cookie} and {csrf} in them become those of an administrator.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "api/authentication.h"
#include "api/server.h"
#include "http_archive.h"

namespace {

struct Served {
  diwan::FuzzedArchive fuzzed;
  std::unique_ptr<diwan::Server> server = diwan::ListenTcp(
      fuzzed.archive(), "127.0.0.1:0", {.threads = 1, .max_body_bytes = 1U << 20, .requests_per_minute = 0});
};

[[noreturn]] void Fail(const char* what, std::string_view answer) {
  std::cerr << what << ":\n" << answer << '\n';
  std::abort();
}

void Fill(std::string& bytes, std::string_view name, const std::string& value) {
  for (size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + value.size())) {
    bytes.replace(at, name.size(), value);
  }
}

std::string Exchange(const std::string& address, const std::string& bytes) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in peer = {};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Each connection keeps its port for a minute, so that there may be none; and libFuzzer's alarms interrupt.
  while (::connect(descriptor, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) != 0 && errno != EISCONN) {
    if (errno != EADDRNOTAVAIL && errno != EINTR && errno != EALREADY) Fail("connect", std::strerror(errno));
    ::usleep(100'000);
  }
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = TEMP_FAILURE_RETRY(::send(descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL));
    if (now <= 0) break;
    sent += static_cast<size_t>(now);
  }
  ::shutdown(descriptor, SHUT_WR);
  std::string answer;
  std::string piece(64U << 10, '\0');
  for (ssize_t got = 1; got > 0; answer.append(piece, 0, static_cast<size_t>(got))) {
    got = std::max<ssize_t>(0, TEMP_FAILURE_RETRY(::recv(descriptor, piece.data(), piece.size(), 0)));
  }
  ::close(descriptor);
  return answer;
}

// Takes one answer off. Of a HEAD's, nobody here knows that it has no body: what follows tells.
void TakeAnswer(std::string_view& rest) {
  constexpr std::string_view kVersion = "HTTP/1.";
  const auto begins = [&](std::string_view at) { return at.empty() || at.starts_with(kVersion); };
  const size_t end = rest.find("\r\n\r\n");
  if (!rest.starts_with(kVersion) || end == std::string_view::npos || end < 12) Fail("no HTTP answer", rest);
  if (rest.substr(9, 3) == "500") Fail("a fault of ours", rest);
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const size_t length = rest.substr(0, end).find(kLength);
  const size_t body =
      length == std::string_view::npos ? 0 : std::strtoull(rest.data() + length + kLength.size(), nullptr, 10);
  const std::string_view whole = rest;
  rest.remove_prefix(end + 4);
  if (body <= rest.size() && begins(rest.substr(body))) {
    rest.remove_prefix(body);
  } else if (!begins(rest)) {
    Fail("neither whole nor a HEAD's", whole);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Served& served = diwan::Current<Served>();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  Fill(bytes, "{token}", served.fuzzed.token());
  Fill(bytes, "{cookie}", served.fuzzed.cookie());
  Fill(bytes, "{csrf}", diwan::CsrfToken(served.fuzzed.cookie()));
  const std::string answer = Exchange(served.server->address(), bytes);
  for (std::string_view rest = answer; !rest.empty();) TakeAnswer(rest);
  served.fuzzed.Settle();
  return 0;
}
