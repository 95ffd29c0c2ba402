// Requests and their answers, through each of the three ways: in the process, over TCP, through the local socket.
#include "api/router.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/openapi.h"
#include "api/target.h"
#include "api_fixture.h"
#include "core/digest.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using Query = std::map<std::string, std::string>;

struct Row {
  std::string method;
  std::string path;
  Query query;
  int status;
  std::string code = "";  // of a problem; "" for a success
  std::map<std::string, std::string> headers = {};
  std::string body = "";
};

// Finds more than one record, and would make a header line of more than 8 KiB.
const std::string kLongQuestion = [] {
  std::string question = "المجلس";
  while (question.size() < 4000) question += " OR نامه";
  return question;
}();

std::string BodyWithoutTime(const Response& response) {
  Json json = Json::parse(response.body, nullptr, false);
  if (!json.is_object()) return response.body;
  json.erase("took_ms");
  json.erase("entry");  // names a batch of its own
  return json.dump();
}

Response Send(Client& client, const Row& row) {
  std::istringstream body(row.body);
  Request request{.method = row.method, .path = row.path, .query = row.query, .headers = row.headers};
  request.body = &body;
  request.body_size = row.body.size();
  request.caller.actor = "test";
  return client.Send(request);
}

class RouterTest : public ApiTest {
 protected:
  std::vector<Row> Rows() const {
    const std::string scan = "/v1/records/" + scan_id_;
    const std::string text = "/v1/records/" + imported_id_;
    const std::string nobody = "/v1/records/01890000-0000-7000-8000-000000000001";
    return {
        {"GET", "/v1/health", {}, 200},
        {"GET", "/v1/stats", {}, 200},
        {"GET", "/v1/search", {{"q", "أكشاك السوق"}}, 200},
        {"GET", "/v1/search", {{"q", "١٢٣/٢٠١٩"}, {"limit", "1000"}, {"offset", "9000"}}, 200},
        {"GET", "/v1/search", {{"q", "\" AND OR (("}, {"snippets", "no"}}, 200},
        {"GET", "/v1/search", {{"q", std::string("a\0\xFF", 3)}}, 200},
        {"GET", "/v1/search", {}, 200},
        {"GET", "/v1/search", {{"q", "x"}, {"limit", "0"}}, 400, "invalid"},
        {"GET", "/v1/search", {{"q", "x"}, {"offset", "10000"}}, 400, "invalid"},
        {"GET", "/v1/search", {{"q", std::string(4097, 'x')}}, 400, "invalid"},
        {"GET", "/v1/search", {{"q", "قرار"}, {"sort", "newest"}, {"facets", "yes"}, {"explain", "yes"}}, 200},
        {"GET", "/v1/search", {{"q", "المجلس OR نامه"}, {"limit", "1"}}, 200},
        {"GET", "/v1/search", {{"q", kLongQuestion}, {"limit", "1"}}, 200},
        {"GET", "/v1/search", {{"q", "x"}, {"sort", "best"}}, 400, "invalid"},
        {"GET", "/v1/search", {{"q", "x"}, {"cursor", "MSAyMCA"}}, 400, "invalid"},
        {"GET", "/v1/suggest", {{"q", "الم"}}, 200},
        {"GET", "/v1/suggest", {{"q", std::string("a\0\xFF", 3)}, {"limit", "50"}}, 200},
        {"GET", "/v1/suggest", {}, 200},
        {"GET", "/v1/suggest", {{"q", "x"}, {"limit", "51"}}, 400, "invalid"},
        {"GET", "/v1/suggest", {{"q", std::string(4097, 'x')}}, 400, "invalid"},
        {"GET", "/v1/records", {}, 200},
        {"GET", "/v1/records", {{"limit", "1"}}, 200},
        {"GET", "/v1/records", {{"after", scan_id_}}, 200},
        {"GET", "/v1/records", {{"after", "no id"}}, 400, "invalid"},
        {"GET", "/v1/records", {{"limit", "1001"}}, 400, "invalid"},
        {"GET", text, {}, 200},
        {"GET", scan, {}, 200},
        {"GET", nobody, {}, 404, "not_found"},
        {"GET", "/v1/records/no id", {}, 404, "not_found"},
        {"GET", "/v1/records//related", {}, 404, "not_found"},
        {"GET", "/v1/records/دفتر-1", {}, 200},
        {"GET", "/v1/records/دفتر-1/related", {}, 200},
        {"GET", "/v1/records/دفتر-1/pages/2", {{"format", "hocr"}}, 200},
        {"GET", "/v1/records/دفتر-1/source", {}, 404, "not_found"},
        {"GET", "/v1/records/دفتر-2/related", {}, 404, "not_found"},
        {"GET", text + "/related", {}, 200},
        {"GET", scan + "/related", {{"limit", "1"}}, 200},
        {"GET", text + "/related", {{"limit", "0"}}, 400, "invalid"},
        {"GET", nobody + "/related", {}, 404, "not_found"},
        {"GET", scan + "/pages/1", {}, 200},
        {"GET", scan + "/pages/1", {{"format", "text"}}, 200},
        {"GET", scan + "/pages/1", {{"format", "alto"}}, 200},
        {"GET", scan + "/pages/1", {}, 200, "", {{"accept", "text/vnd.hocr+html"}}},
        {"GET", text + "/pages/1", {{"format", "pdf"}}, 406, "invalid"},
        {"GET", scan + "/pages/2", {}, 404, "not_found"},
        {"GET", scan + "/pages/0", {}, 404, "not_found"},
        {"GET", scan + "/pages/-1", {}, 404, "not_found"},
        {"GET", scan + "/pages/1x", {}, 404, "not_found"},
        {"GET", scan + "/pages/99999999999", {}, 404, "not_found"},
        {"GET", scan + "/pages/1/image", {}, 200},
        {"GET", text + "/pages/1/image", {}, 404, "not_found"},
        {"GET", scan + "/source", {}, 200},
        {"GET", text + "/source", {}, 404, "not_found"},
        {"HEAD", "/v1/health", {}, 200},
        {"HEAD", scan + "/source", {}, 200},
        {"HEAD", "/v1/nothing", {}, 404},
        {"GET", "/v1/health/", {}, 404, "not_found"},
        {"GET", "/nothing", {}, 404, "not_found"},
        {"GET", "/v1/records/../health", {}, 400, "invalid"},
        {"GET", std::string("/v1/a\0b", 7), {}, 400, "invalid"},
        {"POST", "/v1/health", {}, 405, "invalid"},
        {"DELETE", "/v1/health", {}, 405, "invalid"},
        {"DELETE", scan, {{"why", "x"}}, 428, "invalid"},
        {"DELETE", scan, {{"why", "x"}}, 412, "conflict", {{"if-match", "\"7\""}}},
        {"PATCH", scan, {}, 400, "invalid"},
        {"PATCH", scan, {}, 428, "invalid", {}, R"({"fields":[]})"},
        {"PATCH",
         scan + "/pages/1",
         {},
         412,
         "conflict",
         {{"if-match", "\"7\""}},
         R"({"words":[{"first":0,"text":"x"}]})"},
        {"PUT", scan + "/hold", {}, 400, "invalid", {{"if-match", "\"1\""}}, R"({"on":"yes"})"},
        {"POST", scan + "/merge", {}, 404, "not_found", {{"if-match", "\"1\""}}, R"({"into":"nobody","why":"x"})"},
        {"GET", scan + "/history", {}, 200},
        {"GET", scan + "/history/1", {}, 200},
        {"GET", scan + "/history/2", {}, 404, "not_found"},
        {"GET", scan + "/pages/1/history", {}, 200},
        {"GET", scan + "/pages/2/history", {}, 404, "not_found"},
        {"GET", "/v1/import", {}, 405, "invalid"},
        {"GET", "/v1/batches/01890000-0000-7000-8000-000000000001", {}, 404, "not_found"},
        {"GET", "/v1/batches/دفتر-1", {}, 404, "not_found"},
        {"GET", "/v1/records", {{"number", "١٢٣/٢٠١٩"}}, 200},
        {"GET", "/v1/records", {{"number", "123"}, {"year", "2019"}, {"type", "قرار"}, {"body", "البلدية"}}, 200},
        {"GET", "/v1/records", {{"number", "()"}}, 400, "invalid"},
        {"GET", "/v1/records", {{"year", "2019"}}, 400, "invalid"},
        {"GET", "/v1/decision/مجلس البلدية/2019/123", {}, 302},
        {"GET", "/v1/decision/مجلس البلدية/2019/124", {}, 404, "not_found"},
        {"GET", "/v1/ruling/مجلس البلدية/2019/123", {}, 404, "not_found"},
        {"GET", "/v1/decision/مجلس البلدية//123", {}, 404, "not_found"},
        {"GET", text + "/citations", {}, 200},
        {"GET", nobody + "/citations", {}, 404, "not_found"},
        {"GET", text + "/cited-by", {{"limit", "1"}}, 200},
        {"GET", text + "/cited-by", {{"limit", "0"}}, 400, "invalid"},
        {"GET", text + "/status", {}, 200},
        {"GET", nobody + "/status", {}, 404, "not_found"},
        {"POST", "/v1/citations/resolve", {}, 200, "", {}, R"({"text":"القرار رقم ١٢٣ لسنة ٢٠١٩"})"},
        {"POST", "/v1/citations/resolve", {}, 200, "", {}, R"({"citation":{"number":123,"year":"2019"}})"},
        {"POST", "/v1/citations/resolve", {}, 400, "invalid"},
        {"GET", "/v1/citations/resolve", {}, 405, "invalid"},
        {"POST", "/v1/records", {{"name", "فارغ.tif"}}, 422, "invalid"},
        {"POST", "/v1/records", {{"name", "x.exe"}}, 422, "invalid", {}, "MZ this is no paper"},
        {"POST", "/v1/records", {{"language", "xx"}}, 400, "invalid", {}, "%PDF-1.4"},
        {"POST", "/v1/records", {{"batch", "01890000-0000-7000-8000-000000000001"}}, 404, "not_found", {}, "%PDF-1.4"},
        {"POST", "/v1/import", {}, 200, "", {}, "{\"external_id\":\"same\",\"pages\":[\"نص\"]}\nno json\n"},
        {"POST", "/v1/verify", {}, 200},
        {"POST", "/v1/reindex", {}, 200},
        {"POST", "/v1/read-fields", {{"limit", "1"}}, 200},
        {"POST", "/v1/read-fields", {{"limit", "0"}}, 400, "invalid"},
    };
  }
};

TEST_F(RouterTest, ThreeWaysOneAnswer) {
  const auto tcp = ListenTcp(*archive_, "127.0.0.1:0");
  const auto local = ListenLocal(*archive_);
  const auto in_process = ConnectInProcess(*archive_);
  const auto over_tcp = Asking(*tcp, "/some/base");
  const auto through_socket = ConnectLocal(dir_);
  // Once beforehand, so that an import replaces and a quarantined file is known in each of the three.
  for (const Row& row : Rows()) {
    if (row.method == "POST") Send(*in_process, row);
  }
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.method + " " + row.path +
                 (row.query.empty() ? "" : "?" + row.query.begin()->second.substr(0, 50)));
    const Response expected = Send(*in_process, row);
    EXPECT_EQ(expected.status, row.status) << expected.body;
    if (!row.code.empty()) {
      EXPECT_EQ(Json::parse(expected.body)["code"], row.code);
      EXPECT_EQ(expected.headers.at("Content-Type"), "application/problem+json");
    }
    for (Client* client : {over_tcp.get(), through_socket.get()}) {
      const Response response = Send(*client, row);
      EXPECT_EQ(response.status, expected.status);
      EXPECT_EQ(BodyWithoutTime(response), BodyWithoutTime(expected));
      for (const auto& [name, value] : expected.headers) {
        EXPECT_EQ(response.headers.count(name) == 0 ? "none" : response.headers.at(name), value) << name;
      }
    }
  }
}

TEST_F(RouterTest, SearchFindsInAnySpellingAndTellsWhere) {
  const Json json = Json::parse(Get("/v1/search", {{"q", "رخصه"}}).body);
  EXPECT_EQ(json["total"], 1);
  ASSERT_EQ(json["results"].size(), 1U);
  EXPECT_EQ(json["results"][0]["external_id"], "دفتر-1");
  EXPECT_EQ(json["results"][0]["record"], imported_id_);
  EXPECT_EQ(json["results"][0]["page_url"], "/v1/records/" + imported_id_ + "/pages/1");
  const Json scan = Json::parse(Get("/v1/search", {{"q", "المجلس رقم 123"}}).body);
  ASSERT_FALSE(scan["results"].empty());
  EXPECT_EQ(scan["results"][0]["boxes"].size(), 2U);
}

// "record/page" of all results of `json`.
std::vector<std::string> PagesOf(const Json& json) {
  std::vector<std::string> pages;
  for (const Json& result : json["results"]) {
    pages.push_back(result["record"].get<std::string>() + "/" + result["page"].dump());
  }
  return pages;
}

// The target in "<TARGET>; rel="next"".
Target TargetOf(const std::string& link) {
  EXPECT_THAT(link, testing::EndsWith(">; rel=\"next\""));
  return ParseTarget(link.substr(1, link.find('>') - 1));
}

TEST_F(RouterTest, CursorsAndLinksLeadThroughAllResults) {
  const auto tcp = ListenTcp(*archive_, "127.0.0.1:0");
  const auto local = ListenLocal(*archive_);
  const std::unique_ptr<Client> clients[] = {ConnectInProcess(*archive_), Asking(*tcp), ConnectLocal(dir_)};
  const Query query = {{"q", "المجلس OR نامه"}, {"sort", "oldest"}};
  const std::vector<std::string> all = PagesOf(Json::parse(Get("/v1/search", query).body));
  ASSERT_GE(all.size(), 3U);
  for (const auto& client : clients) {
    std::vector<std::string> seen;
    Target target{.path = "/v1/search", .query = query};
    target.query["limit"] = "1";
    while (seen.size() <= all.size()) {
      Request request{.path = target.path, .query = target.query};
      const Response response = client->Send(request);
      const Json json = Json::parse(response.body);
      for (const std::string& page : PagesOf(json)) seen.push_back(page);
      ASSERT_EQ(response.headers.count("Link"), json["next"].is_null() ? 0U : 1U);
      if (json["next"].is_null()) break;
      target = TargetOf(response.headers.at("Link"));
      EXPECT_EQ(target.query.at("cursor"), json["next"]);
    }
    EXPECT_EQ(seen, all);
  }
}

TEST_F(RouterTest, ALinkThatIsTooLongForAHeaderIsLeftOut) {
  const Response response = Get("/v1/search", {{"q", kLongQuestion}, {"limit", "1"}});
  const Json json = Json::parse(response.body);
  EXPECT_TRUE(json["next"].is_string());
  EXPECT_EQ(response.headers.count("Link"), 0U);
}

TEST_F(RouterTest, ARelatedRecordIsNeverItself) {
  const Json json = Json::parse(Get("/v1/records/" + imported_id_ + "/related").body);
  EXPECT_EQ(json["record"], imported_id_);
  for (const Json& result : json["results"]) {
    EXPECT_NE(result["record"], imported_id_);
    EXPECT_FALSE(result["snippet"].empty());
    EXPECT_EQ(result["snippet"][0]["marked"], false);
  }
}

TEST_F(RouterTest, AnExternalIdAsksForTheSameAsAnId) {
  for (const char* what : {"", "/pages/1", "/pages/2", "/related"}) {
    EXPECT_EQ(BodyWithoutTime(Get(std::string("/v1/records/دفتر-1") + what)),
              BodyWithoutTime(Get("/v1/records/" + imported_id_ + what)))
        << what;
  }
}

TEST_F(RouterTest, RecordsAreListedPageByPage) {
  std::vector<std::string> seen;
  std::string next;
  do {
    Query query{{"limit", "2"}};
    if (!next.empty()) query["cursor"] = next;
    const Response response = Get("/v1/records", query);
    const Json json = Json::parse(response.body);
    for (const Json& record : json["records"]) seen.push_back(record["id"]);
    next = json["next"].is_null() ? "" : json["next"].get<std::string>();
    EXPECT_EQ(response.headers.count("Link"), next.empty() ? 0U : 1U);
    if (!next.empty()) {
      EXPECT_EQ(response.headers.at("Link"), "</v1/records?cursor=" + next + "&limit=2>; rel=\"next\"");
    }
  } while (!next.empty());
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_THAT(seen, testing::IsSupersetOf({imported_id_, scan_id_}));
}

TEST_F(RouterTest, WrongMethodsAreToldTheRightOnes) {
  Request request{.method = "PUT", .path = "/v1/records"};
  EXPECT_EQ(Handle(*archive_, request).headers.at("Allow"), "GET, HEAD, POST");
}

TEST_F(RouterTest, ImageAndSourceAreNotSentTwice) {
  for (const char* what : {"/pages/1/image", "/source"}) {
    const std::string path = "/v1/records/" + scan_id_ + what;
    Request request{.path = path};
    const Response first = Handle(*archive_, request);
    EXPECT_EQ(first.status, 200);
    request.headers["if-none-match"] = "\"other\", " + first.headers.at("ETag");
    const Response again = Handle(*archive_, request);
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
    EXPECT_FALSE(again.stream);
    request.headers["if-none-match"] = "\"other\"";
    EXPECT_EQ(Handle(*archive_, request).status, 200);
  }
}

TEST_F(RouterTest, FilesOfABatchAreAccountedFor) {
  const auto client = ConnectInProcess(*archive_);
  const Response opened = Send(*client, {"POST", "/v1/batches", {{"label", "عربة ١"}}, 201});
  EXPECT_EQ(opened.status, 201);
  const std::string id = Json::parse(opened.body)["id"];
  EXPECT_EQ(opened.headers.at("Location"), "/v1/batches/" + id);
  const std::string pdf = "%PDF-1.4\n1 0 obj\n";
  const Row upload{"POST", "/v1/records", {{"batch", id}, {"name", "ملف/قرار.pdf"}}, 202, "", {}, pdf};
  const Response first = Send(*client, upload);
  EXPECT_EQ(first.status, 202);
  const Json entry = Json::parse(first.body);
  EXPECT_EQ(entry["file_name"], "ملف/قرار.pdf");
  EXPECT_EQ(entry["digest"], Sha256Hex(pdf));
  EXPECT_EQ(entry["outcome"], "waiting");
  const Response second = Send(*client, upload);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(Json::parse(second.body)["outcome"], "duplicate");
  const Response empty = Send(*client, {"POST", "/v1/records", {{"batch", id}}, 422});
  EXPECT_EQ(empty.status, 422);
  EXPECT_EQ(Json::parse(empty.body)["entry"]["outcome"], "quarantined");
  const Json account = Json::parse(Get("/v1/batches/" + id).body);
  EXPECT_EQ(account["received"], 3);
  EXPECT_EQ(account["quarantined"], 1);
  EXPECT_EQ(account["entries"].size(), 3U);
  EXPECT_FALSE(Json::parse(Get("/v1/batches/" + id, {{"entries", "no"}}).body).contains("entries"));
}

TEST_F(RouterTest, ABodyThatBreaksOffIsNotAFile) {
  std::istringstream body("%PDF-1.4\n");
  Request request{.method = "POST", .path = "/v1/records", .body = &body, .body_size = 100};
  EXPECT_EQ(ConnectInProcess(*archive_)->Send(request).status, 400);
  EXPECT_EQ(Json::parse(Get("/v1/stats").body)["files_waiting"], 0);
}

TEST_F(RouterTest, ARouteAnswersThoseWhoMay) {
  const auto status_of = [this](const std::string& method, const std::string& path, unsigned rights) {
    Request request{.method = method, .path = path, .caller = {.rights = rights}};
    return ConnectInProcess(*archive_)->Send(request).status;
  };
  constexpr unsigned kReader = 1U << static_cast<unsigned>(Right::kRead);
  EXPECT_EQ(status_of("GET", "/v1/health", 0), 200);
  EXPECT_EQ(status_of("GET", "/v1/stats", 0), 403);
  EXPECT_EQ(status_of("GET", "/v1/stats", kReader), 200);
  EXPECT_EQ(status_of("POST", "/v1/batches", kReader), 403);
  EXPECT_EQ(status_of("DELETE", "/v1/records/" + imported_id_, kReader), 403);
  EXPECT_EQ(status_of("POST", "/v1/verify", kReader), 403);
}

std::string Docs() {
  std::ifstream file(DIWAN_API_DOCS);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Docs, TellEachValueOfAFlag) {
  for (const char* value : {"yes", "no", "true", "false", "1", "0"}) {
    EXPECT_THAT(Docs(), testing::HasSubstr(fmt::format("`{}`", value)));
  }
}

// The whole table, as /docs and /openapi.json tell it. With DIWAN_ROUTE_ROWS=FILE the rows that should be there are
// written to that file.
TEST(Docs, TellEachRouteAsItIs) {
  if (const char* file = std::getenv("DIWAN_ROUTE_ROWS")) std::ofstream(file) << RouteRows();
  const std::string docs = Docs();
  const std::string head = "| route | right | what | answers; problems |\n| --- | --- | --- | --- |\n";
  const size_t begin = docs.find(head);
  ASSERT_NE(begin, std::string::npos);
  const size_t rows = begin + head.size();
  EXPECT_EQ(docs.substr(rows, docs.find("\n\n", rows) + 1 - rows), RouteRows());
}

TEST_F(RouterTest, APdfTellsItsSizeBeforeItIsSent) {
  const std::string scan = "/v1/records/" + scan_id_;
  const Response whole = Get(scan, {{"format", "pdf"}});
  EXPECT_EQ(whole.headers.at("Content-Type"), "application/pdf");
  EXPECT_EQ(whole.headers.at("Content-Disposition").rfind("attachment; ", 0), 0U);
  EXPECT_TRUE(whole.body.starts_with("%PDF-1.7\n"));
  EXPECT_TRUE(whole.body.ends_with("%%EOF\n"));
  EXPECT_EQ(Get(scan, {{"format", "pdf"}}).body, whole.body);
  EXPECT_EQ(Get(scan + "/pages/1", {{"format", "pdf"}}).body, whole.body);  // its only page

  Request head{.method = "HEAD", .path = scan, .query = {{"format", "pdf"}}};
  EXPECT_EQ(ConnectInProcess(*archive_)->Send(head).headers.at("Content-Length"), std::to_string(whole.body.size()));
  Request known{.method = "GET", .path = scan, .query = {{"format", "pdf"}}};
  known.headers["if-none-match"] = whole.headers.at("ETag");
  EXPECT_EQ(ConnectInProcess(*archive_)->Send(known).status, 304);

  Page page = archive_->store().GetPage(scan_id_, 1).value();
  page.words.front().text = "مصوبه";
  ChangeSet changes;
  changes.pages = {{.page = page, .image = SampleImage()}};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "page.put", .subject = scan_id_, .detail = ""}};
  archive_->Commit(changes);
  EXPECT_EQ(ConnectInProcess(*archive_)->Send(known).status, 200) << "a page of it has changed";
}

TEST_F(RouterTest, AVeryLongRecordIsNoPdf) {
  Record record = archive_->store().GetRecord(scan_id_).value();
  record.page_count = 1001;
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {{.at = NowMillis(), .actor = "test", .action = "record.put", .subject = scan_id_, .detail = ""}};
  archive_->Commit(changes);
  EXPECT_EQ(Get("/v1/records/" + scan_id_, {{"format", "pdf"}}).status, 413);
}

}  // namespace
}  // namespace diwan
