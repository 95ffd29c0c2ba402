// The three ways to the route table. A command can't tell which one it goes, but by the time it takes.
#include "api/client.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/URI.h>
#include <fmt/core.h>

#include <array>
#include <chrono>
#include <optional>

#include "api/body_stream.h"
#include "api/local_socket.h"
#include "api/router.h"
#include "api/target.h"
#include "api/tls.h"
#include "core/error.h"

namespace diwan {
namespace {

namespace net = Poco::Net;
using Sink = std::function<void(std::string_view)>;
using Clock = std::chrono::steady_clock;

constexpr size_t kPieceBytes = 64U << 10;
const Poco::Timespan kConnectTimeout(5, 0);
const Poco::Timespan kReadTimeout(300, 0);
const Poco::Timespan kWorkTimeout(24 * 3600, 0);  // verify and reindex may take hours before they answer
// A server closes a connection that was idle for 5 s; one that was idle for less than this is used again.
constexpr std::chrono::seconds kReuse{2};

[[noreturn]] void BrokeOff(const std::string& address, const std::string& reason) {
  throw Error(ErrorCode::kUnavailable, fmt::format("{} does not answer: {}", address, reason));
}

void Deliver(Response& response, const Sink* sink, std::string_view piece) {
  if (sink != nullptr && response.status / 100 == 2) {
    (*sink)(piece);
  } else {
    response.body += piece;
  }
}

// Whether asking again might change something twice.
bool Changes(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

class InProcessClient : public Client {
 public:
  explicit InProcessClient(Archive& archive) : archive_(archive) {}

  Response Send(Request& request, const Sink* sink) override {
    std::optional<BodyStream> bounded;
    Request bounded_request = request;
    if (request.body != nullptr) bounded_request.body = &bounded.emplace(*request.body, request.body_size);
    Response response = Handle(archive_, bounded_request);
    if (response.stream) {
      Collect(response, sink);
    } else if (sink != nullptr && response.status / 100 == 2) {
      (*sink)(std::exchange(response.body, {}));
    }
    return response;
  }

 private:
  static void Collect(Response& response, const Sink* sink) {
    const auto stream = std::exchange(response.stream, nullptr);
    stream([&response, sink](std::string_view piece) {
      Deliver(response, sink, piece);
      return true;
    });
  }

  Archive& archive_;
};

// HTTP over a connection that is kept for the next request while it is fresh.
class HttpClient : public Client {
 public:
  explicit HttpClient(const std::string& token) : authorization_(token.empty() ? "" : "Bearer " + token) {}

  Response Send(Request& request, const Sink* sink) override {
    const bool kept = session_ != nullptr && Clock::now() - last_use_ < kReuse;
    if (!kept) session_.reset();
    try {
      return Exchange(request, sink);
    } catch (const Poco::Exception& error) {
      session_.reset();
      // The server may have closed a kept connection meanwhile; what changes nothing is asked once more.
      if (!kept || Changes(request) || delivered_) BrokeOff(address(), error.displayText());
    }
    try {
      return Exchange(request, sink);
    } catch (const Poco::Exception& error) {
      session_.reset();
      BrokeOff(address(), error.displayText());
    }
  }

 protected:
  virtual std::unique_ptr<net::HTTPClientSession> Connect() = 0;
  virtual std::string address() const = 0;
  virtual std::string host() const = 0;

 private:
  Response Exchange(Request& request, const Sink* sink) {
    delivered_ = false;
    if (session_ == nullptr) session_ = Connect();
    session_->setKeepAlive(true);
    session_->setKeepAliveTimeout(kWorkTimeout);  // counted from the last request's beginning; kReuse decides
    const bool works = Changes(request);
    session_->setTimeout(kConnectTimeout, kReadTimeout, works ? kWorkTimeout : kReadTimeout);
    SendRequest(request);
    net::HTTPResponse head;
    std::istream& body = session_->receiveResponse(head);
    Response response = ReadHead(head);
    ReadBody(request, head, body, response, sink);
    last_use_ = Clock::now();
    if (!head.getKeepAlive()) session_.reset();
    return response;
  }

  void SendRequest(Request& request) {
    net::HTTPRequest head(request.method, FormatTarget({.path = request.path, .query = request.query}),
                          net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : request.headers) head.set(name, value);
    head.set("Host", host());
    if (!authorization_.empty()) head.set("Authorization", authorization_);
    if (Changes(request)) head.setContentLength64(static_cast<Poco::Int64>(request.body_size));
    std::ostream& out = session_->sendRequest(head);
    if (request.body != nullptr) SendBody(request, out);
    out.flush();
  }

  // A server that refuses the body answers and closes before all of it was sent; so a failure to send is not told here,
  // but only if there is no answer either.
  void SendBody(Request& request, std::ostream& out) {
    BodyStream body(*request.body, request.body_size);
    std::array<char, kPieceBytes> piece{};
    try {
      while (out.good()) {
        body.read(piece.data(), piece.size());
        if (body.gcount() == 0) break;
        out.write(piece.data(), body.gcount());
      }
    } catch (const Error&) {  // the file became shorter: the promised body can't be sent any more
      session_.reset();
      throw;
    }
  }

  static Response ReadHead(const net::HTTPResponse& head) {
    Response response;
    response.status = static_cast<int>(head.getStatus());
    for (const auto& [name, value] : head) response.headers[name] = value;
    return response;
  }

  void ReadBody(const Request& request, const net::HTTPResponse& head, std::istream& body, Response& response,
                const Sink* sink) {
    if (request.method == "HEAD" || response.status == net::HTTPResponse::HTTP_NOT_MODIFIED) return;
    std::array<char, kPieceBytes> piece{};
    Poco::Int64 got = 0;
    while (body.read(piece.data(), piece.size()), body.gcount() > 0) {
      delivered_ = true;
      got += body.gcount();
      Deliver(response, sink, {piece.data(), static_cast<size_t>(body.gcount())});
    }
    if (head.hasContentLength() && got != head.getContentLength64()) {
      session_.reset();
      BrokeOff(address(), fmt::format("the answer broke off after {} bytes", got));
    }
  }

  const std::string authorization_;  // "" for none
  std::unique_ptr<net::HTTPClientSession> session_;
  Clock::time_point last_use_;
  bool delivered_ = false;  // a part of the body has reached the caller
};

class TcpClient : public HttpClient {
 public:
  TcpClient(std::string host, Poco::UInt16 port, bool secure, const std::string& token)
      : HttpClient(token), host_(std::move(host)), port_(port), secure_(secure) {}

 protected:
  std::unique_ptr<net::HTTPClientSession> Connect() override {
    if (secure_) return std::make_unique<net::HTTPSClientSession>(host_, port_, ClientTls());
    return std::make_unique<net::HTTPClientSession>(host_, port_);
  }
  std::string address() const override { return (secure_ ? "https://" : "http://") + host(); }
  std::string host() const override {
    const bool is_ipv6 = host_.find(':') != std::string::npos;
    return fmt::format("{}:{}", is_ipv6 ? "[" + host_ + "]" : host_, port_);
  }

 private:
  std::string host_;
  Poco::UInt16 port_;
  bool secure_;
};

class LocalClient : public HttpClient {
 public:
  explicit LocalClient(std::filesystem::path dir) : HttpClient(""), dir_(std::move(dir)) {}

 protected:
  std::unique_ptr<net::HTTPClientSession> Connect() override {
    return std::make_unique<Session>(net::StreamSocket(new net::StreamSocketImpl(ConnectToLocalSocket(dir_))));
  }
  std::string address() const override { return LocalSocketPath(dir_).string(); }
  std::string host() const override { return "localhost"; }

 private:
  // Poco answers a failed write on a kept connection by connecting anew to host and port, of which there are none here.
  class Session : public net::HTTPClientSession {
   public:
    explicit Session(const net::StreamSocket& socket) : HTTPClientSession(socket) {}

   protected:
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): the parent's is the one that connects anew
    int write(const char* buffer, std::streamsize length) override { return HTTPSession::write(buffer, length); }
  };

  std::filesystem::path dir_;
};

}  // namespace

std::unique_ptr<Client> ConnectInProcess(Archive& archive) { return std::make_unique<InProcessClient>(archive); }

std::unique_ptr<Client> ConnectLocal(const std::filesystem::path& dir) {
  auto client = std::make_unique<LocalClient>(dir);
  Request health;
  health.path = "/v1/health";
  client->Send(health, nullptr);
  return client;
}

std::unique_ptr<Client> ConnectHttp(const std::string& url, const std::string& token) {
  try {
    const Poco::URI parsed(url);
    const bool secure = parsed.getScheme() == "https";
    if ((secure || parsed.getScheme() == "http") && !parsed.getHost().empty() && parsed.getUserInfo().empty()) {
      return std::make_unique<TcpClient>(parsed.getHost(), parsed.getPort(), secure, token);
    }
  } catch (const Poco::Exception&) {  // it is no address at all
  }
  throw Error(ErrorCode::kInvalid, fmt::format("'{}' is no http://HOST:PORT or https://HOST:PORT", url));
}

}  // namespace diwan
