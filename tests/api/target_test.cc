// Request targets: what is decoded, what is refused.
#include "api/target.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace diwan {
namespace {

using Pairs = std::map<std::string, std::string>;

TEST(Target, TakesApart) {
  struct Row {
    const char* target;
    const char* path;
    Pairs query;
  };
  const Row rows[] = {
      {"/v1/health", "/v1/health", {}},
      {"/v1/search?q=%D9%82%D8%B1%D8%A7%D8%B1&limit=5", "/v1/search", {{"q", "قرار"}, {"limit", "5"}}},
      {"/v1/search?q=قرار", "/v1/search", {{"q", "قرار"}}},
      {"/v1/search?q=a+b%2Bc", "/v1/search", {{"q", "a b+c"}}},
      {"/v1/a+b", "/v1/a+b", {}},
      {"/v1/search?q", "/v1/search", {{"q", ""}}},
      {"/v1/search?&&q==&", "/v1/search", {{"q", "="}}},
      {"/v1/search?q=a%00b", "/v1/search", {{"q", std::string("a\0b", 3)}}},
      {"/v1/search?q=a#top", "/v1/search", {{"q", "a"}}},
      {"/v1%2Fhealth", "/v1/health", {}},
      {"http://host:80/v1/health?a=b", "/v1/health", {{"a", "b"}}},
      {"http://host", "/", {}},
      {"/v1/...", "/v1/...", {}},
  };
  for (const Row& row : rows) {
    const Target target = ParseTarget(row.target);
    EXPECT_EQ(target.path, row.path) << row.target;
    EXPECT_EQ(target.query, row.query) << row.target;
  }
}

TEST(Target, Refuses) {
  const std::string rows[] = {
      "",
      "v1/health",
      "*",
      "?q=1",
      "/v1/%",
      "/v1/%4",
      "/v1/%zz",
      "/v1/search?q=%",
      "/v1/../x",
      "/v1/%2e%2E/x",
      "/v1/..",
      "/v1/x/%2E%2e%2Fetc",
      "/./v1",
      "/v1/a%00b",
      "/v1/a%0Ab",
      std::string("/v1/a\0b", 7),
      "/v1/search?q=1&q=2",
  };
  for (const std::string& row : rows) {
    try {
      ParseTarget(row);
      ADD_FAILURE() << row;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalid) << row;
    }
  }
}

TEST(Target, ComesBackFromItsForm) {
  const Target target{.path = "/v1/records/قرار ١",
                      .query = {{"q", "a&b=c +%#؟"}, {"اسم", std::string("\0\n\xFF", 3)}}};
  const std::string formatted = FormatTarget(target);
  EXPECT_EQ(formatted.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%/?&="),
            std::string::npos);
  const Target again = ParseTarget(formatted);
  EXPECT_EQ(again.path, target.path);
  EXPECT_EQ(again.query, target.query);
}

}  // namespace
}  // namespace diwan
