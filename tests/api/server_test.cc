// The server against clients that are wrong, slow, many or gone.
#include "api/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "api/listeners.h"
#include "api/stalls.h"
#include "api_fixture.h"
#include "core/digest.h"
#include "core/error.h"

namespace diwan {
namespace {

using Clock = std::chrono::steady_clock;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class ServerTest : public ApiTest {
 protected:
  void Listen(const ServerOptions& options = {}) { server_ = ListenTcp(*archive_, "127.0.0.1:0", options); }
  // A header that lets everything.
  std::string Signed() { return "Authorization: Bearer " + MakeToken() + "\r\n"; }
  std::string Raw(const std::string& bytes) { return RawExchange(PortOf(*server_), bytes); }
  bool Answers() {
    Request request{.path = "/v1/health"};
    return ConnectHttp("http://" + server_->address())->Send(request).status == 200;
  }

  std::unique_ptr<Server> server_;
};

constexpr const char* kClose = "Host: x\r\nConnection: close\r\n\r\n";

TEST_F(ServerTest, MalformedRequests) {
  Listen({.max_body_bytes = 1000, .keep_alive_seconds = 1, .timeout_seconds = 1});
  struct Row {
    const char* what;
    std::string bytes;
    const char* status;  // "" for an answer of 400 or none
  };
  const std::string get = "GET /v1/health HTTP/1.1\r\n";
  const std::string key = Signed();
  const std::string post = "POST /v1/records HTTP/1.1\r\n" + key;
  const Row rows[] = {
      {"plain", get + kClose, "200"},
      {"HTTP/1.0", "GET /v1/health HTTP/1.0\r\n\r\n", "200"},
      {"absolute form", std::string("GET http://x/v1/health HTTP/1.1\r\n") + kClose, "200"},
      {"raw Arabic", std::string("GET /v1/search?q=أكشاك&limit=1 HTTP/1.1\r\n") + key + kClose, "200"},
      {"bytes that are not UTF-8", std::string("GET /v1/search?q=\xFF\xFE HTTP/1.1\r\n") + key + kClose, "200"},
      {"no request at all", "\r\n\r\n", ""},
      {"garbage", "\x16\x03\x01\x02\x01\x01garbage\r\n\r\n", ""},
      {"no version", "GET /v1/health\r\n\r\n", ""},
      {"long method", std::string(5000, 'A') + " / HTTP/1.1\r\n\r\n", ""},
      {"long address", "GET /" + std::string(70'000, 'a') + " HTTP/1.1\r\n\r\n", "414"},
      {"address over 16 KB", "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\n" + kClose, "414"},
      {"header over 4 KB", get + "X: " + std::string(5000, 'a') + "\r\n" + kClose, "200"},
      {"header over 8 KB", get + "X: " + std::string(9000, 'a') + "\r\n" + kClose, "431"},
      {"long header name", get + std::string(5000, 'n') + ": x\r\n" + kClose, ""},
      {"header without end", get + std::string(100'000, 'h'), "431"},
      {"very many headers",
       get +
           [] {
             std::string headers;
             for (int i = 0; i < 5000; ++i) headers += "H" + std::to_string(i) + ": x\r\n";
             return headers;
           }() +
           kClose,
       "431"},
      {"NUL in the path", std::string("GET /v1/he\0lth HTTP/1.1\r\n", 26) + kClose, "400"},
      {"NUL, encoded", std::string("GET /v1/he%00lth HTTP/1.1\r\n") + kClose, "400"},
      {"dots", std::string("GET /v1/../../etc/passwd HTTP/1.1\r\n") + kClose, "400"},
      {"dots, encoded", std::string("GET /v1/%2e%2e%2fetc/passwd HTTP/1.1\r\n") + kClose, "400"},
      {"half a percent sign", std::string("GET /v1/search?q=%D HTTP/1.1\r\n") + kClose, "400"},
      {"unknown method", std::string("BREW /v1/health HTTP/1.1\r\n") + kClose, "405"},
      {"OPTIONS *", std::string("OPTIONS * HTTP/1.1\r\n") + kClose, "400"},
      {"chunked", post + "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "411"},
      {"chunked and a length", post + "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", "411"},
      {"no length", post + "Host: x\r\n\r\nhello", "411"},
      {"too long", post + "Host: x\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'x'), "413"},
      {"two lengths", post + "Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400"},
      {"space before a colon", post + "Host: x\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\nhello",
       "400"},
      {"space within a name", get + "X Y: z\r\n" + kClose, "400"},
      {"no host", get + "Connection: close\r\n\r\n", "400"},
      {"two hosts", get + "Host: y\r\n" + kClose, "400"},
      {"two tokens", "GET /v1/stats HTTP/1.1\r\nAuthorization: Bearer x\r\n" + key + kClose, "400"},
      {"length of letters", post + "Host: x\r\nContent-Length: abc\r\n\r\n", ""},
      {"negative length", post + "Host: x\r\nContent-Length: -5\r\n\r\n", "400"},
      {"length beyond 64 bits", post + "Host: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", ""},
      {"body that breaks off", post + "Host: x\r\nContent-Length: 500\r\n\r\n%PDF-1.4", "408"},
      {"GET with a body", get + "Host: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", "200"},
      {"expects to go on", post + "Host: x\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n", "413"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    std::string answer = Raw(row.bytes);
    if (answer.substr(0, 12) == "HTTP/1.1 100") answer.erase(0, answer.find("\r\n\r\n") + 4);
    if (*row.status == '\0') {
      EXPECT_TRUE(answer.empty() || answer.substr(9, 3) == "400") << answer;
    } else {
      EXPECT_EQ(answer.substr(9 < answer.size() ? 9 : answer.size(), 3), row.status) << answer;
    }
    EXPECT_TRUE(Answers());
  }
}

TEST_F(ServerTest, EveryAnswerHasTheSecurityHeaders) {
  Listen();
  for (const char* path : {"/v1/health", "/v1/nothing", "/v1/%zz"}) {
    const std::string answer = Raw(std::string("GET ") + path + " HTTP/1.1\r\n" + kClose);
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"));
    EXPECT_THAT(answer, HasSubstr("Referrer-Policy: same-origin\r\n"));
    EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store\r\n"));
  }
  const std::string image = Raw("GET /v1/records/" + scan_id_ + "/pages/1/image HTTP/1.1\r\n" + Signed() + kClose);
  EXPECT_THAT(image, HasSubstr("Cache-Control: private, no-cache\r\n"));
}

TEST_F(ServerTest, SeveralRequestsOnOneConnection) {
  Listen();
  const std::string unread_body =
      "POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nGET /v1/stats HTTP/1.1\r\n------";
  const std::string get = "GET /v1/health HTTP/1.1\r\n";
  const std::string answers = Raw(get + "Host: x\r\n\r\n" + unread_body + get + kClose);
  size_t count = 0;
  for (size_t at = answers.find("HTTP/1.1 "); at != std::string::npos; at = answers.find("HTTP/1.1 ", at + 1)) ++count;
  EXPECT_EQ(count, 3U) << answers;
  EXPECT_THAT(answers, HasSubstr("HTTP/1.1 405"));
}

TEST_F(ServerTest, AnswerToAHugeBodyIsSeenByTheClient) {
  Listen({.max_body_bytes = 1000});
  std::istringstream body(std::string(3'000'000, 'x'));
  Request request{.method = "POST", .path = "/v1/records", .body = &body, .body_size = 3'000'000};
  EXPECT_EQ(ConnectHttp("http://" + server_->address())->Send(request).status, 413);
}

TEST_F(ServerTest, UploadOfTenMegabytesArrivesWhole) {
  Listen();
  std::string pdf = "%PDF-1.4\n";
  while (pdf.size() < (10U << 20)) pdf += std::to_string(pdf.size() * 2654435761U) + '\n';
  std::istringstream body(pdf);
  Request request{.method = "POST", .path = "/v1/records", .query = {{"name", "كبير.pdf"}}, .body = &body};
  request.body_size = pdf.size();
  const Response response = Asking(*server_)->Send(request);
  EXPECT_EQ(response.status, 202) << response.body;
  EXPECT_EQ(nlohmann::json::parse(response.body)["digest"], Sha256Hex(pdf));
}

TEST_F(ServerTest, SourceIsStreamedWithItsSizeAndName) {
  Listen();
  const std::string answer = Raw("GET /v1/records/" + scan_id_ + "/source HTTP/1.1\r\n" + Signed() + kClose);
  EXPECT_THAT(answer, HasSubstr("Content-Length: " + std::to_string(source_bytes_.size()) + "\r\n"));
  EXPECT_THAT(answer, HasSubstr("filename*=UTF-8''%D9%82%D8%B1%D8%A7%D8%B1%20%22"));
  EXPECT_EQ(answer.substr(answer.find("\r\n\r\n") + 4), source_bytes_);
}

TEST_F(ServerTest, ClientThatGoesAwayInTheMiddleOfAnAnswer) {
  Listen({.threads = 2});
  const std::string key = Signed();
  for (int i = 0; i < 6; ++i) {
    const RawConnection connection(PortOf(*server_));
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(connection.descriptor(), SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    connection.Send("GET /v1/records/" + scan_id_ + "/source HTTP/1.1\r\n" + key + "Host: x\r\n\r\n");
    EXPECT_THAT(connection.ReceiveSome(), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_TRUE(Answers());
}

TEST_F(ServerTest, ClientsThatDribbleDoNotKeepThreads) {
  Listen({.threads = 2, .keep_alive_seconds = 1, .timeout_seconds = 2});
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 200; ++i) slow.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
  const auto dribble = [&slow] {
    for (const auto& connection : slow) connection->Send("G");
  };
  dribble();
  EXPECT_TRUE(Answers());
  const auto begin = Clock::now();
  while (Clock::now() - begin < std::chrono::seconds(4)) {  // a byte now and then doesn't make the time longer
    dribble();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(Answers());
  for (const auto& connection : slow) EXPECT_THAT(connection->ReceiveSome(), StartsWith("HTTP/1.1 408"));
}

TEST_F(ServerTest, SlowUploadsLeaveThreadsToTheOthers) {
  Listen({.threads = 4, .timeout_seconds = 20});
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 12; ++i) {
    slow.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
    slow.back()->Send("POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto begin = Clock::now();
  EXPECT_TRUE(Answers());
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
}

// Answers fill what the system keeps for a connection, and then a thread waits.
TEST_F(ServerTest, ClientsThatTakeNoAnswersKeepNobodyWaiting) {
  Listen({.threads = 2, .timeout_seconds = 60});
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
  std::vector<std::unique_ptr<RawConnection>> greedy;
  for (size_t i = 0; i < 2 * kMostStalls + kMostListeners; ++i) {
    greedy.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
    greedy.back()->Send(requests);
  }
  const auto take_little = [&greedy] {
    std::array<char, 512> bytes{};
    for (const auto& each : greedy) ::recv(each->descriptor(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  };
  for (int i = 0; i < 20; ++i) {  // or only so much that no single wait is long
    take_little();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const auto begin = Clock::now();
  EXPECT_TRUE(Answers());
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
}

// As long as nobody waits for a thread, the slow are answered to the end.
TEST_F(ServerTest, ClientsThatTakeTheirTimeAreNotGivenUp) {
  Listen({.threads = 8});
  std::vector<std::unique_ptr<RawConnection>> slow;
  const size_t count = kMostStalls + 4;
  for (size_t i = 0; i < count; ++i) {
    slow.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
    slow.back()->Send(std::string("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n") + "GET /openapi.json HTTP/1.1\r\n" +
                      kClose);
  }
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_TRUE(Answers());
  for (const auto& each : slow) EXPECT_THAT(each->ReceiveAll(), EndsWith("}"));
}

// A refused body is thrown away for a while, and that takes no thread.
TEST_F(ServerTest, ClientsThatGoOnAfterARefusalKeepNobodyWaiting) {
  Listen({.threads = 2, .timeout_seconds = 60});
  std::vector<std::unique_ptr<RawConnection>> stubborn;
  for (int i = 0; i < 100; ++i) {
    stubborn.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
    stubborn.back()->Send("POST /v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  }
  for (const auto& connection : stubborn) EXPECT_THAT(connection->ReceiveSome(), StartsWith("HTTP/1.1 411"));
  const auto begin = Clock::now();
  for (int i = 0; i < 5; ++i) {
    for (const auto& connection : stubborn) connection->Send("x");
    EXPECT_TRUE(Answers());
  }
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(ServerTest, OneThatWaitsLongestMakesRoom) {
  Listen({.max_connections = 5, .keep_alive_seconds = 60});
  std::vector<std::unique_ptr<RawConnection>> silent;
  for (int i = 0; i < 8; ++i) {
    silent.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
    EXPECT_TRUE(Answers()) << i;
  }
  EXPECT_EQ(silent.front()->ReceiveSome(), "");
}

TEST_F(ServerTest, OneThatAsksNoMoreIsClosed) {
  Listen({.keep_alive_seconds = 1});
  const RawConnection idle(PortOf(*server_));
  idle.Send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(idle.ReceiveSome(), StartsWith("HTTP/1.1 200"));
  const auto begin = Clock::now();
  EXPECT_EQ(idle.ReceiveSome(), "");
  EXPECT_GT(Clock::now() - begin, std::chrono::milliseconds(700));
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(ServerTest, RequestsThatComeTogetherAreAnsweredInTurn) {
  Listen();
  const std::string request = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string body = R"({"text":"قرار رقم ٥"})";
  const std::string answers = Raw(request + "POST /v1/citations/resolve HTTP/1.1\r\n" + Signed() +
                                  "Host: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body +
                                  request + "GET /v1/nothing HTTP/1.1\r\n" + kClose);
  std::vector<std::string> statuses;
  for (size_t at = answers.find("HTTP/1.1 "); at != std::string::npos; at = answers.find("HTTP/1.1 ", at + 1)) {
    statuses.push_back(answers.substr(at + 9, 3));
  }
  EXPECT_THAT(statuses, testing::ElementsAre("200", "200", "200", "404"));
}

TEST_F(ServerTest, BodyThatWaitsForAWord) {
  Listen();
  const RawConnection connection(PortOf(*server_));
  connection.Send("POST /v1/citations/resolve HTTP/1.1\r\n" + Signed() +
                  "Host: x\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n");
  EXPECT_THAT(connection.ReceiveSome(), StartsWith("HTTP/1.1 100"));
  connection.Send(R"({"text":"x"})");
  EXPECT_THAT(connection.ReceiveSome(), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, TwentyClientsAtOnce) {
  Listen();
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back([this, &right] {
      const auto client = Asking(*server_);
      for (int n = 0; n < 10; ++n) {
        Request request{.path = "/v1/search", .query = {{"q", n % 2 == 0 ? "رخصة" : "بازار"}}};
        const Response response = client->Send(request);
        if (response.status == 200 && nlohmann::json::parse(response.body)["total"] == 1) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 200);
}

TEST_F(ServerTest, EndsSoonWhileConnectionsIdle) {
  Listen({.keep_alive_seconds = 60, .timeout_seconds = 60});
  const RawConnection silent(PortOf(*server_));
  const RawConnection kept(PortOf(*server_));
  kept.Send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(kept.ReceiveSome(), StartsWith("HTTP/1.1 200"));
  const auto begin = Clock::now();
  server_.reset();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(ServerTest, AddressesThatCannotBeUsed) {
  Listen();
  struct Row {
    std::string address;
    ErrorCode code;
  };
  const Row rows[] = {
      {"", ErrorCode::kInvalid},
      {"8080", ErrorCode::kInvalid},
      {"127.0.0.1", ErrorCode::kInvalid},
      {"127.0.0.1:", ErrorCode::kInvalid},
      {"127.0.0.1:99999", ErrorCode::kInvalid},
      {"127.0.0.1:http", ErrorCode::kInvalid},
      {server_->address(), ErrorCode::kUnavailable},
      {"192.0.2.1:0", ErrorCode::kUnavailable},
  };
  for (const Row& row : rows) {
    try {
      ListenTcp(*archive_, row.address);
      ADD_FAILURE() << row.address;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), row.code) << row.address << ": " << error.what();
    }
  }
}

}  // namespace
}  // namespace diwan
