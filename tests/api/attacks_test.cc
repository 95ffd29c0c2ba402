// Attacks that anybody tries on a server, each of which must fail. One more, telling by time or words
// whether a name is known, is AccountsTest.AnUnknownNameCostsWhatAWrongPasswordCosts and AccessTest.GuessingIsHeldBack.
#include <fmt/format.h>

#include <chrono>

#include "access_fixture.h"
#include "api/authentication.h"
#include "api/routes.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AttackTest : public AccessTest {
 protected:
  AttackTest() { Listen({.requests_per_minute = 0}); }
  std::string Raw(const std::string& method, const std::string& target, const std::string& headers = "",
                  const std::string& body = "") {
    const std::string length = body.empty() ? "" : fmt::format("Content-Length: {}\r\n", body.size());
    return RawExchange(
        PortOf(*server_),
        fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\n{}{}\r\n{}", method,
                    target, token_, length, headers, body));
  }
  static std::string HeadOf(const std::string& answer) { return answer.substr(0, answer.find("\r\n\r\n") + 2); }
  // A token of somebody who sees public records alone.
  std::string TokenOfGuest() {
    archive_->accounts().Add({.name = "guest", .display_name = "", .clearance = {.level = AccessLevel::kPublic}},
                             "test");
    return archive_->accounts()
        .AddToken({.account = "guest", .name = "t", .rights = SetOf(Right::kRead)}, "test")
        .secret;
  }

  // A record with the scan's file, under that name.
  std::string ScanNamed(const std::string& name) {
    Record record{.id = NewId(), .state = RecordState::kComplete};
    record.source = archive_->store().GetRecord(scan_id_)->source;
    record.file_name = name;
    record.created_at = record.changed_at = NowMillis();
    ChangeSet changes;
    changes.records = {record};
    changes.audit = {
        {.at = NowMillis(), .actor = "test", .action = "record.create", .subject = record.id, .detail = ""}};
    archive_->Commit(changes);
    return record.id;
  }

  const std::string token_ = MakeToken();
};

TEST_F(AttackTest, PathTraversal) {
  for (const char* target :
       {"/v1/records/../../etc/passwd", "/v1/records/..%2f..%2fetc%2fpasswd", "/v1/records/%2e%2e/x", "/v1/records/.",
        "/problems/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/v1/records/%252e/../x",
        "http://x/../etc/passwd", "/v1/batches/..", "/v1/records/x/pages/../../../socket", "/v1/records/a%00/b"}) {
    EXPECT_THAT(Raw("GET", target), StartsWith("HTTP/1.1 400")) << target;
  }
  for (const char* target : {"/v1/records/%252e%252e%252fetc", "/v1/records/..%5c..%5cetc", "//etc/passwd",
                             "/problems/%2fetc%2fpasswd", "/v1/records/%2fetc%2fpasswd"}) {
    EXPECT_THAT(Raw("GET", target), StartsWith("HTTP/1.1 404")) << target;
  }
  // Nor does the name of a file lead anywhere.
  for (const char* name : {"../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd"}) {
    EXPECT_THAT(HeadOf(Raw("GET", "/v1/records/" + ScanNamed(name) + "/source")),
                HasSubstr("Content-Disposition: attachment; filename=\"passwd\"; filename*=UTF-8''passwd\r\n"));
  }
}

// Every route of a record: one that is for others is answered as one that never was.
TEST_F(AttackTest, GuessingIds) {
  const std::map<std::string, std::string> guest = {{"authorization", "Bearer " + TokenOfGuest()}};
  const std::map<std::string, std::string> all = {{"authorization", "Bearer " + token_}};
  const std::string never = NewId();
  int found = 0;
  for (const Route& route : Routes()) {
    if (route.needs != Right::kRead || !route.pattern.starts_with("/v1/records/{id}")) continue;
    const auto path = [&](const std::string& id) {
      std::string filled = "/v1/records/" + id + std::string(route.pattern.substr(16));
      for (const char* part : {"{n}", "{version}"}) {
        if (const size_t at = filled.find(part); at != std::string::npos)
          filled.replace(at, std::string(part).size(), "1");
      }
      return filled;
    };
    SCOPED_TRACE(path(scan_id_));
    const Response hidden = Ask("GET", path(scan_id_), guest);
    const Response none = Ask("GET", path(never), guest);
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(none.status, 404);
    std::string told = hidden.body;
    for (size_t at = told.find(scan_id_); at != std::string::npos; at = told.find(scan_id_)) {
      told.replace(at, scan_id_.size(), never);
    }
    EXPECT_EQ(told, none.body);
    if (Ask("GET", path(scan_id_), all).status == 200) ++found;
  }
  EXPECT_GE(found, 8) << "with the right, there is something to guess";
}

TEST_F(AttackTest, TokenOfAnotherScope) {
  AddPerson("boss", Role::kAdministrator);
  const MadeToken read =
      archive_->accounts().AddToken({.account = "boss", .name = "read", .rights = SetOf(Right::kRead)}, "test");
  const std::map<std::string, std::string> headers = {{"authorization", "Bearer " + read.secret}};
  EXPECT_EQ(Ask("GET", "/v1/stats", headers).status, 200);
  for (const auto& [method, path] : std::map<std::string, std::string>{
           {"POST", "/v1/verify"}, {"DELETE", "/v1/records/" + scan_id_}, {"GET", "/v1/accounts"}}) {
    EXPECT_EQ(Ask(method, path, headers).status, 403) << path;
  }
  // Nor does it make itself another one, or live longer than it is let.
  const std::string wanted = R"({"name":"n","scopes":["read"],"days":0})";
  EXPECT_EQ(Ask("POST", "/v1/tokens", headers, wanted).status, 403);
  EXPECT_EQ(Ask("DELETE", "/v1/tokens/" + read.token.id, headers).status, 404);
  const MadeToken administer = archive_->accounts().AddToken(
      {.account = "boss", .name = "a", .rights = SetOf(Right::kRead) | SetOf(Right::kAdminister)}, "test");
  const std::string more = R"({"name":"n","account":"boss","scopes":["edit"],"days":0})";
  EXPECT_EQ(Ask("POST", "/v1/tokens", {{"authorization", "Bearer " + administer.secret}}, more).status, 403);
}

TEST_F(AttackTest, AChangeWithACookieNeedsTheCsrfToken) {
  AddPerson("ahmad", Role::kEditor);
  const Response session = SignIn("ahmad", kPassword);
  const std::string cookie = CookieIn(session);
  const Response other = SignIn("ahmad", kPassword);
  EXPECT_EQ(Ask("POST", "/v1/batches", {{"cookie", cookie}}).status, 403);
  EXPECT_EQ(Ask("POST", "/v1/batches", {{"cookie", cookie}, {"x-csrf-token", "x"}}).status, 403);
  EXPECT_EQ(Ask("POST", "/v1/batches", {{"cookie", cookie}, {"x-csrf-token", CsrfIn(other)}}).status, 403);
  EXPECT_EQ(Ask("DELETE", "/v1/session", {{"cookie", cookie}}).status, 403);
  EXPECT_EQ(Ask("POST", "/v1/batches", {{"cookie", cookie}, {"x-csrf-token", CsrfIn(session)}}).status, 201);
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", cookie}}).status, 200);
  // What a form of another site can send begins no session.
  EXPECT_EQ(SignIn("ahmad", kPassword, {{"content-type", "text/plain"}}).status, 400);
}

// Else a page could sign its visitor in as somebody else.
TEST_F(AttackTest, ASignInFromAnotherSiteIsRefused) {
  AddPerson("ahmad", Role::kEditor);
  const std::string here = server_->address();
  using Headers = std::map<std::string, std::string>;
  for (const Headers& headers :
       {Headers{}, Headers{{"origin", "http://" + here}}, Headers{{"sec-fetch-site", "same-origin"}},
        Headers{{"sec-fetch-site", "none"}, {"origin", "null"}},
        Headers{{"sec-fetch-site", "same-origin"}, {"origin", "https://behind.a.proxy"}}}) {
    EXPECT_EQ(SignIn("ahmad", kPassword, headers).status, 201);
  }
  for (const Headers& headers :
       {Headers{{"origin", "http://evil.example"}}, Headers{{"origin", "null"}}, Headers{{"origin", here}},
        Headers{{"origin", "http://" + here + ".evil.example"}}, Headers{{"sec-fetch-site", "cross-site"}},
        Headers{{"sec-fetch-site", "same-site"}, {"origin", "http://" + here}}}) {
    const Response refused = SignIn("ahmad", kPassword, headers);
    EXPECT_EQ(refused.status, 403) << refused.body;
    EXPECT_FALSE(refused.headers.contains("Set-Cookie"));
  }
}

TEST_F(AttackTest, ACookieFromOutsideIsNeverAdopted) {
  AddPerson("ahmad", Role::kEditor);
  const std::string planted = "diwan=" + std::string(64, 'a');
  const Response session = SignIn("ahmad", kPassword, {{"cookie", planted}});
  EXPECT_NE(CookieIn(session), planted);
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", planted}}).status, 401);
  // Not even one that we gave out: signing in again begins another session and ends that one.
  const Response again = SignIn("ahmad", kPassword, {{"cookie", CookieIn(session)}});
  EXPECT_NE(CookieIn(again), CookieIn(session));
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", CookieIn(session)}}).status, 401);
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", CookieIn(again)}}).status, 200);
}

TEST_F(AttackTest, HeaderInjection) {
  const std::string evil = "x%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<html>";
  const std::vector<std::string> answers = {
      Raw("GET", "/v1/search?limit=1&snippets=no&q=type:letter%20OR%20number:123%20OR%20" + evil),
      Raw("GET", "/v1/records?limit=1&type=" + evil),
      Raw("GET", "/v1/records/" + evil),
      Raw("GET", "/v1/decision/" + evil + "/2019/1"),
      Raw("GET", "/problems/" + evil),
      Raw("GET", "/v1/health", "X-Request-Id: a\r\n Set-Cookie: evil=1\r\n"),
      Raw("GET", "/v1/health", "X-Request-Id: a\rSet-Cookie: evil=1\r\n"),
      Raw("GET", "/opensearch.xml", "X-Forwarded-Host: x\r\n\tSet-Cookie: evil=1\r\n"),
  };
  for (const std::string& answer : answers) {
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 ")) << answer;
    EXPECT_THAT(HeadOf(answer), Not(HasSubstr("evil=1"))) << answer;
  }
  // The name of a file comes back as a header.
  const std::string head =
      HeadOf(Raw("GET", "/v1/records/" + ScanNamed("a\r\nSet-Cookie: evil=1\r\n\r\n<html>\".pdf") + "/source"));
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(head, Not(HasSubstr("\nSet-Cookie")));
  EXPECT_THAT(head, HasSubstr("filename*=UTF-8''a%0D%0ASet-Cookie"));
}

// Nothing is unpacked for a client: 1 KB of gzip can be 1 MB, and gzip of that again.
TEST_F(AttackTest, DecompressionBomb) {
  const std::string gzip("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  for (const Route& route : Routes()) {
    if (route.method == "GET" || route.method == "DELETE") continue;
    for (const char* encoding : {"gzip", "GZIP", "deflate", "br", "gzip, identity"}) {
      const std::string answer = Raw(std::string(route.method), std::string(route.pattern),
                                     fmt::format("Content-Encoding: {}\r\n", encoding), gzip);
      EXPECT_THAT(answer, StartsWith("HTTP/1.1 415")) << route.method << ' ' << route.pattern << ' ' << encoding;
    }
  }
  EXPECT_THAT(Raw("POST", "/v1/citations/resolve", "Content-Encoding: identity\r\n", R"({"text":"x"})"),
              StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Raw("POST", "/v1/records?name=a.pdf", "", gzip), StartsWith("HTTP/1.1 422"));
}

TEST_F(AttackTest, OversizedNesting) {
  std::string deep;
  std::string arrays;
  while (deep.size() < 50'000) deep += R"({"fields":)";
  while (arrays.size() < 50'000) arrays += "[";
  int asked = 0;
  for (const Route& route : Routes()) {
    const bool lines = route.operation.body.media_type == "application/jsonl";
    if (route.operation.body.media_type != "application/json" && !lines) continue;
    if (route.pattern == "/v1/session/password") continue;  // for sessions; reads as the others do
    for (const std::string& body : {deep, R"({"why":)" + arrays, arrays}) {
      SCOPED_TRACE(std::string(route.method) + " " + std::string(route.pattern) + " " + body.substr(0, 12));
      std::string path(route.pattern);
      for (const char* part : {"{n}", "{id}"}) {
        if (const size_t at = path.find(part); at != std::string::npos) {
          path.replace(at, std::string(part).size(), part == std::string("{n}") ? "1" : scan_id_);
        }
      }
      const auto begin = std::chrono::steady_clock::now();
      const std::string answer =
          Raw(std::string(route.method), path, "If-Match: \"1\"\r\nContent-Type: application/json\r\n", body);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
      EXPECT_THAT(answer, HasSubstr("is nested deeper than 32"));
      EXPECT_THAT(answer, StartsWith(lines ? "HTTP/1.1 200" : "HTTP/1.1 400"));
      ++asked;
    }
  }
  EXPECT_GT(asked, 30);
}

TEST_F(AttackTest, ReflectedText) {
  const std::string evil = "%3Cscript%3Ealert(1)%3C/script%3E";
  const std::vector<std::string> answers = {
      Raw("GET", "/" + evil),
      Raw("GET", "/<script>alert(1)</script>"),
      Raw("GET", "/v1/records/" + evil.substr(0, evil.find('/'))),
      Raw("GET", "/problems/%3Cscript%3E"),
      Raw("GET", "/v1/search?q=date:" + evil + "&sort=" + evil),
      Raw("GET", "/v1/search?" + evil + "=1"),
      Raw("GET", "/v1/search?limit=" + evil),
      Raw("GET", "/v1/records?cursor=" + evil),
      Raw("GET", "/v1/records/" + scan_id_ + "?format=" + evil),
      Raw("GET", "/v1/records/" + scan_id_, "Accept: <script>alert(1)</script>/x\r\n"),
      Raw("GET", "/v1/records/" + scan_id_, "If-Match: <script>alert(1)</script>\r\nRange: bytes=<script>9-\r\n"),
      Raw("PATCH", "/v1/records/" + scan_id_, "If-Match: <script>\r\n", "{\"<script>\":1}"),
      Raw("POST", "/v1/citations/resolve", "", R"({"<script>alert(1)</script>":1,"<script>alert(1)</script>":1})"),
      Raw("POST", "/v1/session", "Content-Type: application/json\r\n", R"({"name":"<script>","password":"x"})"),
      Raw("<script>", "/v1/health"),
  };
  for (const std::string& answer : answers) {
    SCOPED_TRACE(answer);
    if (answer.starts_with("HTTP/1.1 200")) continue;  // data that was asked for, as JSON
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 4"));
    EXPECT_THAT(answer, Not(HasSubstr("<script")));
    const bool empty = HeadOf(answer).find("Content-Length: 0") != std::string::npos;
    if (empty) continue;
    EXPECT_THAT(HeadOf(answer), HasSubstr("Content-Type: application/problem+json"));
    EXPECT_THAT(HeadOf(answer), HasSubstr("X-Content-Type-Options: nosniff"));
  }
}

}  // namespace
}  // namespace diwan
