// What those see who watch over a server: metrics, readiness, the log; and that it ends with grace.
#include <mutex>
#include <regex>
#include <set>
#include <thread>

#include "access_fixture.h"
#include "archive/import.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

// The text format of Prometheus, read as its parser reads it: values by "name{labels}", and the types.
struct Scrape {
  std::map<std::string, double> values;
  std::map<std::string, std::string> types;
  std::vector<std::string> faults;
};

Scrape Parse(const std::string& text) {
  static const std::regex kSample(R"re(([a-z_]+)(\{([a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*)\})? (-?[0-9.e+-]+))re");
  Scrape scrape;
  std::set<std::string> helped;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string hash, kind, name, type;
    words >> hash >> kind >> name >> type;
    std::smatch sample;
    if (hash == "#" && kind == "HELP" && helped.insert(name).second) continue;
    if (hash == "#" && kind == "TYPE" && helped.count(name) > 0 && scrape.types.emplace(name, type).second) continue;
    if (!std::regex_match(line, sample, kSample)) {
      scrape.faults.push_back(line);
      continue;
    }
    const std::string family = std::regex_replace(sample[1].str(), std::regex("_(bucket|sum|count)$"), "");
    const bool known = scrape.types.count(sample[1]) > 0 || scrape.types[family] == "histogram";
    const bool first = scrape.values.emplace(sample[1].str() + sample[2].str(), std::stod(sample[5])).second;
    if (!known || !first) scrape.faults.push_back(line);
  }
  if (!text.ends_with('\n')) scrape.faults.push_back("the last line has no end");
  return scrape;
}

class WatchTest : public AccessTest {
 protected:
  ~WatchTest() override { server_.reset(); }  // it writes into what is ours

  void ListenAndLog(ServerOptions options = {}, LogLevel level = LogLevel::kInfo) {
    options.log = std::make_shared<ServerLog>(level, [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(line);
    });
    Listen(options);
  }
  // The line of the request with that id, which is written when its answer has gone out.
  Json LineOf(const std::string& id) {
    for (int i = 0; i < 200; ++i, std::this_thread::sleep_for(10ms)) {
      const std::lock_guard lock(mutex_);
      for (const std::string& line : lines_) {
        if (line.find(id) != std::string::npos) return Json::parse(line);
      }
    }
    return {};
  }
  Scrape Metrics() {
    const Response response = Ask("GET", "/metrics", {{"authorization", "Bearer " + token_}});
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.headers.at("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
    Scrape scrape = Parse(response.body);
    EXPECT_THAT(scrape.faults, testing::IsEmpty());
    return scrape;
  }

  const std::string token_ = MakeToken();
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

TEST_F(WatchTest, MetricsCountRequestsByRouteAndStatus) {
  Listen();
  const std::map<std::string, std::string> key = {{"authorization", "Bearer " + token_}};
  for (int i = 0; i < 3; ++i) Ask("GET", "/v1/records/" + scan_id_, key);
  Ask("HEAD", "/v1/records/x-2", key);
  Ask("GET", "/v1/records/nobody", key);
  Ask("GET", "/v1/records/nobody");
  Ask("GET", "/nothing", key);
  Ask("POST", "/v1/health", key);
  RawExchange(PortOf(*server_), "POST /v1/records HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  std::map<std::string, double> values = Metrics().values;
  const std::string route = R"(method="GET",route="/v1/records/{id}")";
  EXPECT_EQ(values["diwan_http_requests_total{" + route + R"(,status="200"})"], 4);
  EXPECT_EQ(values["diwan_http_requests_total{" + route + R"(,status="404"})"], 1);
  EXPECT_EQ(values["diwan_http_requests_total{" + route + R"(,status="401"})"], 1);
  EXPECT_EQ(values[R"(diwan_http_requests_total{method="other",route="none",status="404"})"], 1);
  EXPECT_EQ(values[R"(diwan_http_requests_total{method="other",route="none",status="405"})"], 1);
  EXPECT_EQ(values[R"(diwan_http_requests_total{method="POST",route="/v1/records",status="411"})"], 1);
  EXPECT_EQ(values["diwan_http_request_duration_seconds_count{" + route + "}"], 6);
  EXPECT_EQ(values["diwan_http_request_duration_seconds_bucket{" + route + R"(,le="+Inf"})"], 6);
  EXPECT_GT(values["diwan_http_request_duration_seconds_sum{" + route + "}"], 0);
  EXPECT_GT(values["diwan_http_response_bytes_total{" + route + "}"], 1000);
  double before = 0;
  for (const char* end :
       {"0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10"}) {
    const auto bucket = values.find("diwan_http_request_duration_seconds_bucket{" + route + ",le=\"" + end + "\"}");
    ASSERT_NE(bucket, values.end()) << end;
    EXPECT_GE(bucket->second, before);
    before = bucket->second;
  }
  EXPECT_EQ(values["diwan_http_requests_in_flight"], 1) << "this one";
  EXPECT_GE(values["diwan_http_connections"], 1);
}

TEST_F(WatchTest, MetricsTellHowTheArchiveDoes) {
  Listen();
  Scrape scrape = Metrics();
  EXPECT_EQ(scrape.values["diwan_records"], 3);
  EXPECT_EQ(scrape.values["diwan_pages"], 4);
  EXPECT_EQ(scrape.values["diwan_source_bytes"], static_cast<double>(source_bytes_.size()));
  EXPECT_GT(scrape.values["diwan_store_bytes"], 1000);
  EXPECT_EQ(scrape.values["diwan_index_lag_changes"], 0);
  EXPECT_EQ(scrape.values["diwan_index_failing"], 0);
  EXPECT_EQ(scrape.values["diwan_files_waiting"], 0);
  EXPECT_EQ(scrape.values.count("diwan_workers_lost_total"), 1U);
  std::istringstream file("%PDF-1.4\n1 0 obj\n");
  Request upload{.method = "POST", .path = "/v1/records", .body = &file, .body_size = 17};
  EXPECT_EQ(ConnectInProcess(*archive_)->Send(upload).status, 202);
  EXPECT_EQ(Metrics().values["diwan_files_waiting"], 1) << "there are no workers";
}

TEST_F(WatchTest, MetricsAreForThoseWhoMayMonitor) {
  Listen();
  EXPECT_EQ(Ask("GET", "/metrics").status, 401);
  EXPECT_EQ(Ask("GET", "/metrics", {{"authorization", "Bearer " + MakeToken(Role::kEditor)}}).status, 403);
  AddPerson("scraper", Role::kAdministrator);
  const MadeToken made =
      archive_->accounts().AddToken({.account = "scraper", .name = "t", .rights = SetOf(Right::kMonitor)}, "test");
  const std::map<std::string, std::string> scraper = {{"authorization", "Bearer " + made.secret}};
  EXPECT_EQ(Ask("GET", "/metrics", scraper).status, 200);
  EXPECT_EQ(Ask("GET", "/v1/stats", scraper).status, 403);
  Listen({.anonymous = Anonymous::kPublic, .metrics_on_loopback = true});
  EXPECT_EQ(Ask("GET", "/metrics").status, 200);
  EXPECT_EQ(Ask("GET", "/metrics", {{"authorization", "Bearer " + MakeToken(Role::kEditor)}}).status, 403);
  EXPECT_EQ(Ask("GET", "/v1/accounts").status, 401);
  EXPECT_EQ(Ask("GET", "/v1/records/" + scan_id_).status, 404) << "internal, and nobody is signed in";
  for (const char* by : {"X-Forwarded-For", "Forwarded", "Via", "X-Real-Ip"}) {
    EXPECT_THAT(RawExchange(PortOf(*server_), std::string("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n") +
                                                  by + ": 127.0.0.1\r\n\r\n"),
                StartsWith("HTTP/1.1 401"))
        << by;
  }
}

TEST_F(WatchTest, ReadySaysWhyNot) {
  std::string papers;
  for (int i = 0; i < 2000; ++i) {
    papers += R"({"external_id":"p-)" + std::to_string(i) + R"(","pages":["قرر المجلس منح رخصة"]})" + "\n";
  }
  std::istringstream lines(papers);
  Import(*archive_, lines, "test");
  Listen();
  EXPECT_EQ(Json::parse(Ask("GET", "/v1/ready").body)["status"], "ready") << "what came since the start does not count";
  server_.reset();
  archive_.reset();
  std::filesystem::remove_all(dir_ / "index");  // it is made anew, which takes a while
  archive_ = std::make_unique<Archive>(dir_, ArchiveOptions{.catch_up = false});
  Listen();
  Response response = Ask("GET", "/v1/ready");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(Json::parse(response.body)["detail"].get<std::string>(), HasSubstr("the index still lacks"));
  archive_->WaitIndexed(archive_->store().LastSequence());
  response = Ask("GET", "/v1/ready");
  EXPECT_EQ(response.status, 200) << response.body;
}

TEST_F(WatchTest, EachRequestIsALineOfJson) {
  ListenAndLog();
  const Response response =
      Ask("GET", "/v1/records/" + scan_id_, {{"authorization", "Bearer " + token_}, {"x-request-id", "abc-1_2.3"}});
  EXPECT_EQ(response.headers.at("X-Request-Id"), "abc-1_2.3");
  const Json line = LineOf("abc-1_2.3");
  EXPECT_EQ(line["message"], "request");
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["method"], "GET");
  EXPECT_EQ(line["route"], "/v1/records/{id}");
  EXPECT_EQ(line["status"], 200);
  EXPECT_EQ(line["bytes"], response.body.size());
  EXPECT_GT(line["ms"], 0);
  EXPECT_THAT(line["who"].get<std::string>(), MatchesRegex("token:program-[0-9a-f]+/test"));
  EXPECT_EQ(line["address"], "127.0.0.1");
  EXPECT_THAT(line["time"].get<std::string>(), MatchesRegex("20..-..-..T..:..:..\\....Z"));
  EXPECT_FALSE(line.contains("path"));
  EXPECT_FALSE(line.contains("broken_off"));
}

TEST_F(WatchTest, TheFilesOfThePageHaveANameInLogAndMetrics) {
  ListenAndLog();
  EXPECT_EQ(Ask("GET", "/", {{"x-request-id", "page"}}).status, 200);
  EXPECT_EQ(Ask("GET", "/nothing", {{"x-request-id", "nothing"}}).status, 404);
  EXPECT_EQ(LineOf("page")["route"], "page");
  EXPECT_EQ(LineOf("page")["method"], "GET");
  EXPECT_EQ(LineOf("nothing")["route"], "");
  const std::string metrics = Ask("GET", "/metrics", {{"authorization", "Bearer " + token_}}).body;
  EXPECT_THAT(metrics, HasSubstr("diwan_http_requests_total{method=\"GET\",route=\"page\",status=\"200\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("diwan_http_requests_total{method=\"other\",route=\"none\",status=\"404\"} 1\n"));
}

TEST_F(WatchTest, ARequestIdIsPlainOrMadeAnew) {
  ListenAndLog();
  std::set<std::string> made;
  for (const std::string& given : {std::string(), std::string("a b"), std::string("a\"b"), std::string(65, 'a'),
                                   std::string("<script>"), std::string("قرار")}) {
    const std::string id = Ask("GET", "/v1/health", {{"x-request-id", given}}).headers.at("X-Request-Id");
    EXPECT_THAT(id, MatchesRegex("[0-9a-f-]{36}-[0-9]+"));
    EXPECT_TRUE(made.insert(id).second);
  }
  EXPECT_EQ(Ask("GET", "/nothing", {{"x-request-id", "x"}}).headers.at("X-Request-Id"), "x") << "of a refusal, too";
}

TEST_F(WatchTest, NothingInALineIsWhatWasAskedOrASecret) {
  ListenAndLog({.forwarding = {.trusted = {"127.0.0.1"}}}, LogLevel::kDebug);
  AddPerson("ahmad", Role::kEditor);
  const Response session = SignIn("ahmad", kPassword, {{"x-request-id", "sign-in"}});
  SignIn("ahmad", "hunter2hunter2", {{"x-request-id", "wrong"}});
  const std::string injected = "\n{\"level\":\"error\"}\r\n\x1B[2J\u202E";
  Request request{
      .method = "GET", .path = "/v1/records/a" + std::string("\u202E") + "b", .query = {{"format", "secret words"}}};
  request.headers = {{"cookie", CookieIn(session)}, {"x-request-id", "odd"}, {"user-agent", "x"}};
  ConnectHttp("http://" + server_->address())->Send(request);
  RawExchange(PortOf(*server_),
              "GET /v1/search?q=secret%20words&" +
                  std::string("x%0a=1 HTTP/1.1\r\nHost: x\r\nX-Request-Id: raw\r\n"
                              "X-Forwarded-For: 9.9.9.9\x1B[2J\r\nConnection: close\r\nAuthorization: Bearer ") +
                  token_ + "\r\n\r\n");
  RawExchange(PortOf(*server_), injected + "\r\n\r\n");
  for (const char* id : {"sign-in", "wrong", "odd", "raw"}) EXPECT_FALSE(LineOf(id).is_null()) << id;
  EXPECT_EQ(LineOf("odd")["path"],
            "/v1/records/a\u202E"
            "b");
  const std::lock_guard lock(mutex_);
  for (const std::string& line : lines_) {
    EXPECT_TRUE(Json::accept(line)) << line;
    EXPECT_TRUE(std::ranges::all_of(line, [](char c) { return c >= 0x20 && c < 0x7F; })) << line;
    for (const std::string& secret : {std::string(kPassword), std::string("hunter2"), token_, std::string("secret"),
                                      CookieIn(session).substr(6), CsrfIn(session)}) {
      EXPECT_THAT(line, Not(HasSubstr(secret)));
    }
  }
}

TEST(ServerLog, WritesFromItsLevelOn) {
  std::vector<std::string> lines;
  const auto sink = [&lines](const std::string& line) { lines.push_back(line); };
  const ServerLog warnings(LogLevel::kWarning, sink);
  warnings.Say(LogLevel::kInfo, "a");
  warnings.Say(LogLevel::kWarning, "b\n");
  warnings.Note({.status = 200});
  warnings.Note({.status = 500});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(R"("level":"warning","message":"b\n"})"));
  EXPECT_THAT(lines[1], AllOf(HasSubstr(R"("level":"error")"), HasSubstr(R"("broken_off":true)")));
  ServerLog(LogLevel::kNone, sink).Say(LogLevel::kError, "c");
  EXPECT_EQ(lines.size(), 2U);
  for (const char* name : {"debug", "info", "warning", "error", "none"}) EXPECT_EQ(NameOf(*LogLevelNamed(name)), name);
  EXPECT_FALSE(LogLevelNamed("loud"));
}

// A stop waits for the upload that has begun; its client gets the whole answer.
TEST_F(WatchTest, AStopFinishesWhatRuns) {
  Listen();
  const RawConnection upload(PortOf(*server_));
  const std::string body = "%PDF-1.4\n" + std::string(100'000, ' ');
  upload.Send("POST /v1/records?name=a.pdf HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
              "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, 70'000));
  std::this_thread::sleep_for(300ms);
  std::thread stop([this] { server_.reset(); });
  std::this_thread::sleep_for(300ms);
  upload.Send(body.substr(70'000));
  EXPECT_THAT(upload.ReceiveAll(), StartsWith("HTTP/1.1 202"));
  stop.join();
}

TEST_F(WatchTest, OneAddressHasItsShareOfTheConnections) {
  Listen({.max_connections_per_address = 3});
  const RawConnection first(PortOf(*server_));
  std::this_thread::sleep_for(50ms);
  const RawConnection second(PortOf(*server_));
  const RawConnection third(PortOf(*server_));
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(Ask("GET", "/v1/health").status, 200);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(first.ReceiveSome(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s) << "it has waited longest, and made room";
  second.Send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(second.ReceiveSome(), StartsWith("HTTP/1.1 200"));
  Listen({.max_connections_per_address = 3, .forwarding = {.trusted = {"127.0.0.1"}}});
  std::vector<std::unique_ptr<RawConnection>> proxied;
  for (int i = 0; i < 6; ++i) proxied.push_back(std::make_unique<RawConnection>(PortOf(*server_)));
  std::this_thread::sleep_for(50ms);
  proxied.front()->Send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(proxied.front()->ReceiveSome(), StartsWith("HTTP/1.1 200")) << "a proxy brings many";
}

TEST_F(WatchTest, AHeadHasTheLimitThatIsSet) {
  Listen({.max_head_bytes = 2000});
  const std::string get = "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: ";
  EXPECT_THAT(RawExchange(PortOf(*server_), get + std::string(1800, 'a') + "\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(RawExchange(PortOf(*server_), get + std::string(2500, 'a') + "\r\n\r\n"), StartsWith("HTTP/1.1 431"));
}

}  // namespace
}  // namespace diwan
