// Where bytes from the network become a Request: limits first, then decoding, then the route table; and where every
// failure still becomes an answer or a closed connection, never an exception in Poco's hands.
#include "api/http_handler.h"

#include <Poco/Buffer.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponseImpl.h>
#include <Poco/Net/HTTPServerSession.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "api/accept.h"
#include "api/authentication.h"
#include "api/body_stream.h"
#include "api/local_socket.h"
#include "api/paced_socket.h"
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
  if (given == 0 && (method == "POST" || method == "PATCH" || method == "PUT")) {
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
  if (response.stream && !response.stream_size) {
    out.setKeepAlive(false);
  } else if (response.headers.count("Content-Length") == 0 && response.status != net::HTTPResponse::HTTP_NOT_MODIFIED) {
    out.setContentLength64(static_cast<Poco::Int64>(response.stream_size.value_or(response.body.size())));
  }
}

// Returns whether everything that the head promised was sent.
bool WriteResponse(const Response& response, net::HTTPServerResponse& out) {
  WriteHead(response, out);
  std::ostream& stream = out.send();
  uint64_t sent = 0;
  const bool at_once = !response.stream_size;
  const auto sink = [&stream, &sent, at_once](std::string_view piece) {
    stream.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (at_once) stream.flush();
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
    for (int i = 0; i < kPieces && socket.poll(Poco::Timespan(1, 0), net::Socket::SELECT_READ); ++i) {
      if (socket.receiveBytes(thrown_away.data(), static_cast<int>(thrown_away.size())) <= 0) return;
    }
  } catch (const Poco::Exception&) {  // the client has gone, or says nothing more
  }
}

// One who has a network of IPv6 has 2^64 addresses.
std::string NetworkOf(const net::IPAddress& address) {
  constexpr unsigned kPrefix = 64;
  if (address.family() != net::IPAddress::IPv6) return address.toString();
  return (address & net::IPAddress(kPrefix, net::IPAddress::IPv6)).toString();
}

// Finds out who asks over the network; returns the answer when that is all there is to say.
std::optional<Response> AskedByStranger(const HttpContext& context, const net::IPAddress& address, Request& request) {
  request.caller.address = address.toString();
  request.caller.network = NetworkOf(address);
  return Authenticate(context.archive, context.requests, context.options.anonymous, request);
}

std::string_view LanguageOf(const net::HTTPServerRequest& in) {
  return diwan::LanguageOf(in.get("Accept-Language", ""));
}

Response AnswerOf(const HttpContext& context, const net::HTTPServerRequest& in, BodyStream& body, uint64_t size,
                  const Connection& connection) {
  try {
    Request request = ReadHead(in);
    if (size > 0) request.body = &body;
    request.body_size = size;
    request.secure = context.options.tls.has_value();
    request.listeners = &context.listeners;
    if (context.local) {
      request.caller.actor = "local:" + UserName(PeerUser(static_cast<int>(connection.socket.impl()->sockfd())));
    } else if (auto refused = AskedByStranger(context, in.clientAddress().host(), request)) {
      return request.method == "HEAD" ? WithoutBody(std::move(*refused)) : std::move(*refused);
    }
    return Handle(context.archive, request);
  } catch (const Error& error) {
    return ProblemResponse({.code = error.code(), .detail = error.what()}, LanguageOf(in));
  }
}

// Returns whether the connection can go on.
bool AnswerWhole(const HttpContext& context, net::HTTPServerRequestImpl& in, net::HTTPServerResponse& out,
                 Connection& connection) {
  BodyHead head = ReadBodyHead(in, context.options);
  if (in.getVersion() != net::HTTPMessage::HTTP_1_1 && in.getVersion() != net::HTTPMessage::HTTP_1_0) {
    out.setVersion(net::HTTPMessage::HTTP_1_1);  // Poco would send back whatever stood there
    head.refusal = Problem{ErrorCode::kInvalid, "the request line is not one of HTTP/1.1 or HTTP/1.0"};
  }
  if (!head.refusal && head.size > 0 && in.getExpectContinue()) out.sendContinue();
  BodyStream body(in.stream(), head.refusal ? 0 : head.size);
  const Response response = head.refusal ? ProblemResponse(*head.refusal, LanguageOf(in))
                                         : AnswerOf(context, in, body, head.size, connection);
  const bool whole = !head.refusal && body.Drain(kDrainBytes);
  if (!whole) out.setKeepAlive(false);
  const bool sent = WriteResponse(response, out);
  if (!whole) Linger(connection.socket);
  return sent && whole && out.getKeepAlive();
}

// What the session has read beyond the request is the next one's.
void PutBack(net::HTTPServerSession& session, Connection& connection) {
  Poco::Buffer<char> rest(0);
  session.drainBuffer(rest);
  connection.received.insert(0, rest.begin(), rest.size());
}

// For what can't be read as HTTP.
void RefuseHead(Connection& connection, std::chrono::seconds stall) {
  constexpr std::string_view kAnswer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  PacedSocket(connection, stall).sendBytes(kAnswer.data(), static_cast<int>(kAnswer.size()), 0);
  Linger(connection.socket);
}

net::HTTPServerParams::Ptr SessionParams() {
  net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
  params->setKeepAlive(true);
  return params;
}

}  // namespace

bool AnswerRequest(const HttpContext& context, Connection& connection) {
  const std::chrono::seconds stall(context.options.timeout_seconds);
  bool answering = false;
  try {
    net::HTTPServerParams::Ptr params = SessionParams();
    net::HTTPServerSession session(net::StreamSocket(new PacedSocket(connection, stall)), params);
    bool goes_on = false;
    {
      net::HTTPServerResponseImpl out(session);
      net::HTTPServerRequestImpl in(out, session, params.get());
      out.setVersion(in.getVersion());
      out.setKeepAlive(in.getKeepAlive());
      answering = true;
      goes_on = AnswerWhole(context, in, out, connection);
    }
    PutBack(session, connection);
    return goes_on;
  } catch (const Poco::Exception&) {  // a head that Poco can't read, or the client has gone
    try {
      if (!answering) RefuseHead(connection, stall);
    } catch (const Poco::Exception&) {  // it has gone
    }
  } catch (...) {  // what was being sent can't be read to its end: the client sees it end early
  }
  return false;
}

}  // namespace diwan
