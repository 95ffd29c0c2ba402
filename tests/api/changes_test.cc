// Changes by persons, through the route table: versions, If-Match, history, deletion, holds, merging and splitting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "api_fixture.h"
#include "archive/verify.h"
#include "core/id.h"
#include "tests/api/edit_soak.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ChangesTest : public ApiTest {
 protected:
  ChangesTest() : scan_("/v1/records/" + scan_id_), text_("/v1/records/" + imported_id_) {}

  // With the If-Match of what is there now, where `etag` is not given.
  Response Change(const std::string& method, const std::string& path, const Json& body, std::string etag = "now",
                  const std::map<std::string, std::string>& query = {}) {
    Request request{.method = method, .path = path, .query = query, .caller = {.actor = "http:test"}};
    if (etag == "now") etag = EtagOf(path);
    if (!etag.empty()) request.headers["if-match"] = etag;
    std::istringstream bytes(body.is_null() ? "" : body.dump());
    request.body = &bytes;
    request.body_size = bytes.view().size();
    return ConnectInProcess(*archive_)->Send(request);
  }

  // Of the record that a path is about, or of its page.
  std::string EtagOf(const std::string& path) {
    const size_t pages = path.find("/pages/");
    const size_t end = pages == std::string::npos ? path.find('/', std::string("/v1/records/").size()) : path.npos;
    const Response response = Get(path.substr(0, end), {{"deleted", "yes"}});
    return response.headers.contains("ETag") ? response.headers.at("ETag") : "\"1\"";
  }

  Json JsonOf(const std::string& path, const std::map<std::string, std::string>& query = {}) {
    return Json::parse(Get(path, query).body);
  }

  uint64_t Finds(const std::string& text) {
    archive_->WaitIndexed(archive_->store().LastSequence());
    return JsonOf("/v1/search", {{"q", text}, {"snippets", "no"}})["total"];
  }

  void ExpectWhole() {
    EXPECT_THAT(Verify(*archive_, [](uint64_t, uint64_t) {}).problems, IsEmpty());
  }

  static Json Fields(std::initializer_list<Json> edits) { return {{"why", "seen"}, {"fields", edits}}; }
  static Json Word(int first, int last, const char* text) {
    return {{"why", "seen"}, {"words", {{{"first", first}, {"last", last}, {"text", text}}}}};
  }

  const std::string scan_;
  const std::string text_;
};

TEST_F(ChangesTest, AChangeNamesTheVersionThatItWasMadeFrom) {
  const Json set = Fields({{{"do", "set"}, {"name", "title"}, {"value", "السوق الجديد"}}});
  EXPECT_EQ(Get(scan_).headers.at("ETag"), "\"1\"");
  EXPECT_EQ(Change("PATCH", scan_, set, "").status, 428);
  EXPECT_EQ(Change("PATCH", scan_, set, "*").status, 428);
  for (const char* tag : {"1", "\"\"", "\"0\"", "\"+1\"", "W/\"1\"", "\"1\", \"2\"", "\"99999999999\"", "\"01\""}) {
    EXPECT_EQ(Change("PATCH", scan_, set, tag).status, 400) << tag;
  }
  const Response taken = Change("PATCH", scan_, set, "\"1\"");
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.headers.at("ETag"), "\"2\"");
  EXPECT_EQ(taken.body, Get(scan_).body);
  const Response stale = Change("PATCH", scan_, set, "\"1\"");
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(Json::parse(stale.body)["code"], "conflict");
  EXPECT_EQ(Json::parse(stale.body)["version"], 2);
  EXPECT_EQ(Change("PATCH", "/v1/records/nobody", set, "").status, 404);
}

TEST_F(ChangesTest, ACorrectedWordIsFoundAndTheOldPageStaysReadable) {
  EXPECT_EQ(Finds("\"المجالس\""), 0U);
  const Response taken = Change("PATCH", scan_ + "/pages/1", Word(3, 3, "المجالس"));
  ASSERT_EQ(taken.status, 200) << taken.body;
  const Json word = Json::parse(taken.body)["words"][3];
  EXPECT_EQ(word["text"], "المجالس");
  EXPECT_EQ(word["first_reading"], "المجلس");
  EXPECT_EQ(word["confidence"], 100.0);
  EXPECT_EQ(word["corrected"], true);
  EXPECT_EQ(word["box"].dump(), "[600,400,200,50]");
  EXPECT_EQ(Finds("\"المجالس\""), 1U);
  EXPECT_EQ(Get(scan_ + "/pages/1/image").body, SampleImage());
  EXPECT_EQ(JsonOf(scan_ + "/pages/1/history/1")["words"][3]["text"], "المجلس");
  EXPECT_EQ(JsonOf(scan_ + "/pages/1/history/2")["words"][3]["text"], "المجالس");
  EXPECT_EQ(Get(scan_ + "/pages/1/history/3").status, 404);
  const Json history = JsonOf(scan_ + "/pages/1/history");
  EXPECT_EQ(history["version"], 2);
  ASSERT_EQ(history["versions"].size(), 2U);
  EXPECT_EQ(history["versions"][1]["who"], "http:test");
  EXPECT_EQ(history["versions"][1]["why"], "seen");
  EXPECT_EQ(history["versions"][1]["action"], "page.correct");
  EXPECT_THAT(history["versions"][1]["what"].get<std::string>(), HasSubstr("«المجالس» for «المجلس»"));
  ExpectWhole();
}

TEST_F(ChangesTest, WordsAreJoinedPartedAndFoundRight) {
  ASSERT_EQ(Change("PATCH", scan_ + "/pages/1", Word(0, 1, "قراررقم")).status, 200);
  Json words = JsonOf(scan_ + "/pages/1")["words"];
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(words[0]["box"].dump(), "[700,100,200,42]");
  EXPECT_EQ(words[0]["first_reading"], nullptr);
  ASSERT_EQ(Change("PATCH", scan_ + "/pages/1", Word(0, 0, "قرار رقم")).status, 200);
  words = JsonOf(scan_ + "/pages/1")["words"];
  ASSERT_EQ(words.size(), 5U);
  EXPECT_GT(words[0]["box"][0], words[1]["box"][0]);  // from right to left
  EXPECT_EQ(words[1]["first_reading"], "قراررقم");
  const Response right = Change("PATCH", scan_ + "/pages/1", Word(2, 2, "١٢٣"));
  EXPECT_EQ(Json::parse(right.body)["words"][2]["number"], "sure");
  EXPECT_EQ(JsonOf(scan_ + "/pages/1")["text"], "قرار رقم\n١٢٣\n\nالمجلس R&D<\"\n");
  EXPECT_EQ(JsonOf(scan_ + "/pages/1")["version"], 4);
}

TEST_F(ChangesTest, WhatCanNotBeIsRefusedAndNothingChanges) {
  const Json bad_words[] = {Word(5, 5, "x"),
                            Word(1, 0, "x"),
                            Word(0, 0, ""),
                            Word(0, 0, "  "),
                            Word(0, 0, "a\nb"),
                            Word(1, 2, "x"),
                            {{"words", "x"}},
                            {{"words", Json::array()}},
                            {{"words", {{{"first", -1}, {"text", "x"}}}}},
                            {{"words", {{{"first", 0}}}}},
                            {{"wrds", Json::array()}},
                            Word(0, 0, std::string(1001, 'x').c_str()),
                            {{"words", {{{"first", 0}, {"last", 1}, {"text", "x"}}, {{"first", 1}, {"text", "y"}}}}},
                            {{"why", std::string(1001, 'x')}, {"words", {{{"first", 0}, {"text", "x"}}}}},
                            {{"why", "two\nlines"}, {"words", {{{"first", 0}, {"text", "x"}}}}}};
  for (const Json& body : bad_words) {
    const Response response = Change("PATCH", scan_ + "/pages/1", body);
    EXPECT_EQ(response.status, 400) << body.dump().substr(0, 200) << response.body;
  }
  const Json bad_fields[] = {Fields({}),
                             Fields({{{"do", "set"}, {"name", "colour"}, {"value", "x"}}}),
                             Fields({{{"do", "paint"}, {"name", "title"}, {"value", "x"}}}),
                             Fields({{{"do", "set"}, {"name", "date"}, {"value", "31/02/2019"}}}),
                             Fields({{{"do", "set"}, {"name", "language"}, {"value", "fra"}}}),
                             Fields({{{"do", "set"}, {"name", "title"}, {"value", ""}}}),
                             Fields({{{"do", "confirm"}, {"name", "court"}}}),
                             Fields({{{"do", "add"}, {"name", "title"}, {"value", "another"}}}),
                             Fields({{{"do", "remove"}, {"name", "title"}, {"was", "another"}}})};
  for (const Json& body : bad_fields) EXPECT_EQ(Change("PATCH", text_, body).status, 400) << body.dump();
  EXPECT_EQ(Change("PATCH", scan_ + "/pages/2", Word(0, 0, "x"), "\"1\"").status, 404);
  EXPECT_EQ(JsonOf(scan_)["version"], 1);
  EXPECT_EQ(JsonOf(text_)["version"], 1);
}

TEST_F(ChangesTest, FieldsAreConfirmedChangedAddedAndRemoved) {
  const Response taken = Change("PATCH", text_,
                                Fields({{{"do", "set"}, {"name", "number"}, {"value", "١٢٤/٢٠١٩"}},
                                        {{"do", "set"}, {"name", "date"}, {"value", "١٢ مارس ٢٠٢٠"}},
                                        {{"do", "add"}, {"name", "signatory"}, {"value", "أحمد"}},
                                        {{"do", "add"}, {"name", "signatory"}, {"value", "ليلى"}},
                                        {{"do", "remove"}, {"name", "signatory"}, {"was", "أحمد"}},
                                        {{"do", "remove"}, {"name", "title"}}}));
  ASSERT_EQ(taken.status, 200) << taken.body;
  const Json record = Json::parse(taken.body);
  EXPECT_EQ(record["number"], "124/2019");
  EXPECT_EQ(record["date"]["normal"], "2020-03-12");
  EXPECT_EQ(record["date"]["printed"], "١٢ مارس ٢٠٢٠");
  EXPECT_TRUE(record["title"].is_null());
  const auto number = std::ranges::find_if(record["fields"], [](const Json& f) { return f["name"] == "number"; });
  EXPECT_EQ((*number)["origin"], "person");
  EXPECT_EQ((*number)["state"], "confirmed");
  EXPECT_EQ(JsonOf("/v1/records", {{"number", "124/2019"}})["records"].size(), 1U);
  EXPECT_EQ(JsonOf("/v1/records", {{"number", "123/2019"}})["records"].size(), 0U);
  EXPECT_EQ(Finds("number:124/2019"), 1U);
  const Json before = JsonOf(text_ + "/history/1");
  EXPECT_EQ(before["number"], "123/2019");
  EXPECT_EQ(before["version"], 1);
  ExpectWhole();
}

TEST_F(ChangesTest, ADeletedRecordIsOutOfSightUntilItIsRestored) {
  EXPECT_EQ(Change("DELETE", text_, nullptr).status, 400) << "a deletion has a reason";
  const Json stats = JsonOf("/v1/stats");
  const Response gone = Change("DELETE", text_, nullptr, "now", {{"why", "scanned twice"}});
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(Json::parse(gone.body)["state"], "deleted");
  EXPECT_EQ(Json::parse(gone.body)["deleted"]["why"], "scanned twice");
  EXPECT_EQ(Finds("أكشاك"), 0U);
  EXPECT_EQ(JsonOf("/v1/records")["records"].size(), 2U);
  EXPECT_EQ(JsonOf("/v1/records", {{"deleted", "yes"}})["records"].size(), 3U);
  EXPECT_EQ(JsonOf("/v1/records", {{"number", "123/2019"}})["records"].size(), 0U);
  EXPECT_EQ(JsonOf("/v1/stats")["records"], stats["records"].get<int>() - 1);
  EXPECT_EQ(JsonOf("/v1/stats")["pages"], stats["pages"].get<int>() - 2);
  EXPECT_EQ(Get(text_).status, 404);
  EXPECT_EQ(Get(text_ + "/pages/1").status, 404);
  EXPECT_EQ(Get(text_ + "/pages/1", {{"deleted", "yes"}}).status, 200);
  EXPECT_EQ(Get(text_ + "/history").status, 200);
  EXPECT_THAT(Get("/v1/export").body, testing::Not(HasSubstr("أكشاك")));
  EXPECT_EQ(Change("DELETE", text_, nullptr, "now", {{"why", "again"}}).status, 400);
  ExpectWhole();
  ASSERT_EQ(Change("POST", text_ + "/restore", {{"why", "was no copy"}}).status, 200);
  EXPECT_EQ(Finds("أكشاك"), 1U);
  EXPECT_EQ(JsonOf("/v1/stats"), stats);
  EXPECT_EQ(JsonOf("/v1/records", {{"number", "123/2019"}})["records"].size(), 1U);
  EXPECT_EQ(Change("POST", text_ + "/restore", {}).status, 400);
  ExpectWhole();
}

TEST_F(ChangesTest, ALegalHoldKeepsARecord) {
  ASSERT_EQ(Change("PUT", text_ + "/hold", {{"on", true}, {"why", "case 7/2020"}}).status, 200);
  const Response refused = Change("DELETE", text_, nullptr, "now", {{"why", "old"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(Json::parse(refused.body)["detail"].get<std::string>(), HasSubstr("case 7/2020"));
  EXPECT_EQ(Change("POST", text_ + "/merge", {{"into", scan_id_}, {"why", "the same"}}).status, 403);
  EXPECT_EQ(Change("POST", text_ + "/split", {{"from", 2}, {"why", "two"}}).status, 403);
  EXPECT_EQ(Change("PUT", text_ + "/hold", {{"on", true}, {"why", "again"}}).status, 400);
  EXPECT_EQ(Change("PATCH", text_, Fields({{{"do", "confirm"}, {"name", "title"}}})).status, 200);
  ASSERT_EQ(Change("PUT", text_ + "/hold", {{"on", false}, {"why", "settled"}}).status, 200);
  EXPECT_EQ(Change("DELETE", text_, nullptr, "now", {{"why", "old"}}).status, 200);
}

TEST_F(ChangesTest, AMergedRecordLeadsToTheOneThatStays) {
  ASSERT_EQ(Change("POST", text_ + "/merge", {{"into", scan_id_}, {"why", "the same paper"}}).status, 200);
  const Response moved = Get(text_);
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.headers.at("Location"), scan_);
  EXPECT_EQ(Get("/v1/records/دفتر-1").status, 301);
  EXPECT_EQ(Get(text_ + "/pages/2").status, 200);
  Json stays = JsonOf(scan_);
  EXPECT_EQ(stays["title"], "أكشاك السوق");
  EXPECT_TRUE(stays["unconfirmed"].contains("title"));
  EXPECT_THAT(stays["merged"].get<std::vector<std::string>>(), ElementsAre(imported_id_));
  EXPECT_EQ(Finds("أكشاك"), 1U) << "the title that it lent";
  EXPECT_EQ(Finds("\"منح رخصة\""), 0U);
  EXPECT_EQ(Change("POST", text_ + "/merge", {{"into", scan_id_}, {"why", "again"}}).status, 400);
  EXPECT_EQ(Change("POST", scan_ + "/merge", {{"into", scan_id_}, {"why", "itself"}}).status, 400);
  EXPECT_EQ(Change("POST", scan_ + "/merge", {{"into", imported_id_}, {"why", "back"}}).status, 404);
  ExpectWhole();
  ASSERT_EQ(Change("PATCH", scan_, Fields({{{"do", "confirm"}, {"name", "title"}}})).status, 200);
  ASSERT_EQ(Change("POST", text_ + "/restore", {{"why", "two papers"}}).status, 200);
  stays = JsonOf(scan_);
  EXPECT_EQ(stays["title"], "أكشاك السوق") << "what somebody confirmed stays";
  EXPECT_TRUE(stays["number"].is_null());
  EXPECT_THAT(stays["merged"], IsEmpty());
  EXPECT_EQ(Get(text_).status, 200);
  EXPECT_EQ(Finds("\"منح رخصة\""), 1U);
  ExpectWhole();
}

TEST_F(ChangesTest, ARecordIsSplit) {
  EXPECT_EQ(Change("POST", text_ + "/split", {{"from", 1}, {"why", "x"}}).status, 400);
  EXPECT_EQ(Change("POST", text_ + "/split", {{"from", 3}, {"why", "x"}}).status, 400);
  const Response split = Change("POST", text_ + "/split", {{"from", 2}, {"why", "two papers"}});
  ASSERT_EQ(split.status, 201) << split.body;
  const std::string next = split.headers.at("Location");
  EXPECT_EQ(JsonOf(next)["page_count"], 1);
  EXPECT_EQ(JsonOf(next + "/pages/1")["text"], "الصفحة الثانية من القرار");
  EXPECT_EQ(JsonOf(text_)["page_count"], 1);
  EXPECT_EQ(Get(text_ + "/pages/2").status, 404);
  EXPECT_EQ(JsonOf(text_ + "/pages/2/history/1")["text"], "الصفحة الثانية من القرار");
  EXPECT_EQ(Finds("\"الصفحة الثانية\""), 1U);
  EXPECT_EQ(JsonOf("/v1/stats")["pages"], 4);
  ExpectWhole();
}

TEST_F(ChangesTest, PersonsRelatePapersAndJudgeWhatWasRead) {
  ASSERT_EQ(Change("PATCH", scan_,
                   Fields({{{"do", "set"}, {"name", "type"}, {"value", "decision"}},
                           {{"do", "set"}, {"name", "date"}, {"value", "2021-01-01"}}}))
                .status,
            200);
  const Response made =
      Change("POST", scan_ + "/relations", {{"relation", "repeals"}, {"to", "دفتر-1"}, {"why", "says so"}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(Change("POST", scan_ + "/relations", {{"relation", "repeals"}, {"to", "دفتر-1"}}).status, 400);
  EXPECT_EQ(Change("POST", scan_ + "/relations", {{"relation", "eats"}, {"to", "دفتر-1"}}).status, 400);
  EXPECT_EQ(Change("POST", scan_ + "/relations", {{"relation", "repeals"}, {"to", "nobody"}}).status, 404);
  const Json status = JsonOf(text_ + "/status");
  EXPECT_EQ(status["status"], "repealed");
  EXPECT_EQ(status["confirmed"], true);
  EXPECT_THAT(status["reason"].get<std::string>(), HasSubstr("as a person said"));
  const Json cited = JsonOf(text_ + "/cited-by")["citations"];
  ASSERT_EQ(cited.size(), 1U);
  EXPECT_EQ(cited[0]["record"], scan_id_);
  EXPECT_EQ(cited[0]["origin"], "person");
  const int number = cited[0]["number_in_record"];
  const std::string relation = scan_ + "/relations/" + std::to_string(number);
  // It stays when the text is read again.
  ASSERT_EQ(Change("PATCH", scan_ + "/pages/1", Word(0, 0, "القرار")).status, 200);
  EXPECT_EQ(JsonOf(text_ + "/status")["status"], "repealed");
  ASSERT_EQ(Change("PATCH", relation, {{"state", "rejected"}}).status, 200);
  EXPECT_EQ(JsonOf(text_ + "/status")["status"], "in_force");
  EXPECT_EQ(JsonOf(scan_ + "/citations")["citations"].size(), 0U);
  EXPECT_EQ(JsonOf(scan_ + "/citations", {{"rejected", "yes"}})["citations"].size(), 1U);
  ASSERT_EQ(Change("DELETE", relation, nullptr).status, 200);
  EXPECT_EQ(JsonOf(scan_ + "/citations", {{"rejected", "yes"}})["citations"].size(), 0U);
  EXPECT_EQ(Change("DELETE", relation, nullptr).status, 404);
  ExpectWhole();
}

TEST_F(ChangesTest, OfTwoMembersOfOneNameNeitherIsTaken) {
  const auto send = [&](const std::string& method, const std::string& path, const std::string& body) {
    Request request{.method = method, .path = path, .query = {}, .caller = {.actor = "http:test"}};
    request.headers["if-match"] = EtagOf(text_);
    std::istringstream bytes(body);
    request.body = &bytes;
    request.body_size = body.size();
    return ConnectInProcess(*archive_)->Send(request);
  };
  const int before = JsonOf(text_)["version"];
  EXPECT_EQ(send("PATCH", text_, R"({"fields":[{"do":"set","name":"title","value":"a","value":"b"}]})").status, 400);
  EXPECT_EQ(send("PUT", text_ + "/hold", R"({"on":true,"why":"x","on":false})").status, 400);
  EXPECT_EQ(send("POST", text_ + "/restore", std::string(40, '[')).status, 400);
  EXPECT_EQ(send("POST", "/v1/citations/resolve", R"({"citation":{"number":"1","number":"2"}})").status, 400);
  const Response imported = send("POST", "/v1/import", R"({"title":"a","title":"b","pages":["x"]})");
  EXPECT_EQ(Json::parse(imported.body)["failed"], 1) << imported.body;
  EXPECT_EQ(JsonOf(text_)["version"], before);
}

TEST_F(ChangesTest, ValuesThatAreNotWhatTheySeemAreRefused) {
  const auto set = [&](const char* name, const char* value) {
    return Change("PATCH", text_, Fields({{{"do", "set"}, {"name", name}, {"value", value}}}));
  };
  for (const char* value : {"a\x07",
                            "a\xE2\x80\xAE"
                            "b",
                            "a\xE2\x81\xA6"
                            "b",
                            "a\xE2\x80\x8B"
                            "b",
                            "\xC2\xAD", "\x7F"}) {
    EXPECT_EQ(set("title", value).status, 400) << value;
  }
  EXPECT_EQ(set("title", "می\xE2\x80\x8Cشود").status, 200) << "ZWNJ is spelling";
  EXPECT_EQ(set("number", "بلا").status, 400);
  EXPECT_EQ(Json::parse(set("number", "عشرة").body)["number"], "10");
  EXPECT_EQ(set("date", "31/4/2019").status, 400);
  ASSERT_EQ(set("number", "45/1990").status, 200);
  EXPECT_THAT(Json::parse(set("number", "46").body).value("note", ""), HasSubstr("1990"));
  EXPECT_FALSE(JsonOf(text_).contains("note")) << "of the change alone";
  EXPECT_EQ(Get("/v1/records", {{"number", "46"}, {"year", "abcd"}}).status, 400);
}

TEST_F(ChangesTest, TextAloneIsNotReadAgain) {
  EXPECT_EQ(Change("POST", text_ + "/read", {}).status, 400);
  EXPECT_EQ(Change("POST", scan_ + "/read", {{"page", 2}}).status, 404);
  EXPECT_EQ(Change("POST", scan_ + "/read", {{"page", 1}, {"why", "better models"}}).status, 202);
  EXPECT_EQ(Change("POST", scan_ + "/read", {}).status, 503) << "it waits to be read";
  EXPECT_EQ(JsonOf("/v1/stats")["files_waiting"], 1);
}

TEST_F(ChangesTest, EveryChangeIsAudited) {
  ASSERT_EQ(Change("DELETE", text_, nullptr, "now", {{"why", "scanned twice"}}).status, 200);
  const std::vector<AuditEntry> audit = archive_->store().Audit(0, 1000);
  EXPECT_EQ(audit.back().action, "record.delete");
  EXPECT_EQ(audit.back().actor, "http:test");
  EXPECT_EQ(audit.back().subject, imported_id_);
  EXPECT_EQ(audit.back().why, "scanned twice");
}

TEST(EditSoak, NoChangeIsLostAndTheHistoryIsWhole) {
  const auto dir = std::filesystem::temp_directory_path() / ("diwan soak " + NewId());
  {
    Archive archive(dir, {.create = true});
    const EditSoakReport report = RunEditSoak(archive, {.edits = 400});
    EXPECT_THAT(report.faults, IsEmpty());
    EXPECT_GT(report.taken, 50U);
    EXPECT_GT(report.stale, 20U);
    EXPECT_EQ(report.taken + report.stale, 400U);
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace diwan
