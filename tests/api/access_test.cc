// Who may do what over the network: every role on every route, and those who try to get past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "access_fixture.h"
#include "api/authentication.h"
#include "api/routes.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// "/v1/records/{id}/pages/{n}" with values for its parameters.
std::string Filled(std::string pattern) {
  const std::pair<std::string, std::string> values[] = {{"{id}", "nobody"}, {"{n}", "1"},    {"{version}", "1"},
                                                        {"{code}", "busy"}, {"{body}", "b"}, {"{year}", "2000"},
                                                        {"{number}", "1"}};
  for (const auto& [name, value] : values) {
    if (const size_t at = pattern.find(name); at != std::string::npos) pattern.replace(at, name.size(), value);
  }
  return pattern;
}

struct NamedRoute {
  std::string method;
  std::string path;
  Right needs;
};

std::vector<NamedRoute> AllRoutes() {
  std::vector<NamedRoute> routes;
  for (const Route& route : Routes()) {
    routes.push_back({std::string(route.method), Filled(std::string(route.pattern)), route.needs});
  }
  return routes;
}

TEST_F(AccessTest, EveryRouteForEveryRole) {
  Listen();
  for (const Role role : {Role::kReader, Role::kArchivist, Role::kEditor, Role::kAdministrator}) {
    const std::string token = MakeToken(role);
    for (const NamedRoute& route : AllRoutes()) {
      SCOPED_TRACE(std::string(NameOf(role)) + ": " + route.method + " " + route.path);
      const bool may = route.needs == Right::kNone || (RightsOf(role) & SetOf(route.needs)) != 0;
      const int status = Ask(route.method, route.path, {{"authorization", "Bearer " + token}}).status;
      EXPECT_EQ(status == 403, !may) << status;
      if (route.needs != Right::kNone) {
        EXPECT_NE(status, 401);
        EXPECT_EQ(Ask(route.method, route.path).status, 401);
      }
      EXPECT_LT(status, 500);
    }
  }
}

// What changes something needs more than the right to read, but for what is listed here.
TEST_F(AccessTest, NoRouteThatChangesIsOpenToReaders) {
  const std::set<std::string> only_about_oneself = {"POST /v1/session", "DELETE /v1/session",
                                                    "PUT /v1/session/password", "POST /v1/tokens",
                                                    "DELETE /v1/tokens/nobody"};
  const std::set<std::string> only_asks = {"POST /v1/citations/resolve"};
  const std::set<std::string> of_administrators = {"/v1/accounts", "/v1/audit", "/v1/verify", "/v1/reindex",
                                                   "/v1/read-fields"};
  for (const NamedRoute& route : AllRoutes()) {
    const std::string name = route.method + " " + route.path;
    for (const std::string& path : of_administrators) {
      EXPECT_TRUE(!route.path.starts_with(path) || route.needs == Right::kAdminister) << name;
    }
    if (route.method == "GET" || only_about_oneself.contains(name) || only_asks.contains(name)) continue;
    EXPECT_TRUE(route.needs == Right::kDeliver || route.needs == Right::kEdit || route.needs == Right::kAdminister)
        << name;
  }
}

TEST_F(AccessTest, NobodyAndPublic) {
  Listen();
  const Response refused = Ask("GET", "/v1/stats");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.headers.at("WWW-Authenticate"), "Bearer realm=\"diwan\"");
  EXPECT_EQ(Json::parse(refused.body)["code"], "denied");
  EXPECT_EQ(Ask("GET", "/v1/health").status, 200);
  EXPECT_EQ(Ask("HEAD", "/v1/stats").body, "");
  Listen({.anonymous = Anonymous::kPublic});
  EXPECT_EQ(Ask("GET", "/v1/stats").status, 200);
  EXPECT_EQ(Ask("GET", "/v1/tokens").status, 401);
  EXPECT_EQ(Ask("POST", "/v1/batches").status, 401);
  Request request{.path = "/v1/stats"};
  request.caller.address = request.caller.network = "10.0.0.1";
  RateLimit requests({});
  EXPECT_FALSE(Authenticate(*archive_, requests, Anonymous::kPublic, request));
  EXPECT_EQ(request.caller.viewer.level, AccessLevel::kPublic);
  EXPECT_FALSE(request.caller.signed_in);
}

TEST_F(AccessTest, ACallerSeesWhatTheAccountMay) {
  archive_->accounts().Add({.name = "bot",
                            .display_name = "",
                            .role = Role::kReader,
                            .clearance = {.level = AccessLevel::kInternal, .bodies = {"مجلس"}},
                            .password = ""},
                           "test");
  const MadeToken token =
      archive_->accounts().AddToken({.account = "bot", .name = "ci", .rights = SetOf(Right::kRead)}, "test");
  Request request{.path = "/v1/stats", .headers = {{"authorization", "bearer  " + token.secret + " "}}};
  RateLimit requests({});
  EXPECT_FALSE(Authenticate(*archive_, requests, Anonymous::kNone, request));
  EXPECT_EQ(request.caller.viewer, (Viewer{.level = AccessLevel::kInternal, .bodies = {"مجلس"}}));
  EXPECT_EQ(request.caller.actor, "token:bot/ci");
  EXPECT_EQ(request.caller.account, "bot");
}

TEST_F(AccessTest, TokensThatAreNone) {
  Listen({.anonymous = Anonymous::kPublic});
  const std::string token = MakeToken(Role::kReader);
  const std::vector<std::string> headers = {"Bearer ", "Bearer " + token + "0", "Bearer x", "Basic YTpi",
                                            token,     "Bearer diwan_"};
  for (const std::string& header : headers) {
    const Response response = Ask("GET", "/v1/stats", {{"authorization", header}});
    EXPECT_EQ(response.status, 401) << header;
    EXPECT_EQ(response.body.find("diwan_"), std::string::npos) << "a secret in an answer";
  }
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"authorization", "Bearer " + token}}).status, 200);
}

TEST_F(AccessTest, PersonsMakeAndRevokeTokensOfTheirOwn) {
  Listen();
  AddPerson("ahmad", Role::kReader);
  AddPerson("sara", Role::kReader);
  const auto headers_of = [this](const std::string& name) {
    const Response session = SignIn(name, kPassword);
    return std::map<std::string, std::string>{{"cookie", CookieIn(session)}, {"x-csrf-token", CsrfIn(session)}};
  };
  const auto ahmad = headers_of("ahmad");
  const Response made = Ask("POST", "/v1/tokens", ahmad, R"({"name":"n","scopes":["read"],"days":1})");
  ASSERT_EQ(made.status, 201) << made.body;
  const Json token = Json::parse(made.body);
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"authorization", "Bearer " + token["token"].get<std::string>()}}).status, 200);
  EXPECT_EQ(Ask("POST", "/v1/tokens", ahmad, R"({"name":"n","scopes":["edit"],"days":1})").status, 403);
  EXPECT_EQ(Ask("POST", "/v1/tokens", ahmad, R"({"name":"n","account":"sara","scopes":["read"],"days":1})").status,
            403);
  const auto sara = headers_of("sara");
  const std::string id = token["id"];
  EXPECT_EQ(Json::parse(Ask("GET", "/v1/tokens", sara).body)["tokens"].size(), 0U);
  EXPECT_EQ(Ask("DELETE", "/v1/tokens/" + id, sara).status, 404);
  EXPECT_EQ(Json::parse(Ask("GET", "/v1/tokens", ahmad).body)["tokens"].size(), 1U);
  EXPECT_EQ(Ask("DELETE", "/v1/tokens/" + id, ahmad).status, 204);
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"authorization", "Bearer " + token["token"].get<std::string>()}}).status, 401);
}

TEST_F(AccessTest, ASessionFromSignInToSignOut) {
  Listen();
  AddPerson("ahmad", Role::kEditor);
  const Response session = SignIn("Ahmad", kPassword);
  ASSERT_EQ(session.status, 201) << session.body;
  EXPECT_THAT(session.headers.at("Set-Cookie"),
              testing::MatchesRegex("diwan=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200"));
  const std::string cookie = CookieIn(session);
  const Json who = Json::parse(Ask("GET", "/v1/session", {{"cookie", "a=b; " + cookie + "; c=d"}}).body);
  EXPECT_EQ(who["account"], "ahmad");
  EXPECT_EQ(who["csrf_token"], CsrfIn(session));
  EXPECT_EQ(Json::parse(Ask("GET", "/v1/session").body)["account"], nullptr);
  server_.reset();  // a restart
  Listen();
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", cookie}}).status, 200);
  const Response out = Ask("DELETE", "/v1/session", {{"cookie", cookie}, {"x-csrf-token", CsrfIn(session)}});
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.headers.at("Set-Cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(Ask("GET", "/v1/stats", {{"cookie", cookie}}).status, 401);
}

TEST(Cookie, IsBoundToTlsWhereThereIsTls) {
  const std::string header = SetCookie("secret", /*secure=*/true);
  EXPECT_THAT(header, HasSubstr("__Host-diwan=secret; Path=/; HttpOnly; SameSite=Strict; Secure;"));
  Request request{.headers = {{"cookie", "diwan=plain; __Host-diwan=secret"}}, .secure = true};
  EXPECT_EQ(CookieOf(request), "secret");
  request.secure = false;
  EXPECT_EQ(CookieOf(request), "plain");
}

TEST_F(AccessTest, AOneTimePasswordAllowsItsChangeAlone) {
  Listen();
  AddPerson("fresh", Role::kAdministrator, /*must_change=*/true);
  const Response session = SignIn("fresh", kPassword);
  const std::map<std::string, std::string> headers = {{"cookie", CookieIn(session)}, {"x-csrf-token", CsrfIn(session)}};
  EXPECT_EQ(Json::parse(session.body)["must_change_password"], true);
  for (const NamedRoute& route : AllRoutes()) {
    if (route.needs == Right::kNone) continue;
    EXPECT_EQ(Ask(route.method, route.path, headers).status, 403) << route.method << ' ' << route.path;
  }
  const auto change = [&](const std::string& password, const std::string& next) {
    return Ask("PUT", "/v1/session/password", headers, Json({{"password", password}, {"new_password", next}}).dump());
  };
  EXPECT_EQ(change("wrong password", "another password").status, 401);
  EXPECT_EQ(change(kPassword, kPassword).status, 400);
  EXPECT_EQ(change(kPassword, "short").status, 400);
  const Response changed = change(kPassword, "another password");
  ASSERT_EQ(changed.status, 201) << changed.body;
  EXPECT_EQ(Ask("GET", "/v1/accounts", {{"cookie", CookieIn(changed)}}).status, 200);
  EXPECT_EQ(Ask("GET", "/v1/session", headers).body.find("\"fresh\""), std::string::npos) << "the old one has ended";
}

TEST_F(AccessTest, GuessingIsHeldBack) {
  Listen();
  AddPerson("ahmad", Role::kEditor);
  const Response wrong = SignIn("ahmad", "wrong password");
  const Response unknown = SignIn("nobody", "wrong password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  for (int i = 1; i < Lockout::kFreeTries; ++i) EXPECT_EQ(SignIn("ahmad", "wrong password").status, 401);
  const Response locked = SignIn("ahmad", kPassword);
  EXPECT_EQ(locked.status, 429);
  EXPECT_GT(std::stoi(locked.headers.at("Retry-After")), 20);
}

TEST_F(AccessTest, RequestsOfOneCallerAreLimited) {
  Listen({.requests_per_minute = 5});
  const std::map<std::string, std::string> one = {{"authorization", "Bearer " + MakeToken()}};
  const std::map<std::string, std::string> other = {{"authorization", "Bearer " + MakeToken()}};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Ask("GET", "/v1/stats", one).status, 200) << i;
  const Response refused = Ask("GET", "/v1/stats", one);
  EXPECT_EQ(refused.status, 429);
  EXPECT_GE(std::stoi(refused.headers.at("Retry-After")), 1);
  EXPECT_EQ(Ask("GET", "/v1/stats", other).status, 200);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Ask("GET", "/v1/stats").status, 401) << i;
  EXPECT_EQ(Ask("GET", "/v1/stats").status, 429);
}

TEST_F(AccessTest, WhatIsRefusedIsInTheTrailButDoesNotFillIt) {
  Listen({.requests_per_minute = 0});
  const size_t before = Actions().size();
  for (int i = 0; i < 300; ++i) Ask("GET", "/v1/records/" + std::to_string(i));
  const std::vector<std::string> actions = Actions();
  EXPECT_EQ(std::ranges::count(actions, std::string("access.refused")), static_cast<long>(actions.size() - before));
  EXPECT_GE(actions.size(), before + 2);
  EXPECT_LE(actions.size(), before + 4);
}

TEST_F(AccessTest, AccountsOverHttp) {
  Listen();
  const std::map<std::string, std::string> boss = {{"authorization", "Bearer " + MakeToken()}};
  const Response made = Ask("POST", "/v1/accounts", boss,
                            R"({"name":"Sara","role":"editor","clearance":{"level":"internal","bodies":["المَجلس"]}})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.headers.at("Location"), "/v1/accounts/sara");
  EXPECT_THAT(made.body, Not(HasSubstr("hash")));
  EXPECT_EQ(Json::parse(made.body)["clearance"]["bodies"][0], "المجلس");
  const Json reset = Json::parse(Ask("PUT", "/v1/accounts/sara/password", boss, "{}").body);
  EXPECT_EQ(SignIn("sara", reset["one_time_password"]).status, 201);
  EXPECT_EQ(reset["must_change_password"], true);
  const Response off = Ask("PATCH", "/v1/accounts/SARA", boss, R"({"disabled":true})");
  EXPECT_EQ(Json::parse(off.body)["disabled"], true);
  EXPECT_EQ(SignIn("sara", reset["one_time_password"]).status, 401);
  EXPECT_EQ(Ask("GET", "/v1/accounts/nobody", boss).status, 404);
  for (const char* bad : {"", "[]", "{", R"({"name":"a"})", R"({"name":"a","role":"king"})",
                          R"({"name":"a","role":"reader","rights":["edit"]})", R"({"name":"a b","role":"reader"})",
                          R"({"name":"a","role":"reader","clearance":{"level":"secret"}})"}) {
    EXPECT_EQ(Ask("POST", "/v1/accounts", boss, bad).status, 400) << bad;
  }
  EXPECT_EQ(Ask("POST", "/v1/accounts", boss, std::string(kMaxAccountName * 2000, ' ')).status, 413);
}

TEST_F(AccessTest, TheTrailOverHttp) {
  Listen();
  const std::map<std::string, std::string> boss = {{"authorization", "Bearer " + MakeToken()}};
  const Json list = Json::parse(Ask("GET", "/v1/audit", boss).body);
  EXPECT_EQ(list["entries"].size(), list["count"]);
  EXPECT_EQ(list["entries"].back()["action"], "token.create");
  const Json check = Json::parse(Ask("POST", "/v1/audit/verify", boss).body);
  EXPECT_EQ(check["ok"], true) << check;
  EXPECT_EQ(check["head"], list["entries"].back()["hash"]);
  const Response exported = Ask("GET", "/v1/audit/export", boss);
  EXPECT_EQ(std::ranges::count(exported.body, '\n'), static_cast<long>(list["entries"].size()) + 1);
  const Json last = Json::parse(exported.body.substr(exported.body.rfind('\n', exported.body.size() - 2) + 1));
  EXPECT_EQ(last["action"], "audit.export");
  EXPECT_EQ(last["previous"], check["head"]);
  Request half{.method = "POST", .path = "/v1/audit/verify", .query = {{"entries", "1"}}, .headers = boss};
  EXPECT_EQ(ConnectHttp("http://" + server_->address())->Send(half).status, 400);
}

TEST_F(AccessTest, AnExportIsInTheTrail) {
  Listen();
  Ask("GET", "/v1/export", {{"authorization", "Bearer " + MakeToken(Role::kReader)}});
  EXPECT_THAT(Actions(), testing::Contains("export"));
}

// By whatever name, and each part; not what is not confidential, and not the try of one who may not see it.
TEST_F(AccessTest, AViewOfAConfidentialRecordIsInTheTrail) {
  Listen();
  const std::map<std::string, std::string> headers = {{"authorization", "Bearer " + MakeToken(Role::kReader)}};
  EXPECT_EQ(Ask("GET", "/v1/records/" + scan_id_, headers).status, 200);
  EXPECT_THAT(Actions(), Not(testing::Contains("record.view")));
  Record scan = *archive_->store().GetRecord(scan_id_);
  scan.access = AccessLevel::kConfidential;
  scan.external_id = "secret";
  archive_->Commit({.records = {scan}, .audit = {{.at = 1, .actor = "test", .action = "x", .subject = scan_id_}}});
  archive_->accounts().Add({.name = "low", .display_name = "", .password = ""}, "test");
  const MadeToken low =
      archive_->accounts().AddToken({.account = "low", .name = "t", .rights = SetOf(Right::kRead)}, "test");
  EXPECT_EQ(Ask("GET", "/v1/records/secret", {{"authorization", "Bearer " + low.secret}}).status, 404);
  EXPECT_THAT(Actions(), Not(testing::Contains("record.view")));
  EXPECT_EQ(Ask("GET", "/v1/records/secret", headers).status, 200);
  EXPECT_EQ(Ask("GET", "/v1/records/" + scan_id_ + "/pages/1/image", headers).status, 200);
  const std::vector<AuditEntry> entries = archive_->store().Audit(archive_->store().AuditCount() - 2, 2);
  EXPECT_EQ(entries[0].action, "record.view");
  EXPECT_EQ(entries[0].subject, scan_id_);
  EXPECT_EQ(entries[0].detail, "");
  EXPECT_THAT(entries[0].actor, testing::StartsWith("token:program-"));
  EXPECT_EQ(entries[1].detail, "pages/1/image");
}

// It tells of records of every level, so the right alone is not enough.
TEST_F(AccessTest, TheTrailIsForThoseWhoSeeEverything) {
  Listen();
  archive_->accounts().Add({.name = "low", .display_name = "", .role = Role::kAdministrator, .password = ""}, "test");
  const MadeToken low = archive_->accounts().AddToken(
      {.account = "low", .name = "t", .rights = SetOf(Right::kRead) | SetOf(Right::kAdminister)}, "test");
  const std::map<std::string, std::string> headers = {{"authorization", "Bearer " + low.secret}};
  EXPECT_EQ(Ask("GET", "/v1/accounts", headers).status, 200);
  EXPECT_EQ(Ask("GET", "/v1/audit", headers).status, 403);
  EXPECT_EQ(Ask("GET", "/v1/audit/export", headers).status, 403);
  EXPECT_EQ(Ask("POST", "/v1/audit/verify", headers).status, 403);
}

}  // namespace
}  // namespace diwan
