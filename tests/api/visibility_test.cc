// A record that somebody may not see is, for that reader, one that was never stored. The matrix is made from the route
// table: a route that has no place in it fails the test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <regex>
#include <sstream>

#include "api/router.h"
#include "api/routes.h"
#include "archive/import.h"
#include "core/id.h"
#include "tests/api/api_fixture.h"

namespace diwan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kCourt = "محكمة الاستئناف";
constexpr const char* kNeverStored = "0197c0de-0000-7000-8000-000000000000";

// Papers that cite, amend and repeal each other across levels, share numbers, words and titles, and leave gaps in each
// other's series.
constexpr const char* kLines =
    R"({"external_id":"open-1","type":"decision","number":"1/2019","date":"2019-01-10","body":"مجلس البلدة","language":"ara",)"
    R"("title":"تنظيم السوق","access":"public","pages":["قرر المجلس تنظيم السوق والمستودعات","ملحق بالقرار"]})"
    "\n"
    R"({"external_id":"open-2","type":"decision","number":"2/2019","date":"2019-02-10","body":"مجلس البلدة","language":"ara",)"
    R"("title":"رسوم السوق","access":"public","pages":["رسوم السوق بناء على القرار رقم 1/2019"]})"
    "\n"
    R"({"external_id":"inside-3","type":"decision","number":"3/2019","date":"2019-03-10","body":"مجلس البلدة","language":"ara",)"
    R"("title":"تعيين حارس","pages":["تعيين حارس للمستودعات","تعدل المادة 2 من القرار رقم 2/2019"]})"
    "\n"
    R"({"external_id":"secret-4","type":"decision","number":"4/2019","date":"2019-04-10","body":"محكمة الاستئناف","language":"ara",)"
    R"("title":"تحقيق سري في السوق","access":"confidential","pages":["تحقيق سري مع الموظف","يلغى القرار رقم 1/2019"]})"
    "\n"
    R"({"external_id":"secret-5","type":"decision","number":"7/2019","date":"2019-05-10","body":"ديوان المحاسبة","language":"ara",)"
    R"("title":"تدقيق سري","access":"confidential","pages":["تدقيق سري في رسوم السوق بناء على القرار رقم 3/2019",""]})"
    "\n"
    R"({"external_id":"open-6","type":"decision","number":"5/2019","date":"2019-06-10","body":"مجلس البلدة","language":"ara",)"
    R"("title":"إشارة","access":"public","pages":["بناء على القرار رقم 4/2019 والقرار رقم 7/2019 والقرار رقم 3/2019"]})"
    "\n";

struct Reader {
  std::string name;
  Viewer viewer;
};

const std::vector<Reader>& Readers() {
  static const std::vector<Reader> readers = {
      {"public", {.level = AccessLevel::kPublic, .bodies = {}}},
      {"internal", {.level = AccessLevel::kInternal, .bodies = {}}},
      {"court", {.level = AccessLevel::kInternal, .bodies = {FoldedBody(kCourt)}}},
      {"all", {}},
  };
  return readers;
}

// What a route is to the matrix. `about` routes take a record's name; the answers about one that is not seen and one
// that never was must be the same. `lists` are asked of two archives, of which one never had what is not seen.
struct Place {
  std::vector<std::string> about;  // queries, as "a=b&c=d"; the empty one is the plain request
  std::vector<std::string> lists;
  std::string body;           // of the request; NAME stands for the record's name
  bool needs_all = false;     // answers 403 to who does not see everything
  bool changes_much = false;  // asked in tests of its own
};

const std::map<std::string, Place>& Places() {
  static const std::map<std::string, Place> places = {
      {"GET /openapi.json", {.lists = {""}}},
      {"GET /opensearch.xml", {.lists = {""}}},
      {"GET /docs", {.lists = {""}}},
      {"GET /problems/{code}", {.lists = {""}}},
      {"GET /v1/health", {.lists = {""}}},
      {"GET /v1/ready", {.lists = {""}}},
      {"GET /metrics", {.needs_all = true}},
      {"GET /v1/stats", {.lists = {""}}},
      {"GET /v1/search",
       {.lists = {"q=السوق&facets=yes&explain=yes", "q=سري", "q=تحقيق", "q=القرار&sort=newest&limit=1", "q=سرى",
                  "q=body:\"محكمة الاستئناف\"&facets=yes", "q=number:4/2019", "q=4/2019&explain=yes", "q=-رسوم",
                  "q=سري OR رسوم", "q=المستودعاب", "q=تدفيق", "q=date:2019&facets=yes", "q=exact:سري"}}},
      {"GET /v1/suggest", {.lists = {"q=تح", "q=سر", "q=4", "q=7", "q=تد", "q=ال", "q=تحقيق سري"}}},
      {"GET /v1/records",
       {.lists = {"", "limit=1", "limit=2&deleted=yes", "number=4/2019", "number=7&year=2019", "number=1"}}},
      {"POST /v1/records", {.changes_much = true}},
      {"GET /v1/records/{id}", {.about = {"", "deleted=yes"}}},
      {"PATCH /v1/records/{id}", {.about = {""}, .body = R"({"fields":[{"do":"confirm","name":"number"}]})"}},
      {"DELETE /v1/records/{id}", {.about = {"why=x"}}},
      {"POST /v1/records/{id}/restore", {.about = {""}, .body = R"({"why":"x"})"}},
      {"PUT /v1/records/{id}/hold", {.about = {""}, .body = R"({"why":"x","on":true})"}},
      {"POST /v1/records/{id}/merge", {.about = {""}, .body = R"({"why":"x","into":"open-1"})"}},
      {"POST /v1/records/{id}/split", {.about = {""}, .body = R"({"why":"x","from":2})"}},
      {"POST /v1/records/{id}/read", {.about = {""}, .body = R"({"why":"x"})"}},
      {"POST /v1/records/{id}/take-back", {.about = {""}, .body = R"({"why":"x"})"}},
      {"POST /v1/records/{id}/relations", {.about = {""}, .body = R"({"relation":"amends","to":"open-1"})"}},
      {"PATCH /v1/records/{id}/relations/{n}", {.about = {""}, .body = R"({"state":"confirmed"})"}},
      {"DELETE /v1/records/{id}/relations/{n}", {.about = {"why=x"}}},
      {"GET /v1/records/{id}/history", {.about = {""}}},
      {"GET /v1/records/{id}/history/{version}", {.about = {""}}},
      {"GET /v1/records/{id}/related", {.about = {""}}},
      {"GET /v1/records/{id}/matches", {.about = {"q=سري"}}},
      {"GET /v1/records/{id}/citations", {.about = {""}}},
      {"GET /v1/records/{id}/cited-by", {.about = {""}}},
      {"GET /v1/records/{id}/status", {.about = {""}}},
      {"GET /v1/records/{id}/pages/{n}", {.about = {"", "format=text", "format=alto", "format=pdf"}}},
      {"PATCH /v1/records/{id}/pages/{n}", {.about = {""}, .body = R"({"words":[{"first":0,"text":"x"}]})"}},
      {"POST /v1/records/{id}/pages/{n}/take-back", {.about = {""}, .body = R"({"why":"x"})"}},
      {"GET /v1/records/{id}/pages/{n}/history", {.about = {""}}},
      {"GET /v1/records/{id}/pages/{n}/history/{version}", {.about = {""}}},
      {"GET /v1/records/{id}/pages/{n}/image", {.about = {"", "region=0,0,9,9"}}},
      {"GET /v1/records/{id}/source", {.about = {""}}},
      {"POST /v1/citations/resolve",
       {.lists = {""}, .body = R"({"text":"القرار رقم 4/2019 والقرار رقم 7/2019 والقرار رقم 1/2019"})"}},
      {"GET /v1/decision/{body}/{year}/{number}", {.lists = {""}}},
      {"GET /v1/ruling/{body}/{year}/{number}", {.lists = {""}}},
      {"GET /v1/queue", {.lists = {"", "kind=fields", "kind=fields&limit=1", "kind=words"}}},
      {"GET /v1/batches", {.changes_much = true}},
      {"POST /v1/batches", {.changes_much = true}},
      {"GET /v1/batches/{id}", {.about = {""}}},
      {"GET /v1/batches/{id}/events", {.about = {""}}},
      {"OPTIONS /v1/uploads", {.lists = {""}}},
      {"POST /v1/uploads", {.lists = {""}}},
      {"GET /v1/uploads/{id}", {.about = {""}}},
      {"PATCH /v1/uploads/{id}", {.changes_much = true}},
      {"DELETE /v1/uploads/{id}", {.changes_much = true}},
      {"GET /v1/jobs", {.lists = {""}}},
      {"GET /v1/jobs/{id}", {.about = {""}}},
      {"GET /v1/jobs/{id}/events", {.about = {""}}},
      {"POST /v1/import", {.changes_much = true}},
      {"GET /v1/export", {.lists = {"", "q=سري", "limit=1", "proposed=yes"}}},
      {"GET /v1/reports/gaps", {.lists = {"", "year=2019"}}},
      {"POST /v1/verify", {.needs_all = true}},
      {"POST /v1/reindex", {.lists = {""}}},
      {"POST /v1/read-fields", {.lists = {""}}},
      {"GET /v1/session", {.lists = {""}}},
      {"POST /v1/session", {.lists = {""}}},
      {"DELETE /v1/session", {.lists = {""}}},
      {"PUT /v1/session/password", {.lists = {""}}},
      {"GET /v1/accounts", {.lists = {""}}},
      {"POST /v1/accounts", {.lists = {""}}},
      {"GET /v1/accounts/{id}", {.about = {""}}},
      {"PATCH /v1/accounts/{id}", {.about = {""}}},
      {"PUT /v1/accounts/{id}/password", {.about = {""}}},
      {"GET /v1/tokens", {.lists = {""}}},
      {"POST /v1/tokens", {.lists = {""}}},
      {"DELETE /v1/tokens/{id}", {.about = {""}}},
      {"GET /v1/audit", {.needs_all = true}},
      {"GET /v1/audit/export", {.needs_all = true}},
      {"POST /v1/audit/verify", {.needs_all = true}},
  };
  return places;
}

std::string Replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

// All of an answer but how long it took, with the name that was asked for made one.
std::string Whole(const Response& response, const std::string& name) {
  std::string out = std::to_string(response.status) + "\n";
  for (const auto& [key, value] : response.headers) out += key + ": " + value + "\n";
  std::string body = response.body;
  if (response.stream) {
    response.stream([&](std::string_view piece) {
      body += piece;
      return true;
    });
  }
  out += std::regex_replace(body, std::regex(R"("took_ms":[0-9.e-]+)"), R"("took_ms":0)");
  return name.empty() ? out : Replaced(out, name, "NAME");
}

std::map<std::string, std::string> QueryOf(const std::string& text) {
  std::map<std::string, std::string> query;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, '&');)
    query[part.substr(0, part.find('='))] = part.substr(part.find('=') + 1);
  return query;
}

Response Ask(Archive& archive, const Reader& reader, const std::string& route, const std::string& query,
             const std::string& name, const std::string& body) {
  Request request;
  request.method = route.substr(0, route.find(' '));
  request.path = route.substr(route.find(' ') + 1);
  for (const auto& [part, value] : std::map<std::string, std::string>{{"{id}", name},
                                                                      {"{n}", "1"},
                                                                      {"{version}", "1"},
                                                                      {"{body}", kCourt},
                                                                      {"{year}", "2019"},
                                                                      {"{number}", "4"}}) {
    request.path = Replaced(request.path, part, value);
  }
  request.query = QueryOf(query);
  request.headers["if-match"] = "\"1\"";
  std::istringstream in(body);
  request.body = &in;
  request.body_size = body.size();
  request.caller.actor = "test";
  request.caller.viewer = reader.viewer;
  return Handle(archive, request);
}

class VisibilityTest : public ApiTest {
 protected:
  VisibilityTest() {
    std::istringstream lines(kLines);
    EXPECT_EQ(Import(*archive_, lines, "test").failed, 0U);
    HideScan();
  }

  ~VisibilityTest() override {
    for (const auto& folder : folders_) std::filesystem::remove_all(folder);
  }

  // The fixture's scan becomes confidential, of no body, in a batch of its own.
  void HideScan() {
    Record scan = *archive_->store().GetRecord(scan_id_);
    scan.access = AccessLevel::kConfidential;
    scan.external_id = "secret-scan";
    batch_ = NewId();
    archive_->WaitIndexed(archive_->Commit(
        {.records = {scan},
         .batches = {{.id = batch_, .label = "box", .opened_at = 1}},
         .entries =
             {{.batch_id = batch_, .number = 1, .file_name = "a.pdf", .digest = scan.source, .record_id = scan.id}},
         .audit = {{.at = 1, .actor = "test", .action = "field.set", .subject = scan.id}}}));
  }

  // An archive that never had what the reader does not see.
  std::unique_ptr<Archive> Without(const Reader& reader) {
    folders_.push_back(std::filesystem::temp_directory_path() / ("diwan visible " + NewId()));
    auto own = std::make_unique<Archive>(folders_.back(), ArchiveOptions{.create = true});
    Archive seen = archive_->SeenBy(reader.viewer);
    const Store& store = seen.store();
    uint64_t last = 0;
    for (const Record& record : store.ListRecords("", 1000, RecordsListed::kAll)) {
      ChangeSet changes{.records = {record},
                        .audit = {{.at = 1, .actor = "test", .action = "x", .subject = record.id}}};
      for (const int number : store.PageNumbers(record.id)) {
        changes.pages.push_back(
            {.page = *store.GetPage(record.id, number), .image = store.GetImage(record.id, number).value_or("")});
      }
      if (const auto citations = store.GetCitations(record.id)) changes.citations.push_back(*citations);
      if (!record.source.empty()) CopySource(store, *own, record.source, changes);
      last = own->Commit(changes);
    }
    own->WaitIndexed(last);
    return own;
  }

  static void CopySource(const Store& from, Archive& to, const std::string& digest, ChangeSet& changes) {
    const auto writer = to.store().NewSource();
    from.ReadSource(digest, [&](std::string_view piece) {
      writer->Append(piece);
      return true;
    });
    EXPECT_EQ(writer->Finish(), digest);
    changes.sources.push_back(*from.GetSource(digest));
  }

  std::string IdOf(const std::string& external_id) { return *archive_->store().RecordIdOfExternal(external_id); }

  std::vector<std::filesystem::path> folders_;
  std::string batch_;
};

// The paper that ends or changes another.
std::string DecidedBy(const std::string& external_id) {
  if (external_id == "open-1") return "secret-4";
  return external_id == "open-2" ? "inside-3" : "";
}

TEST_F(VisibilityTest, EachRouteHasItsPlace) {
  for (const Route& each : Routes()) {
    const std::string route = std::string(each.method) + " " + std::string(each.pattern);
    EXPECT_TRUE(Places().contains(route)) << route << " has no place in the matrix of this test";
  }
  EXPECT_EQ(Routes().size(), Places().size());
}

TEST_F(VisibilityTest, WhatIsNotSeenAnswersAsWhatNeverWas) {
  const std::string never = "never-stored";
  for (const Reader& reader : Readers()) {
    const Store seen = archive_->store().SeenBy(reader.viewer);
    for (const std::string external : {"secret-4", "secret-5", "secret-scan", "inside-3"}) {
      const std::string id = IdOf(external);
      if (seen.SeesRecord(id)) continue;
      for (const auto& [route, place] : Places()) {
        if (route.ends_with("batches/{id}")) continue;
        for (const std::string& query : place.about) {
          const auto ask = [&](const std::string& name) {
            return Whole(Ask(*archive_, reader, route, query, name, place.body), name);
          };
          EXPECT_EQ(ask(id), ask(kNeverStored)) << reader.name << " " << route << "?" << query;
          EXPECT_EQ(ask(external), ask(never)) << reader.name << " " << route << "?" << query;
          EXPECT_THAT(ask(id), testing::StartsWith("404")) << reader.name << " " << route;
        }
      }
    }
  }
}

TEST_F(VisibilityTest, ListsAreThoseOfAnArchiveThatNeverHadIt) {
  for (const Reader& reader : Readers()) {
    const std::unique_ptr<Archive> own = Without(reader);
    for (const auto& [route, place] : Places()) {
      for (const std::string& query : place.lists) {
        const std::string whole = Whole(Ask(*archive_, reader, route, query, "", place.body), "");
        const std::string alone = Whole(Ask(*own, reader, route, query, "", place.body), "");
        EXPECT_LT(std::stoi(whole), 500) << route;
        if (reader.name == "all") continue;  // nothing is left out of the other
        EXPECT_EQ(whole, alone) << reader.name << " " << route << "?" << query;
      }
      if (!place.needs_all) continue;
      EXPECT_EQ(Ask(*archive_, reader, route, "", "", "").status, reader.name == "all" ? 200 : 403) << route;
    }
  }
}

// Also about records that are seen and hang together with others that are not.
TEST_F(VisibilityTest, WhatIsSeenDoesNotTellOfTheRest) {
  for (const Reader& reader : Readers()) {
    const std::unique_ptr<Archive> own = Without(reader);
    for (const Record& record : own->store().ListRecords("", 1000)) {
      for (const auto& [route, place] : Places()) {
        if (!route.starts_with("GET") || route.ends_with("batches/{id}")) continue;
        // Who sees the other paper is told that it ends or changes this one; to the others nothing is known.
        const std::string by = route.ends_with("/status") ? DecidedBy(record.external_id) : "";
        for (const std::string& query : place.about) {
          const std::string whole = Whole(Ask(*archive_, reader, route, query, record.id, ""), record.id);
          const std::string alone = Whole(Ask(*own, reader, route, query, record.id, ""), record.id);
          if (!by.empty() && !archive_->store().SeenBy(reader.viewer).SeesRecord(IdOf(by))) {
            EXPECT_THAT(whole, HasSubstr("\"not_known\"")) << reader.name;
            EXPECT_THAT(whole, Not(HasSubstr(by.back() + std::string("/2019")))) << reader.name;
            EXPECT_THAT(whole, Not(HasSubstr(IdOf(by)))) << reader.name;
            continue;
          }
          if (record.id == scan_id_ || route.ends_with("/history")) continue;  // the copy has no history
          EXPECT_EQ(whole, alone) << reader.name << " " << route << " of " << record.external_id << "?" << query;
        }
      }
    }
  }
}

// Nobody but who made them, and who may see all of it, has sight of a delivery and its jobs.
TEST_F(VisibilityTest, DeliveriesAreTheirOwners) {
  const auto ask = [&](const Reader& reader, const std::string& route, const std::string& name) {
    return Ask(*archive_, reader, route, "", name, "");
  };
  for (const Reader& reader : Readers()) {
    const bool all = reader.name == "all";
    EXPECT_EQ(ask(reader, "GET /v1/batches/{id}", batch_).status, all ? 200 : 404) << reader.name;
    EXPECT_EQ(ask(reader, "GET /v1/jobs/{id}", batch_ + "-1").status, all ? 200 : 404) << reader.name;
    EXPECT_EQ(ask(reader, "GET /v1/batches", "").body.find("\"box\"") != std::string::npos, all) << reader.name;
    EXPECT_EQ(ask(reader, "GET /v1/jobs", "").body.find("a.pdf") != std::string::npos, all) << reader.name;
  }
}

TEST_F(VisibilityTest, MergingWithAndRelatingToWhatIsNotSeenFindsNothing) {
  const Reader& internal = Readers()[1];
  const auto ask = [&](const std::string& route, const std::string& body, const std::string& other) {
    return Whole(Ask(*archive_, internal, route, "", "open-1", Replaced(body, "OTHER", other)), other);
  };
  const std::string merge = R"({"why":"x","into":"OTHER"})";
  const std::string relate = R"({"relation":"amends","to":"OTHER"})";
  EXPECT_EQ(ask("POST /v1/records/{id}/merge", merge, "secret-4"), ask("POST /v1/records/{id}/merge", merge, "none"));
  EXPECT_EQ(ask("POST /v1/records/{id}/relations", relate, IdOf("secret-4")),
            ask("POST /v1/records/{id}/relations", relate, kNeverStored));
  EXPECT_THAT(ask("POST /v1/records/{id}/relations", relate, "secret-4"), testing::StartsWith("404"));
}

// A relation to, and a change with, what is not seen is not told by the record that is.
TEST_F(VisibilityTest, RelationsOfPersonsAndHistoryKeepTheSecret) {
  const Reader& all = Readers()[3];
  const Reader& internal = Readers()[1];
  const std::string secret = IdOf("secret-4");
  const Response made = Ask(*archive_, all, "POST /v1/records/{id}/relations", "", "open-2",
                            R"({"relation":"implements","to":"secret-4"})");
  ASSERT_EQ(made.status, 201) << made.body;
  for (const char* route : {"GET /v1/records/{id}", "GET /v1/records/{id}/citations", "GET /v1/records/{id}/history",
                            "GET /v1/records/{id}/history/{version}", "GET /v1/records/{id}/status"}) {
    const std::string seen = Whole(Ask(*archive_, internal, route, "", "open-2", ""), "");
    EXPECT_THAT(seen, Not(HasSubstr(secret))) << route;
    EXPECT_THAT(seen, Not(HasSubstr("4/2019"))) << route;
  }
  EXPECT_THAT(Ask(*archive_, all, "GET /v1/records/{id}/citations", "", "open-2", "").body, HasSubstr(secret));
  EXPECT_THAT(Ask(*archive_, all, "GET /v1/records/{id}/history", "", "open-2", "").body, HasSubstr(secret));
}

// The level is in force from the change on, whatever the index has.
TEST_F(VisibilityTest, ALevelIsInForceAtOnce) {
  const Reader& all = Readers()[3];
  const Reader& reader = Readers()[0];
  const auto total = [&] {
    const std::string body = Ask(*archive_, reader, "GET /v1/search", "q=الرسوم", "", "").body;
    return body.substr(body.find("\"total\":"), 10);
  };
  const std::string before = total();
  std::string version = "\"1\"";
  for (const char* level : {"confidential", "public", "internal", "public", "confidential"}) {
    Request request;
    request.method = "PATCH";
    request.path = "/v1/records/open-2";
    request.headers["if-match"] = version;
    std::istringstream in(R"({"why":"x","fields":[{"do":"set","name":"access","value":")" + std::string(level) +
                          "\"}]}");
    request.body = &in;
    request.body_size = in.str().size();
    request.caller.viewer = all.viewer;
    const Response changed = Handle(*archive_, request);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_THAT(changed.body, HasSubstr("\"access\":\"" + std::string(level) + "\""));
    version = changed.headers.at("ETag");
    const bool seen = std::string(level) == "public";
    EXPECT_EQ(Ask(*archive_, reader, "GET /v1/records/{id}", "", "open-2", "").status, seen ? 200 : 404);
    if (seen) archive_->WaitIndexed(archive_->store().LastSequence());
    EXPECT_EQ(total() == before, seen) << level;
  }
  EXPECT_THAT(Ask(*archive_, all, "GET /v1/records/{id}/history", "", "open-2", "").body, HasSubstr("access"));
}

// Bytes that are here already, and a name that is taken, by what is not seen.
TEST_F(VisibilityTest, DeliveriesDoNotTell) {
  const Reader& internal = Readers()[1];
  const Response entry = Ask(*archive_, internal, "POST /v1/records", "name=a.pdf", "", "%PDF-1.4 " + source_bytes_);
  EXPECT_EQ(entry.status, 202) << entry.body;
  const auto line = [&](const std::string& name) {
    return Ask(*archive_, internal, "POST /v1/import", "", "", R"({"external_id":")" + name + R"(","pages":["نص"]})")
        .body;
  };
  EXPECT_THAT(line("new-name"), HasSubstr("\"imported\":1"));
  const std::string refused = line("secret-4");
  EXPECT_THAT(refused, HasSubstr("can't be given"));
  EXPECT_THAT(refused, Not(HasSubstr(IdOf("secret-4"))));
  EXPECT_EQ(archive_->store().GetPage(IdOf("secret-4"), 1)->text, "تحقيق سري مع الموظف");
}

}  // namespace
}  // namespace diwan
