// The server's life: binding, threads, who is let in, and its end. What a request goes through is in http_handler.cc.
#include "api/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "api/connection_loop.h"
#include "api/forwarded.h"
#include "api/http_handler.h"
#include "api/local_socket.h"
#include "api/metrics.h"
#include "api/tls.h"
#include "core/error.h"

namespace diwan {
namespace {

namespace net = Poco::Net;

constexpr std::chrono::seconds kStopGrace{10};
constexpr double kMinuteMs = 60'000;
constexpr int kBacklog = 511;  // connections that the system keeps until they are accepted

// A listening socket that was made without Poco.
class AdoptedServerSocket : public net::ServerSocket {
 public:
  explicit AdoptedServerSocket(int descriptor) : ServerSocket(new Impl(descriptor), true) {}

 private:
  class Impl : public net::ServerSocketImpl {
   public:
    explicit Impl(int descriptor) { reset(descriptor); }
  };
};

// Whether it is the user that the server runs as, or root.
bool IsSameUser(const net::StreamSocket& socket) {
  try {
    const uid_t peer = PeerUser(static_cast<int>(socket.impl()->sockfd()));
    return peer == ::geteuid() || peer == 0;
  } catch (const Error&) {
    return false;
  }
}

ConnectionLoop::Limits LoopLimits(const ServerOptions& options) {
  const std::chrono::seconds idle(options.keep_alive_seconds);
  // Who listens keeps a thread, and so does who doesn't take an answer: neither takes it from the others.
  return {.threads = options.threads + kMostListeners + static_cast<int>(kMostStalls),
          .upload_threads = std::max(1, options.threads * 3 / 4),
          .connections = options.max_connections,
          .connections_per_address = options.max_connections_per_address,
          .head_bytes = options.max_head_bytes,
          .head_time = std::chrono::seconds(options.timeout_seconds),
          .idle_time = idle,
          .grace = kStopGrace};
}

std::function<void(const std::string&)> Warning(const ServerOptions& options) {
  return [log = options.log](const std::string& line) {
    if (log != nullptr) log->Say(LogLevel::kWarning, line);
  };
}

class HttpServer : public Server {
 public:
  HttpServer(Archive& archive, const ServerOptions& options, const net::ServerSocket& socket, bool local)
      : requests_(
            {.burst = options.requests_per_minute, .refill_ms = kMinuteMs / std::max(1, options.requests_per_minute)}),
        metrics_(options.metrics ? options.metrics : std::make_shared<Metrics>()),
        proxies_(options.forwarding),
        context_{.archive = archive,
                 .requests = requests_,
                 .metrics = *metrics_,
                 .proxies = proxies_,
                 .listeners = listeners_,
                 .stalls = stalls_,
                 .options = options,
                 .local = local},
        address_(socket.address().toString()),
        certificate_(options.tls && !local ? std::make_unique<TlsCertificate>(*options.tls, Warning(options))
                                           : nullptr),
        loop_(
            socket, LoopLimits(options), metrics_->connections,
            [this](net::StreamSocket& peer, std::string& counted_for) { return Admit(peer, counted_for); },
            [this](Connection& connection) { return AnswerRequest(context_, connection); },
            [this](size_t requests) { stalls_.Relieve(requests); }) {}

  ~HttpServer() override { listeners_.Close(); }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string address() const override { return address_; }

 private:
  bool Admit(net::StreamSocket& peer, std::string& counted_for) const {
    if (context_.local) return IsSameUser(peer);
    const net::IPAddress address = peer.peerAddress().host();
    if (!proxies_.Trusts(address)) counted_for = NetworkOf(address);
    if (certificate_ != nullptr) peer = certificate_->Secure(peer);
    return true;
  }

  RateLimit requests_;
  const std::shared_ptr<Metrics> metrics_;
  const Proxies proxies_;
  Listeners listeners_;
  Stalls stalls_;
  const HttpContext context_;
  const std::string address_;
  const std::unique_ptr<TlsCertificate> certificate_;  // null: without TLS
  ConnectionLoop loop_;
};

class LocalServer : public HttpServer {
 public:
  LocalServer(Archive& archive, const ServerOptions& options)
      : HttpServer(archive, options, AdoptedServerSocket(ListenOnLocalSocket(archive.dir(), kBacklog)), true),
        path_(LocalSocketPath(archive.dir())) {}

  // Removed first: whoever comes now finds nobody rather than a socket that is about to close.
  ~LocalServer() override {
    std::error_code error;
    std::filesystem::remove(path_, error);
  }

  std::string address() const override { return path_.string(); }

 private:
  std::filesystem::path path_;
};

net::SocketAddress ParseAddress(const std::string& address) {
  const size_t colon = address.rfind(':');
  const bool has_port = colon != std::string::npos && colon + 1 < address.size() && colon > 0 &&
                        address.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  if (!has_port) throw Error(ErrorCode::kInvalid, fmt::format("'{}' is no HOST:PORT to listen on", address));
  try {
    return net::SocketAddress(address);
  } catch (const Poco::Exception& error) {
    throw Error(ErrorCode::kInvalid, fmt::format("can't listen on '{}': {}", address, error.displayText()));
  }
}

// Never with SO_REUSEPORT, which Poco's own constructor sets: two servers would share a port and answer in turn.
net::ServerSocket Bind(const net::SocketAddress& address) {
  net::ServerSocket socket;
  if (address.family() == net::SocketAddress::IPv6) {
    socket.bind6(address, true, false, true);
  } else {
    socket.bind(address, true, false);
  }
  socket.listen(kBacklog);
  return socket;
}

}  // namespace

std::unique_ptr<Server> ListenTcp(Archive& archive, const std::string& address, const ServerOptions& options) {
  const net::SocketAddress parsed = ParseAddress(address);
  try {
    return std::make_unique<HttpServer>(archive, options, Bind(parsed), false);
  } catch (const Poco::Exception& error) {
    throw Error(ErrorCode::kUnavailable, fmt::format("can't listen on {}: {}", address, error.displayText()));
  }
}

std::unique_ptr<Server> ListenLocal(Archive& archive, const ServerOptions& options) {
  ServerOptions trusting = options;
  trusting.max_body_bytes = UINT64_MAX;  // the use cases' own limits hold, as in one process
  return std::make_unique<LocalServer>(archive, trusting);
}

}  // namespace diwan
