// When a request is whole enough to be given to a thread.
#include "api/connection.h"

#include <gtest/gtest.h>

#include <string>

namespace diwan {
namespace {

TEST(Connection, ArrivalOf) {
  struct Row {
    std::string received;
    Arrival arrival;
  };
  const std::string get = "GET /v1/health HTTP/1.1\r\nHost: x\r\n";
  const std::string post = "POST /v1/import HTTP/1.1\r\n";
  const auto headers = [](size_t count) {
    std::string lines;
    for (size_t i = 0; i < count; ++i) lines += "X: y\r\n";
    return lines;
  };
  const Row rows[] = {
      {"", Arrival::kPart},
      {"G", Arrival::kPart},
      {get, Arrival::kPart},
      {get + "\r", Arrival::kPart},
      {get + "\r\n", Arrival::kWhole},
      {get + "\r\n" + get, Arrival::kWhole},
      {"GET / HTTP/1.1\n\n", Arrival::kWhole},
      {"\r\n\r\n", Arrival::kWhole},
      {post + "Content-Length: 3\r\n\r\nab", Arrival::kPart},
      {post + "Content-Length: 3\r\n\r\nabc", Arrival::kWhole},
      {post + "content-length:3\r\n\r\nab", Arrival::kPart},
      {post + "CONTENT-LENGTH:   3\r\n\r\nab", Arrival::kPart},
      {post + "X-Content-Length: 3\r\n\r\n", Arrival::kWhole},
      {post + "Content-Length: 0\r\n\r\n", Arrival::kWhole},
      {post + "Content-Length: many\r\n\r\n", Arrival::kWhole},
      {post + "Content-Length: 99999999999999999999\r\n\r\n", Arrival::kWhole},
      {post + "Content-Length: 65536\r\n\r\n", Arrival::kPart},
      {post + "Content-Length: 65537\r\n\r\n", Arrival::kBodyOnly},
      {post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n", Arrival::kBodyOnly},
      {get + "X: " + std::string(kMaxHeadBytes - get.size() - 4, 'a'), Arrival::kPart},
      {get + "X: " + std::string(kMaxHeadBytes, 'a'), Arrival::kLongHead},
      {std::string(kMaxHeadBytes, 'a'), Arrival::kLongTarget},
      {"GET /" + std::string(kMaxTargetBytes - 1, 'a') + " HTTP/1.1\r\n\r\n", Arrival::kWhole},
      {"GET /" + std::string(kMaxTargetBytes, 'a') + " HTTP/1.1\r\n", Arrival::kLongTarget},
      {get + "X: " + std::string(kMaxHeaderBytes - 4, 'a') + "\r\n\r\n", Arrival::kWhole},
      {get + "X: " + std::string(kMaxHeaderBytes - 2, 'a') + "\r\n", Arrival::kLongHead},
      {get + headers(kMaxHeaders - 1) + "\r\n", Arrival::kWhole},
      {get + headers(kMaxHeaders) + "\r\n", Arrival::kLongHead},
  };
  for (const Row& row : rows) EXPECT_EQ(ArrivalOf(row.received), row.arrival) << row.received.substr(0, 100);
}

}  // namespace
}  // namespace diwan
