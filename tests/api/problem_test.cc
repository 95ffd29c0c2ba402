// Problems as their readers see them: in which language, and with nothing in them that acts.
#include "api/problem.h"

#include <gmock/gmock.h>

#include "contract_fixture.h"

namespace diwan {
namespace {

using Json = nlohmann::ordered_json;

TEST_F(ContractTest, ProblemsComeInTheReadersLanguage) {
  const std::pair<const char*, const char*> rows[] = {{"ar", "ar"},
                                                      {"fa-IR, en;q=0.5", "fa"},
                                                      {"en-GB, ar;q=0.9", "en"},
                                                      {"de, ar;q=0.1", "ar"},
                                                      {"de", "en"},
                                                      {"en;q=0, *", "ar"},
                                                      {"AR-EG", "ar"},
                                                      {"fa;q=2, ar;q=0.3", "ar"},
                                                      {"", "en"},
                                                      {",;q=", "en"},
                                                      {"ar;q=0.2, fa", "fa"}};
  for (const auto& [wanted, language] : rows) {
    const Response response = Send({"GET", "/v1/records/nobody"}, {{"accept-language", wanted}});
    EXPECT_EQ(response.headers.at("Content-Language"), language) << wanted;
    EXPECT_EQ(response.headers.at("Vary"), "Accept-Language");
    const Json problem = Json::parse(response.body);
    const ProblemText& text = TextOf(TypeOf(ErrorCode::kNotFound, 404), language);
    EXPECT_EQ(problem["title"], text.title);
    EXPECT_EQ(problem["explanation"], text.explanation);
    EXPECT_THAT(problem["detail"].get<std::string>(), testing::HasSubstr("there is no record"));
  }
}

TEST(Problems, HaveATextInEachLanguage) {
  std::set<std::string_view> told;
  std::set<std::string_view> names;
  for (const ProblemType& type : ProblemTypes()) {
    EXPECT_TRUE(names.insert(type.name).second) << type.name;
    EXPECT_EQ(type.texts[0].language, "en");
    EXPECT_EQ(type.texts[1].language, "ar");
    EXPECT_EQ(type.texts[2].language, "fa");
    EXPECT_NE(TitleOfStatus(type.status), "") << type.status;
    for (const ProblemText& text : type.texts) {
      EXPECT_TRUE(told.insert(text.title).second) << text.title;
      EXPECT_TRUE(told.insert(text.explanation).second) << text.explanation;
    }
  }
}

TEST(Problems, PassOnNothingThatActs) {
  const std::string evil = "a<script>\r\nX: 1\x7F\xE2\x80\xAE" + std::string(2000, 'x') + "ص";
  const Json problem = Json::parse(ProblemResponse({.code = ErrorCode::kInvalid, .detail = evil}).body);
  const std::string detail = problem["detail"];
  EXPECT_EQ(detail.substr(0, 24), "a‹script›  X: 1 xxxx");
  EXPECT_LE(detail.size(), 1000U);
}

TEST_F(ContractTest, NamesFromOutsideAreToldOnlyWhenTheyArePlain) {
  EXPECT_THAT(Get("/v1/health", {{"<b>x</b>", "1"}}).body, testing::Not(testing::HasSubstr("b>")));
  EXPECT_THAT(Get("/v1/<script>", {}).body, testing::Not(testing::HasSubstr("script")));
}

}  // namespace
}  // namespace diwan
