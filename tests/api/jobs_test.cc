// What becomes of files that were brought in: asked for, listed, and told as it happens.
#include "archive/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "api/listeners.h"
#include "api_fixture.h"
#include "archive/ingest.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

class JobsTest : public ApiTest {
 protected:
  JobsTest() : server_(ListenTcp(*archive_, "127.0.0.1:0")), token_(MakeToken(Role::kArchivist)) {}

  Response Ask(const std::string& path, const std::map<std::string, std::string>& query = {},
               const std::string& token = "", const std::map<std::string, std::string>& headers = {}) {
    Request request{.path = path, .query = query, .headers = headers};
    return ConnectHttp("http://" + server_->address(), token.empty() ? token_ : token)->Send(request);
  }
  Json Bring(const std::string& bytes, const std::map<std::string, std::string>& query = {}) {
    std::istringstream body("%PDF-1.4 " + bytes);
    Request request{.method = "POST", .path = "/v1/records", .query = query, .body = &body};
    request.body_size = body.str().size();
    return Json::parse(ConnectHttp("http://" + server_->address(), token_)->Send(request).body);
  }
  std::string NewBatch(const std::string& label) {
    Request request{.method = "POST", .path = "/v1/batches", .query = {{"label", label}}};
    return Json::parse(ConnectHttp("http://" + server_->address(), token_)->Send(request).body)["id"];
  }
  // As the workers would.
  void StorePage(const Json& entry, int number, int of, AccessLevel access = AccessLevel::kInternal) {
    Record record{.id = entry["record"], .page_count = of};
    record.access = access;
    Page page = SamplePage();
    page.record_id = record.id;
    page.number = number;
    ChangeSet changes;
    changes.records = {record};
    changes.pages = {{.page = page, .image = "x"}};
    changes.audit = {{.at = 1, .actor = "worker", .action = "page.read", .subject = record.id}};
    archive_->Commit(changes);
  }
  void Settle(const Json& entry, Outcome outcome, int pages) {
    BatchEntry settled = *archive_->store().GetEntry(entry["batch"].get<std::string>(), entry["number"]);
    settled.outcome = outcome;
    settled.pages = pages;
    settled.reason = outcome == Outcome::kQuarantined ? "has no pages" : "";
    ChangeSet changes;
    changes.entries = {settled};
    changes.finished_jobs = {settled.record_id};
    archive_->Commit(changes);
  }
  struct Listening : RawConnection {
    Listening(const JobsTest& test, const std::string& path) : RawConnection(PortOf(*test.server_)) {
      Send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + test.token_ + "\r\n\r\n");
    }
    // All that came until `wanted` is in it.
    std::string Until(const std::string& wanted) {
      while (all.find(wanted) == std::string::npos) {
        const std::string some = ReceiveSome();
        if (some.empty()) break;
        all += some;
      }
      return all;
    }
    std::string all;
  };

  std::unique_ptr<Server> server_;
  std::string token_;
};

TEST_F(JobsTest, TellWhatBecomesOfAFile) {
  const Json entry = Bring("a", {{"name", "a.pdf"}});
  const std::string url = "/v1/jobs/" + entry["job"].get<std::string>();
  Json job = Json::parse(Ask(url).body);
  EXPECT_EQ(job["state"], "waiting");
  EXPECT_EQ(job["pages_total"], nullptr);
  EXPECT_EQ(job["entry"], entry);
  EXPECT_EQ(job["events_url"], url + "/events");
  StorePage(entry, 1, 3);
  job = Json::parse(Ask(url).body);
  EXPECT_EQ(job["state"], "reading");
  EXPECT_EQ(job["pages_done"], 1);
  EXPECT_EQ(job["pages_total"], 3);
  // A second sheet with the same bytes waits for the first.
  const Json again = Bring("a");
  EXPECT_EQ(again["outcome"], "duplicate");
  EXPECT_EQ(Json::parse(Ask("/v1/jobs/" + again["job"].get<std::string>()).body)["state"], "reading");
  Settle(entry, Outcome::kStored, 3);
  job = Json::parse(Ask(url).body);
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["entry"]["outcome"], "stored");
  EXPECT_EQ(Json::parse(Ask("/v1/jobs/" + again["job"].get<std::string>()).body)["state"], "done");
  const Json bad = Bring("b");
  Settle(bad, Outcome::kQuarantined, 0);
  job = Json::parse(Ask("/v1/jobs/" + bad["job"].get<std::string>()).body);
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["entry"]["reason"], "has no pages");
}

TEST_F(JobsTest, AreTheirOwners) {
  const Json entry = Bring("mine", {{"batch", NewBatch("أسرار")}});
  const std::string batch = entry["batch"];
  const std::string other = MakeToken(Role::kArchivist);
  const std::string chief = MakeToken(Role::kEditor);
  for (const std::string& path : {"/v1/jobs/" + entry["job"].get<std::string>(), "/v1/batches/" + batch}) {
    for (const char* end : {"", "/events"}) {
      EXPECT_EQ(Ask(path + end, {}, other).status, 404) << path << end;
      if (*end == '\0') EXPECT_EQ(Ask(path + end, {}, chief).status, 200) << path << end;
    }
  }
  for (const char* list : {"/v1/jobs", "/v1/batches"}) {
    EXPECT_THAT(Ask(list, {}, other).body, Not(HasSubstr(batch)));
    EXPECT_THAT(Ask(list, {}, chief).body, HasSubstr(batch));
    EXPECT_THAT(Ask(list).body, HasSubstr(batch));
  }
  std::istringstream body("%PDF-1.4 theirs");
  Request request{.method = "POST", .path = "/v1/records", .query = {{"batch", batch}}, .body = &body, .body_size = 15};
  EXPECT_EQ(ConnectHttp("http://" + server_->address(), other)->Send(request).status, 404);
  for (const char* id : {"x", "-1", "0197c0de-0000-7000-8000-000000000000-1", "0197c0de-0000-7000-8000-000000000000"}) {
    EXPECT_EQ(Ask(std::string("/v1/jobs/") + id).status, 404) << id;
  }
  for (const char* end : {"-0", "-01", "-2", "-1x", "-", "--1", "-99999999999"}) {
    EXPECT_EQ(Ask("/v1/jobs/" + batch + end).status, 404) << end;
  }
}

// Who delivers what they may not see by now is told what became of it, not which record it is.
TEST_F(JobsTest, OfWhatIsNotSeenTellNoRecord) {
  const Account person = archive_->accounts().Add({.name = "sami",
                                                   .display_name = "",
                                                   .role = Role::kArchivist,
                                                   .clearance = {.level = AccessLevel::kInternal, .bodies = {}},
                                                   .password = ""},
                                                  "test");
  token_ = archive_->accounts()
               .AddToken({.account = "sami", .name = "t", .rights = RightsOf(Role::kArchivist)}, "test")
               .secret;
  const Json entry = Bring("secret", {{"access", "confidential"}});
  const std::string url = "/v1/jobs/" + entry["job"].get<std::string>();
  EXPECT_EQ(Json::parse(Ask(url).body)["state"], "waiting");
  StorePage(entry, 1, 1, AccessLevel::kConfidential);
  const Json job = Json::parse(Ask(url).body);
  EXPECT_EQ(job["pages_done"], 1);
  EXPECT_EQ(job["entry"]["record"], nullptr);
  EXPECT_EQ(Ask("/v1/records/" + entry["record"].get<std::string>()).status, 404);
  const Json account = Json::parse(Ask("/v1/batches/" + entry["batch"].get<std::string>()).body);
  EXPECT_EQ(account["received"], 1);
  EXPECT_EQ(account["entries"][0]["record"], nullptr);
}

TEST_F(JobsTest, AreListedTheNewestFirst) {
  std::vector<std::string> made;
  for (const char* label : {"one", "two"}) {
    const std::string batch = NewBatch(label);
    for (int i = 0; i < 3; ++i) made.push_back(Bring(label + std::to_string(i), {{"batch", batch}})["job"]);
  }
  made.push_back(Bring("alone")["job"]);
  std::ranges::reverse(made);
  for (const char* limit : {"1", "2", "3", "100"}) {
    for (const std::string& token : {token_, MakeToken(Role::kAdministrator)}) {
      std::vector<std::string> seen;
      std::map<std::string, std::string> query{{"limit", limit}};
      for (int i = 0; i < 20; ++i) {
        const Json part = Json::parse(Ask("/v1/jobs", query, token).body);
        for (const Json& job : part["jobs"]) seen.push_back(job["id"]);
        if (part["next"].is_null()) break;
        query["cursor"] = part["next"];
      }
      EXPECT_EQ(seen, made) << limit;
    }
  }
}

TEST_F(JobsTest, EventsTellProgressAndTheEnd) {
  const Json entry = Bring("followed");
  const std::string path = "/v1/jobs/" + entry["job"].get<std::string>() + "/events";
  Listening listener(*this, path);
  const std::string begin = listener.Until("\"waiting\"");
  EXPECT_THAT(begin, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(begin, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(begin, HasSubstr("retry: 3000\n\nid: waiting-0\nevent: progress\ndata: {\"id\":\""));
  StorePage(entry, 1, 2);
  listener.Until("id: reading-1\n");
  StorePage(entry, 2, 2);
  listener.Until("id: reading-2\n");
  Settle(entry, Outcome::kStored, 2);
  const std::string all = listener.Until("never");
  EXPECT_THAT(all, HasSubstr("id: done-2\nevent: end\ndata: {"));
  EXPECT_TRUE(all.ends_with("}\n\n"));
  EXPECT_EQ(Ask(path, {}, "", {{"Last-Event-ID", "done-2"}}).status, 204);
  EXPECT_THAT(Ask(path, {}, "", {{"Last-Event-ID", "reading-1"}}).body, HasSubstr("event: end"));
}

TEST_F(JobsTest, EventsOfADelivery) {
  const std::string batch = NewBatch("box");
  const Json one = Bring("1", {{"batch", batch}});
  const Json two = Bring("2", {{"batch", batch}});
  Listening listener(*this, "/v1/batches/" + batch + "/events");
  EXPECT_THAT(listener.Until("\n\nid"), HasSubstr("retry"));
  EXPECT_THAT(listener.Until("\"waiting\":2"), HasSubstr("event: progress"));
  Settle(one, Outcome::kStored, 1);
  listener.Until("\"waiting\":1");
  Settle(two, Outcome::kStored, 1);
  EXPECT_THAT(listener.Until("never"), HasSubstr("event: end"));
}

// Those beyond are told the present state and go; the others answer on, and a stop is not held up by anybody.
TEST_F(JobsTest, SoManyMayListen) {
  const Json entry = Bring("crowd");
  const std::string path = "/v1/jobs/" + entry["job"].get<std::string>() + "/events";
  std::vector<std::unique_ptr<Listening>> listeners;
  for (int i = 0; i < kMostListeners; ++i) {
    listeners.push_back(std::make_unique<Listening>(*this, path));
    EXPECT_THAT(listeners.back()->Until("\"waiting\""), HasSubstr("id: waiting-0"));
  }
  for (int i = 0; i < 3; ++i) {
    Listening beyond(*this, path);
    const std::string all = beyond.Until("never");
    EXPECT_THAT(all, HasSubstr("id: waiting-0\nevent: progress"));
    EXPECT_TRUE(all.ends_with("}\n\n"));
    EXPECT_EQ(Ask("/v1/stats").status, 200);
  }
  const auto begin = Clock::now();
  server_.reset();
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(3));
  for (const auto& listener : listeners) EXPECT_TRUE(listener->Until("never").ends_with("}\n\n"));
}

}  // namespace
}  // namespace diwan
