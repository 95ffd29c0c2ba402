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
#include <atomic>
#include <charconv>
#include <chrono>
#include <optional>

#include "api/accept.h"
#include "api/authentication.h"
#include "api/body_stream.h"
#include "api/local_socket.h"
#include "api/paced_socket.h"
#include "api/problem.h"
#include "api/router.h"
#include "api/routes.h"
#include "api/server_log.h"
#include "api/target.h"
#include "api/web_files.h"
#include "core/id.h"

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
    {"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "same-origin"},    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

// What the head of a request says about its body.
struct BodyHead {
  uint64_t size = 0;
  std::optional<Problem> refusal;
};

// What a proxy before us may have read otherwise than we would: then the next request on the connection might be
// another's (RFC 9112, 3.2 and 5.1).
std::optional<Problem> TwoMeanings(const net::HTTPServerRequest& in) {
  static constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kSigns.find(c) != std::string_view::npos;
  };
  for (const auto& [name, value] : in) {
    if (!std::ranges::all_of(name, may_stand)) {
      return Problem{ErrorCode::kInvalid, "the name of a header has a sign that it may not have, as a space is one"};
    }
  }
  const auto count = [&in](const char* wanted) {
    return std::count_if(in.begin(), in.end(),
                         [wanted](const auto& each) { return Poco::icompare(each.first, wanted) == 0; });
  };
  const bool names_host = in.getVersion() != net::HTTPMessage::HTTP_1_1 || count("Host") > 0;
  if (names_host && count("Host") <= 1 && count("Authorization") <= 1) return std::nullopt;
  return Problem{ErrorCode::kInvalid, "a request names one Host, and has one Authorization at most"};
}

BodyHead ReadBodyHead(const net::HTTPServerRequest& in, const ServerOptions& options) {
  const std::string& method = in.getMethod();
  if (auto refusal = TwoMeanings(in)) return {.refusal = std::move(refusal)};
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
  if (Poco::icompare(in.get("Content-Encoding", "identity"), "identity") != 0) {
    return {.refusal =
                Problem{ErrorCode::kInvalid, "a compressed body is not taken; send it without Content-Encoding", 415}};
  }
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

// For a request that brought none: told apart by its process and its number there.
std::string NewRequestId() {
  static const std::string process = NewId();
  static std::atomic<uint64_t> count{0};
  return fmt::format("{}-{}", process, ++count);
}

// One that programs gave goes into logs and answers, so it is of plain signs.
std::string RequestId(const std::string& given) {
  constexpr size_t kLongest = 64;
  const bool plain = !given.empty() && given.size() <= kLongest && std::ranges::all_of(given, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
  return plain ? given : NewRequestId();
}

void ReadHead(const net::HTTPServerRequest& in, Request& request) {
  request.method = in.getMethod();
  for (const auto& [name, value] : in) request.headers[Poco::toLower(name)] = value;
  request.id = RequestId(in.get("X-Request-Id", ""));
}

void ReadTarget(const net::HTTPServerRequest& in, Request& request) {
  Target target = ParseTarget(in.getURI());
  request.path = std::move(target.path);
  request.query = std::move(target.query);
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

// Returns whether everything that the head promised was sent; `sent` counts bytes of the body.
bool WriteResponse(const Response& response, net::HTTPServerResponse& out, uint64_t& sent) {
  WriteHead(response, out);
  std::ostream& stream = out.send();
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

// Ends a connection of which not everything was read; the loop waits until the client has seen the answer.
void Leave(Connection& connection) {
  connection.leaving = true;
  try {
    connection.socket.shutdownSend();
  } catch (const Poco::Exception&) {  // the client has gone
  }
}

// For the one route that needs it, so that no other shows more than before.
void MayMonitor(Request& request) {
  const Route* const route = RouteOf(request);
  if (route == nullptr || route->needs != Right::kMonitor) return;
  request.caller.rights = SetOf(Right::kMonitor);
  request.caller.viewer = {};
}

// Who asks over the network; returns the answer when that is all there is to say.
std::optional<Response> AskedByStranger(const HttpContext& context, const net::IPAddress& peer, Request& request) {
  const Origin origin = context.proxies.OriginOf(peer, request.headers);
  request.secure = request.secure || origin.secure;
  request.caller.address = origin.address.toString();
  request.caller.network = NetworkOf(origin.address);
  auto refused = Authenticate(context.archive, context.requests, context.options.anonymous, request);
  const bool here = origin.address.isLoopback() && (context.proxies.Trusts(peer) || !IsForwarded(request.headers));
  if (context.options.metrics_on_loopback && here && !request.caller.signed_in) MayMonitor(request);
  return refused;
}

std::string_view LanguageOf(const net::HTTPServerRequest& in) {
  return diwan::LanguageOf(in.get("Accept-Language", ""));
}

// A request on its way through: counted while it is, and told of in the log when it ends, however it ends.
class Passage {
 public:
  explicit Passage(const HttpContext& context) : context_(context) { ++context.metrics.in_flight; }
  ~Passage();
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;

  Request request;
  int status = 0;  // of the answer, once there is one
  uint64_t sent = 0;
  bool whole = false;

 private:
  const HttpContext& context_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

Passage::~Passage() {
  const auto took = std::chrono::steady_clock::now() - begin_;
  --context_.metrics.in_flight;
  const Route* const route = RouteOf(request);
  const bool of_page = route == nullptr && IsWebFile(request);
  context_.metrics.Note(route, of_page, status, took, sent);
  const ServerLog* const log = context_.options.log.get();
  if (log == nullptr) return;
  try {
    log->Note({.id = request.id,
               .method = route != nullptr ? route->method
                         : of_page        ? "GET"
                                          : "",
               .route = route != nullptr ? route->pattern
                        : of_page        ? kWebRoute
                                         : "",
               .path = request.path,
               .status = status,
               .whole = whole,
               .bytes = sent,
               .milliseconds = std::chrono::duration<double, std::milli>(took).count(),
               .actor = request.caller.actor,
               .address = request.caller.address});
  } catch (...) {  // out of memory: a line is lost
  }
}

Response AnswerOf(const HttpContext& context, const net::HTTPServerRequest& in, const std::optional<Problem>& refusal,
                  Request& request, const Connection& connection) {
  try {
    request.secure = context.options.tls.has_value() && !context.local;
    request.metrics = &context.metrics;
    request.listeners = &context.listeners;
    ReadTarget(in, request);
    if (refusal) return ProblemResponse(*refusal, LanguageOf(in));
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
  Passage passage(context);
  ReadHead(in, passage.request);
  BodyHead head = ReadBodyHead(in, context.options);
  if (in.getVersion() != net::HTTPMessage::HTTP_1_1 && in.getVersion() != net::HTTPMessage::HTTP_1_0) {
    out.setVersion(net::HTTPMessage::HTTP_1_1);  // Poco would send back whatever stood there
    head.refusal = Problem{ErrorCode::kInvalid, "the request line is not one of HTTP/1.1 or HTTP/1.0"};
  }
  if (!head.refusal && head.size > 0 && in.getExpectContinue()) out.sendContinue();
  BodyStream body(in.stream(), head.refusal ? 0 : head.size);
  if (head.size > 0) passage.request.body = &body;
  passage.request.body_size = head.size;
  const Response response = AnswerOf(context, in, head.refusal, passage.request, connection);
  passage.status = response.status;
  out.set("X-Request-Id", passage.request.id);
  const bool taken = !head.refusal && body.Drain(kDrainBytes);
  if (!taken) out.setKeepAlive(false);
  passage.whole = WriteResponse(response, out, passage.sent);
  if (!taken) Leave(connection);
  return connection.leaving || (passage.whole && out.getKeepAlive());
}

// What the session has read beyond the request is the next one's.
void PutBack(net::HTTPServerSession& session, Connection& connection) {
  Poco::Buffer<char> rest(0);
  session.drainBuffer(rest);
  connection.received.insert(0, rest.begin(), rest.size());
}

// For what can't be read as HTTP.
void RefuseHead(const HttpContext& context, Connection& connection, std::chrono::seconds stall) {
  Passage passage(context);
  passage.status = net::HTTPResponse::HTTP_BAD_REQUEST;
  constexpr std::string_view kAnswer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  PacedSocket(connection, stall, context.stalls).sendBytes(kAnswer.data(), static_cast<int>(kAnswer.size()), 0);
  Leave(connection);
}

// The same for all; never changed.
const net::HTTPServerParams::Ptr& SessionParams() {
  static const net::HTTPServerParams::Ptr params = [] {
    net::HTTPServerParams::Ptr made = new net::HTTPServerParams;
    made->setKeepAlive(true);
    return made;
  }();
  return params;
}

}  // namespace

bool AnswerRequest(const HttpContext& context, Connection& connection) {
  const std::chrono::seconds stall(context.options.timeout_seconds);
  bool answering = false;
  try {
    net::HTTPServerParams::Ptr params = SessionParams();
    net::HTTPServerSession session(net::StreamSocket(new PacedSocket(connection, stall, context.stalls)), params);
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
      if (answering) return false;
      RefuseHead(context, connection, stall);
      return connection.leaving;
    } catch (const Poco::Exception&) {  // it has gone
    }
  } catch (...) {  // what was being sent can't be read to its end: the client sees it end early
  }
  return false;
}

}  // namespace diwan
