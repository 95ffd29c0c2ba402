// Citations through the real server: what is cited, what cites, what is in force, and the look-up for programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "api/citation_json.h"
#include "api_fixture.h"
#include "archive/import.h"
#include "archive/merge.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/id.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPapers =
    R"({"external_id":"old","language":"ara","pages":["بلدية السلط\nقرار رقم (10) لسنة 2015\nالتاريخ: 12/03/2015\nقرر المجلس تنظيم السوق.\n"]})"
    "\n"
    R"({"external_id":"new","language":"ara","pages":["بلدية السلط\nقرار رقم (22) لسنة 2016\nالتاريخ: 01/06/2016\nقرر المجلس إلغاء القرار رقم 10 لسنة 2015.\n"]})"
    "\n"
    R"({"external_id":"twin-1","type":"decision","number":"7/2014","pages":["x"]})"
    "\n"
    R"({"external_id":"twin-2","type":"decision","number":"7/2014","pages":["x"]})"
    "\n";

class CitationApiTest : public ApiTest {
 protected:
  CitationApiTest() {
    std::istringstream lines(kPapers);
    Import(*archive_, lines, "test");
    server_ = ListenTcp(*archive_, "127.0.0.1:0");
    client_ = Asking(*server_);
  }

  Response Ask(const std::string& path, const std::map<std::string, std::string>& query = {}) {
    Request request{.path = path, .query = query};
    return client_->Send(request);
  }

  Response Resolve(const std::string& body) {
    std::istringstream bytes(body);
    Request request{.method = "POST", .path = "/v1/citations/resolve"};
    request.body = &bytes;
    request.body_size = body.size();
    return client_->Send(request);
  }

  Json ResolveText(const std::string& text) { return Json::parse(Resolve(Json({{"text", text}}).dump()).body); }

  std::string IdOf(const std::string& name) { return archive_->store().RecordIdOfExternal(name).value(); }

  std::unique_ptr<Server> server_;
  std::unique_ptr<Client> client_;
};

TEST_F(CitationApiTest, ARecordTellsWhatItCitesAndWhatCitesIt) {
  const Json cites = Json::parse(Ask("/v1/records/new/citations").body);
  ASSERT_EQ(cites["citations"].size(), 1U);
  const Json& citation = cites["citations"][0];
  EXPECT_EQ(citation["relation"], "repeals");
  EXPECT_EQ(citation["number"], "10");
  EXPECT_EQ(citation["year"], "2015");
  EXPECT_EQ(citation["state"], "proposed");
  EXPECT_EQ(citation["resolved"], "one");
  EXPECT_EQ(citation["matches"][0]["record"], IdOf("old"));
  EXPECT_EQ(citation["matches"][0]["match"], "exact");
  const std::u32string text = FromUtf8(archive_->store().GetPageText(IdOf("new"), 1).value());
  const size_t begin = citation["place"]["start_index"];
  const size_t end = citation["place"]["end_index"];
  EXPECT_EQ(ToUtf8(text.substr(begin, end - begin)), citation["printed"]);
  EXPECT_THAT(citation["place"]["words"].get<std::string>(), HasSubstr("إلغاء القرار رقم 10"));

  const Json cited = Json::parse(Ask("/v1/records/old/cited-by").body);
  ASSERT_EQ(cited["citations"].size(), 1U);
  EXPECT_EQ(cited["citations"][0]["record"], IdOf("new"));
  EXPECT_EQ(cited["citations"][0]["external_id"], "new");
  EXPECT_EQ(cited["citations"][0]["match"], "exact");
  EXPECT_EQ(cited["more"], false);
}

TEST_F(CitationApiTest, TheStatusSaysWhy) {
  const Json status = Json::parse(Ask("/v1/records/old/status").body);
  EXPECT_EQ(status["record"], IdOf("old"));
  EXPECT_EQ(status["status"], "repealed");
  EXPECT_EQ(status["confirmed"], false);
  EXPECT_THAT(status["reason"].get<std::string>(), HasSubstr("repealed by decision 22/2016 of 2016-06-01"));
  EXPECT_EQ(status["effects"][0]["by"], IdOf("new"));
  EXPECT_EQ(status["chain"]["papers"].size(), 2U);
  EXPECT_EQ(status["chain"]["papers"][0]["external_id"], "old");
  EXPECT_EQ(status["chain"]["cut"], false);
  EXPECT_EQ(Json::parse(Ask("/v1/records/new/status").body)["status"], "in_force");
}

TEST_F(CitationApiTest, ATextIsLookedUpInTheShapeOfCourtListener) {
  const std::string text =
      "👍 عملا بالقرار رقم 10 لسنة 2015 والقرار رقم 7 لسنة 2014 والمادة 5 من قانون البلديات، والقرار رقم 99 لسنة 2001.";
  const Json found = ResolveText(text);
  ASSERT_EQ(found.size(), 4U) << found.dump(1);
  const int wanted[] = {200, 300, 400, 404};
  const std::u32string points = FromUtf8(text);
  for (size_t i = 0; i < found.size(); ++i) {
    const size_t begin = found[i]["start_index"];
    const size_t end = found[i]["end_index"];
    EXPECT_EQ(found[i]["status"], wanted[i]) << i;
    EXPECT_EQ(ToUtf8(points.substr(begin, end - begin)), found[i]["citation"]) << i;
    EXPECT_EQ(found[i]["error_message"] == "", wanted[i] == 200) << i;
  }
  EXPECT_EQ(found[0]["normalized_citations"].dump(), R"(["decision 10/2015"])");
  EXPECT_EQ(found[0]["matches"][0]["id"], IdOf("old"));
  EXPECT_EQ(found[0]["matches"][0]["external_id"], "old");
  EXPECT_EQ(found[0]["matches"][0]["match"], "exact");
  EXPECT_EQ(found[0]["matches"][0]["identifier"], "decision/بلدية السلط/2015/10");
  EXPECT_EQ(found[1]["matches"].size(), 2U);
  EXPECT_EQ(ResolveText("لا شيء هنا"), Json::array());
}

TEST_F(CitationApiTest, BeyondTheLimitNothingIsLookedUp) {
  std::string text;
  for (size_t i = 0; i < kMaxLookUps + 2; ++i) text += "القرار رقم 10 لسنة 2015.\n";
  const Json found = ResolveText(text);
  ASSERT_EQ(found.size(), kMaxLookUps + 2);
  EXPECT_EQ(found[kMaxLookUps - 1]["status"], 200);
  EXPECT_EQ(found[kMaxLookUps]["status"], 429);
  EXPECT_EQ(found[kMaxLookUps]["matches"].size(), 0U);
  EXPECT_GT(found[kMaxLookUps + 1]["start_index"], found[kMaxLookUps]["start_index"]);
}

TEST_F(CitationApiTest, ACitationMayBeTakenApart) {
  const auto one = [&](const std::string& citation) {
    const Json found = Json::parse(Resolve("{\"citation\":" + citation + "}").body);
    EXPECT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0]["start_index"].is_null());
    return found[0];
  };
  EXPECT_EQ(one(R"({"number":"٢٠١٥/١٠"})")["matches"][0]["external_id"], "old");
  EXPECT_EQ(one(R"({"number":10,"year":2015,"body":"بلدية السلط"})")["status"], 200);
  EXPECT_EQ(one(R"({"number":10,"year":2015,"body":"بلدية إربد"})")["status"], 404);
  EXPECT_EQ(one(R"({"number":"10","date":"12/03/2015"})")["status"], 200);
  EXPECT_EQ(one(R"({"kind":"law","number":"10","year":"2015"})")["status"], 404);
  EXPECT_EQ(one(R"({"kind":"law"})")["status"], 400);
}

TEST_F(CitationApiTest, WhatIsNoLookUpIsRefused) {
  const std::string long_text = Json({{"text", ToUtf8(std::u32string(kMaxLookUpText + 1, U'ق'))}}).dump();
  const std::string whole_text = Json({{"text", ToUtf8(std::u32string(kMaxLookUpText, U'ق'))}}).dump();
  const struct {
    std::string body;
    int status;
  } rows[] = {
      {"", 400},
      {"no json", 400},
      {"[]", 400},
      {"{}", 400},
      {R"({"text":5})", 400},
      {R"({"text":"x","citation":{}})", 400},
      {R"({"text":"x","language":"eng"})", 400},
      {R"({"citation":"x"})", 400},
      {R"({"citation":{"number":[]}})", 400},
      {R"({"citation":{"number":"1","kind":"song"}})", 400},
      {R"({"citation":{"number":"1","date":"someday"}})", 400},
      {R"({"citation":{"number":"abc"}})", 400},
      {R"({"citation":{"number":-4}})", 400},
      {R"({"citation":{"number":"4","year":"abcd"}})", 400},
      {R"({"citation":{"number":"4","year":"0"}})", 400},
      {R"({"citation":{"number":"45/2018","year":"2019"}})", 400},
      {R"({"citation":{"number":"4","court":"x"}})", 400},
      {R"({"text":"x","lang":"ara"})", 400},
      {R"({"citation":{"number":")" + std::string(500, '1') + "\"}}", 413},
      {"{\"text\":\"\xFF\"}", 400},
      {std::string(100'000, '['), 400},
      {long_text, 413},
      {whole_text, 200},
      {std::string(kMaxLookUpBody + 1, ' '), 413},
  };
  for (const auto& row : rows) EXPECT_EQ(Resolve(row.body).status, row.status) << row.body.substr(0, 60);
}

TEST_F(CitationApiTest, NumbersAndNamesLeadToRecords) {
  const auto found = [&](const std::map<std::string, std::string>& query) {
    std::set<std::string> names;  // records that came in one millisecond have no order
    const Json json = Json::parse(Ask("/v1/records", query).body);
    for (const Json& record : json["records"]) names.insert(record["external_id"].get<std::string>());
    return names;
  };
  EXPECT_THAT(found({{"number", "10/2015"}}), ElementsAre("old"));
  EXPECT_THAT(found({{"number", "١٠"}, {"year", "٢٠١٥"}}), ElementsAre("old"));
  EXPECT_THAT(found({{"number", "10"}, {"type", "قرار"}, {"body", "بلدية السلط"}}), ElementsAre("old"));
  EXPECT_THAT(found({{"number", "10"}, {"type", "law"}}), IsEmpty());
  EXPECT_THAT(found({{"number", "10"}, {"body", "بلدية إربد"}}), IsEmpty());
  EXPECT_THAT(found({{"number", "7"}}), ElementsAre("twin-1", "twin-2"));
  EXPECT_THAT(found({{"number", "7"}, {"limit", "1"}}), SizeIs(1));

  const Response redirect = Ask("/v1/decision/بلدية السلط/2015/10");
  EXPECT_EQ(redirect.status, 302);
  EXPECT_EQ(redirect.headers.at("Location"), "/v1/records/" + IdOf("old"));
  EXPECT_EQ(Json::parse(Ask("/v1/records/old").body)["identifier"], "decision/بلدية السلط/2015/10");
  EXPECT_EQ(Ask("/v1/ruling/بلدية السلط/2015/10").status, 404);
  EXPECT_EQ(Ask("/v1/decision/بلدية إربد/2015/10").status, 404);
}

TEST_F(CitationApiTest, ARefusalNamesTheMember) {
  for (const char* name : {"number", "year"}) {
    Json citation = {{"number", "4"}, {"year", "2018"}};
    citation[name] = "abcd";
    EXPECT_THAT(Resolve(Json({{"citation", citation}}).dump()).body, HasSubstr("\\\"" + std::string(name) + "\\\""))
        << name;
  }
  EXPECT_THAT(Resolve(R"({"citation":{"nummer":"4"}})").body, HasSubstr("nummer"));
}

TEST_F(CitationApiTest, AGivenNumberIsReadAsARecordsIs) {
  for (const char* number : {"10/2015", "القرار رقم 10 لسنة 2015", "١٠/٢٠١٥"}) {
    const Json found = Json::parse(Resolve(Json({{"citation", {{"number", number}}}}).dump()).body);
    EXPECT_EQ(found[0]["status"], 200) << number;
  }
}

TEST_F(CitationApiTest, ACaseIsFoundByItsNumber) {
  std::istringstream lines(
      R"({"external_id":"case","type":"ruling","number":"9/2017","case":"1234/87","pages":["x"]})");
  Import(*archive_, lines, "test");
  const Json found = Json::parse(Ask("/v1/records", {{"number", "1234/87"}}).body);
  ASSERT_THAT(found["records"], SizeIs(1));
  EXPECT_EQ(found["records"][0]["external_id"], "case");
}

TEST_F(CitationApiTest, TheStatusOfAMergedRecordIsThatOfTheOther) {
  MergeRecord(*archive_, {.record = "twin-2", .version = 1, .actor = "test", .why = "the same"}, "twin-1");
  const Response moved = Ask("/v1/records/twin-2/status");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.headers.at("Location"), "/v1/records/" + IdOf("twin-1") + "/status");
}

TEST_F(CitationApiTest, ADoubtfulBodyIsNoName) {
  Record record = *archive_->store().GetRecord(IdOf("old"));
  record.id = NewId();
  record.external_id = "doubt";
  record.version = 1;
  for (Field& field : record.fields) {
    if (field.name == "number") field.value = field.printed = "78/2015";
    if (field.name == "body") field.state = FieldState::kProposed;
    if (field.name == "body") field.confidence = 66;
  }
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {{.actor = "test", .action = "x"}};
  archive_->WaitIndexed(archive_->Commit(changes));
  EXPECT_EQ(Ask("/v1/decision/بلدية السلط/2015/78").status, 300);
  EXPECT_EQ(Ask("/v1/records", {{"number", "abc"}}).status, 400);
  EXPECT_EQ(Ask("/v1/records", {{"number", "عشرة"}}).status, 200);
}

TEST_F(CitationApiTest, ADoubtfulNumberIsMarkedEverywhere) {
  Record record = *archive_->store().GetRecord(IdOf("old"));
  for (Field& field : record.fields) {
    if (field.name == "number") field.confidence = 55;
  }
  ChangeSet changes;
  changes.records = {record};
  changes.audit = {{.actor = "test", .action = "x"}};
  archive_->WaitIndexed(archive_->Commit(changes));
  const Json shown = Json::parse(Ask("/v1/records/old").body);
  EXPECT_EQ(shown["unconfirmed"].value("number", 0.0), 55.0);
  EXPECT_TRUE(shown["identifier"].is_null());
  const Json searched = Json::parse(Ask("/v1/search", {{"q", "تنظيم السوق"}}).body);
  EXPECT_EQ(searched["results"][0]["unconfirmed"].value("number", 0.0), 55.0);
  EXPECT_EQ(Ask("/v1/decision/بلدية السلط/2015/10").status, 300);
  const Json found = ResolveText("القرار رقم 10 لسنة 2015");
  EXPECT_EQ(found[0]["status"], 404);
  EXPECT_EQ(found[0]["matches"][0]["match"], "unsure_number");
  EXPECT_EQ(Json::parse(Ask("/v1/records/old/status").body)["status"], "not_known");
}

}  // namespace
}  // namespace diwan
