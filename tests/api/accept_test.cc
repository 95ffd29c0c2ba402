// Weighted lists of media types, and what a request may say: rows of headers, what is chosen, what is refused.
#include "api/accept.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/forms.h"
#include "api/operation.h"
#include "api/paging.h"
#include "api/problem.h"
#include "api/query_parameters.h"

namespace diwan {
namespace {

TEST(ChooseMediaType, TakesTheOneOfMostWeight) {
  const std::vector<std::string_view> offered = {"application/json", "text/plain", "application/alto+xml", "image/png"};
  struct Row {
    const char* accept;
    int chosen;  // -1: none
  };
  const Row rows[] = {
      {"", 0},
      {"*/*", 0},
      {"text/plain", 1},
      {"TEXT/Plain; charset=utf-8", 1},
      {"text/html, application/alto+xml;q=0.9, */*;q=0.1", 2},
      {"application/json;q=0.5, text/plain;q=0.6", 1},
      {"text/plain;q=0.5, application/json;q=0.5", 0},
      {"application/*", 0},
      {"application/*;q=0.3, application/alto+xml;q=0.2, image/*;q=0.1", 0},
      {"application/json;q=0, application/*", 2},
      {"application/json;q=0, */*", 1},
      {"*/*, application/json;q=0", 1},
      {"image/*", 3},
      {"image/jpeg", -1},
      {"text/html", -1},
      {"*/*;q=0", -1},
      {"text/plain;q=0.000", -1},
      {"text/plain;q=1.000", 1},
      {",,;", 0},
      {"text/plain;q=2", 0},
      {"text/plain;q=0.1234, image/png;q=0.1", 3},
      {"text/plain;q=nan, image/png;q=0.1", 3},
      {"text/plain;q=, image/png", 3},
      {"text/pla", -1},
      {"text", -1},
      {"*/plain", -1},
  };
  for (const Row& row : rows) {
    const auto chosen = ChooseMediaType(row.accept, offered);
    EXPECT_EQ(chosen ? static_cast<int>(*chosen) : -1, row.chosen) << row.accept;
  }
}

TEST(ChooseForm, IsToldByNameOrAcceptAndListsWhatThereIs) {
  Request request;
  EXPECT_TRUE(WantsJson(request, parameters::kPageFormat));
  EXPECT_EQ(ChooseForm(request, parameters::kPageFormat, PageForms()).kind, FormKind::kJson);
  request.headers["accept"] = "text/plain";
  EXPECT_EQ(ChooseForm(request, parameters::kPageFormat, PageForms()).kind, FormKind::kText);
  request.query["format"] = "alto";
  EXPECT_FALSE(WantsJson(request, parameters::kPageFormat));
  EXPECT_EQ(ChooseForm(request, parameters::kPageFormat, PageForms()).kind, FormKind::kAlto);
  request.query["format"] = "image";
  try {
    ChooseForm(request, parameters::kPageFormat, PageForms());
    FAIL();
  } catch (const NotAcceptable& error) {
    EXPECT_THAT(error.available(),
                testing::ElementsAre("application/json", "text/plain", "application/alto+xml", "text/vnd.hocr+html"));
  }
  request.query["format"] = "pdf";  // of a page that has an image
  EXPECT_THROW(ChooseForm(request, parameters::kPageFormat, PageForms()), Error);
}

constexpr Operation kLists = {.id = "lists", .summary = "x", .query = {parameters::kCursor, parameters::kListLimit}};

std::string MessageOf(const Request& request, const Parameter& parameter) {
  try {
    TextParameter(request, parameter);
    return "";
  } catch (const Error& error) {
    return std::string(CodeName(error.code())) + ": " + error.what();
  }
}

TEST(Parameters, OnesThatAreNotDeclaredAreNeverRead) {
  Request request;
  request.operation = &kLists;
  EXPECT_EQ(MessageOf(request, parameters::kCursor), "");
  EXPECT_THAT(MessageOf(request, parameters::kQuestion), testing::StartsWith("internal: 'q'"));
  EXPECT_THROW(NumberParameter(request, parameters::kShortLimit), Error);  // of another list, with other limits
}

TEST(Parameters, OnesThatAreNotKnownAreNamedWithTheOthers) {
  const std::pair<const char*, const char*> rows[] = {
      {"Limit", "'Limit' is not a parameter of this address; it takes cursor, limit"},
      {"<b>", "one is not a parameter of this address; it takes cursor, limit"},
      {"", "one is not a parameter of this address; it takes cursor, limit"},
  };
  for (const auto& [name, message] : rows) {
    Request request;
    request.operation = &kLists;
    request.query[name] = "5";
    try {
      CheckParameters(request);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      EXPECT_STREQ(error.what(), message);
    }
  }
}

TEST(Cursor, IsOfItsListAlone) {
  Request request{.path = "/v1/records", .query = {{"deleted", "yes"}, {"limit", "3"}}};
  const std::string cursor = MakeListCursor(request, "17");
  EXPECT_EQ(CursorPosition(request), "");
  request.query["cursor"] = cursor;
  request.query["limit"] = "9";
  EXPECT_EQ(CursorPosition(request), "17");
  EXPECT_EQ(CursorNumber(request), 17U);
  Request other = request;
  other.query["deleted"] = "no";
  EXPECT_THROW(CursorPosition(other), Error);
  other = request;
  other.path = "/v1/batches";
  EXPECT_THROW(CursorPosition(other), Error);
  for (size_t i = 0; i < cursor.size(); ++i) {
    other = request;
    other.query["cursor"][i] ^= 1;
    EXPECT_THROW(CursorPosition(other), Error) << i;
  }
  other.query["cursor"] = "";
  EXPECT_THROW(CursorPosition(other), Error);
  for (const char* position : {"x", "-1", "99999999999", "3000000000", "1 "}) {
    other = request;
    other.query["cursor"] = MakeListCursor(request, position);
    EXPECT_THROW(CursorNumber(other), Error) << position;
  }
}

}  // namespace
}  // namespace diwan
