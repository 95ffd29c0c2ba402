// GET /v1/reports/gaps through the real server.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "api_fixture.h"
#include "archive/import.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kPapers =
    R"({"external_id":"a","type":"decision","number":"1/2019","body":"مجلس البلدية","date":"2019-01-01","pages":["x"]})"
    "\n"
    R"({"external_id":"b","type":"decision","number":"1/2019","body":"مجلس البلدية","date":"2019-01-01","pages":[""]})"
    "\n"
    R"({"external_id":"c","type":"decision","number":"9/2019","body":"مجلس البلدية","pages":["قرار رقم 9"]})"
    "\n";

class GapsApiTest : public ApiTest {
 protected:
  GapsApiTest() {
    std::istringstream lines(kPapers);
    Import(*archive_, lines, "test");
    server_ = ListenTcp(*archive_, "127.0.0.1:0");
    client_ = Asking(*server_);
  }

  Response Ask(const std::map<std::string, std::string>& query) {
    Request request{.path = "/v1/reports/gaps", .query = query};
    return client_->Send(request);
  }

  std::unique_ptr<Server> server_;
  std::unique_ptr<Client> client_;
};

TEST_F(GapsApiTest, TheReportHasEveryPart) {
  const Json report = Json::parse(Ask({{"year", "2019"}}).body);
  EXPECT_EQ(report["records"], 4);  // one is of the fixture: number 123
  EXPECT_EQ(report["reading"], 0);
  EXPECT_GE(report["took_ms"], 0);
  ASSERT_EQ(report["series"]["total"], 1);
  EXPECT_EQ(report["series"]["items"][0].dump(),
            R"({"body":"مجلس البلدية","type":"decision","year":"2019","papers":4,"from":1,"first":1,"last":123,)"
            R"("missing":120,"doubled":1,"unsure":0,"not_plain":0,"not_plain_number":null,"year_of_date":0})");

  EXPECT_EQ(report["missing"]["numbers"], 120);
  EXPECT_EQ(report["missing"]["total"], 2);
  const Json& missing = report["missing"]["items"][0];
  EXPECT_EQ(missing["numbers"], "2-8");
  EXPECT_EQ(missing["count"], 7);
  EXPECT_EQ(missing["after"]["external_id"], "c");
  EXPECT_EQ(missing["after"]["number"], "9");

  EXPECT_EQ(report["doubled"]["total"], 1);
  const Json& doubled = report["doubled"]["items"][0];
  EXPECT_EQ(doubled["number"], "1");
  EXPECT_EQ(doubled["certain"], true);
  ASSERT_EQ(doubled["records"].size(), 2U);
  EXPECT_EQ(doubled["records"][0]["external_id"], "a");
  EXPECT_EQ(doubled["records"][1]["record"], archive_->store().RecordIdOfExternal("b").value());
  EXPECT_EQ(doubled["records"][1]["confidence"], 100.0);

  EXPECT_EQ(report["pages_without_text"]["total"], 1);
  EXPECT_EQ(report["pages_without_text"]["failed"], 0);
  EXPECT_EQ(report["pages_without_text"]["not_opened"], 0);
  EXPECT_EQ(report["pages_without_text"]["items"][0]["external_id"], "b");
  EXPECT_EQ(report["pages_without_text"]["items"][0]["page"], 1);
  EXPECT_EQ(report["without_date"]["items"][0]["external_id"], "c");
  EXPECT_EQ(report["unsure_numbers"].dump(), R"({"total":0,"items":[]})");
  EXPECT_EQ(report["without_number"]["total"], 0);
  EXPECT_EQ(Json::parse(Ask({}).body)["without_number"]["total"], 2);  // a letter and a scan of the fixture
}

TEST_F(GapsApiTest, AnUnsureNumberIsSaid) {
  Record record = archive_->store().GetRecord(archive_->store().RecordIdOfExternal("c").value()).value();
  for (Field& field : record.fields) {
    if (field.name != "number") continue;
    field.state = FieldState::kProposed;
    field.confidence = 41;
  }
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {{.actor = "test", .action = "x"}};
  archive_->Commit(changes);
  const Json report = Json::parse(Ask({{"type", "decision"}}).body);
  const Json& unsure = report["unsure_numbers"]["items"][0];
  EXPECT_EQ(unsure["external_id"], "c");
  EXPECT_EQ(unsure["number"], "9");
  EXPECT_EQ(unsure["confidence"], 41.0);
  EXPECT_EQ(unsure["standing"], "fills");
  EXPECT_EQ(report["proposed_fields"].dump(), R"([{"name":"number","proposed":1,"unsure":1}])");
}

TEST_F(GapsApiTest, FiltersAndTheLimitAreReadStrictly) {
  const struct {
    std::map<std::string, std::string> query;
    int status;
  } rows[] = {{{}, 200},
              {{{"body", "مجلس البلدية"}, {"type", "قرار"}, {"year", "٢٠١٩"}, {"limit", "1"}}, 200},
              {{{"year", "last"}}, 400},
              {{{"year", "20190"}}, 400},
              {{{"limit", "0"}}, 400},
              {{{"limit", "1001"}}, 400},
              {{{"limit", "x"}}, 400}};
  for (const auto& row : rows) EXPECT_EQ(Ask(row.query).status, row.status) << Json(row.query).dump();
  EXPECT_EQ(Json::parse(Ask({{"limit", "1"}}).body)["missing"]["items"].size(), 1U);
}

}  // namespace
}  // namespace diwan
