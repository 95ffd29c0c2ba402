#include "cli/search_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "api/json.h"
#include "core/error.h"

namespace diwan {
namespace {

// Answers every search from one list of hits, as the route does.
class ListClient final : public Client {
 public:
  explicit ListClient(std::vector<Hit> hits) : hits_(std::move(hits)) {}

  Response Send(Request& request, const std::function<void(std::string_view)>* /*sink*/) override {
    ++requests;
    EXPECT_EQ(request.path, "/v1/search");
    EXPECT_EQ(request.query["snippets"], "no");
    if (request.query["q"] == "gone") return ProblemResponse({ErrorCode::kUnavailable, "no server"});
    if (request.query["q"] == "bad") return ProblemResponse({ErrorCode::kInvalid, "no such question"});
    const size_t limit = std::stoul(request.query["limit"]);
    EXPECT_LE(limit, 1000U);
    Answer answer;
    answer.total = hits_.size();
    for (size_t i = 0; i < std::min(limit, hits_.size()); ++i) answer.hits.push_back(hits_[i]);
    return {.status = 200, .headers = {}, .body = SearchJson({}, answer), .stream = {}, .stream_size = {}};
  }

  int requests = 0;

 private:
  std::vector<Hit> hits_;
};

Hit MakeHit(const std::string& record, int page, double score, const std::string& external) {
  Hit hit;
  hit.record_id = record;
  hit.page = page;
  hit.score = score;
  hit.external_id = external;
  return hit;
}

struct Said {
  int status = -1;
  std::string out;
  std::string err;
};

Said Play(Client& client, const std::string& queries, uint64_t limit) {
  std::istringstream lines(queries);
  std::ostringstream out;
  std::ostringstream err;
  const int status = RunQueries(client, Console{.out = out, .err = err}, lines, {"my run", limit});
  return {status, out.str(), err.str()};
}

TEST(SearchRunTest, PrintsOneLineForEachRecord) {
  ListClient client({MakeHit("r1", 2, 3.5, "doc 1"), MakeHit("r2", 1, 1, "")});
  const Said said = Play(client, "q1\tقرار\r\n\nq 2\tx\ty\n", 10);
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.out,
            "q1 Q0 doc_1 1 3.500000 my_run\nq1 Q0 r2 2 1.000000 my_run\n"
            "q_2 Q0 doc_1 1 3.500000 my_run\nq_2 Q0 r2 2 1.000000 my_run\n");
  EXPECT_NE(said.err, "");
}

TEST(SearchRunTest, AsksOnceForAQuestion) {
  std::vector<Hit> hits;
  hits.reserve(2500);
  for (int i = 0; i < 2500; ++i) hits.push_back(MakeHit("r" + std::to_string(i), 1, 1, ""));
  ListClient client(hits);
  for (const uint64_t limit : {1U, 30U, 1000U}) {
    client.requests = 0;
    const Said said = Play(client, "q\tx", limit);
    EXPECT_EQ(std::count(said.out.begin(), said.out.end(), '\n'), limit);
    EXPECT_EQ(client.requests, 1);
  }
}

TEST(SearchRunTest, BadLinesAreToldAndTheRestGoesOn) {
  ListClient client({MakeHit("r", 1, 1, "d")});
  const Said said = Play(client, "no tab\n\tno id\nq1\tbad\nq2\tgood\n", 10);
  EXPECT_EQ(said.status, 1);
  EXPECT_EQ(said.out, "q2 Q0 d 1 1.000000 my_run\n");
  EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 3);
}

TEST(SearchRunTest, AnyEndOfTheLinesWillDo) {
  for (const char* queries : {"q\tx", "q\tx\n", "\xEF\xBB\xBFq\tx\r\n\r\n", "\n\nq\tx\n\n"}) {
    ListClient client({MakeHit("r", 1, 1, "d")});
    const Said said = Play(client, queries, 10);
    EXPECT_EQ(said.status, 0) << queries;
    EXPECT_EQ(said.out, "q Q0 d 1 1.000000 my_run\n") << queries;
  }
}

TEST(SearchRunTest, ALineThatIsTooLongIsLeftOutWhole) {
  ListClient client({MakeHit("r", 1, 1, "d")});
  for (const size_t size : {size_t{16'384}, size_t{16'385}, size_t{1'000'000}}) {
    const std::string queries = "q\t" + std::string(size - 2, 'x') + "\nr\ty\n";
    const Said said = Play(client, queries, 10);
    EXPECT_EQ(said.status, size > 16'384 ? 1 : 0);
    EXPECT_EQ(std::count(said.out.begin(), said.out.end(), '\n'), size > 16'384 ? 1 : 2);
    EXPECT_LT(said.err.size(), 100U);
  }
}

TEST(SearchRunTest, NoQuestionAtAllIsAFailure) {
  for (const char* queries : {"", "\n\r\n", "\xEF\xBB\xBF"}) {
    ListClient client({});
    const Said said = Play(client, queries, 10);
    EXPECT_EQ(said.status, 1) << queries;
    EXPECT_NE(said.err, "") << queries;
  }
}

TEST(SearchRunTest, WhatWouldFailForEveryQuestionEndsTheRun) {
  ListClient client({MakeHit("r", 1, 1, "d")});
  try {
    Play(client, "q1\tgood\nq2\tgone\nq3\tgood\n", 10);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos);
  }
  EXPECT_EQ(client.requests, 2);
}

// Breaks off as a disk does that can't be read.
class BrokenBuffer final : public std::streambuf {
  int_type underflow() override { throw std::runtime_error("broken"); }
};

TEST(SearchRunTest, QueriesThatCannotBeReadAreTold) {
  ListClient client({});
  BrokenBuffer broken;
  std::istream lines(&broken);
  std::ostringstream out;
  EXPECT_THROW(RunQueries(client, Console{.out = out, .err = out}, lines, {"run", 10}), Error);
}

TEST(SearchRunTest, ColumnsHaveNoWhiteSpace) {
  EXPECT_EQ(RunColumn("a b\tc\nd"), "a_b_c_d");
  EXPECT_EQ(RunColumn("قرار"), "قرار");
  EXPECT_EQ(RunColumn(""), "_");
}

}  // namespace
}  // namespace diwan
