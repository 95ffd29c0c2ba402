// The documents that the API gives of itself, held against what it does: every operation of /openapi.json is driven
// against an archive, and every answer's status, media type and body must be one that the document names.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>

#include "api/problem.h"
#include "api/routes.h"
#include "api/target.h"
#include "archive/import.h"
#include "contract_fixture.h"
#include "core/base64.h"
#include "core/digest.h"
#include "json_schema.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

std::string Base64OfHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return ToBase64(bytes);
}

TEST_F(ContractTest, EveryOperationAnswersAsDocumented) {
  for (const auto& drives : Every()) {
    for (const Drive& drive : drives) {
      SCOPED_TRACE(fmt::format("{} {} {}", drive.method, drive.path, drive.accept));
      const Response response = Send(drive);
      EXPECT_EQ(response.status, drive.status) << response.body;
      if (response.status >= 400) ExpectProblem(response, drive.status);
      ExpectDocumented(OperationOf(drive.method, drive.path), response);
    }
  }
  EXPECT_THAT(NotSeen(), testing::IsEmpty());
}

TEST_F(ContractTest, EveryRouteIsDocumentedAndNothingElse) {
  std::set<std::string> documented;
  std::set<std::string> ids;
  for (const auto& [pattern, methods] : api_["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      documented.insert(method + " " + pattern);
      EXPECT_TRUE(ids.insert(operation["operationId"]).second) << operation["operationId"];
      EXPECT_NE(operation["summary"], "") << pattern;
    }
  }
  std::set<std::string> routes;
  for (const Route& route : Routes()) routes.insert(fmt::format("{} {}", LowerCase(route.method), route.pattern));
  EXPECT_EQ(documented, routes);
}

// Every $ref leads somewhere, and every example is one.
TEST_F(ContractTest, TheDocumentHoldsTogether) {
  EXPECT_EQ(api_["openapi"], "3.1.0");
  const Json flat = api_.flatten();
  for (const auto& [place, value] : flat.items()) {
    if (!place.ends_with("/$ref")) continue;
    EXPECT_TRUE(api_.contains(Json::json_pointer(value.get<std::string>().substr(1)))) << value;
  }
  for (const auto& [name, schema] : api_["components"]["schemas"].items()) {
    EXPECT_THAT(SchemaFaults(api_, schema, schema["example"]), testing::IsEmpty()) << name;
  }
  for (const Route& route : Routes()) {
    const Json& operation = api_["paths"][std::string(route.pattern)][LowerCase(route.method)];
    for (const Json& parameter : operation["parameters"]) {
      if (!parameter.contains("example")) continue;
      EXPECT_THAT(SchemaFaults(api_, parameter["schema"], parameter["example"]), testing::IsEmpty()) << parameter;
    }
    if (!operation.contains("requestBody")) continue;
    for (const auto& [type, content] : operation["requestBody"]["content"].items()) {
      if (!content.contains("schema")) continue;
      EXPECT_THAT(SchemaFaults(api_, content["schema"], content["example"]), testing::IsEmpty()) << route.pattern;
    }
  }
}

TEST_F(ContractTest, ParametersAreTakenWithinTheirLimitsAndNoOthers) {
  for (const Drive& drive : OneOfEach()) {
    const Json& operation = OperationOf(drive.method, drive.path);
    const auto sent = [&](const std::string& name, const std::string& value) {
      Drive with = drive;
      with.query = {{name, value}};
      return Send(with);
    };
    const auto expect_refused = [&](const std::string& name, const std::string& value) {
      const Response response = sent(name, value);
      ExpectProblem(response, 400);
      EXPECT_THAT(response.body, testing::HasSubstr("'" + name + "'")) << drive.path << " " << value.substr(0, 40);
    };
    expect_refused("no-such", "1");
    for (const Json& parameter : operation["parameters"]) {
      if (parameter.value("in", "") != "query" || !drive.if_match.empty()) continue;
      const std::string name = parameter["name"];
      const Json& schema = parameter["schema"];
      if (schema.contains("maxLength")) {
        expect_refused(name, std::string(schema["maxLength"].get<size_t>() + 1, 'x'));
      }
      if (schema.contains("enum")) expect_refused(name, "No");
      for (const Json& value : schema.value("enum", Json::array())) {
        const Response response = sent(name, value);
        EXPECT_THAT(response.body, testing::Not(testing::HasSubstr("'" + name + "' must")))
            << drive.path << " " << name << " " << value;
      }
      if (!schema.contains("maximum")) continue;
      expect_refused(name, "x");
      expect_refused(name, std::to_string(schema["maximum"].get<uint64_t>() + 1));
      if (schema["minimum"] == 1) expect_refused(name, "0");
      for (const char* edge : {"minimum", "maximum", "default"}) {
        EXPECT_THAT(sent(name, schema[edge].dump()).body, testing::Not(testing::HasSubstr("must be a number")))
            << drive.path << " " << name << " " << edge;
      }
    }
  }
}

TEST_F(ContractTest, ARightThatIsDocumentedIsAskedFor) {
  for (const Drive& drive : OneOfEach()) {
    const Response response = Send(drive, {}, /*rights=*/0);
    const bool open = OperationOf(drive.method, drive.path)["x-right"] == "none";
    EXPECT_EQ(response.status == 403, !open) << drive.path;
    if (!open) ExpectProblem(response, 403);
  }
}

TEST_F(ContractTest, HowOneSignsInIsDocumented) {
  const Json& schemes = api_["components"]["securitySchemes"];
  EXPECT_EQ(schemes["bearer"]["scheme"], "bearer");
  EXPECT_EQ(schemes["cookie"]["name"], "diwan");
  EXPECT_EQ(api_["security"], Json::parse(R"([{"bearer":[]},{"cookie":[]}])"));
  for (const Route& route : Routes()) {
    const Json& operation = api_["paths"][std::string(route.pattern)][LowerCase(route.method)];
    EXPECT_EQ(operation.contains("security"), route.needs == Right::kNone) << route.pattern;
    EXPECT_TRUE(route.needs != Right::kNone || operation["security"][0] == Json::object()) << route.pattern;
  }
}

TEST_F(ContractTest, WhatIsAtHandIsNotSentAgain) {
  for (const Drive& drive : Reading()) {
    SCOPED_TRACE(drive.path + " " + drive.accept);
    const Response response = Send(drive);
    const bool documented = OperationOf(drive.method, drive.path)["responses"].contains("304");
    ASSERT_EQ(response.status == 200 && response.headers.contains("ETag"), response.status == 200 && documented);
    if (!documented || response.status != 200) continue;
    const std::string etag = response.headers.at("ETag");
    EXPECT_EQ(response.headers.at("Cache-Control"), "private, no-cache");
    for (const std::string& tags : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
      const Response again = Send(drive, {{"if-none-match", tags}});
      EXPECT_EQ(again.status, 304) << tags;
      EXPECT_EQ(again.body, "");
      EXPECT_EQ(again.headers.at("ETag"), etag);
    }
    EXPECT_EQ(Send(drive, {{"if-none-match", "\"x" + etag.substr(1)}}).status, 200);
    const Response part = Send(drive, {{"range", "bytes=0-0"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(Send(drive, {{"range", "bytes=99999999-"}}).status, 416);
  }
}

// The items of a list's answer: its lines, or the one list in it.
std::vector<std::string> ItemsOf(const Response& response) {
  std::vector<std::string> items;
  if (MediaTypeOf(response) != "application/json") {
    std::istringstream lines(response.body);
    for (std::string line; std::getline(lines, line);) items.push_back(line);
    return items;
  }
  for (const char* name : {"records", "results", "versions", "citations", "batches", "entries", "jobs", "doubts"}) {
    const Json json = Json::parse(response.body);
    if (!json.contains(name)) continue;
    for (const Json& item : json[name]) items.push_back(item.dump());
  }
  return items;
}

TEST_F(ContractTest, LinksLeadThroughEveryList) {
  const std::vector<std::vector<Drive>> every = Every();
  for (const auto& drives : every) {
    for (const Drive& drive : drives) Send(drive);
  }
  std::set<std::string> walked;
  for (const auto& drives : every) {
    for (const Drive& drive : drives) {
      const Json& operation = OperationOf(drive.method, drive.path);
      if (!operation["responses"].contains("200") || !drive.query.contains("limit")) continue;
      if (!operation["responses"]["200"].value("headers", Json::object()).contains("Link")) continue;
      SCOPED_TRACE(drive.path);
      walked.insert(operation["operationId"]);
      QueryMap whole = drive.query;
      whole.erase("limit");
      const std::vector<std::string> all = ItemsOf(Get(drive.path, whole));
      std::vector<std::string> seen;
      Target target{.path = drive.path, .query = drive.query};
      while (seen.size() <= all.size()) {
        const Response part = Get(target.path, target.query);
        for (std::string& item : ItemsOf(part)) seen.push_back(std::move(item));
        if (!part.headers.contains("Link")) break;
        const std::string link = part.headers.at("Link");
        target = ParseTarget(link.substr(1, link.find('>') - 1));
      }
      EXPECT_GT(all.size(), 1U);
      EXPECT_EQ(seen, all);
      target.query["cursor"] = "MSAxMjM0NTY3ODkwMTIzNDU2IDk5";
      EXPECT_EQ(Get(target.path, target.query).status, 400);
    }
  }
  EXPECT_EQ(walked, ListIds());
}

TEST_F(ContractTest, ACursorStaysWhereItIsWhenRecordsCome) {
  const Response first = Get("/v1/records", {{"limit", "4"}});
  std::istringstream line(R"({"external_id":"new","type":"letter","pages":["جديد"]})");
  Import(*archive_, line, "test");
  const std::string next = Json::parse(first.body)["next"];
  const Response rest = Get("/v1/records", {{"limit", "1000"}, {"cursor", next}});
  std::vector<std::string> seen = ItemsOf(first);
  for (std::string& item : ItemsOf(rest)) seen.push_back(std::move(item));
  EXPECT_EQ(seen, ItemsOf(Get("/v1/records", {{"limit", "1000"}})));
  EXPECT_EQ(Get("/v1/records", {{"deleted", "yes"}, {"cursor", next}}).status, 400);
}

TEST_F(ContractTest, PagesForPeopleWorkUnderTheirPolicy) {
  for (const char* path : {"/docs", "/problems/invalid"}) {
    const Response page = Get(path);
    const std::string& policy = page.headers.at("Content-Security-Policy");
    EXPECT_THAT(policy, testing::HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, testing::Not(testing::HasSubstr("unsafe")));
    const size_t begin = page.body.find("<style>") + 7;
    const std::string style = page.body.substr(begin, page.body.find("</style>") - begin);
    EXPECT_THAT(policy, testing::HasSubstr("'sha256-" + Base64OfHex(Sha256Hex(style)) + "'"));
    EXPECT_THAT(page.body, testing::Not(testing::ContainsRegex("<script|<link|<img|style=\"|src=|https?://")));
  }
  const std::string docs = Get("/docs").body;
  for (const Route& route : Routes()) EXPECT_THAT(docs, testing::HasSubstr(route.operation.id));
  const std::string problem = Get("/problems/not_found").body;
  for (const ProblemText& text : TypeOf(ErrorCode::kNotFound, 404).texts) {
    EXPECT_THAT(problem, testing::HasSubstr(text.explanation));
  }
}

TEST_F(ContractTest, OpenSearchNamesTheHostThatWasAskedAndNoOther) {
  const Drive drive{"GET", "/opensearch.xml"};
  EXPECT_THAT(Send(drive, {{"host", "diwan.example:8080"}}).body,
              testing::HasSubstr("template=\"http://diwan.example:8080/v1/search?q={searchTerms}&amp;limit={count?}"));
  EXPECT_THAT(Send(drive, {{"host", "a\"/><b"}}).body, testing::HasSubstr("template=\"/v1/search?"));
}

}  // namespace
}  // namespace diwan
