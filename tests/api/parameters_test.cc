// Query parameters and page formats: what is taken, what is refused with the parameter's name.
#include "api/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/cursor.h"
#include "core/error.h"

namespace diwan {
namespace {

Request Asking(const std::map<std::string, std::string>& query) {
  Request request;
  request.query = query;
  return request;
}

TEST(SearchParameters, TakesWhatIsGivenAndFillsTheRest) {
  const Query plain = SearchParameters(Asking({{"q", "قرار"}}));
  EXPECT_EQ(plain.text, "قرار");
  EXPECT_EQ(plain.limit, 20U);
  EXPECT_EQ(plain.offset, 0U);
  EXPECT_TRUE(plain.snippets);
  EXPECT_EQ(plain.sort, SortOrder::kRelevance);
  EXPECT_FALSE(plain.facets);
  EXPECT_FALSE(plain.explain);
  const Query full = SearchParameters(Asking({{"limit", "1000"}, {"offset", "9000"}, {"snippets", "no"}}));
  EXPECT_EQ(full.limit, 1000U);
  EXPECT_EQ(full.offset, 9000U);
  EXPECT_FALSE(full.snippets);
  const Query asked = SearchParameters(Asking({{"sort", "oldest"}, {"facets", "yes"}, {"explain", "1"}}));
  EXPECT_EQ(asked.sort, SortOrder::kOldest);
  EXPECT_TRUE(asked.facets);
  EXPECT_TRUE(asked.explain);
  EXPECT_EQ(SearchParameters(Asking({{"sort", "newest"}})).sort, SortOrder::kNewest);
}

TEST(SearchParameters, ACursorGoesOnWithItsQuestionOnly) {
  const Query query{.text = "قرار", .sort = SortOrder::kNewest};
  const std::string cursor = MakeCursor(query, {40, 5});
  const Query next = SearchParameters(Asking({{"q", "قرار"}, {"sort", "newest"}, {"cursor", cursor}}));
  EXPECT_EQ(next.offset, 40U);
  EXPECT_EQ(next.limit, 20U);
  EXPECT_EQ(
      SearchParameters(Asking({{"q", "قرار"}, {"sort", "newest"}, {"cursor", MakeCursor(query, {9990, 5})}})).limit,
      10U);
  const std::map<std::string, std::string> refused[] = {
      {{"q", "قرارات"}, {"sort", "newest"}, {"cursor", cursor}},
      {{"q", "قرار"}, {"cursor", cursor}},
      {{"q", "قرار"}, {"sort", "newest"}, {"cursor", cursor}, {"offset", "40"}},
      {{"q", "قرار"}, {"sort", "newest"}, {"cursor", MakeCursor(query, {10'000, 5})}},
      {{"q", "قرار"}, {"sort", "newest"}, {"cursor", ""}},
  };
  for (const auto& parameters : refused) {
    try {
      SearchParameters(Asking(parameters));
      ADD_FAILURE() << testing::PrintToString(parameters);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      EXPECT_THAT(error.what(), testing::HasSubstr("'cursor'"));
    }
  }
}

TEST(SearchParameters, RefusesWithTheNameOfTheParameter) {
  struct Row {
    const char* name;
    const char* value;
  };
  const Row rows[] = {
      {"limit", "0"},
      {"limit", "1001"},
      {"limit", ""},
      {"limit", "-1"},
      {"limit", "+5"},
      {"limit", " 5"},
      {"limit", "5 "},
      {"limit", "5.0"},
      {"limit", "0x10"},
      {"limit", "٥"},
      {"limit", "99999999999999999999999"},
      {"offset", "9981"},
      {"offset", "abc"},
      {"offset", "4294967296"},
      {"offset", "4294967290"},
      {"snippets", ""},
      {"snippets", "maybe"},
      {"sort", ""},
      {"sort", "Newest"},
      {"facets", "type"},
      {"explain", "maybe"},
      {"cursor", "abc"},
  };
  for (const Row& row : rows) {
    try {
      SearchParameters(Asking({{row.name, row.value}}));
      ADD_FAILURE() << row.name << "=" << row.value;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      EXPECT_THAT(error.what(), testing::HasSubstr(row.name));
    }
  }
}

Parameter WithFallback(bool fallback) { return {.name = "facets", .kind = ParameterKind::kFlag, .fallback = fallback}; }

// docs/api.md promises these and no others.
TEST(FlagParameter, TakesWhatTheDocsTell) {
  const std::pair<const char*, bool> taken[] = {{"yes", true}, {"true", true},   {"1", true},
                                                {"no", false}, {"false", false}, {"0", false}};
  for (const auto& [value, expected] : taken) {
    for (const bool fallback : {true, false}) {
      EXPECT_EQ(FlagParameter(Asking({{"facets", value}}), WithFallback(fallback)), expected) << value;
    }
  }
  EXPECT_TRUE(FlagParameter(Asking({}), WithFallback(true)));
  for (const char* value :
       {"", " ", "Yes", "YES", "True", "yes ", " no", "on", "off", "y", "n", "2", "01", "-1", "١"}) {
    try {
      FlagParameter(Asking({{"facets", value}}), WithFallback(false));
      ADD_FAILURE() << value;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid);
      EXPECT_THAT(error.what(), testing::HasSubstr("'facets'"));
    }
  }
}

}  // namespace
}  // namespace diwan
