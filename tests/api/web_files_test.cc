// The web page's files as they are answered.
#include "api/web_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace diwan {
namespace {

using ::testing::HasSubstr;

Request Asking(const std::string& path) { return {.path = path}; }

// The address of the page's script, as the page names it.
std::string ScriptOf(const std::string& html) {
  const size_t begin = html.find("/assets/");
  return html.substr(begin, html.find('"', begin) - begin);
}

TEST(WebFile, GivesThePageAtItsOwnAddresses) {
  const auto page = WebFile(Asking("/"));
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->headers.at("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page->headers.count("ETag"), 1U);
  EXPECT_THAT(page->headers.at("Content-Security-Policy"), HasSubstr("script-src 'self';"));
  EXPECT_THAT(page->headers.at("Content-Security-Policy"), Not(HasSubstr("unsafe")));
  for (const char* path : {"/records/01a/2", "/queue", "/sign-in", "/audit"}) {
    const auto same = WebFile(Asking(path));
    ASSERT_TRUE(same.has_value()) << path;
    EXPECT_EQ(same->body, page->body);
  }
}

TEST(WebFile, NothingElseIsThePage) {
  for (const char* path : {"/nothing", "/v1/nothing", "/assets/", "/assets/../index.html", "", "x"}) {
    EXPECT_FALSE(WebFile(Asking(path)).has_value()) << path;
  }
  EXPECT_FALSE(WebFile({.method = "POST", .path = "/"}).has_value());
}

TEST(WebFile, ScriptsArePackedForWhoUnpacksThem) {
  const std::string path = ScriptOf(WebFile(Asking("/"))->body);
  const auto plain = WebFile(Asking(path));
  Request asking = Asking(path);
  asking.headers["accept-encoding"] = "gzip";
  const auto packed = WebFile(asking);
  ASSERT_TRUE(plain && packed);
  EXPECT_EQ(packed->headers.at("Content-Encoding"), "gzip");
  EXPECT_EQ(plain->headers.count("Content-Encoding"), 0U);
  EXPECT_LT(packed->body.size(), plain->body.size() / 2);
  EXPECT_THAT(plain->body, HasSubstr("/v1/session"));
  EXPECT_THAT(plain->headers.at("Cache-Control"), HasSubstr("immutable"));
}

}  // namespace
}  // namespace diwan
