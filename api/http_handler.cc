// Where bytes from the network become a Request: limits first, then decoding, then the route table; and where every
// failure still becomes an answer or a closed connection, never an exception in Poco's hands.
#include "api/http_handler.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "api/body_stream.h"
#include "api/local_socket.h"
#include "api/problem.h"
#include "api/router.h"
#include "api/target.h"

namespace diwan {
namespace {

namespace net = Poco::Net;

// Unread bytes of a body up to this are read, so that the connection can go on; beyond it is closed.
constexpr uint64_t kDrainBytes = 64U << 10;

struct FixedHeader {
  const char* name;
  const char* value;
};
constexpr FixedHeader kEveryResponse[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

// What the head of a request says about its body.
struct BodyHead {
  uint64_t size = 0;
  std::optional<Problem> refusal;
};

BodyHead ReadBodyHead(const net::HTTPServerRequest& in, const ServerOptions& options) {
  const std::string& method = in.getMethod();
  if (in.has("Transfer-Encoding")) {
    return {.refusal = Problem{ErrorCode::kInvalid, "send the body with Content-Length, not in chunks", 411}};
  }
  const auto given = std::count_if(in.begin(), in.end(), [](const auto& header) {
    return Poco::icompare(header.first, net::HTTPMessage::CONTENT_LENGTH) == 0;
  });
  if (given == 0 && method == "POST") {
    return {.refusal = Problem{ErrorCode::kInvalid, "send the body with Content-Length", 411}};
  }
  if (given == 0) return {};
  const std::string& text = in.get(net::HTTPMessage::CONTENT_LENGTH);
  BodyHead head;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, head.size);
  if (given > 1 || error != std::errc() || stop != end) {
    return {.refusal = Problem{ErrorCode::kInvalid, "Content-Length is not one number"}};
  }
  if (head.size > options.max_body_bytes) {
    head.refusal =
        Problem{ErrorCode::kTooLarge, fmt::format("the body may have {} bytes at most", options.max_body_bytes)};
  }
  return head;
}

Request ReadHead(const net::HTTPServerRequest& in) {
  Target target = ParseTarget(in.getURI());
  Request request;
  request.method = in.getMethod();
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  for (const auto& [name, value] : in) request.headers[Poco::toLower(name)] = value;
  return request;
}

void WriteHead(const Response& response, net::HTTPServerResponse& out) {
  out.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
  out.setReason(std::string(TitleOfStatus(response.status)));
  for (const FixedHeader& header : kEveryResponse) out.set(header.name, header.value);
  for (const auto& [name, value] : response.headers) {
    std::string clean = value;  // a value from a paper's name must not end its line
    std::ranges::replace_if(
        clean, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    out.set(name, clean);
  }
  if (response.headers.count("Content-Length") == 0 && response.status != net::HTTPResponse::HTTP_NOT_MODIFIED) {
    out.setContentLength64(static_cast<Poco::Int64>(response.stream_size.value_or(response.body.size())));
  }
}

// Returns whether everything that the head promised was sent.
bool WriteResponse(const Response& response, net::HTTPServerResponse& out) {
  WriteHead(response, out);
  std::ostream& stream = out.send();
  uint64_t sent = 0;
  const auto sink = [&stream, &sent](std::string_view piece) {
    stream.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    sent += piece.size();
    return stream.good();
  };
  if (response.stream) {
    response.stream(sink);
  } else {
    sink(response.body);
  }
  stream.flush();
  return stream.good() && sent == response.stream_size.value_or(sent);
}

// Ends a connection whose body was not read: closing at once would make the system reset it, and the client might never
// see the answer. So what still comes is thrown away for a moment.
void Linger(net::StreamSocket& socket) {
  constexpr int kPieces = 512;
  std::array<char, 16U << 10> thrown_away{};
  try {
    socket.shutdownSend();
    socket.setReceiveTimeout(Poco::Timespan(1, 0));
    for (int i = 0; i < kPieces; ++i) {
      if (socket.receiveBytes(thrown_away.data(), static_cast<int>(thrown_away.size())) <= 0) return;
    }
  } catch (const Poco::Exception&) {  // the client has gone, or says nothing more
  }
}

class HttpHandler : public net::HTTPRequestHandler {
 public:
  explicit HttpHandler(HttpContext& context) : context_(context) {}

  void handleRequest(net::HTTPServerRequest& in, net::HTTPServerResponse& out) override {
    net::StreamSocket& socket = dynamic_cast<net::HTTPServerRequestImpl&>(in).socket();
    context_.guard.Answering(socket);
    try {
      Answer(in, out, socket);
    } catch (
        ...) {  // the client has gone, or what was being sent can't be read to its end: the client sees it end early
      out.setKeepAlive(false);
    }
    context_.guard.Await(socket, HeadTime(context_.options));
  }

  static std::chrono::seconds HeadTime(const ServerOptions& options) {
    return std::chrono::seconds(options.keep_alive_seconds + options.timeout_seconds);
  }

 private:
  void Answer(net::HTTPServerRequest& in, net::HTTPServerResponse& out, net::StreamSocket& socket) {
    BodyHead head = ReadBodyHead(in, context_.options);
    if (in.getVersion() != net::HTTPMessage::HTTP_1_1 && in.getVersion() != net::HTTPMessage::HTTP_1_0) {
      out.setVersion(net::HTTPMessage::HTTP_1_1);  // Poco would send back whatever stood there
      head.refusal = Problem{ErrorCode::kInvalid, "the request line is not one of HTTP/1.1 or HTTP/1.0"};
    }
    BodyStream body(in.stream(), head.refusal ? 0 : head.size);
    const Response response = head.refusal ? ProblemResponse(*head.refusal) : AnswerOf(in, body, head.size, socket);
    const bool whole = !head.refusal && body.Drain(kDrainBytes);
    if (!whole) out.setKeepAlive(false);
    if (!WriteResponse(response, out)) out.setKeepAlive(false);
    if (!whole) Linger(socket);
  }

  Response AnswerOf(const net::HTTPServerRequest& in, BodyStream& body, uint64_t size, net::StreamSocket& socket) {
    try {
      Request request = ReadHead(in);
      if (size > 0) request.body = &body;
      request.body_size = size;
      request.actor = context_.local ? "local:" + UserName(PeerUser(static_cast<int>(socket.impl()->sockfd())))
                                     : "http:" + in.clientAddress().host().toString();
      return Handle(context_.archive, request);
    } catch (const Error& error) {
      return ProblemResponse({.code = error.code(), .detail = error.what()});
    }
  }

  HttpContext& context_;
};

class HandlerFactory : public net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(HttpContext& context) : context_(context) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest& /*request*/) override {
    return new HttpHandler(context_);  // Poco deletes it
  }

 private:
  HttpContext& context_;
};

class GuardedConnection : public net::HTTPServerConnection {
 public:
  GuardedConnection(const net::StreamSocket& socket, net::HTTPServerParams::Ptr params,
                    net::HTTPRequestHandlerFactory::Ptr factory, HttpContext& context)
      : HTTPServerConnection(socket, std::move(params), std::move(factory)), context_(context) {}

  void run() override {
    context_.guard.Await(socket(), HttpHandler::HeadTime(context_.options));
    try {
      HTTPServerConnection::run();
    } catch (const Poco::Exception&) {  // a head that Poco can't read: the connection is closed
    }
    context_.guard.Forget(socket());
  }

 private:
  HttpContext& context_;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
 public:
  explicit ConnectionFactory(HttpContext& context)
      : context_(context), handlers_(new HandlerFactory(context)), params_(new net::HTTPServerParams) {
    params_->setKeepAlive(true);
    params_->setKeepAliveTimeout(Poco::Timespan(context.options.keep_alive_seconds, 0));
    params_->setTimeout(Poco::Timespan(context.options.timeout_seconds, 0));
  }
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return new GuardedConnection(socket, params_, handlers_, context_);  // Poco deletes it
  }

 private:
  HttpContext& context_;
  net::HTTPRequestHandlerFactory::Ptr handlers_;
  net::HTTPServerParams::Ptr params_;
};

}  // namespace

net::TCPServerConnectionFactory::Ptr NewHttpConnections(HttpContext& context) { return new ConnectionFactory(context); }

}  // namespace diwan
