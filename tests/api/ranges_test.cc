// Parts of bodies, and bodies made smaller.
#include "api/ranges.h"

#include <Poco/InflatingStream.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "api/compression.h"

namespace diwan {
namespace {

Response Letters(bool streamed) {
  Response response;
  response.headers["ETag"] = "\"abc\"";
  if (!streamed) {
    response.body = "0123456789";
    return response;
  }
  response.stream_size = 10;
  response.stream = [](const std::function<bool(std::string_view)>& sink) {
    for (const char* piece : {"012", "", "3", "456", "789"}) {
      if (!sink(piece)) return;
    }
  };
  return response;
}

std::string BodyOf(const Response& response) {
  if (!response.stream) return response.body;
  std::string body;
  response.stream([&body](std::string_view piece) {
    body += piece;
    return true;
  });
  EXPECT_EQ(response.stream_size, body.size());
  return body;
}

TEST(Ranges, ApplyRange) {
  struct Row {
    const char* range;
    int status;
    const char* body;
    const char* content_range;
  };
  const Row rows[] = {
      {"bytes=0-0", 206, "0", "bytes 0-0/10"},
      {"bytes=2-4", 206, "234", "bytes 2-4/10"},
      {"bytes=3-", 206, "3456789", "bytes 3-9/10"},
      {"bytes=8-100", 206, "89", "bytes 8-9/10"},
      {"bytes=-3", 206, "789", "bytes 7-9/10"},
      {"bytes=-100", 206, "0123456789", "bytes 0-9/10"},
      {"bytes=0-18446744073709551615", 206, "0123456789", "bytes 0-9/10"},
      {"bytes=10-", 416, nullptr, "bytes */10"},
      {"bytes=-0", 416, nullptr, "bytes */10"},
      {"bytes=4-2", 200, "0123456789", nullptr},
      {"bytes=-", 200, "0123456789", nullptr},
      {"bytes=a-b", 200, "0123456789", nullptr},
      {"bytes=0-1,3-4", 200, "0123456789", nullptr},
      {"bytes=99999999999999999999-", 200, "0123456789", nullptr},
      {"pages=1-2", 200, "0123456789", nullptr},
      {"", 200, "0123456789", nullptr},
  };
  for (const Row& row : rows) {
    for (const bool streamed : {false, true}) {
      Response response = Letters(streamed);
      ApplyRange({.headers = {{"range", row.range}}}, response);
      EXPECT_EQ(response.status, row.status) << row.range;
      EXPECT_EQ(response.headers.count("Content-Range") > 0, row.content_range != nullptr) << row.range;
      EXPECT_EQ(response.headers["Content-Range"], row.content_range == nullptr ? "" : row.content_range);
      if (row.body == nullptr) continue;
      EXPECT_EQ(BodyOf(response), row.body) << row.range;
    }
  }
}

TEST(Ranges, OnlyOfWhatTheClientHas) {
  Response same = Letters(false);
  ApplyRange({.headers = {{"range", "bytes=2-4"}, {"if-range", "\"abc\""}}}, same);
  EXPECT_EQ(same.status, 206);
  Response other = Letters(false);
  ApplyRange({.headers = {{"range", "bytes=2-4"}, {"if-range", "\"abd\""}}}, other);
  EXPECT_EQ(other.status, 200);
  Response head = Letters(false);
  ApplyRange({.method = "HEAD", .headers = {{"range", "bytes=2-4"}}}, head);
  EXPECT_EQ(head.status, 200);
  Response without_tag{.body = "0123456789"};
  ApplyRange({.headers = {{"range", "bytes=2-4"}}}, without_tag);
  EXPECT_EQ(without_tag.status, 200);
}

Response Json(size_t size) {
  return {.headers = {{"Content-Type", "application/json"}, {"ETag", "\"7\""}}, .body = std::string(size, 'x')};
}

TEST(Compression, WhatTheClientAccepts) {
  struct Row {
    const char* accept;
    bool gzip;
  };
  const Row rows[] = {{"gzip", true},      {"br, gzip;q=0.5", true},
                      {"*", true},         {"deflate,gzip , br", true},
                      {"", false},         {"br", false},
                      {"gzip;q=0", false}, {"gzip; q=0.0", false},
                      {"xgzip", false},    {"gzip;q=0.01", true}};
  for (const Row& row : rows) {
    Response response = Json(5000);
    Compress({.headers = {{"accept-encoding", row.accept}}}, response);
    EXPECT_EQ(response.headers.count("Content-Encoding") == 1, row.gzip) << row.accept;
    EXPECT_EQ(response.headers["ETag"], row.gzip ? "\"7-gzip\"" : "\"7\"") << row.accept;
    EXPECT_EQ(response.headers["Vary"], "Accept-Encoding");
    if (!row.gzip) continue;
    std::istringstream packed(response.body);
    Poco::InflatingInputStream unpacked(packed, Poco::InflatingStreamBuf::STREAM_GZIP);
    const std::string body{std::istreambuf_iterator<char>(unpacked), {}};
    EXPECT_EQ(body, std::string(5000, 'x'));
    EXPECT_LT(response.body.size(), 100U);
  }
}

TEST(Compression, LeavesAloneWhatIsSmallOrNoText) {
  const Request request{.headers = {{"accept-encoding", "gzip"}}};
  Response small = Json(100);
  Compress(request, small);
  EXPECT_EQ(small.body.size(), 100U);
  Response image{.headers = {{"Content-Type", "image/png"}}, .body = std::string(5000, 'x')};
  Compress(request, image);
  EXPECT_EQ(image.body.size(), 5000U);
}

TEST(Compression, MarkedTagsCompareWithOurs) {
  Request request{.headers = {{"if-match", "\"7-gzip\""}, {"if-none-match", "\"1\", \"2-gzip\", W/\"3-gzip\""}}};
  UnmarkConditions(request);
  EXPECT_EQ(request.headers["if-match"], "\"7\"");
  EXPECT_EQ(request.headers["if-none-match"], "\"1\", \"2\", W/\"3\"");
}

}  // namespace
}  // namespace diwan
