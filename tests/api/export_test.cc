// Records going out over the real server, and a file that comes in with what is said of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "api/target.h"
#include "api_fixture.h"
#include "archive/import.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

class ExportApiTest : public ApiTest {
 protected:
  ExportApiTest() : server_(ListenTcp(*archive_, "127.0.0.1:0")), client_(Asking(*server_)) {}

  Response Ask(const std::string& target) {
    Target parsed = ParseTarget(target);
    Request request{.path = std::move(parsed.path), .query = std::move(parsed.query)};
    return client_->Send(request);
  }

  Response Bring(const std::string& body) {
    std::istringstream bytes(body);
    Request request{.method = "POST", .path = "/v1/records", .query = {{"name", "x.tif"}, {"row", "yes"}}};
    request.body = &bytes;
    request.body_size = body.size();
    return client_->Send(request);
  }

  std::unique_ptr<Server> server_;
  std::unique_ptr<Client> client_;
};

TEST_F(ExportApiTest, LinksLeadFromTheFirstRecordToTheLast) {
  const std::string all = Ask("/v1/export").body;
  const auto records = std::count(all.begin(), all.end(), '\n');
  ASSERT_EQ(records, 3);
  std::string joined;
  int answers = 0;
  for (std::string next = "/v1/export?limit=1"; !next.empty(); ++answers) {
    const Response response = Ask(next);
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.headers.at("Content-Type"), HasSubstr("jsonl"));
    joined += response.body;
    const auto link = response.headers.find("Link");
    next = link == response.headers.end() ? "" : link->second.substr(1, link->second.find('>') - 1);
  }
  EXPECT_EQ(answers, 3);
  EXPECT_EQ(joined, all);
  EXPECT_EQ(Ask("/v1/export?limit=0").status, 400);
  EXPECT_EQ(Ask("/v1/export?after=x").status, 400);
  EXPECT_EQ(Ask("/v1/export?text=perhaps").status, 400);
}

TEST_F(ExportApiTest, AFileComesWithItsRow) {
  const Response taken = Bring("{\"number\":\"٧/١٩٥٠\",\"signatory\":[\"أ\",\"ب\"]}\n%PDF-1.4 and more");
  ASSERT_EQ(taken.status, 202) << taken.body;
  const std::string record = Json::parse(taken.body)["record"];
  const auto job = archive_->store().GetJob(record);
  ASSERT_TRUE(job.has_value());
  ASSERT_EQ(job->fields.size(), 3U);
  EXPECT_EQ(job->fields[0].value, "7/1950");
  EXPECT_EQ(archive_->store().GetSource(job->digest)->size, std::string("%PDF-1.4 and more").size());
}

TEST_F(ExportApiTest, ABadRowKeepsTheFileOut) {
  const StoreTotals before = archive_->store().Totals();
  const std::string file = "\n%PDF-1.4";
  for (const std::string& row :
       {std::string("no json"), std::string("{\"colour\":\"red\"}"), std::string("{\"date\":\"31/02/2019\"}"),
        std::string("{\"external_id\":\"") + std::string(600, 'x') + "\"}",
        "{\"title\":\"" + std::string(2U << 20, 'x') + "\"}", std::string("{\"external_id\":\"x-2\"}")}) {
    const Response refused = Bring(row + file);
    EXPECT_EQ(refused.status, 400) << row.substr(0, 100) << refused.body;
  }
  EXPECT_EQ(Bring("{\"number\":\"1\"}").status, 400);  // no file behind it
  EXPECT_EQ(archive_->store().Totals().jobs, before.jobs);
  EXPECT_EQ(archive_->store().Totals().bytes, before.bytes);
}

}  // namespace
}  // namespace diwan
