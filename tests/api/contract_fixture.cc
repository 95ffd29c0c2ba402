#include "contract_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "api/routes.h"
#include "api/target.h"
#include "archive/import.h"
#include "core/id.h"
#include "json_schema.h"

namespace diwan {
namespace {

constexpr const char* kMoreLines =
    R"({"external_id":"l-1","type":"letter","title":"خطاب","language":"ara","pages":["بناء على القرار رقم ١٢٣ لسنة ٢٠١٩"]})"
    "\n"
    R"({"external_id":"l-2","type":"letter","title":"خطاب ثان","language":"ara","pages":["تنفيذا للقرار رقم ١٢٣ لسنة ٢٠١٩"]})"
    "\n"
    R"({"external_id":"l-3","type":"letter","language":"ara","pages":["بناء على القرار رقم ١٢٣ لسنة ٢٠١٩"]})"
    "\n"
    R"({"external_id":"d-1","type":"decision","number":"55/2020","body":"مجلس البلدية","pages":["أول","ثان"]})"
    "\n"
    R"({"external_id":"d-2","type":"decision","number":"55/2020","body":"مجلس البلدية","pages":["ثان"]})"
    "\n"
    R"({"external_id":"q-1","language":"ara","pages":["مجلس بلدية السلط\nقرار رقم (45) لسنة 2018\nالتاريخ: 12/3/2018"]})"
    "\n"
    R"({"external_id":"q-2","language":"ara","pages":["مجلس بلدية السلط\nقرار رقم (46) لسنة 2018\nالتاريخ: 13/3/2018"]})"
    "\n"
    R"({"external_id":"r-1","type":"ruling","number":"7/2020","body":"محكمة","pages":["حكم"]})"
    "\n"
    R"({"external_id":"r-2","type":"ruling","number":"8/2020","body":"محكمة","pages":["حكم"]})"
    "\n"
    R"({"external_id":"r-3","type":"ruling","number":"8/2020","body":"محكمة","pages":["حكم"]})"
    "\n";

constexpr const char* kPerson = "ahmad";
constexpr const char* kPassword = "correct horse";

}  // namespace

std::string MediaTypeOf(const Response& response) {
  const auto type = response.headers.find("Content-Type");
  return type == response.headers.end() ? "" : type->second.substr(0, type->second.find(';'));
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

ContractTest::ContractTest() : api_(Json::parse(Get("/openapi.json").body)) {
  std::istringstream lines(kMoreLines);
  Import(*archive_, lines, "test");
  AddJpeg();
  archive_->accounts().Add({.name = kPerson,
                            .display_name = "",
                            .role = Role::kAdministrator,
                            .clearance = {},
                            .password = kPassword,
                            .must_change = false},
                           "test");
}

// A scan whose images are JPEG, with a word on each page that was read with doubt.
void ContractTest::AddJpeg() {
  Record record{.id = NewId(), .state = RecordState::kComplete, .page_count = 2};
  record.external_id = "jpeg";
  record.created_at = record.changed_at = NowMillis();
  Page page = SamplePage();
  page.record_id = record.id;
  page.image_type = "image/jpeg";
  using namespace std::string_literals;
  const std::string head = "\xff\xd8\xff\xc0\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0"s;  // grey, 8 x 8
  page.words.front().confidence = 50;
  Page second = page;
  second.number = 2;
  ChangeSet changes;
  changes.records = {record};
  changes.pages = {{.page = page, .image = head + "another image"}, {.page = second, .image = head + "a second image"}};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "record.create", .subject = record.id}};
  archive_->WaitIndexed(archive_->Commit(changes));
}

const ContractTest::Json& ContractTest::OperationOf(const std::string& method, const std::string& path) const {
  const RouteMatch match = FindRoute(method, path);
  return api_["paths"].at(std::string(match.route->pattern)).at(LowerCase(match.route->method));
}

Response ContractTest::Send(const Drive& drive, const std::map<std::string, std::string>& headers, unsigned rights) {
  std::string body = drive.body;
  if (body == kExample) body = ExampleBody(OperationOf(drive.method, drive.path));
  std::istringstream stream(body);
  Request request{.method = drive.method, .path = drive.path, .query = drive.query, .headers = headers};
  if (!drive.accept.empty()) request.headers["accept"] = drive.accept;
  if (!drive.if_match.empty()) request.headers["if-match"] = drive.if_match;
  if (drive.if_match == kLatest) request.headers["if-match"] = LatestEtag(drive.path);
  request.headers.insert(drive.headers.begin(), drive.headers.end());
  AddRequired(drive, request);
  request.body = &stream;
  request.body_size = body.size();
  const Route* route = FindRoute(drive.method, drive.path).route;
  if (route != nullptr) request.headers["content-type"] = route->operation.body.media_type;
  request.caller = {.actor = "test", .rights = rights, .viewer = {}};
  if (drive.in_session) SignIn(request);
  return ConnectInProcess(*archive_)->Send(request);
}

void ContractTest::AddRequired(const Drive& drive, Request& request) const {
  if (FindRoute(drive.method, drive.path).route == nullptr) return;
  for (const Json& parameter : OperationOf(drive.method, drive.path)["parameters"]) {
    if (parameter.value("in", "") != "header" || !parameter["required"]) continue;
    request.headers.emplace(LowerCase(parameter["name"].get<std::string>()), parameter["example"]);
  }
}

void ContractTest::SignIn(Request& request) {
  std::optional<SignedIn> who = archive_->sign_ins().Find(secret_);
  if (!who) {
    archive_->accounts().SetPassword(kPerson, kPassword, /*must_change=*/false, "test");
    who = archive_->sign_ins().SignIn({.name = kPerson, .password = kPassword});
  }
  secret_ = who->secret;
  request.headers["cookie"] = "diwan=" + secret_;
  request.caller.account = who->account.name;
  request.caller.session = who->session.digest;
}

std::string ContractTest::ExampleBody(const Json& operation) {
  const Json& content = operation["requestBody"]["content"].front();
  return content["example"].is_string() ? content["example"].get<std::string>() : content["example"].dump();
}

// Of the page, or else the record, that a path leads into.
std::string ContractTest::LatestEtag(const std::string& path) {
  const Target target{.path = path, .query = {}};
  const size_t parts = path.find("/pages/") == std::string::npos ? 3 : 5;
  size_t end = 0;
  for (size_t i = 0; i < parts && end != std::string::npos; ++i) end = path.find('/', end + 1);
  return Get(path.substr(0, end), {{"deleted", "yes"}}).headers["ETag"];
}

void ContractTest::ExpectDocumented(const Json& operation, const Response& response) {
  const std::string status = std::to_string(response.status);
  ASSERT_TRUE(operation["responses"].contains(status)) << status << " is not documented: " << response.body;
  Json documented = operation["responses"][status];
  if (documented.contains("$ref")) {
    documented = api_.at(Json::json_pointer(documented["$ref"].get<std::string>().substr(1)));
  }
  seen_.insert(fmt::format("{} {} {}", operation["operationId"].get<std::string>(), status, MediaTypeOf(response)));
  EXPECT_TRUE(!response.headers.contains("Link") || documented["headers"].contains("Link"));
  if (response.headers.contains("Link")) linked_.insert(operation["operationId"].get<std::string>());
  if (!documented.contains("content")) return;
  const Json& content = documented["content"];
  const std::string type = content.contains("*/*") ? "*/*" : MediaTypeOf(response);
  ASSERT_TRUE(content.contains(type)) << type << " is not documented for " << status;
  if (type == "*/*") seen_.insert(fmt::format("{} {} */*", operation["operationId"].get<std::string>(), status));
  if (!content[type].contains("schema")) return;
  EXPECT_THAT(SchemaFaults(api_, content[type]["schema"], Json::parse(response.body)), testing::IsEmpty());
}

void ContractTest::ExpectProblem(const Response& response, int status) {
  EXPECT_EQ(response.status, status) << response.body;
  ASSERT_EQ(MediaTypeOf(response), "application/problem+json");
  const Json problem = Json::parse(response.body);
  EXPECT_THAT(SchemaFaults(api_, api_["components"]["schemas"]["Problem"], problem), testing::IsEmpty());
  EXPECT_EQ(Get(problem["type"]).status, 200) << problem["type"];
}

std::vector<std::string> ContractTest::NotSeen() const {
  std::vector<std::string> names;
  for (const auto& [pattern, methods] : api_["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      const std::string id = operation["operationId"];
      for (const auto& [status, response] : operation["responses"].items()) {
        if (response.contains("$ref") || status == "206" || status == "304") continue;
        const Json content = response.value("content", Json{{"", Json::object()}});
        for (const auto& [type, ignored] : content.items()) names.push_back(fmt::format("{} {} {}", id, status, type));
      }
    }
  }
  std::erase_if(names, [this](const std::string& name) { return seen_.contains(name); });
  for (const std::string& id : ListIds()) {
    if (!linked_.contains(id)) names.push_back(id + " Link");
  }
  return names;
}

std::set<std::string> ContractTest::ListIds() const {
  std::set<std::string> ids;
  for (const auto& [pattern, methods] : api_["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      const Json ok = operation["responses"].value("200", Json::object());
      if (ok.value("headers", Json::object()).contains("Link")) ids.insert(operation["operationId"]);
    }
  }
  return ids;
}

std::vector<Drive> ContractTest::Reading() const {
  const std::string scan = "/v1/records/" + scan_id_;
  const std::string text = "/v1/records/دفتر-1";
  std::vector<Drive> drives = {
      {"GET", "/openapi.json"},
      {"GET", "/opensearch.xml"},
      {"GET", "/docs"},
      {"GET", "/problems/not_found"},
      {"GET", "/problems/nothing", {}, 404},
      {"GET", "/v1/health"},
      {"GET", "/v1/ready"},
      {"GET", "/metrics"},
      {"GET", "/v1/stats"},
      {"GET", "/v1/search", {{"q", "القرار"}, {"limit", "1"}, {"facets", "yes"}, {"explain", "yes"}}},
      {"GET", "/v1/search", {{"q", "المجلس رقم 123"}}},
      {"GET", "/v1/suggest", {{"q", "الم"}}},
      {"GET", "/v1/records", {{"limit", "1"}}},
      {"GET", "/v1/records", {{"number", "123/2019"}, {"year", "2019"}}},
      {"GET", text},
      {"GET", scan},
      {"GET", scan, {}, 200, "application/pdf"},
      {"GET", scan, {}, 200, "image/*"},
      {"GET", "/v1/records/jpeg", {}, 200, "image/jpeg"},
      {"GET", "/v1/records/jpeg", {}, 200, "application/pdf"},
      {"GET", scan + "/pages/1", {}, 200, "application/pdf"},
      {"GET", text, {}, 406, "application/pdf"},
      {"GET", "/v1/records/nobody", {}, 404},
      {"GET", scan + "/pages/1", {}, 200, "image/png"},
      {"GET", "/v1/records/jpeg/pages/1", {{"format", "image"}}, 200},
      {"GET", text + "/pages/1", {}, 406, "image/png"},
      {"GET", scan + "/pages/1/image"},
      {"GET", "/v1/records/jpeg/pages/1/image"},
      {"GET", scan + "/source"},
      {"GET", text + "/related"},
      {"GET", text + "/matches", {{"q", "السوق"}}},
      {"GET", "/v1/records/l-1/citations"},
      {"GET", text + "/cited-by", {{"limit", "1"}}},
      {"GET", text + "/status"},
      {"POST", "/v1/citations/resolve", {}, 200, "", kExample},
      {"GET", "/v1/decision/مجلس البلدية/2019/123", {}, 302},
      {"GET", "/v1/decision/مجلس البلدية/2020/55", {}, 300},
      {"GET", "/v1/ruling/محكمة/2020/7", {}, 302},
      {"GET", "/v1/ruling/محكمة/2020/8", {}, 300},
      {"GET", "/v1/export", {{"limit", "1"}}},
      {"GET", "/v1/reports/gaps"},
      {"GET", "/v1/queue", {{"kind", "fields"}, {"limit", "1"}}},
      {"GET", "/v1/queue", {{"kind", "words"}, {"limit", "1"}}},
      {"GET", "/v1/queue", {{"cursor", "nowhere"}}, 400},
  };
  for (const std::string& what : {scan, text, scan + "/pages/1", text + "/pages/2"}) {
    for (const char* type : {"application/json", "text/plain", "application/alto+xml", "text/vnd.hocr+html"}) {
      drives.push_back({"GET", what, {}, 200, type});
    }
  }
  return drives;
}

std::vector<Drive> ContractTest::Changing() const {
  const std::string text = "/v1/records/دفتر-1";
  const std::string why = "سبب";
  const auto change = [](const char* method, const std::string& path, int status = 200, const char* body = kExample) {
    return Drive{method, path, {}, status, "", body, kLatest};
  };
  std::vector<Drive> drives = {
      change("PATCH", text),
      change("POST", text + "/take-back"),
      change("PATCH", text + "/pages/1"),
      change("POST", text + "/pages/1/take-back"),
      change("POST", text + "/relations", 201),
      change("PATCH", "/v1/records/l-1/relations/1"),
      change("DELETE", "/v1/records/l-2/relations/1", 200, ""),
      change("PUT", text + "/hold"),
      change("DELETE", text, 403, ""),
      change("PUT", text + "/hold", 200, R"({"on":false,"why":"x"})"),
      change("DELETE", text, 200, ""),
      change("POST", text + "/restore"),
      change("POST", "/v1/records/d-1/split", 201),
      change("POST", "/v1/records/" + scan_id_ + "/read", 202),
      change("POST", "/v1/records/d-2/merge"),
      {"GET", "/v1/records/d-2", {}, 301},
      {"GET", "/v1/records/d-2/status", {}, 301},
      {"PATCH", text, {}, 412, "", kExample, "\"99\""},
      {"PATCH", text, {}, 428, "", kExample},
      {"PATCH", text, {}, 400, "", "{"},
      {"GET", text + "/history", {{"limit", "1"}}},
      {"GET", text + "/history/1"},
      {"GET", text + "/pages/1/history", {{"limit", "1"}}},
      {"GET", text + "/pages/1/history/1"},
  };
  for (Drive& drive : drives) {
    if (drive.method == "DELETE") drive.query["why"] = why;
  }
  return drives;
}

std::vector<Drive> ContractTest::Delivering() {
  const std::string batch = Json::parse(Send({"POST", "/v1/batches"}).body)["id"];
  const std::string path = "/v1/batches/" + batch;
  const QueryMap query{{"batch", batch}, {"name", "قرار.pdf"}};
  const std::string empty = "/v1/batches/" + std::string(Json::parse(Send({"POST", "/v1/batches"}).body)["id"]);
  const std::string upload =
      "/v1/uploads/" + archive_->parcels().Begin(*archive_, {.owner = "test", .language = "auto", .size = 9}, true).id;
  const std::string job = "/v1/jobs/" + batch;
  return {
      {"POST", "/v1/batches", {{"label", "عربة"}}, 201},
      {"GET", "/v1/batches", {{"limit", "1"}}},
      {"POST", "/v1/records", query, 202, "", "%PDF-1.4\n1 0 obj\n"},
      {"POST", "/v1/records", query, 200, "", "%PDF-1.4\n1 0 obj\n"},
      {"POST", "/v1/records", query, 422, "", "MZ"},
      {"POST", "/v1/records", {{"batch", "nobody"}}, 404, "", "%PDF-1.4\n"},
      {"GET", path, {{"limit", "1"}}},
      {"GET", path, {{"entries", "no"}}},
      {"GET", path + "/events"},
      {"GET", empty + "/events", {}, 204, "", "", "", false, {{"last-event-id", "0-0-0-0"}}},
      {"OPTIONS", "/v1/uploads", {}, 204},
      {"POST", "/v1/uploads", {}, 201},
      {"GET", upload},
      {"PATCH", upload, {}, 204, "", "%PDF-1.4"},
      {"PATCH", upload, {}, 409, "", "%PDF-1.4"},
      {"DELETE", upload, {}, 204},
      {"GET", upload, {}, 404},
      {"GET", "/v1/jobs", {{"limit", "1"}}},
      {"GET", job + "-1"},
      {"GET", job + "-9", {}, 404},
      {"GET", job + "-1/events"},
      {"GET", job + "-3/events", {}, 204, "", "", "", false, {{"last-event-id", "done-0"}}},
      {"POST", "/v1/import", {}, 200, "", kExample},
      {"POST", "/v1/verify"},
      {"POST", "/v1/reindex"},
      {"POST", "/v1/read-fields", {{"limit", "1"}}},
  };
}

std::vector<Drive> ContractTest::Administering() {
  const MadeToken token =
      archive_->accounts().AddToken({.account = kPerson, .name = "t", .rights = SetOf(Right::kRead)}, "test");
  const std::string person = std::string("/v1/accounts/") + kPerson;
  return {
      {"GET", "/v1/session"},
      {"POST", "/v1/session", {}, 201, "", kExample},
      {"POST", "/v1/session", {}, 401, "", R"({"name":"nobody","password":"wrong password"})"},
      {"PUT", "/v1/session/password", {}, 201, "", kExample, "", /*in_session=*/true},
      {"PUT", "/v1/session/password", {}, 401, "", kExample},
      {"GET", "/v1/session", {}, 200, "", "", "", /*in_session=*/true},
      {"DELETE", "/v1/session", {}, 204, "", "", "", /*in_session=*/true},
      {"POST", "/v1/accounts", {}, 201, "", kExample},
      {"POST", "/v1/accounts", {}, 400, "", R"({"name":"a b","role":"reader"})"},
      {"GET", "/v1/accounts"},
      {"GET", person},
      {"GET", "/v1/accounts/nobody", {}, 404},
      {"PATCH", "/v1/accounts/sara", {}, 200, "", kExample},
      {"PUT", "/v1/accounts/sara/password", {}, 200, "", kExample},
      {"POST", "/v1/tokens", {}, 201, "", kExample},
      {"GET", "/v1/tokens", {{"account", kPerson}}},
      {"DELETE", "/v1/tokens/" + token.token.id, {}, 204},
      {"DELETE", "/v1/tokens/nobody", {}, 404},
      {"GET", "/v1/audit", {{"from", "0"}, {"limit", "1"}}},
      {"GET", "/v1/audit/export", {{"from", "1"}, {"limit", "1"}}},
      {"POST", "/v1/audit/verify"},
  };
}

std::vector<std::vector<Drive>> ContractTest::Every() { return {Reading(), Changing(), Delivering(), Administering()}; }

std::vector<Drive> ContractTest::OneOfEach() {
  std::vector<Drive> each;
  std::set<std::string> ids;
  for (const auto& drives : Every()) {
    for (const Drive& drive : drives) {
      if (ids.insert(OperationOf(drive.method, drive.path)["operationId"]).second) each.push_back(drive);
    }
  }
  return each;
}

}  // namespace diwan
