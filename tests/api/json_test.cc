// The JSON of docs/api.md, and each code's status.
#include "api/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/handlers.h"
#include "api/problem.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> KeysOf(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

constexpr const char* kId = "01890000-0000-7000-8000-000000000001";

TEST(Json, PageHasTheDocumentedMembersInOrder) {
  Page page{.record_id = kId, .number = 2, .width = 10, .height = 20};
  page.confidence = 87.30000305;
  page.words = {{.text = "قرار", .box = {1, 2, 3, 4}, .confidence = 87.3F, .line = 5, .block = 6}};
  page.image_type = "image/png";
  const Json json = Json::parse(PageJson(page));
  const std::vector<std::string> expected = {"record", "number",     "version",   "width",    "height",
                                             "dpi",    "rotation",   "skew",      "language", "origin",
                                             "engine", "confidence", "doubtful",  "cpu_ms",   "recognition_cpu_ms",
                                             "text",   "failure",    "image_url", "words"};
  EXPECT_EQ(KeysOf(json), expected);
  EXPECT_EQ(json["image_url"], std::string("/v1/records/") + kId + "/pages/2/image");
  EXPECT_TRUE(json["failure"].is_null());
  EXPECT_EQ(json["words"].dump(), R"([{"text":"قرار","box":[1,2,3,4],"confidence":87.3,"line":5,"block":6}])");
  EXPECT_EQ(json["confidence"].dump(), "87.3");
  page.image_type.clear();
  EXPECT_TRUE(Json::parse(PageJson(page))["image_url"].is_null());
}

TEST(Json, WordsTellWhatIsKnownOfTheirNumbers) {
  Page page;
  page.words.resize(4);
  page.words[0].confidence = 90;
  page.words[1].confidence = 99;
  page.words[1].number = NumberState::kSure;
  page.words[1].first_reading = "5؟";
  page.words[2].confidence = 70;
  page.words[2].number = NumberState::kUnsure;
  page.words[2].alternatives = {"١٣", "١٥"};
  const Json json = Json::parse(PageJson(page));
  EXPECT_EQ(json["doubtful"], 2);  // the unsure number, and the word without confidence
  EXPECT_FALSE(json["words"][0].contains("number"));
  EXPECT_FALSE(json["words"][0].contains("first_reading"));
  EXPECT_FALSE(json["words"][0].contains("alternatives"));
  EXPECT_EQ(json["words"][1]["number"], "sure");
  EXPECT_EQ(json["words"][1]["first_reading"], "5؟");
  EXPECT_FALSE(json["words"][1].contains("alternatives"));
  EXPECT_EQ(json["words"][2]["number"], "unsure");
  EXPECT_FALSE(json["words"][2].contains("first_reading"));
  EXPECT_EQ(json["words"][2]["alternatives"].dump(), R"(["١٣","١٥"])");
}

TEST(Json, RecordHasTheDocumentedMembersInOrder) {
  Record record{.id = kId, .page_count = 3, .source = "d", .file_name = "a.pdf"};
  record.fields = {{.name = "date", .value = "2019-03-12", .printed = "١٢/٣/٢٠١٩", .page = 1},
                   {.name = "number", .value = "123/2019", .printed = "١٢٣/٢٠١٩"}};
  record.fields[1].confidence = 62.48F;
  const RecordView view{record, SourceFile{.digest = "d", .size = 7, .media_type = "image/tiff"}, {{{1, 2, 3, 4}}, {}}};
  const Json json = Json::parse(RecordJson(view));
  const std::vector<std::string> expected = {"id",         "external_id",
                                             "version",    "state",
                                             "access",     "type",
                                             "title",      "number",
                                             "date",       "body",
                                             "language",   "unconfirmed",
                                             "identifier", "no_identifier",
                                             "fields",     "removed",
                                             "deleted",    "merged_into",
                                             "merged",     "hold",
                                             "page_count", "first_page_in_source",
                                             "source",     "batch",
                                             "created_at", "changed_at",
                                             "pages_url"};
  EXPECT_EQ(KeysOf(json), expected);
  EXPECT_EQ(json["unconfirmed"].dump(), R"({"number":62.5,"date":0.0})");
  EXPECT_EQ(json["fields"][0]["boxes"].dump(), "[[1,2,3,4]]");
  EXPECT_EQ(json["fields"][1]["boxes"].dump(), "[]");
  EXPECT_TRUE(Json::parse(RecordJson({record, {}, {}}))["fields"][0]["boxes"].is_null());
  EXPECT_EQ(json["number"], "123/2019");
  EXPECT_EQ(json["date"].dump(), R"({"printed":"١٢/٣/٢٠١٩","normal":"2019-03-12"})");
  EXPECT_TRUE(json["title"].is_null());
  EXPECT_TRUE(json["fields"][1]["page"].is_null());
  EXPECT_EQ(json["source"]["url"], std::string("/v1/records/") + kId + "/source");
  EXPECT_EQ(json["created_at"], "1970-01-01T00:00:00.000Z");
  EXPECT_TRUE(Json::parse(RecordJson({record, std::nullopt}))["source"].is_null());
}

TEST(Json, BytesThatAreNotUtf8AreReplaced) {
  Query query;
  query.text =
      "a\xFF"
      "b";
  Answer answer;
  answer.notes = {"\xC3"};
  const Json json = Json::parse(SearchJson(query, answer));
  EXPECT_EQ(json["query"], "a\uFFFDb");
  EXPECT_EQ(json["notes"][0], "\uFFFD");
}

TEST(Json, SearchHasTheDocumentedMembersInOrder) {
  Answer answer{.total = 1, .pages_searched = 5, .took_ms = 1.23456};
  answer.hits = {
      {.record_id = kId, .page = 4, .score = 1.5, .external_id = "x", .fields = {}, .snippet = {{"a", true}}}};
  const Json json = Json::parse(SearchJson({.text = "q"}, answer));
  const std::vector<std::string> outer = {"query",   "total", "pages_searched", "pages_without_text",
                                          "took_ms", "notes", "suggestion",     "facets",
                                          "results", "next",  "explain"};
  EXPECT_EQ(KeysOf(json), outer);
  for (const char* unasked : {"suggestion", "facets", "next", "explain"}) EXPECT_TRUE(json[unasked].is_null());
  std::vector<std::string> inner = {"record",   "page",       "external_id", "file_name",   "score",
                                    "guess",    "more_pages", "type",        "number",      "date",
                                    "title",    "body",       "unconfirmed", "snippet",     "boxes",
                                    "page_url", "image_url",  "page_width",  "page_height", "matched"};
  EXPECT_EQ(KeysOf(json["results"][0]), inner);
  EXPECT_TRUE(json["results"][0]["matched"].is_null());
  EXPECT_EQ(json["results"][0]["guess"], false);
  EXPECT_EQ(json["results"][0]["more_pages"], 0);
  EXPECT_EQ(json["results"][0]["snippet"].dump(), R"([{"text":"a","marked":true}])");
  EXPECT_EQ(json["results"][0]["boxes"].dump(), "[]");
}

TEST(Json, SearchTellsWhatWasAskedForBesides) {
  Answer answer{.next = "abc", .suggestion = "قرار"};
  answer.hits = {{.record_id = kId, .page = 4, .guess = true, .more_pages = 3, .matched = {"قرار", "123/2019"}}};
  answer.facets = {{"type", {{"decision", 12}, {"قرار", 3}}}, {"year", {}}};
  answer.explanation = Explanation{.parsed = "قرار", .words = {{.typed = "القَرار", .folded = "القرار"}}};
  answer.explanation->words[0].terms = {
      {.kind = "stem", .text = "قرار", .language = "ara", .pages = 9, .weight = 1.00049},
      {.kind = "surface", .text = "القرار", .pages = 2, .weight = 0.3}};
  const Json json = Json::parse(SearchJson({.text = "q", .facets = true, .explain = true}, answer));
  EXPECT_EQ(json["suggestion"], "قرار");
  EXPECT_EQ(json["next"], "abc");
  EXPECT_EQ(json["facets"].dump(),
            R"({"type":[{"value":"decision","count":12},{"value":"قرار","count":3}],"year":[]})");
  EXPECT_EQ(json["explain"].dump(),
            R"({"parsed":"قرار","words":[{"typed":"القَرار","folded":"القرار","stop":false,"terms":[)"
            R"({"kind":"stem","text":"قرار","language":"ara","pages":9,"weight":1.0},)"
            R"({"kind":"surface","text":"القرار","language":null,"pages":2,"weight":0.3}]}]})");
  EXPECT_EQ(json["results"][0]["matched"].dump(), R"(["قرار","123/2019"])");
  EXPECT_EQ(json["results"][0]["guess"], true);
  EXPECT_EQ(json["results"][0]["more_pages"], 3);
  EXPECT_EQ(Json::parse(SearchJson({.facets = true}, {}))["facets"].dump(), "{}");
}

TEST(Json, CompletionsTellTheirKind) {
  const std::vector<Completion> completions = {{CompletionKind::kWord, "قرار", 5},
                                               {CompletionKind::kNumber, "123/2019", 2},
                                               {CompletionKind::kTitle, "تنظيم السوق", 1}};
  EXPECT_EQ(CompletionsJson("قر", completions, 1.239),
            R"({"query":"قر","completions":[{"kind":"word","text":"قرار","pages":5},)"
            R"({"kind":"number","text":"123/2019","pages":2},{"kind":"title","text":"تنظيم السوق","pages":1}],)"
            R"("took_ms":1.24})");
}

TEST(Json, RelatedRecordsAreResults) {
  const Json json = Json::parse(RelatedJson(kId, {{.record_id = "other", .page = 2, .score = 0.5}}, 3));
  EXPECT_EQ(KeysOf(json), (std::vector<std::string>{"record", "took_ms", "results"}));
  EXPECT_EQ(json["record"], kId);
  EXPECT_EQ(json["results"][0]["record"], "other");
  EXPECT_EQ(json["results"][0]["page"], 2);
}

TEST(Problem, EachCodeHasItsStatus) {
  struct Row {
    ErrorCode code;
    int status;
  };
  const Row rows[] = {
      {ErrorCode::kInvalid, 400},     {ErrorCode::kNotFound, 404}, {ErrorCode::kDenied, 403},
      {ErrorCode::kBusy, 503},        {ErrorCode::kTooLarge, 413}, {ErrorCode::kCorrupt, 500},
      {ErrorCode::kUnavailable, 503}, {ErrorCode::kInternal, 500},
  };
  for (const Row& row : rows) {
    const Response response = ProblemResponse({.code = row.code, .detail = "why"});
    EXPECT_EQ(response.status, row.status) << CodeName(row.code);
    EXPECT_EQ(response.headers.at("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.count("Retry-After"), row.code == ErrorCode::kBusy ? 1U : 0U);
    const Json json = Json::parse(response.body);
    EXPECT_EQ(KeysOf(json), (std::vector<std::string>{"type", "title", "status", "code", "detail", "explanation"}));
    EXPECT_EQ(json["code"], CodeName(row.code));
    EXPECT_EQ(json["status"], row.status);
    EXPECT_NE(json["title"], "");
  }
}

TEST(Problem, TellsTheQuarantinedEntry) {
  BatchEntry entry{.batch_id = kId, .number = 1, .outcome = Outcome::kQuarantined, .reason = "empty"};
  const Json json = Json::parse(ProblemResponse({.detail = "empty", .status = 422, .entry = &entry}).body);
  EXPECT_EQ(json["entry"]["outcome"], "quarantined");
  EXPECT_TRUE(json["entry"]["digest"].is_null());
}

TEST(Attachment, NamesTheFileTwice) {
  struct Row {
    const char* name;
    const char* expected;
  };
  const Row rows[] = {
      {"a.pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"},
      {"a\"\r\nb%\\", "attachment; filename=\"a___b__\"; filename*=UTF-8''a%22%0D%0Ab%25%5C"},
      {"ق.tif", "attachment; filename=\"__.tif\"; filename*=UTF-8''%D9%82.tif"},
  };
  for (const Row& row : rows) EXPECT_EQ(Attachment(row.name), row.expected);
}

}  // namespace
}  // namespace diwan
